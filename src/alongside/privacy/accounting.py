"""The accounting of disclosures (§2.25, C5): when, to whom, what, what for, on which ground. For the person alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from alongside.people.models import Person
from alongside.rules.accounting import write_letter
from alongside.rules.consent import describe_purpose, texts_1

from .consent_words import speak
from .emergency_words import say_emergency
from .models import Consent, Disclosure, Emergency

PER_PAGE = 100
_sources: list[Callable[[UUID, int], list[dict]]] = []


def add_source(function: Callable[[UUID, int], list[dict]]) -> None:
    """A package above says what else left about a person: `function(person_id, limit)` gives the newest, each
    {at, recipient, address, items, purpose, why, section, by}. Called in `AppConfig.ready`.
    """
    if function not in _sources:
        _sources.append(function)


@dataclass(frozen=True)
class Sent:
    """One part of the list, newest first, and whether there is an older one."""

    rows: list[dict]
    number: int
    has_next: bool


def list_sent(person_id: UUID, *, number: int = 1) -> Sent:
    """What left about a person, since the first day: nothing can be taken out of it, so it only grows."""
    first, past = (number - 1) * PER_PAGE, number * PER_PAGE
    found = Disclosure.objects.filter(person_id=person_id).select_related("consent").order_by("-disclosed_at", "pk")
    told = Emergency.objects.filter(person_id=person_id).order_by("-disclosed_at", "pk")
    # The newest of both are the newest of all: a part that lies further back reads a little more.
    more = [row for source in _sources for row in source(person_id, past + 1)]
    together = sorted([*found[: past + 1], *told[: past + 1], *more], key=_when, reverse=True)
    several = together[first : past + 1]
    names = _names(row.disclosed_by_id for row in several if isinstance(row, (Emergency, Disclosure)))
    rows = [_say(row, names) for row in several]
    return Sent(rows[:PER_PAGE], number, len(rows) > PER_PAGE)


def list_intermediaries(person_id: UUID, *, limit: int = 20) -> list[Consent]:
    """Signed consents by which somebody may pass on what they get, and owes a list of it (§2.24)."""
    signed = Consent.objects.filter(person_id=person_id, kind="intermediary", signed_at__isnull=False)
    return list(signed.order_by("-signed_at")[:limit])


def get_intermediary(person_id: UUID, consent_id: UUID) -> Consent | None:
    """One of the person's own, or None: the caller answers 404."""
    signed = Consent.objects.filter(person_id=person_id, kind="intermediary", signed_at__isnull=False)
    return signed.select_related("person__program").filter(pk=consent_id).first()


def write_letters(consent: Consent) -> list[tuple[str, tuple[str, ...]]]:
    """(language, paragraphs) of the letter by which a person asks for the list.

    It goes to somebody who reads English; a person who reads Spanish finds the same below.
    """
    return [(language, _letter(consent, language)) for language in dict.fromkeys(("en", speak()))]


def _letter(consent: Consent, language: str) -> tuple[str, ...]:
    with override(language):
        day = date_format(timezone.localtime(consent.signed_at), "DATE_FORMAT")
    return write_letter(language, number=consent.number, day=day)


def _when(row: Disclosure | Emergency | dict) -> datetime:
    return row["at"] if isinstance(row, dict) else row.disclosed_at


def _say(row: Disclosure | Emergency | dict, names: dict) -> dict:
    if isinstance(row, dict):
        return row
    return _in_emergency(row) if isinstance(row, Emergency) else _by_consent(row, names)


def _names(user_ids: Iterable) -> dict:
    """Account -> the name whoever acted goes by in this program."""
    wanted = {user_id for user_id in user_ids if user_id}
    return dict(Person.objects.filter(user__in=wanted).values_list("user_id", "goes_by")) if wanted else {}


def _in_emergency(row: Emergency) -> dict:
    return {"emergency": say_emergency(row), "recipient": row.facility or row.recipient, "at": row.disclosed_at}


def _by_consent(row: Disclosure, names: dict) -> dict:
    language, consent = speak(), row.consent
    return {
        "at": row.disclosed_at,
        "recipient": row.recipient,
        "address": row.recipient_address,
        "items": [texts_1.ITEMS[item][language] for item in row.items],
        "purpose": describe_purpose(row.purpose, consent.purpose_words or "", language),
        "number": consent.number,
        "signed_at": consent.signed_at,
        "by": names.get(row.disclosed_by_id, ""),
    }
