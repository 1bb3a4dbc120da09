"""Under each change of a referral: the row locked, the move asked of its table, a turn of its history, the entry."""

from contextlib import suppress
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.privacy.models import Consent
from alongside.rules.lifecycles import REFERRAL
from alongside.rules.referrals import OPEN, Pace, look_on, same_name

from .models import Referral, ReferralTurn

SPEAKS_AS = {"participant": "person", "partner": "partner", "system": "house"}


def get_pace() -> Pace:
    """After how many days somebody is asked, as the install has set it."""
    return Pace(settings.REFERRAL_ANSWER_DAYS, settings.REFERRAL_FOLLOW_UP_DAYS)


def local_day(program_id: UUID, now: datetime) -> date:
    """The day by the clock of the program."""
    return now.astimezone(ZoneInfo(Program.objects.get(pk=program_id).time_zone)).date()


def lock(referral_id: UUID) -> Referral:
    """The row as it is now, held until the end of the transaction."""
    return Referral.objects.select_for_update().get(pk=referral_id)


class _Changed(Exception):
    """The referral got another permission while its earlier one was waited for."""


def lock_whole(referral_id: UUID) -> Referral:
    """The row with its permission, held until the end of the transaction. The permission first, as whoever sends or
    answers locks them, so that nobody waits the other way round; where it changed meanwhile, once more."""
    while True:
        consent_id = Referral.objects.values_list("consent_id", flat=True).get(pk=referral_id)
        with suppress(_Changed), transaction.atomic():
            Consent.objects.select_for_update().filter(pk=consent_id).first()
            found = lock(referral_id)
            if found.consent_id == consent_id:
                return found
            raise _Changed  # what was locked in here is free again


def permits(referral: Referral) -> bool:
    """Whether a live permission names this place, so that it may be told. What may leave, the gate decides."""
    consent = referral.consent
    return consent is not None and consent.status == "active" and same_name(consent.recipient or "", referral.place)


def said_as(by) -> str:
    """Who speaks, as the history names them: the person, the partner, staff or peer, the house."""
    return SPEAKS_AS.get(by.moves_as, "staff")


def move(referral: Referral, to: str, *, by, now: datetime, reason: str = "") -> None:
    """A locked referral into its next state. Raises `MoveNotAllowed`."""
    REFERRAL.check_move(referral.status, to, by=by.moves_as)
    referral.status, referral.reason = to, reason
    referral.ended_at = None if to in OPEN else now
    look_again(referral, now)


def look_again(referral: Referral, now: datetime, *, on: date | None = None) -> None:
    """Set the day on which somebody should ask how it goes; none for one that is over."""
    today = local_day(referral.program_id, now)
    by_rule = look_on(referral.status, sent=referral.sent_at is not None, today=today, pace=get_pace())
    referral.look_on = by_rule and (on or by_rule)


def log_turn(referral: Referral, what: str, *, by, now: datetime, reason: str = "") -> None:
    """Save the row, add the turn to its history and the entry to the log."""
    referral.save()
    ReferralTurn.objects.create(
        program_id=referral.program_id, referral=referral, at=now, what=what, by=said_as(by), reason=reason
    )
    log_referral(f"referral.{what}", referral, by=by, reason=reason)


def log_referral(act: str, referral: Referral, *, by, reason: str = "") -> None:
    """An entry in the record of the person."""
    record(
        act=act, by=by, subject=referral.person_id, program_id=referral.program_id, object_kind="referral",
        object_id=referral.pk, reason=reason,
    )  # fmt: skip
