"""Places: coming under a name one chose, with an account or without, taking it back, being taken off by staff."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from alongside.mentoring.actions import hash_secret
from alongside.occasions.holding import PLACES, give_free_places, lock_occasion
from alongside.occasions.models import OPEN_PLACES, Occasion, OccasionPlace
from alongside.occasions.queries import audiences_of, count_waiting, hours_of
from alongside.people.actor import VISITOR
from alongside.people.models import Episode, Membership, Person
from alongside.people.queries import kinds_of
from alongside.rules.occasions import list_audiences

MOST_WAITING = 60
"""So many wait for one event: a flood of made-up names from many addresses ends here."""


class NotOpen(Exception):
    """Nobody can come any more, or not this person. `code`: "over", "called_off", "not_theirs", "many"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def come(
    *, occasion: Occasion, by, alias: str, wants_reminder: bool, submit_key: UUID, now: datetime | None = None
) -> OccasionPlace:
    """Somebody with a record comes under this name, or waits; whoever does already keeps their place and turn.

    Raises `NotOpen`.
    """
    now, found = now or timezone.now(), lock_occasion(occasion.pk)
    person = Person.objects.get(pk=by.person_id)
    before = OccasionPlace.objects.filter(occasion=found, person=person, status__in=OPEN_PLACES).first()
    if before:
        return change_place(place=before, alias=alias, wants_reminder=wants_reminder, by=by)
    if found.audience not in audiences_of(by):
        raise NotOpen("not_theirs")
    _check_open(found, now)
    again = OccasionPlace.objects.filter(submit_key=submit_key, person=person).first()
    if again:  # the form of a place that was given up meanwhile
        return again
    return _ask(found, by, now, person=person, alias=alias, wants_reminder=wants_reminder, submit_key=submit_key)


@transaction.atomic
def come_as_visitor(
    *, occasion: Occasion, alias: str, submit_key: UUID, now: datetime | None = None
) -> tuple[OccasionPlace, str]:
    """Somebody comes to a public event under this name and nothing else: (their place, the secret of their link).

    The secret follows from the key of the form, so that the same form sent twice shows the same link; only its hash is
    kept. Raises `NotOpen`.
    """
    now, found = now or timezone.now(), lock_occasion(occasion.pk)
    secret = _secret_of(submit_key)
    before = OccasionPlace.objects.filter(secret_hash=hash_secret(secret), occasion=found).first()
    if before:
        return before, secret
    if found.audience != "public":
        raise NotOpen("not_theirs")
    _check_open(found, now)
    place = _ask(found, VISITOR, now, secret_hash=hash_secret(secret), alias=alias, submit_key=submit_key)
    return place, secret


def _secret_of(submit_key: UUID) -> str:
    return salted_hmac(
        "alongside.occasions.place", submit_key.hex, secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()


def _check_open(occasion: Occasion, now: datetime) -> None:
    if occasion.status != "published":
        raise NotOpen("called_off" if occasion.status == "called_off" else "not_theirs")
    if hours_of(occasion, occasion.program).ends_at <= now:
        raise NotOpen("over")
    if count_waiting(occasion) >= MOST_WAITING:
        raise NotOpen("many")


def _ask(occasion: Occasion, by, now: datetime, **values) -> OccasionPlace:
    place = OccasionPlace.objects.create(program_id=occasion.program_id, occasion=occasion, asked_at=now, **values)
    PLACES.log("asked", place, by=by)
    give_free_places(occasion, now=now, but=place.pk)
    place.refresh_from_db()
    return place


@transaction.atomic
def change_place(*, place: OccasionPlace, alias: str, by, wants_reminder: bool = False) -> OccasionPlace:
    """Another name for this event, or the wish to be reminded."""
    found = OccasionPlace.objects.select_for_update().get(pk=place.pk)
    wanted = (alias, wants_reminder and found.person_id is not None)
    if found.status in OPEN_PLACES and (found.alias, found.wants_reminder) != wanted:
        found.alias, found.wants_reminder = wanted
        found.save(update_fields=["alias", "wants_reminder"])
        PLACES.log("changed", found, by=by)
    return found


@transaction.atomic
def set_mail(*, place: OccasionPlace, to: str, language: str, by) -> bool:
    """Where a visitor who waits gets one neutral mail when a place is theirs; nowhere with "". Whether they wait.

    The address is in no log and on no page; it goes when they were told, when they leave, and with the event.
    """
    lock_occasion(place.occasion_id)  # whoever gives places meanwhile sees the address, or this sees the place
    found = OccasionPlace.objects.select_for_update().get(pk=place.pk)
    if found.status != "waiting" or found.person_id is not None:
        return False
    mail = {"to": to, "language": language} if to else None
    if found.mail != mail:
        found.mail = mail
        found.save(update_fields=["mail"])
        PLACES.log("changed", found, by=by)
    return True


def leave(*, place: OccasionPlace, by, now: datetime | None = None) -> bool:
    """Come no more; the next who waits gets the place. Whether there was one."""
    return _end(place, "own_wish", by, now)


def take_off(*, place: OccasionPlace, by, now: datetime | None = None) -> bool:
    """Staff take a name off that is nobody's, such as one that a machine wrote. Whether there was one."""
    return _end(place, "by_staff", by, now)


@transaction.atomic
def _end(place: OccasionPlace, why: str, by, now: datetime | None) -> bool:
    now, occasion = now or timezone.now(), lock_occasion(place.occasion_id)
    found = OccasionPlace.objects.select_for_update().filter(pk=place.pk, status__in=OPEN_PLACES).first()
    if found is None:
        return False
    PLACES.end(found, why=why, by=by, now=now)
    give_free_places(occasion, now=now)
    return True


def end_with_episode(*, episode: Episode, by, now: datetime, **_facts) -> None:
    """Handler of `episode_closed`: whoever is here no more has no place at what is not for them any more.

    What is for everybody stays theirs, and what they may come to as somebody who works here. What is over stays as it
    was: so many had said that they come.
    """
    person = Person.objects.get(pk=episode.person_id)
    works = Membership.objects.filter(program=person.program_id, user=person.user_id, user__isnull=False)
    theirs = list_audiences({"participant", *works.values_list("role", flat=True)}, kinds_of(person.pk))
    places = OccasionPlace.objects.filter(person=person, status__in=OPEN_PLACES)
    places = places.exclude(occasion__audience__in=theirs)
    for occasion_id in sorted(places.values_list("occasion_id", flat=True)):
        occasion = lock_occasion(occasion_id)
        if hours_of(occasion, occasion.program).ends_at <= now:
            continue
        for place in places.filter(occasion=occasion).select_for_update(of=("self",)):
            PLACES.end(place, why="closed", by=by, now=now)
        give_free_places(occasion, now=now)
