"""The one way by which words leave to a person: queue a neutral notice; the worker asks again and sends (A3, E1, E2).

A request only writes a row. The worker claims rows one by one, looks at the safe-contact rules and the hours as they
are then, and sends through `OUTBOX_EMAIL_BACKEND` or `OUTBOX_TEXT_BACKEND`. A row is claimed for a while before it is
sent, so two workers never send it together. Whoever dies between handing it over and noting that leaves a row of which
nobody knows whether it left: a mail goes again, under the same Message-ID; a text goes again where its carrier knows it
by its id, or where it leads to help, and else is `failed` with its `sent_at`: perhaps sent, and not sent twice (0064).
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django_scopes import scopes_disabled

from alongside.audit.actions import record
from alongside.rules.disclosure import pass_out

from . import codes
from .carriers import HOLD, LONGEST, NEVER_HELD, is_held
from .models import OutgoingMessage, Person, Program, SafeContact, User
from .notices import NOTICES, words_of
from .queries import find_account
from .safe_contact import choose_channel, duty_number, next_allowed
from .texts import PerhapsTaken, takes_ids

log = logging.getLogger(__name__)
BACK_OFF = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720)]
"""How long a row waits after each try; after the latest it is `failed`."""


JUMP = timedelta(minutes=5)
"""Clocks of several servers differ by less; what is further in the future was made by a clock that was put right."""

TO_THE_ADDRESS = frozenset({
    "page_for_you", "confirm_email", "address_changed", "look_at_your_page", "page_ended", "texts_stopped",
    "texts_again",
})  # fmt: skip
"""Notices that go to the address itself, whoever has it now."""

DUTY = "please_look_now"
"""By mail it goes to an account; with a person it is a text, and only that (`queue_duty_text`)."""

RATHER_TWICE = NEVER_HELD - {"texts_stopped", "texts_again"}
"""Texts that rather come twice than not at all: signing in, and what leads to help. A STOP is answered once."""

# --- trying again ------------------------------------------------------------------------------------------------


@transaction.atomic
def try_again(*, message_id: UUID, program: Program, by, now: datetime | None = None) -> bool:
    """Send a message that every try failed to send, from the first try on; whether it was one.

    Rules of contact and hours are asked again when it is sent, as always.
    """
    found = OutgoingMessage.objects.select_for_update().filter(pk=message_id, program=program, status="failed").first()
    if found is None:
        return False
    found.status, found.attempts, found.not_before, found.sent_at = "queued", 0, now or timezone.now(), None
    found.save(update_fields=["status", "attempts", "not_before", "sent_at"])
    record(act="message.tried_again", by=by, object_kind="notice", object_id=found.pk)
    return True


# --- queueing, inside the request -----------------------------------------------------------------------------------


def queue_notice(person: Person, template: str, link: str = "", once_key: str | None = None,
                 now: datetime | None = None) -> OutgoingMessage | None:  # fmt: skip
    """Queue a notice to a person by the channel they allow; None when they allow none.

    `template` is a code of `notices.NOTICES`; `link` an absolute URL, by default the start page of the install. The
    same `once_key` queues once, whoever calls again. Call it inside the transaction of what it is about.
    """
    if template not in NOTICES:
        raise KeyError(template)
    now = now or timezone.now()
    rules = _rules_of(person)
    chosen = choose_channel(rules, email=_email_of(person), phone=person.phone)
    if chosen is None:
        return None
    not_before = now if NOTICES[template].any_hour else next_allowed(rules, now, person.program.time_zone)
    values = {
        "program_id": person.program_id, "person": person, "channel": chosen[0], "recipient": chosen[1],
        "template": template, "language": language_of(person), "link": link or settings.ALONGSIDE_URL,
        "not_before": not_before,
    }  # fmt: skip
    if once_key is None:
        return OutgoingMessage.objects.create(**values)
    return OutgoingMessage.objects.get_or_create(once_key=once_key, defaults=values)[0]


def may_be_told(person: Person) -> bool:
    """Whether `queue_notice` would find a way to this person now: what a page may promise."""
    return choose_channel(_rules_of(person), email=_email_of(person), phone=person.phone) is not None


def queue_reset(typed: str, *, language: str, now: datetime | None = None) -> None:
    """Queue a wish for a new password as it was typed. Whether there is such an account, the worker finds out."""
    OutgoingMessage.objects.create(recipient=typed, template="reset_password", language=language,
                                   not_before=now or timezone.now())  # fmt: skip


def queue_code(recipient: str, ask_id: UUID, *, language: str, now: datetime) -> None:
    """Queue the mail for somebody who asks for a code, as it was typed or by the id of an account. The code itself is
    made when it leaves (`codes.mail_code`)."""
    OutgoingMessage.objects.create(recipient=recipient, template="sign_in_code", language=language, link=str(ask_id),
                                   not_before=now)  # fmt: skip


def queue_account_notice(
    user: User, template: str, now: datetime | None = None, *, link: str = "", once_key: str | None = None,
    program_id: UUID | None = None,
) -> None:  # fmt: skip
    """Queue a notice to an account's own e-mail, if it has one; without a link it is about the account itself.

    For accounts without a person too. The same `once_key` queues once. `program_id`: of whose work it is, and whose
    agreement with the carrier of mail counts (C7).
    """
    if not (user.is_authenticated and user.email):
        return
    values = {
        "recipient": str(user.pk), "template": template, "language": user.language,
        "not_before": now or timezone.now(), "link": link or absolute(reverse("account_reset_password")),
        "program_id": program_id,
    }  # fmt: skip
    if once_key is None:
        OutgoingMessage.objects.create(**values)
    else:
        OutgoingMessage.objects.get_or_create(once_key=once_key, defaults=values)


def queue_duty_notice(person: Person, link: str, once_key: str, now: datetime | None = None) -> bool:
    """Tell somebody on duty, at any hour, by the e-mail of their account; whether there is one to write to.

    The hours and ways a person asked for as a participant are not those of their duty; but who asked as a participant
    to get no e-mail gets none. The same `once_key` queues once. Call it inside the transaction of what it is about.
    """
    user = person.user
    if user is None or not user.is_active or not user.email or _asked_for_no_email(user):
        return False
    OutgoingMessage.objects.get_or_create(
        once_key=once_key,
        defaults={
            "program_id": person.program_id, "recipient": str(user.pk), "template": DUTY,
            "language": user.language, "link": link, "not_before": now or timezone.now(),
        },
    )  # fmt: skip
    return True


def queue_duty_text(person: Person, link: str, once_key: str, now: datetime | None = None) -> bool:
    """The same by text, to whoever chose that for their duty (`safety.actions.choose_texts`); whether they did.

    Not to somebody who is supported here too: their rules are those of a participant.
    """
    number = duty_number(_rules_of(person), person.phone)
    if not number or not (person.user and person.user.is_active) or person.episodes.exists():
        return False
    OutgoingMessage.objects.get_or_create(
        once_key=once_key,
        defaults={
            "program_id": person.program_id, "person": person, "channel": "text", "recipient": number,
            "template": DUTY, "language": person.user.language, "link": link, "not_before": now or timezone.now(),
        },
    )  # fmt: skip
    return True


def queue_confirmation(user: User, email: str, link: str, now: datetime | None = None) -> None:
    """Ask the owner of an address to confirm it, whoever they are: nobody learns whether an account has it (A1)."""
    OutgoingMessage.objects.create(recipient=email, template="confirm_email", language=user.language,
                                   link=absolute(link), not_before=now or timezone.now())  # fmt: skip


def queue_address_changed(user: User, old: str, now: datetime | None = None) -> None:
    """Tell an address that it no longer belongs to its account (F4), unless the person may not be written to there.

    The address itself is kept until it is sent: by then the account has another one, or none.
    """
    if old and user.is_active and not _asked_for_no_email(user):
        OutgoingMessage.objects.create(
            recipient=old, template="address_changed", language=user.language, not_before=now or timezone.now(),
            link=absolute(reverse("account_settings")),
        )  # fmt: skip


def queue_for_address(
    address: str, template: str, *, program, language: str, once_key: str, now: datetime
) -> OutgoingMessage:
    """Queue one notice to an address that somebody without a record left for it, in the usual hours of the day.

    Whose it is nobody asks, and no account is looked up (A1). The same `once_key` queues once.
    """
    return OutgoingMessage.objects.get_or_create(
        once_key=once_key,
        defaults={
            "program_id": program.pk, "recipient": address, "template": template, "language": language,
            "link": settings.ALONGSIDE_URL, "not_before": next_allowed(SafeContact(), now, program.time_zone),
        },
    )[0]  # fmt: skip


def queue_text_answer(number: str, template: str, *, once_key: str, now: datetime) -> bool:
    """Answer a STOP or a START by text, the same words to every number; whether it is the first with this key.

    It goes to the number itself, whoever has it and whatever the rules of people with it say: they just wrote.
    """
    return OutgoingMessage.objects.get_or_create(
        once_key=once_key,
        defaults={
            "channel": "text", "recipient": number, "template": template, "language": settings.LANGUAGE_CODE,
            "link": settings.ALONGSIDE_URL, "not_before": now,
        },
    )[1]  # fmt: skip


def take_back_texts(people: list[Person]) -> None:
    """These people have ended texts: what waits to be texted goes in another way they allow, or not at all.

    Inside the transaction that ended them, which holds their rules. A row that was handed to the carrier before
    (`sent_at`) is left: it says truly that it left, and is not tried again by text, because the rules are asked then.
    """
    for person in people:
        other = choose_channel(_rules_of(person), email=_email_of(person), phone=person.phone)
        waits = OutgoingMessage.objects.filter(person=person, channel="text", status="queued", sent_at=None)
        for row in waits.select_for_update():
            if other is None:
                _set(row, "dropped")
            else:
                row.channel, row.recipient = other
                row.save(update_fields=["channel", "recipient"])


def queue_page_ended(*, program_id: UUID, address: str, language: str, link: str, once_key: str,
                     now: datetime) -> None:  # fmt: skip
    """Tell somebody outside that what they got by a page has ended. They have no account; the address is kept until
    it is sent. Call it inside the transaction of what it is about."""
    _queue_outside("page_ended", program_id, address, language, link, once_key, now)


def queue_page(*, program_id: UUID, address: str, language: str, link: str, once_key: str, now: datetime) -> None:
    """Send somebody outside the link of a page, as for `queue_page_ended`. Its code goes another way."""
    _queue_outside("page_for_you", program_id, address, language, link, once_key, now)


def drop_page(once_key: str) -> None:
    """The page is over: a mail that has not left goes no more, and its address and link are erased."""
    waits = OutgoingMessage.objects.filter(once_key=once_key, status="queued")
    waits.update(status="dropped", recipient="", link="")


def _queue_outside(template: str, program_id: UUID, address: str, language: str, link: str, once_key: str,
                   now: datetime) -> None:  # fmt: skip
    OutgoingMessage.objects.get_or_create(
        once_key=once_key,
        defaults={"program_id": program_id, "recipient": address, "template": template, "language": language,
                  "link": link, "not_before": now},
    )  # fmt: skip


class QueueBackend(BaseEmailBackend):
    """Django's mail backend inside requests: a library's own words become one neutral notice to the same address."""

    def send_messages(self, email_messages) -> int:
        """Queue instead of sending. Only addresses of accounts get anything; the words and subject are dropped."""
        for message in email_messages:
            for address in message.recipients():
                OutgoingMessage.objects.create(recipient=address, template="something_new",
                                               link=settings.ALONGSIDE_URL, not_before=timezone.now())  # fmt: skip
        return len(email_messages)


# --- sending, in the worker -------------------------------------------------------------------------------------------


def send_due(now: datetime | None = None, limit: int = 100) -> Counter:
    """Send what is due, at most `limit` rows. Returns how many were `sent`, `dropped`, put off (`later`), `failed`; and
    of how many texts nobody knows it (`perhaps`)."""
    now = now or timezone.now()
    counts: Counter = Counter()
    while sum(counts.values()) < limit and (row := _claim(now)) is not None:
        counts[_send_one(row, now)] += 1
    return counts


def mend_after_jump(now: datetime) -> int:
    """A tick: what was queued while the clock went wrong, and so waits for a day that is far off, is due now (I4).

    It shows by having been made later than it is. Rules and hours are asked again when it is sent, as always.
    """
    early = OutgoingMessage.objects.filter(status="queued", created_at__gt=now + JUMP)
    return early.update(created_at=now, not_before=now)


def _claim(now: datetime) -> OutgoingMessage | None:
    """Take one due row for this worker: others see it again only after its back-off."""
    with transaction.atomic():
        due = OutgoingMessage.objects.filter(status="queued", not_before__lte=now).order_by("not_before", "pk")
        row = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
        if row is None:
            return None
        row.not_before = now + BACK_OFF[min(row.attempts, len(BACK_OFF) - 1)]
        row.attempts += 1
        if row.sent_at and not _may_go_again(row):  # whoever had it before died on the way
            row.status = "failed"
        else:
            row.sent_at = None
        row.save(update_fields=["not_before", "attempts", "sent_at", "status"])
        return row


def _may_go_again(row: OutgoingMessage) -> bool:
    """Whether it may be handed over once more, though the carrier perhaps took it."""
    return row.channel != "text" or row.template in RATHER_TWICE or takes_ids()


@transaction.atomic
def _hand_over(row: OutgoingMessage, now: datetime):
    """As `_address`, while the rules of contact are locked: a STOP that commits first is seen, and one that commits
    later finds `sent_at`, for this row is with the carrier then."""
    with scopes_disabled():  # the worker serves every program; each row names its own
        if row.person_id:
            SafeContact.objects.select_for_update().filter(person=row.person_id).first()
            if not OutgoingMessage.objects.filter(pk=row.pk, status="queued").exists():
                return None
        address = _address(row, now)
        if isinstance(address, tuple) and is_held(row):  # its carrier has no written agreement (C7)
            address = None if row.created_at <= now - LONGEST else now + HOLD
    if isinstance(address, tuple):
        row.sent_at = now
        row.save(update_fields=["sent_at", "channel"])
    return address


def _send_one(row: OutgoingMessage, now: datetime) -> str:
    if row.status == "failed":
        return "perhaps"
    try:
        address = _hand_over(row, now)
        if address is None:
            return _set(row, "dropped")
        if isinstance(address, datetime):
            row.attempts -= 1
            row.not_before = address
            row.save(update_fields=["attempts", "not_before"])
            return "later"
        _deliver(row, *address)
    except Exception as error:
        # Whatever the carrier throws: the row waits for its next try, and the log names only its id (G4).
        log.warning("outgoing message %s could not be sent, try %s", row.pk, row.attempts)
        if isinstance(error, PerhapsTaken) and not _may_go_again(row):
            _set(row, "failed")  # and `sent_at` stays
            return "perhaps"
        row.sent_at = None
        OutgoingMessage.objects.filter(pk=row.pk).update(sent_at=None)
        return _set(row, "failed") if row.attempts >= len(BACK_OFF) else "later"
    return _set(row, "sent")


def _address(row: OutgoingMessage, now: datetime):
    """(address, link) as the rules are now, a moment to wait for, or None when it may not be sent any more."""
    if row.template in TO_THE_ADDRESS:
        return row.recipient, row.link
    if row.template == "sign_in_code":
        return codes.mail_code(row, now)
    if row.person_id is None:
        return _account_address(row)
    person = Person.objects.select_related("program", "user").get(pk=row.person_id)
    rules = _rules_of(person)
    if row.template == DUTY:
        row.channel, number = "text", duty_number(rules, person.phone)
        return (number, row.link) if number and person.user and person.user.is_active else None
    chosen = choose_channel(rules, email=_email_of(person), phone=person.phone)
    if chosen is None:
        return None
    allowed_at = now if NOTICES[row.template].any_hour else next_allowed(rules, now, person.program.time_zone)
    if allowed_at > now:
        return allowed_at
    row.channel, row.recipient, row.language = *chosen, language_of(person)
    return chosen[1], row.link


def _account_address(row: OutgoingMessage):
    """The account a row without a person means: by its id, or by what was typed. Disabled or without e-mail is None."""
    user = User.objects.filter(pk=row.recipient).first() if _is_uuid(row.recipient) else find_account(row.recipient)
    if user is None or not user.is_active or not user.email:
        return None
    if _asked_for_no_email(user):
        return None
    row.language = user.language
    return user.email, reset_link(user) if row.template == "reset_password" else row.link


def _deliver(row: OutgoingMessage, address: str, link: str) -> None:
    deliver(address, row.template, row.language, link, channel=row.channel, key=row.pk.hex)


def deliver(address: str, template: str, language: str, link: str, *, channel: str = "email", key: str = "") -> None:
    """Send one neutral notice now, in the worker. Raises whatever the carrier raises.

    `key`: whoever sends it twice, because it died before it noted the first, sends it under the same Message-ID, or as
    the same text where the carrier of texts takes ids.
    """
    pass_out("notice")
    subject, body, text = words_of(template, language, link)
    if channel == "text":
        carrier = import_string(settings.OUTBOX_TEXT_BACKEND)()
        carrier.send(address, text, **({"key": key} if takes_ids() else {}))
        return
    connection_ = get_connection(settings.OUTBOX_EMAIL_BACKEND)
    headers = {"Message-ID": f"<{key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"} if key else {}
    mail = EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address], connection=connection_, headers=headers)
    mail.send()


def reset_link(user: User) -> str:
    """The link with which this account chooses a new password. It ends when the password changes, or after its time."""
    return absolute(reverse("account_reset_password_from_key", kwargs={
        "uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}))  # fmt: skip


def _set(row: OutgoingMessage, status: str) -> str:
    row.status = status
    if status in ("sent", "dropped"):
        row.recipient = row.link = ""  # what was needed for sending is not kept; somebody may try again what failed
    row.save()
    return status


def absolute(path: str) -> str:
    """The full address of a page of this install, for a message or a slip of paper."""
    return settings.ALONGSIDE_URL.rstrip("/") + path


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4


def language_of(person: Person) -> str:
    """The language of notices to a person: that of their account or record if we speak it, else English."""
    wanted = person.user.language if person.user_id else person.language
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _email_of(person: Person) -> str:
    return person.email or (person.user.email if person.user_id else "")


def _rules_of(person: Person) -> SafeContact | None:
    return SafeContact.objects.filter(person=person).first()


def _asked_for_no_email(user: User) -> bool:
    """Whether the safe-contact rules of the participant behind an account leave e-mail out."""
    with scopes_disabled():  # an account may serve more than one program
        found = SafeContact.objects.filter(person__user=user, person__episodes__isnull=False).distinct()
        return any(rules.channel == "none" or not rules.may_email for rules in found)
