"""Codes for signing in: for whom there are any, where one may be mailed, which ones still count (F1, E2, A1).

Every look costs the same whether there is such an account: what is missing is looked for under an id that nobody has.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare
from django_scopes import scopes_disabled

from alongside.audit.fields import blind_index
from alongside.rules.sign_in_codes import (
    MAIL_DIGITS,
    MAILS_AN_HOUR,
    MOST_TRIES,
    lives,
    may_use_codes,
    paper_since,
    read,
)

from .actor import roles_anywhere
from .models import CodeAsk, OutgoingMessage, PaperCode, Person, SafeContact, User
from .queries import find_account
from .safe_contact import choose_channel, next_allowed
from .short_codes import NO_HASH, hash_code, new_digits

NOBODY = UUID(int=0)
MAIL_SALT, PAPER_SALT = "alongside.people.code_by_mail", "alongside.people.code_on_paper"


def may_use(user: User) -> bool:
    """Whether this account signs in by a code: active, and a participant's alone."""
    return user.is_active and may_use_codes(roles_anywhere(user))


def find(typed: str) -> User | None:
    """The account of a user name or e-mail; also of a person's own safe e-mail, where it is that of one alone."""
    found = find_account(typed)
    index = blind_index(typed.strip(), "email")
    with scopes_disabled():
        rows = Person.objects.filter(email_index=index or "-", user__isnull=False)
        users = set(rows.values_list("user_id", flat=True)[:2])
    by_person = User.objects.filter(pk=users.pop() if len(users) == 1 else NOBODY).first()
    return found or by_person


def mail_code(row: OutgoingMessage, now: datetime) -> tuple[str, str] | None:
    """(address, a new code) for an ask whose mail leaves now, or None: no such account, not by mail, not at this hour,
    too many. The code is made here and only its hash is kept: nobody who reads the database can sign in."""
    ask = CodeAsk.objects.filter(pk=row.link, used_at=None).first()
    user = User.objects.filter(pk=row.recipient).first() if _is_id(row.recipient) else find(row.recipient)
    if ask is None or user is None or not lives(ask.asked_at, now) or not may_use(user):
        return None
    address = _safe_address(user, now)
    if not address or _asked_often(user, ask, now):
        return None
    code = new_digits(MAIL_DIGITS)
    CodeAsk.objects.filter(pk=ask.pk, used_at=None).update(user=user, code_hash=hash_code(MAIL_SALT, ask.pk, code))
    row.language = user.language
    return address, f"{code[:4]} {code[4:]}"


def _safe_address(user: User, now: datetime) -> str:
    """Where and when every record of this person allows mail; "" where one does not (E2)."""
    with scopes_disabled():  # an account may belong to people of more than one program
        persons = list(Person.objects.filter(user=user).select_related("program"))
        rules = {one.person_id: one for one in SafeContact.objects.filter(person__in=persons)}
    found = ""
    for person in persons:
        theirs = rules.get(person.pk)
        chosen = choose_channel(theirs, email=person.email or user.email, phone="")
        if chosen is None or next_allowed(theirs, now, person.program.time_zone) > now:
            return ""
        found = found or chosen[1]
    return found


def _asked_often(user: User, ask: CodeAsk, now: datetime) -> bool:
    lately = CodeAsk.objects.filter(user=user, asked_at__gt=now - timedelta(hours=1)).exclude(pk=ask.pk)
    return lately.count() >= MAILS_AN_HOUR


@transaction.atomic
def use_mailed(ask_id: UUID | None, typed: str, now: datetime) -> User | None:
    """The account that a code from a mail opens, in the session that asked, else None. It is used up then."""
    ask = CodeAsk.objects.select_for_update().filter(pk=ask_id or NOBODY).first() or CodeAsk(pk=NOBODY, asked_at=now)
    fits = constant_time_compare(hash_code(MAIL_SALT, ask.pk, read(typed)), ask.code_hash or NO_HASH)
    counts = lives(ask.asked_at, now) and ask.used_at is None and ask.wrong_tries < MOST_TRIES
    user = User.objects.filter(pk=ask.user_id or NOBODY).first()
    if not (fits and counts and user and may_use(user)):
        CodeAsk.objects.filter(pk=ask.pk, wrong_tries__lt=MOST_TRIES).update(wrong_tries=F("wrong_tries") + 1)
        return None
    CodeAsk.objects.filter(pk=ask.pk).update(used_at=now)
    return user


@transaction.atomic
def use_paper(user: User | None, typed: str, now: datetime) -> bool:
    """Use up a code of this account's sheet; of two at once the database lets one through."""
    known = user or User(pk=NOBODY)
    theirs = hash_code(PAPER_SALT, known.pk, read(typed))
    allowed = may_use(known)
    live = open_paper(known, now).filter(code_hash=theirs if allowed else NO_HASH)
    return live.update(used_at=now) == 1


def open_paper(user: User, now: datetime):
    """The codes of a sheet that still count."""
    return PaperCode.objects.filter(user_id=user.pk, used_at=None, ended_at=None, made_at__gt=paper_since(now))


def forget_old_codes(now: datetime) -> int:
    """Drop asks after a day, and codes on paper that are long over. Returns how many."""
    asks = CodeAsk.objects.filter(asked_at__lt=now - timedelta(days=1)).delete()[0]
    return asks + PaperCode.objects.filter(made_at__lt=paper_since(now)).delete()[0]


def _is_id(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4
