"""What may leave and what left: consents with the exact text that was signed, and the accounting (B8, C5)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.legal.accounting import list_left
from alongside.people.labels import spoken
from alongside.people.models import Person
from alongside.privacy.consent_words import BY_RIGHT, ends, speak
from alongside.privacy.emergency_words import say_emergency
from alongside.privacy.models import Consent, Disclosure, Emergency
from alongside.rules.consent import describe_purpose, texts_1

from .shape import CHUNK, Row, Section, columns


def consents(person: Person) -> Iterable[Row]:
    """Each consent: the text byte for byte as it was signed, in the language of that day, and what stood beside it."""
    language = speak()
    for one in Consent.objects.filter(person=person).order_by("drafted_at").iterator(chunk_size=CHUNK):
        shown: Any = one.shown or {}
        yield {
            "number": one.number, "state": spoken("consent", one.status), "recipient": one.recipient or "",
            "address": one.recipient_address or "",
            "items": [texts_1.ITEMS[item][language] for item in one.items],
            "purpose": describe_purpose(one.purpose, one.purpose_words or "", language) if one.purpose else "",
            "signed_at": one.signed_at, "signed_name": _signed_by(one),
            "until": one.ended_at or one.expires_at, "reason": ends(one, language),
            "text": [_block(block) for block in shown.get("document", [])],
            "shown": [f"{texts_1.ITEMS[item][one.language]}: {what}: {value}"
                      for item, rows in shown.get("preview", []) for what, value in rows],
        }  # fmt: skip


def _signed_by(one: Consent) -> str:
    """Who signed, and by what right where that was not simply the person."""
    names = [one.signed_name or one.other_name or ""]
    if one.signed_at and one.signer in BY_RIGHT:
        names += [str(BY_RIGHT[one.signer]), one.other_basis or ""]
    return " ".join(name for name in names if name)


def _block(block: dict[str, Any]) -> str:
    """The words of one block of the document, whatever it is made of."""
    return "\n".join(_texts(block))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in NOT_SAID for text in _texts(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in _texts(part)]
    return []


NOT_SAID = ("code", "section", "kind")
"""Parts of a block that stand on no page."""


def sent(person: Person) -> Iterable[Row]:
    """What left: by consent, and in an emergency."""
    language = speak()
    found = Disclosure.objects.filter(person=person).select_related("consent").order_by("disclosed_at")
    for one in found.iterator(chunk_size=CHUNK):
        purpose = describe_purpose(one.purpose, one.consent.purpose_words or "", language)
        yield {
            "at": one.disclosed_at, "recipient": one.recipient, "address": one.recipient_address,
            "items": [texts_1.ITEMS[item][language] for item in one.items], "purpose": purpose,
            "reason": _("You signed for it"), "number": one.consent.number,
        }  # fmt: skip
    for told in Emergency.objects.filter(person=person).order_by("disclosed_at").iterator(chunk_size=CHUNK):
        said = say_emergency(told)
        where = told.facility or said["acts_as"]
        yield {
            "at": told.disclosed_at, "recipient": f"{told.recipient}, {where}", "address": "",
            "items": [told.told], "purpose": f"{told.product}: {told.nature}" if told.product else told.nature,
            "reason": str(said["no_consent"]), "number": "",
        }  # fmt: skip
    # By order of a court, and reports: as far as the person may read of it now (`legal.accounting`).
    for left in list_left(person.pk, CHUNK):
        yield {
            "at": left["at"], "recipient": left["recipient"], "address": left["address"],
            "items": [str(item) for item in left["items"]], "purpose": str(left["purpose"]),
            "reason": f"{left['why']} ({left['section']})", "number": "",
        }  # fmt: skip


SECTIONS = (
    Section("consents", gettext_lazy("What you signed"), gettext_lazy("With the exact text and what stood beside it."),
            columns("number state recipient address items:list purpose signed_at:moment signed_name until:moment "
                    "reason text:list shown:list"), consents),
    Section("sent", gettext_lazy("What was sent about you"), gettext_lazy("To anybody outside, and why."),
            columns("at:moment recipient address items:list purpose reason number"), sent),
)  # fmt: skip
