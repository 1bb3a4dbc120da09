"""How much waits for a job now, in the current program. Numbers only; a job not here looks each time it runs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from alongside.calls.models import Agreement
from alongside.checkins.models import Rhythm
from alongside.impact.models import Mark
from alongside.intake.models import Roster
from alongside.mentoring.models import Mentorship
from alongside.people.models import OutgoingMessage, Program
from alongside.people.models.twins import ToCompare
from alongside.privacy.models import Consent
from alongside.safety.models import Escalation


def _day(program: Program, now: datetime):
    return now.astimezone(ZoneInfo(program.time_zone)).date()


def _messages(program: Program, now: datetime) -> int:
    return OutgoingMessage.objects.filter(program=program, status="queued", not_before__lte=now).count()


def _worries(program: Program, now: datetime) -> int:
    return Escalation.objects.filter(program=program, look_at__lte=now).count()


def _rests(program: Program, now: datetime) -> int:
    return Mentorship.objects.filter(program=program, status="paused", paused_until__lt=_day(program, now)).count()


def _marks(program: Program, now: datetime) -> int:
    return Mark.objects.filter(program=program).count()


def _consents(program: Program, now: datetime) -> int:
    return Consent.objects.filter(program=program, status="active", expires_at__lte=now).count()


def _rosters(program: Program, now: datetime) -> int:
    return Roster.objects.filter(program=program, status__in=("planning", "writing", "undoing")).count()


def _people(program: Program, now: datetime) -> int:
    return ToCompare.objects.filter(program=program).count()


def _reminders(program: Program, now: datetime) -> int:
    return Rhythm.objects.filter(program=program, next_ask_on__lte=_day(program, now)).count()


def _pauses(program: Program, now: datetime) -> int:
    return Agreement.objects.filter(program=program, status="paused", paused_until__lt=_day(program, now)).count()


WAITING: Mapping[str, Callable[[Program, datetime], int]] = {
    "alongside.people.outbox.send_due": _messages,
    "alongside.safety.actions.look_after_due": _worries,
    "alongside.mentoring.actions.end_rests": _rests,
    "alongside.impact.actions.renew_figures": _marks,
    "alongside.privacy.actions.expire_due": _consents,
    "alongside.intake.actions.roster_work.go_on": _rosters,
    "alongside.people.near_matches.compare_waiting": _people,
    "alongside.checkins.actions.remind_due": _reminders,
    "alongside.calls.actions.go_on_due": _pauses,
}
