"""STOP and START that came as a text message: they hold for the number, whoever of several people has it.

A STOP ends `may_text` for everybody with this number, in each program, and takes back what waits to be texted, all in
one transaction. The sender looks under the same lock (`outbox`): what it had not handed over by then, it never does.
START brings back what that STOP ended, to the same number and for 30 days, and nothing else. A STOP is answered by one
sentence a day, a START by one each, the same to every number: so an answer tells nobody who is known here (A1).
"""

from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scopes_disabled

from alongside.audit.actions import record
from alongside.audit.fields import blind_index
from alongside.people.actor import Actor, SystemActor
from alongside.people.match_keys import find_by_phone
from alongside.people.models import Person, Program, SafeContact
from alongside.people.outbox import queue_text_answer, take_back_texts
from alongside.rules.roster.contacts import read_phone
from alongside.rules.text_reply import COMES_BACK_WITHIN

from .persons import note_safe_contact


@transaction.atomic
def stop_texts(*, phone: str, now: datetime | None = None) -> list[Person]:
    """No more texts to this number; whose texts ended. Whoever asks again changes nothing."""
    now = now or timezone.now()
    number = _number(phone)
    with scopes_disabled():
        stopped = [rules for rules in _rules_at(number) if rules.may_text]
        for rules in stopped:
            rules.may_text, rules.texts_stopped_at, rules.texts_stopped_number = False, now, number
            rules.save(update_fields=["may_text", "texts_stopped_at", "texts_stopped_number"])
            record(**_note("person.texts_stopped", rules, alone=len(stopped) == 1))
        take_back_texts([rules.person for rules in stopped])
    if number:
        day = now.astimezone(UTC).date()
        queue_text_answer(number, "texts_stopped", once_key=f"stop:{blind_index(number, 'texts')}:{day}", now=now)
    return [rules.person for rules in stopped]


@transaction.atomic
def start_texts(*, phone: str, message: UUID, now: datetime | None = None) -> list[Person]:
    """Texts to this number again, for whom a STOP from it ended them; who they are. The same `message` counts once.

    A later STOP is never undone by an earlier START that a gateway brings a second time (I3).
    """
    now = now or timezone.now()
    number = _number(phone)
    if not number or not queue_text_answer(number, "texts_again", once_key=f"start:{message}", now=now):
        return []
    with scopes_disabled():
        back = [rules for rules in _rules_at(number) if _comes_back(rules, number, now)]
        for rules in back:
            rules.may_text, rules.texts_stopped_at, rules.texts_stopped_number = True, None, ""
            rules.save(update_fields=["may_text", "texts_stopped_at", "texts_stopped_number"])
            record(**_note("person.texts_resumed", rules, alone=len(back) == 1))
    return [rules.person for rules in back]


def _comes_back(rules: SafeContact, number: str, now: datetime) -> bool:
    at = rules.texts_stopped_at
    return at is not None and rules.texts_stopped_number == number and now - at <= COMES_BACK_WITHIN


def _number(phone: str) -> str:
    """The number as everybody's is kept (E.164); nothing for what no text can be answered to."""
    return read_phone(phone, "US").number or ""


def _rules_at(number: str) -> list[SafeContact]:
    """The rules of everybody with this number, locked in one order."""
    if not number:
        return []
    ids = [one["person_id"] for program in Program.objects.order_by("pk") for one in find_by_phone(program, number)]
    # Whoever came by a long list has no keys until the worker made them: their number is found as it is.
    who = Q(person__in=ids) | Q(person__phone_index=blind_index(number, "phone"))
    found = SafeContact.objects.filter(who).select_related("person__program").order_by("pk")
    return [one for one in found.select_for_update(of=("self",)) if _number(one.person.phone) == number]


def _note(act: str, rules: SafeContact, *, alone: bool) -> dict:
    """What the log says. Where several people share a number nobody knows who of them wrote; it names the house."""
    person = rules.person
    by = SystemActor(program_id=person.program_id)
    if alone:
        by = Actor(user_id=person.user_id, person_id=person.pk, program_id=person.program_id,
                   roles=frozenset({"participant"}))  # fmt: skip
    return note_safe_contact(rules, by, ["may_text"]) | {"act": act, "reason": "text"}
