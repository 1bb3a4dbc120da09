"""Under each change of an event: the row locked, its free places given in order, and the entry of the log."""

from datetime import datetime
from uuid import UUID

from alongside.audit.actions import record
from alongside.people.models import Person
from alongside.people.outbox import queue_for_address, queue_notice
from alongside.people.turns import Turns
from alongside.rules.lifecycles import OCCASION_PLACE

from .models import OPEN_PLACES, Occasion, OccasionPlace
from .queries import hours_of

PLACES = Turns(OCCASION_PLACE, emptied={"alias": "", "wants_reminder": False}, told_once={"mail": None})


def lock_occasion(occasion_id: UUID) -> Occasion:
    """The event as it is now; whoever else gives or takes its places waits."""
    return Occasion.objects.select_for_update().get(pk=occasion_id)


def log_occasion(act: str, occasion: Occasion, *, by, fields=()) -> None:
    """An entry about the event itself: about nobody."""
    record(act=act, by=by, object_kind="occasion", object_id=occasion.pk, fields=list(fields))


def give_free_places(occasion: Occasion, *, now: datetime, but: UUID | None = None) -> list[OccasionPlace]:
    """Give what is free to those who wait, in the order in which they asked. The event is locked.

    What is over has no places to give: nobody is told of one that is of no use. People with a record are told by a
    neutral notice, `but` the place of whoever sees it on the page this minute; a visitor by a neutral mail, once, if
    they left an address for it, which is erased with that. All others see it on the page of their link.
    """
    if occasion.status != "published" or hours_of(occasion, occasion.program).ends_at <= now:
        return []
    places = OccasionPlace.objects.filter(occasion=occasion)
    mails = {one.pk: one.mail for one in places.filter(status="waiting", mail__isnull=False)}
    given = PLACES.give(places, occasion.capacity, now=now)
    tell([place for place in given if place.pk != but], "something_new", now=now)
    for place in given:
        _write_once(place, mails.get(place.pk), now)
    return given


def _write_once(place: OccasionPlace, mail: dict | None, now: datetime) -> None:
    if mail:
        queue_for_address(
            mail["to"], "look_at_your_page", program=place.occasion.program, language=mail["language"],
            once_key=f"event-mail-{place.pk.hex}", now=now,
        )  # fmt: skip


def write_to_visitors(occasion: Occasion, *, now: datetime) -> None:
    """The one mail to visitors who wait and left an address, for no place will be theirs. The event is locked."""
    places = OccasionPlace.objects.filter(occasion=occasion, mail__isnull=False)
    for place in places.select_related("occasion__program").order_by("pk"):
        _write_once(place, place.mail, now)
    places.update(mail=None)


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
