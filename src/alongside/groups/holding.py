"""Under each change of a group: the row locked, its free places given in order, and the entry of the log."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.people.outbox import queue_notice
from alongside.people.turns import Turns
from alongside.rules.lifecycles import GROUP_PLACE

from .models import Group, GroupPlace, GroupSession, Leader
from .queries import list_apart

PLACES = Turns(GROUP_PLACE, emptied={"alias": "", "shows_alias": False})


def lock_group(group_id: UUID) -> Group:
    """The group as it is now; whoever else gives or takes its places waits."""
    return Group.objects.select_for_update().get(pk=group_id)


def log_group(act: str, group: Group, *, by, fields=()) -> None:
    """An entry about the group itself: about nobody."""
    record(act=act, by=by, object_kind="group", object_id=group.pk, fields=list(fields))


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
    given = PLACES.give(places, group.capacity, now=now, passed_over=Q(person_id__in=list_apart(leaders)))
    for place in given:
        if place.person_id != but:
            person = Person.objects.select_related("program", "user").get(pk=place.person_id)
            queue_notice(person, "something_new", once_key=f"group-place-{place.pk.hex}", now=now)
    return given


def tell_held(group_id: UUID, change: str, *, now: datetime) -> None:
    """A neutral notice to everybody with a place: a time in their calendar changed. Once for each `change`."""
    held = GroupPlace.objects.filter(group=group_id, status="held").values("person_id")
    for person in Person.objects.filter(pk__in=held).select_related("program", "user").order_by("pk"):
        queue_notice(person, "time_changed", once_key=f"group-{change}-{person.pk.hex}"[:100], now=now)
