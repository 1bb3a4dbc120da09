"""Under each change of an event: the row locked, its free places given in order, and the entry of the log."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import Person
from alongside.people.outbox import queue_notice
from alongside.people.turns import lock_next
from alongside.rules.lifecycles import OCCASION_PLACE

from .models import OPEN_PLACES, Occasion, OccasionPlace


def lock_occasion(occasion_id: UUID) -> Occasion:
    """The event as it is now; whoever else gives or takes its places waits."""
    return Occasion.objects.select_for_update().get(pk=occasion_id)


def log_occasion(act: str, occasion: Occasion, *, by, fields=()) -> None:
    """An entry about the event itself: about nobody."""
    record(act=act, by=by, object_kind="occasion", object_id=occasion.pk, fields=list(fields))


def log_place(act: str, place: OccasionPlace, *, by, reason: str = "") -> None:
    """An entry about somebody's place; of a visitor it names nobody."""
    record(
        act=act, by=by, subject=place.person_id, object_kind="occasion_place", object_id=place.pk, reason=reason,
        program_id=place.program_id,
    )  # fmt: skip


def give_free_places(occasion: Occasion, *, now: datetime, but: UUID | None = None) -> list[OccasionPlace]:
    """Give what is free to those who wait, in the order in which they asked. The event is locked.

    People with a record are told by a neutral notice, `but` the place of whoever sees it on the page this minute. A
    visitor sees it on the page of their link: nothing is known by which to tell them.
    """
    if occasion.status != "published":
        return []
    given = lock_next(OccasionPlace.objects.filter(occasion=occasion), occasion.capacity)
    by = SystemActor(program_id=occasion.program_id)
    for place in given:
        OCCASION_PLACE.check_move(place.status, "held", by=by.moves_as)
        place.status, place.held_at = "held", now
        place.save(update_fields=["status", "held_at"])
        log_place("occasion_place.held", place, by=by)
    told = [place for place in given if place.pk != but]
    tell(told, "something_new", now=now)
    return given


def end_place(place: OccasionPlace, *, why: str, by, now: datetime) -> None:
    """A place is free again, or a turn is given up. The event is locked; whoever calls gives on what is free."""
    OCCASION_PLACE.check_move(place.status, "left", by=by.moves_as)
    place.status, place.left_at, place.left_why = "left", now, why
    place.alias, place.wants_reminder = "", False
    place.save(update_fields=["status", "left_at", "left_why", "alias", "wants_reminder"])
    log_place("occasion_place.left", place, by=by, reason=why)


def tell(places, template: str, *, now: datetime, turn: int | str = "") -> int:
    """A neutral notice to each of these who has a record; the same one of the same `turn` once. How many were asked."""
    people = Person.objects.select_related("program", "user").in_bulk(
        [place.person_id for place in places if place.person_id]
    )
    for place in places:
        if person := people.get(place.person_id):
            queue_notice(person, template, once_key=f"{template}-{place.pk.hex}-{turn}", now=now)
    return len(people)


def tell_all(occasion: Occasion, template: str, *, now: datetime) -> None:
    """The same to everybody who comes or waits."""
    places = OccasionPlace.objects.filter(occasion=occasion, status__in=OPEN_PLACES, person__isnull=False)
    tell(list(places.order_by("pk")), template, now=now, turn=occasion.sequence)
