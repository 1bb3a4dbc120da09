"""Places: joining and leaving by oneself, being put in by somebody beside one, the waiting list in its order."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.groups.holding import PLACES, give_free_places, lock_group
from alongside.groups.models import OPEN_PLACES, Group, GroupPlace, Leader
from alongside.groups.queries import is_apart
from alongside.people.models import Episode, Person, Program
from alongside.people.outbox import queue_notice
from alongside.people.queries import kinds_of
from alongside.rules.groups import is_for


class NotOpenToThem(Exception):
    """The group takes nobody now, or not this person. Why is not said (D7)."""


@transaction.atomic
def ask_for_place(
    *, group: Group, person: Person, by, alias: str = "", shows_alias: bool = False, goal=None,
    now: datetime | None = None,
) -> GroupPlace:  # fmt: skip
    """A place if one is free, else a turn on the waiting list; whoever has either already keeps it, with another name.

    `by` is the person themself, or somebody who may see their record: then they are told. Raises `NotOpenToThem`.
    """
    now, found = now or timezone.now(), lock_group(group.pk)
    is_own = by.person_id == person.pk
    before = GroupPlace.objects.filter(group=found, person=person, status__in=OPEN_PLACES).first()
    if before:
        return change_name(place=before, alias=alias, shows_alias=shows_alias, goal=goal, by=by) if is_own else before
    leaders = list(Leader.objects.filter(group=found).values_list("person_id", flat=True))
    fits = found.status != "ended" and is_for(found.for_whom, kinds_of(person.pk))
    if not fits or person.pk in leaders or is_apart(person.pk, leaders):
        raise NotOpenToThem
    place = GroupPlace.objects.create(
        program_id=found.program_id, group=found, person=person, alias=alias, shows_alias=bool(alias and shows_alias),
        goal=goal, asked_at=now, added_by_id=None if is_own else by.person_id,
    )  # fmt: skip
    PLACES.log("asked" if is_own else "added", place, by=by)
    give_free_places(found, now=now, but=person.pk)
    if not is_own:
        queue_notice(person, "something_new", once_key=f"group-added-{place.pk.hex}", now=now)
    place.refresh_from_db()
    return place


@transaction.atomic
def change_name(*, place: GroupPlace, alias: str, shows_alias: bool, by, goal=None) -> GroupPlace:
    """The name chosen for this group, whether others may see it, and the goal it goes with."""
    found = GroupPlace.objects.select_for_update().get(pk=place.pk)
    wanted = (alias, bool(alias and shows_alias), goal.pk if goal else None)
    if found.status in OPEN_PLACES and (found.alias, found.shows_alias, found.goal_id) != wanted:
        found.alias, found.shows_alias, found.goal_id = wanted
        found.save(update_fields=["alias", "shows_alias", "goal"])
        PLACES.log("changed", found, by=by)
    return found


@transaction.atomic
def leave(*, place: GroupPlace, by, now: datetime | None = None) -> bool:
    """Give a place or a turn up; the next who waits gets it and is told. Whether there was one."""
    now, group = now or timezone.now(), lock_group(place.group_id)
    found = GroupPlace.objects.select_for_update().filter(pk=place.pk, status__in=OPEN_PLACES).first()
    if found is None:
        return False
    is_own = by.person_id == found.person_id
    PLACES.end(found, why="own_wish" if is_own else "by_leader", by=by, now=now)
    give_free_places(group, now=now)
    return True


def end_with_episode(*, episode: Episode, by, now: datetime, **_facts) -> None:
    """Handler of `episode_closed`: whoever is not served any more has no place either."""
    places = GroupPlace.objects.filter(person=episode.person_id, status__in=OPEN_PLACES)
    for group_id in sorted(places.values_list("group_id", flat=True)):
        group = lock_group(group_id)
        for place in places.filter(group=group).select_for_update():
            PLACES.end(place, why="closed", by=by, now=now)
        give_free_places(group, now=now)


def fill_free_places(now: datetime) -> int:
    """Tick: places that are free without anybody having left, such as after an erasing, go to those who wait."""
    given = 0
    for program in Program.objects.all():
        with scope(program=program):
            waits = GroupPlace.objects.filter(status="waiting", group__status="open").values("group")
            for group_id in Group.objects.filter(pk__in=waits).order_by("pk").values_list("pk", flat=True):
                with transaction.atomic():
                    given += len(give_free_places(lock_group(group_id), now=now))
    return given
