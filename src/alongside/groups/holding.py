"""Under each change of a group: the row locked, its free places given in order, and the entry of the log."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import Person
from alongside.people.outbox import queue_notice
from alongside.people.turns import lock_next
from alongside.rules.lifecycles import GROUP_PLACE

from .models import Group, GroupPlace, GroupSession, Leader
from .queries import list_apart


def lock_group(group_id: UUID) -> Group:
    """The group as it is now; whoever else gives or takes its places waits."""
    return Group.objects.select_for_update().get(pk=group_id)


def log_group(act: str, group: Group, *, by, fields=()) -> None:
    """An entry about the group itself: about nobody."""
    record(act=act, by=by, object_kind="group", object_id=group.pk, fields=list(fields))


def log_place(act: str, place: GroupPlace, *, by, reason: str = "") -> None:
    """An entry about somebody's place."""
    record(
        act=act, by=by, subject=place.person_id, object_kind="group_place", object_id=place.pk, reason=reason,
        program_id=place.program_id,
    )  # fmt: skip


def log_session(act: str, row: GroupSession, *, by) -> None:
    """An entry about one session: about nobody."""
    record(act=act, by=by, object_kind="group_session", object_id=row.pk)


def give_free_places(group: Group, *, now: datetime, but: UUID | None = None) -> list[GroupPlace]:
    """Give what is free to those who wait, in the order in which they asked. The group is locked.

    The house gives them: nobody chose who is next. Each is told by a neutral notice, `but` whoever joins this minute
    and sees it on the page. Whoever is kept apart from somebody who leads it, since they asked, keeps their turn and
    is given no place (D7).
    """
    if group.status != "open":
        return []
    places = GroupPlace.objects.filter(group=group)
    if not places.filter(status="waiting").exists():
        return []
    leaders = Leader.objects.filter(group=group).values_list("person_id", flat=True)
    given = lock_next(places, group.capacity, passed_over=Q(person_id__in=list_apart(leaders)))
    by = SystemActor(program_id=group.program_id)
    for place in given:
        GROUP_PLACE.check_move(place.status, "held", by=by.moves_as)
        place.status, place.held_at = "held", now
        place.save(update_fields=["status", "held_at"])
        log_place("group_place.held", place, by=by)
        if place.person_id != but:
            person = Person.objects.select_related("program", "user").get(pk=place.person_id)
            queue_notice(person, "something_new", once_key=f"group-place-{place.pk.hex}", now=now)
    return given


def tell_held(group_id: UUID, change: str, *, now: datetime) -> None:
    """A neutral notice to everybody with a place: a time in their calendar changed. Once for each `change`."""
    held = GroupPlace.objects.filter(group=group_id, status="held").values("person_id")
    for person in Person.objects.filter(pk__in=held).select_related("program", "user").order_by("pk"):
        queue_notice(person, "time_changed", once_key=f"group-{change}-{person.pk.hex}"[:100], now=now)


def end_place(place: GroupPlace, *, why: str, by, now: datetime) -> None:
    """A place is free again, or a turn is given up. The group is locked; whoever calls gives on what is free."""
    GROUP_PLACE.check_move(place.status, "left", by=by.moves_as)
    place.status, place.left_at, place.left_why = "left", now, why
    place.alias, place.shows_alias = "", False
    place.save(update_fields=["status", "left_at", "left_why", "alias", "shows_alias"])
    log_place("group_place.left", place, by=by, reason=why)
