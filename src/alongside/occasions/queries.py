"""What may be read of events. Whom an event is for is asked of `rules.occasions`."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from alongside.mentoring.actions import hash_secret
from alongside.people.models import Program
from alongside.people.queries import kinds_of
from alongside.people.turns import place_in_line
from alongside.rules.occasions import Hours, list_audiences

from .models import OPEN_PLACES, Occasion, OccasionPlace

MOST = 5_000
"""So many events can be paged through: years of them, all written by hand."""

IN_CALENDAR = 300
"""So many of the next events are given to a calendar that asks; the others come as time goes on."""

PLAIN = ("on_day", "at_time", "until_day", "until_time", "audience", "status")
"""What decides whether and where an event stands in a list. Its words are read for those of one page alone."""


def hours_of(occasion: Occasion, program: Program) -> Hours:
    """When an event is, in the time zone of its program."""
    zone = ZoneInfo(program.time_zone)
    return Hours(occasion.on_day, occasion.at_time, occasion.until_day, occasion.until_time, zone)


def today_in(program: Program, now: datetime) -> date:
    """The day that the clock on the wall of a program shows."""
    return now.astimezone(ZoneInfo(program.time_zone)).date()


# --- for those who might come -------------------------------------------------------------------------------------
def audiences_of(actor) -> frozenset[str]:
    """Whose events this actor may see; a visitor's are the public ones."""
    kinds = kinds_of(actor.person_id) if actor.has("participant") and actor.person_id else frozenset()
    return list_audiences(actor.roles, kinds)


def _shown() -> QuerySet[Occasion]:
    return Occasion.objects.exclude(status="draft").order_by("on_day", "at_time", "pk")


def _for(actor) -> Q:
    """What this actor may come to, and where they have a place or a turn, whatever was decided since: nobody is on a
    list that they do not see and cannot leave."""
    own = OccasionPlace.objects.filter(person_id=actor.person_id, person__isnull=False, status__in=OPEN_PLACES)
    return Q(audience__in=audiences_of(actor)) | Q(pk__in=own.values("occasion"))


def list_ahead(actor, program: Program, now: datetime, *, only_public: bool = False) -> list[Occasion]:
    """Events that are not over, the next one first, called-off ones too, with `PLAIN` alone. In the program's scope."""
    mine = Q(audience="public") if only_public else _for(actor)
    found = _shown().filter(mine, until_day__gte=today_in(program, now) - timedelta(days=1)).only(*PLAIN)
    return [one for one in found[:MOST] if hours_of(one, program).ends_at > now]


def with_words(some: Iterable[Occasion]) -> list[Occasion]:
    """The same events with all that is written of them, in the same order."""
    keys = [one.pk for one in some]
    found = Occasion.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def get_shown(actor, occasion_id: UUID) -> Occasion | None:
    """One that this actor may see, also when it is over."""
    return _shown().filter(_for(actor), pk=occasion_id).first()


def get_public(occasion_id: UUID) -> Occasion | None:
    """One for everybody."""
    return _shown().filter(pk=occasion_id, audience="public").first()


# --- places -------------------------------------------------------------------------------------------------------
def get_own_place(person_id: UUID | None, occasion: Occasion) -> OccasionPlace | None:
    """Somebody's place at an event, or their turn."""
    if person_id is None:
        return None
    return OccasionPlace.objects.filter(occasion=occasion, person_id=person_id, status__in=OPEN_PLACES).first()


def list_own_places(person_id: UUID | None) -> dict[UUID, OccasionPlace]:
    """Where somebody comes or waits, by the event's id."""
    found = OccasionPlace.objects.filter(person_id=person_id, person__isnull=False, status__in=OPEN_PLACES)
    return {one.occasion_id: one for one in found}


def get_place_of(secret: str) -> OccasionPlace | None:
    """A visitor's place by the secret of their link, in whatever program; None for any other."""
    with scopes_disabled():  # whose program it is follows from the secret alone
        found = OccasionPlace.objects.filter(secret_hash=hash_secret(secret))
        return found.select_related("occasion", "program").first()


def in_line(place: OccasionPlace) -> int:
    """How many are served before somebody who waits, and they themself: 1 is the next."""
    return place_in_line(OccasionPlace.objects.filter(occasion=place.occasion_id), place)


# --- for those who arrange ----------------------------------------------------------------------------------------
def list_arranged(program: Program, now: datetime) -> tuple[list[Occasion], list[Occasion]]:
    """(what is ahead or on, the next first; what is over, the latest first), with `PLAIN` alone."""
    today = today_in(program, now)
    rows = Occasion.objects.only(*PLAIN)
    found = list(rows.filter(until_day__gte=today).order_by("on_day", "at_time", "pk")[:MOST])
    ended = [one for one in found if hours_of(one, program).ends_at <= now]
    over = rows.filter(until_day__lt=today).order_by("-on_day", "-at_time", "pk")[:MOST]
    return [one for one in found if one not in ended], [*reversed(ended), *over]


def get_arranged(occasion_id: UUID) -> Occasion | None:
    """One of the program in scope, whatever its state."""
    return Occasion.objects.filter(pk=occasion_id).first()


def list_places(occasion: Occasion) -> tuple[list[OccasionPlace], list[OccasionPlace]]:
    """(who comes, who waits), each in the order of asking. No names but the chosen ones."""
    rows = OccasionPlace.objects.filter(occasion=occasion, status__in=OPEN_PLACES).order_by("asked_at", "pk")
    found = list(rows)
    return [one for one in found if one.status == "held"], [one for one in found if one.status == "waiting"]


def count_waiting(occasion: Occasion) -> int:
    """How many wait for a place."""
    return OccasionPlace.objects.filter(occasion=occasion, status="waiting").count()
