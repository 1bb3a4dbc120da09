"""Asking for a code by mail, and sheets of codes on paper. Each with its audit entry; no entry holds a code."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people import codes, outbox
from alongside.people.actor import VISITOR, get_actor
from alongside.people.models import CodeAsk, PaperCode, Person, User
from alongside.people.short_codes import hash_code, in_parts, new_letters
from alongside.rules.sign_in_codes import PAPER_CODES, PAPER_LETTERS


class NoCodes(Exception):
    """This account does not sign in by codes: it has another role too, or is turned off."""


@transaction.atomic
def ask_for_code(*, typed: str, language: str, user: User | None = None, now: datetime | None = None) -> UUID:
    """Write down that somebody asks for a code by mail; its id belongs to the session that asked.

    The same rows are written whatever was typed; the worker finds out the rest (A1, A3). `user`: an account that is
    signed in and shows once more who it is.
    """
    now = now or timezone.now()
    ask = CodeAsk.objects.create(asked_at=now)
    outbox.queue_code(str(user.pk) if user else typed, ask.pk, language=language, now=now)
    record(act="account.code_asked", by=get_actor(user)[0] if user else VISITOR, object_kind="account",
           object_id=user.pk if user else None)  # fmt: skip
    return ask.pk


def use_mailed_code(*, ask_id: UUID | None, typed: str, now: datetime | None = None) -> User | None:
    """The account that this code opens, or None. A refused try is written without what was typed (G1, G4)."""
    user = codes.use_mailed(ask_id, typed, now or timezone.now())
    if user is None:
        _refused("code_mail")
    return user


def use_paper_code(*, login: str, typed: str, now: datetime | None = None) -> User | None:
    """The account of this name whose sheet has this code, or None: whatever the reason, with the same work."""
    user = codes.find(login)
    if codes.use_paper(user, typed, now or timezone.now()):
        return user
    _refused("code_paper")
    return None


@transaction.atomic
def make_paper_codes(*, user: User, by, person: Person | None = None, now: datetime | None = None) -> list[str]:
    """A new sheet; the earlier one ends at once. The codes are returned once and never stored. Raises `NoCodes`.

    `person`: whose record it is, where somebody else makes it for them: they read that it was made.
    """
    now = now or timezone.now()
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not codes.may_use(locked):
        raise NoCodes
    _end(locked, now)
    made = [new_letters(PAPER_LETTERS) for _ in range(PAPER_CODES)]
    PaperCode.objects.bulk_create(
        PaperCode(user=locked, code_hash=hash_code(codes.PAPER_SALT, locked.pk, code), made_at=now) for code in made
    )
    record(act="account.code_made", by=by, subject=person, object_kind="account", object_id=user.pk)
    outbox.queue_account_notice(locked, "account_changed", now)
    return [in_parts(code) for code in made]


@transaction.atomic
def end_paper_codes(*, user: User, by, person: Person | None = None, now: datetime | None = None) -> int:
    """No code of a sheet works from now on. Returns how many still did."""
    User.objects.select_for_update().get(pk=user.pk)
    ended = _end(user, now or timezone.now())
    if ended:
        record(act="account.codes_ended", by=by, subject=person, object_kind="account", object_id=user.pk)
    return ended


def _end(user: User, now: datetime) -> int:
    return PaperCode.objects.filter(user=user, used_at=None, ended_at=None).update(ended_at=now)


@transaction.atomic
def _refused(how: str) -> None:
    record(act="account.sign_in_refused", by=VISITOR, object_kind="account", reason=how, outcome="refused")
