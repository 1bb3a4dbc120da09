"""What a coordinator does with a group: open it, change it, let it rest, end it, say who leads it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.groups.beneath import follow_group
from alongside.groups.holding import PLACES, give_free_places, lock_group, log_group, tell_held
from alongside.groups.models import OPEN_PLACES, Group, GroupPlace, Leader
from alongside.groups.queries import is_apart
from alongside.people.models import Person, Program
from alongside.rules.lifecycles import GROUP
from alongside.web.meanwhile import Seen, check_seen
from alongside.workforce.models import PeerProfile

WRITTEN = (
    "name_en", "name_es", "about_en", "about_es", "for_whom", "language", "is_online", "place", "capacity", "rhythm",
    "starts_on", "until_on", "at_time", "minutes",
)  # fmt: skip
"""What somebody writes of a group."""
WHEN_AND_WHERE = frozenset({"is_online", "place", "rhythm", "starts_on", "until_on", "at_time", "minutes"})
"""Of these, everybody with a place has to know a change, or they stand before a closed door."""


class TooSmall(Exception):
    """More people have a place than the group would hold."""


class NotTheirGroup(Exception):
    """This peer cannot lead this group. Why is not said (D7)."""


def values_of(group: Group) -> dict[str, Any]:
    """What is written of a group, by name."""
    return {name: getattr(group, name) for name in WRITTEN}


@transaction.atomic
def open_group(*, program: Program, values: dict[str, Any], submit_key: UUID, by, now: datetime | None = None) -> Group:
    """A new group. The same key twice is one (I3)."""
    group, made = Group.objects.get_or_create(
        submit_key=submit_key, program=program, defaults={**values, "made_at": now or timezone.now()}
    )
    if made:
        log_group("group.opened", group, by=by)
    return group


@transaction.atomic
def change_group(
    *, group: Group, values: dict[str, Any], by, seen: Seen | None = None, now: datetime | None = None
) -> Group:
    """Write what is wanted; where more places are there now, the next who wait get them and are told.

    Whoever had a place before is told when the group meets at another time or place.

    Raises `TooSmall`, and `web.meanwhile.ChangedMeanwhile` where it would undo what somebody else changed.
    """
    found = lock_group(group.pk)
    check_seen(seen, now=values_of(found), wanted=values)
    if values["capacity"] < found.places_taken:
        raise TooSmall
    changed = [name for name in WRITTEN if getattr(found, name) != values[name]]
    if changed:
        for name in changed:
            setattr(found, name, values[name])
        found.save(update_fields=changed)
        log_group("group.changed", found, by=by, fields=changed)
        now = now or timezone.now()
        if not WHEN_AND_WHERE.isdisjoint(changed):
            tell_held(found.pk, f"when-{found.pk.hex}-{now:%Y%m%d%H%M%S%f}", now=now)
        give_free_places(found, now=now)
        follow_group(found, by=by, now=now)
    return found


@transaction.atomic
def move_group(*, group: Group, to: str, by, now: datetime | None = None) -> Group:
    """Let it rest, go on, or end it, and tell everybody with a place; at its end everybody's place ends.

    Raises `rules.lifecycles.MoveNotAllowed`.
    """
    now, found = now or timezone.now(), lock_group(group.pk)
    GROUP.check_move(found.status, to, by=by.moves_as)
    found.status = to
    found.save(update_fields=["status"])
    log_group(f"group.{to}", found, by=by)
    tell_held(found.pk, f"{to}-{found.pk.hex}-{now:%Y%m%d%H%M%S%f}", now=now)
    if to == "ended":
        for place in GroupPlace.objects.select_for_update().filter(group=found, status__in=OPEN_PLACES).order_by("pk"):
            PLACES.end(place, why="group_ended", by=by, now=now)
    give_free_places(found, now=now)
    follow_group(found, by=by, now=now)
    return found


@transaction.atomic
def add_leader(*, group: Group, peer: PeerProfile, by) -> Leader:
    """This peer leads the group from now on.

    Raises `NotTheirGroup` for somebody who has a place in it or is kept apart from one who does.
    """
    found = lock_group(group.pk)
    places = GroupPlace.objects.filter(group=found, status__in=OPEN_PLACES).values_list("person_id", flat=True)
    if peer.person_id in set(places) or is_apart(peer.person_id, places):
        raise NotTheirGroup
    leader, made = Leader.objects.get_or_create(
        group=found, person=Person.objects.get(pk=peer.person_id), defaults={"program_id": found.program_id}
    )
    if made:
        log_group("group.leaders", found, by=by)
    return leader


@transaction.atomic
def remove_leader(*, group: Group, person_id: UUID, by) -> None:
    """They lead it no more, and see its roster no more."""
    found = lock_group(group.pk)
    if Leader.objects.filter(group=found, person_id=person_id).delete()[0]:
        log_group("group.leaders", found, by=by)
