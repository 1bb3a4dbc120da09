"""How much waits for a job now, in the current program. Numbers only; a job not here looks each time it runs."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max

from alongside.audit.models import Entry, Seal
from alongside.calls.models import Agreement
from alongside.checkins.models import Rhythm
from alongside.impact.models import Mark
from alongside.intake.models import Roster
from alongside.matching.models import Offer
from alongside.mentoring.queries import get_cadence_policy
from alongside.mentoring.queries.team import list_unmade_calls
from alongside.outings.models import Ask
from alongside.partners.models import MAIL_WAITS, LinkMail, PartnerLink
from alongside.people.models import Episode, OutgoingMessage, Program
from alongside.people.models.twins import ToCompare
from alongside.privacy.models import Consent
from alongside.referrals.actions.reminding import is_due
from alongside.referrals.models import Referral
from alongside.retention.models import ErasureRequest
from alongside.rules.partner_links import OPEN
from alongside.safety.models import Escalation


def _day(program: Program, now: datetime):
    return now.astimezone(ZoneInfo(program.time_zone)).date()


def _messages(program: Program, now: datetime) -> int:
    return OutgoingMessage.objects.filter(program=program, status="queued", not_before__lte=now).count()


def _worries(program: Program, now: datetime) -> int:
    return Escalation.objects.filter(program=program, look_at__lte=now).count()


def _rests(program: Program, now: datetime) -> int:
    return Episode.objects.filter(program=program, status="paused", paused_until__lte=_day(program, now)).count()


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


def _calls(program: Program, now: datetime) -> int:
    limit = now - timedelta(hours=get_cadence_policy().call_wish_hours)
    return list_unmade_calls(limit).filter(program=program).count()


def _answers(program: Program, now: datetime) -> int:
    return Offer.objects.filter(program=program, status="chosen", answer_by__lte=now).count()


def _ways(program: Program, now: datetime) -> int:
    return Referral.objects.filter(is_due(_day(program, now)), program=program).count()


def _links(program: Program, now: datetime) -> int:
    return LinkMail.objects.filter(program=program, status__in=MAIL_WAITS, not_before__lte=now).count()


def _pages(program: Program, now: datetime) -> int:
    return PartnerLink.objects.filter(program=program, status__in=OPEN, expires_at__lte=now).count()


def _asks(program: Program, now: datetime) -> int:
    return Ask.objects.filter(program=program, status="asked", starts_at__lte=now).count()


def _erasures(program: Program, now: datetime) -> int:
    return ErasureRequest.objects.filter(program=program, status="waiting", opens_at__lte=now).count()


def _unsealed(program: Program, now: datetime) -> int:
    newest = Seal.objects.aggregate(newest=Max("entry_id"))["newest"] or 0
    return Entry.objects.filter(program_id=program.pk, pk__gt=newest).count()


WAITING: Mapping[str, Callable[[Program, datetime], int]] = {
    "alongside.people.outbox.send_due": _messages,
    "alongside.safety.actions.look_after_due": _worries,
    "alongside.matching.actions.lapse_due_offers": _answers,
    "alongside.mentoring.actions.tell_unmade_calls": _calls,
    "alongside.mentoring.actions.end_rests": _rests,
    "alongside.referrals.actions.remind_due": _ways,
    "alongside.partners.actions.send_due": _links,
    "alongside.partners.actions.lapse_due": _pages,
    "alongside.outings.actions.lapse_due": _asks,
    "alongside.retention.actions.requests.carry_out_waiting": _erasures,
    "alongside.audit.sealing.seal_pending": _unsealed,
    "alongside.impact.actions.renew_figures": _marks,
    "alongside.privacy.actions.expire_due": _consents,
    "alongside.intake.actions.roster_work.go_on": _rosters,
    "alongside.people.near_matches.compare_waiting": _people,
    "alongside.checkins.actions.remind_due": _reminders,
    "alongside.calls.actions.go_on_due": _pauses,
}
