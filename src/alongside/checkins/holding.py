"""Under each change: the person's row of wishes, locked, and what is noticed about them written into it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alongside.people.models import Person
from alongside.rules.check_in import CheckInPolicy
from alongside.rules.pulse import FALL_LASTS, NEEDED, Answered, find_fall, quiet_from

from .models import CheckIn, Rhythm


def hold_rhythm(person: Person) -> Rhythm:
    """The person's row of wishes, locked; made when it is needed first."""
    found, _made = Rhythm.objects.get_or_create(person=person, defaults={"program_id": person.program_id})
    return Rhythm.objects.select_for_update().get(pk=found.pk)


def local_day(person: Person, now: datetime) -> date:
    """The day it is where the program is."""
    return now.astimezone(ZoneInfo(person.program.time_zone)).date()


def put_off(rhythm: Rhythm, policy: CheckInPolicy, today: date) -> None:
    """Whoever was just here is reminded a turn later, if they wish to be reminded."""
    if rhythm.next_ask_on:
        rhythm.next_ask_on = today + timedelta(days=policy.every_days)


def notice(rhythm: Rhythm, policy: CheckInPolicy) -> None:
    """Look at the latest check-ins for a silence to come and a fall; at nothing while the person hides them.

    A fall that lasts keeps the moment at which it was noticed first: whoever answered it has answered it.
    """
    noticed_at = rhythm.dropped_at
    rhythm.dropped_at = rhythm.quiet_from_on = None
    if rhythm.is_hidden:
        return
    latest = list(CheckIn.objects.filter(person_id=rhythm.person_id).order_by("-at", "-pk")[:NEEDED])[::-1]
    zone = ZoneInfo(rhythm.person.program.time_zone)
    known = [Answered(one.at.astimezone(zone).date(), one.answers, one.scale) for one in latest]
    rhythm.quiet_from_on = quiet_from([one.on for one in known], policy)
    shown = find_fall(known, policy)
    if shown is not None:
        is_same = noticed_at and noticed_at >= latest[-min(FALL_LASTS, len(latest))].at
        rhythm.dropped_at = noticed_at if is_same else latest[shown].at
