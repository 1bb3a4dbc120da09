"""Under each change: the person's row of wishes, locked, and what is noticed about them written into it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alongside.people.models import Person
from alongside.rules.check_in import CheckInPolicy
from alongside.rules.pulse import NEEDED, Answered, has_dropped, quiet_from

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
    """Look at the latest check-ins for a silence to come and a drop; at nothing while the person hides them."""
    rhythm.dropped_at = rhythm.quiet_from_on = None
    if rhythm.is_hidden:
        return
    latest = list(CheckIn.objects.filter(person_id=rhythm.person_id).order_by("-at", "-pk")[:NEEDED])[::-1]
    zone = ZoneInfo(rhythm.person.program.time_zone)
    known = [Answered(one.at.astimezone(zone).date(), one.answers, one.scale) for one in latest]
    rhythm.quiet_from_on = quiet_from([one.on for one in known], policy)
    if has_dropped(known, policy):
        rhythm.dropped_at = latest[-1].at
