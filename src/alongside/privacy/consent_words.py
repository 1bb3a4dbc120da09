"""Consents as a page shows them: rows, the document and the preview with their headings in the reader's language."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alongside.rules.consent import KINDS, describe_purpose, may_take_back, state_at, texts_1
from alongside.rules.consent.signing import BY_ANOTHER

from .models import Consent
from .writing import Shown

MISSING = {
    "items": "items", "recipient": "recipient", "members": "members", "purpose": "purpose", "matter": "purpose_words",
    "expiry": "expires_on", "period": "expires_on", "held_until": "held_until",
}  # fmt: skip
"""Which field fills in a missing element."""

OF_THEM = {
    "being_here": gettext_lazy("That they are with this program, and since when"),
    "reach": gettext_lazy("How to reach them: phone and e-mail"),
    "birth_date": gettext_lazy("Their birth date"),
    "walks_with": gettext_lazy("Who walks with them, and since when"),
    "contacts": gettext_lazy("The days on which they talked or met with us, without what was said"),
    "times": gettext_lazy("Times that are planned with them"),
    "wishes": gettext_lazy("What they asked for when they came"),
    "notes": gettext_lazy("The notes about talks with them, which they can read themselves"),
}
"""Items as staff, courts and auditors read them. In a consent the person speaks, and says "my"."""


BY_RIGHT = {
    "minor_and_parent": gettext_lazy("A parent or guardian signed beside them, as the state asks."),
    "guardian": gettext_lazy("A guardian signed, by court order."),
    "survivor": gettext_lazy("An executor or personal representative signed."),
    "emancipated": gettext_lazy("They signed alone: a minor whom a court or the law made independent."),
    "director_for_payment": gettext_lazy(
        "The director of the program signed, for payment alone, as the person could not act because of a medical "
        "condition (42 CFR 2.15(a)(2))."
    ),
}
"""By what right somebody signed who was not simply the person themself."""


def speak() -> str:
    """The reader's language, as the texts of consent know it."""
    return "es" if (get_language() or "").startswith("es") else "en"


def row(consent: Consent, now: datetime | None = None) -> dict:
    """One consent in a list: who, what for, how long, and what may be done with it."""
    now, language = now or timezone.now(), speak()
    state = state_at(consent.status, consent.expires_at, now)
    return {
        "pk": consent.pk,
        "recipient": consent.recipient or "",
        "purpose": describe_purpose(consent.purpose, "", language) if consent.purpose else "",
        "kind": texts_1.KINDS[consent.kind][0][language],
        "items": [texts_1.ITEMS[item][language] for item in consent.items],
        "ends": ends(consent, language),
        "state": state,
        "is_draft": state == "draft",
        "is_active": state == "active",
        "can_stop": may_take_back(KINDS[consent.kind].is_held, consent.held_until, now, consent.released_at),
        "by_right": BY_RIGHT.get(consent.signer, "") if consent.signed_at else "",
        "by_another": bool(consent.signed_at) and consent.signer in BY_ANOTHER,
        "held_until": consent.held_until,
        "held_event": consent.held_event,
        "ended_at": consent.ended_at or consent.expires_at,
        "number": consent.number,
        "together": consent.together,
        "times": getattr(consent, "times", 0),
        "latest_at": getattr(consent, "latest_at", None),
    }


def join_drafts(rows: list[dict]) -> list[dict]:
    """Drafts that wait for one signature as one row, with all its recipients."""
    found: dict = {}
    for one in rows:
        first = found.setdefault(one["together"] or one["pk"], dict(one))
        if first["pk"] != one["pk"]:
            first["recipient"] = f"{first['recipient']}; {one['recipient']}"
    return list(found.values())


def ends(consent: Consent, language: str) -> str:
    """When it ends, in words."""
    if consent.expires_event:
        return texts_1.EVENTS[consent.expires_event][language]
    if not consent.expires_at:
        return ""
    last = timezone.localtime(consent.expires_at - timedelta(microseconds=1))
    return _("Until %(day)s") % {"day": date_format(last, "DATE_FORMAT")}


def preview(shown: Shown, items: list[str], language: str) -> list[dict]:
    """What the recipient would see, item by item; one about which nothing is known says so to the person only."""
    known = dict(shown.preview)
    return [
        {
            "item": item,
            "title": texts_1.ITEMS[item][language],
            "rows": known.get(item) or [[_("Nothing is known"), _("They would see nothing of this.")]],
        }
        for item in items
        if item not in shown.kept_back
    ]


def say_items(items: Iterable[str]) -> list[str]:
    """Items in the reader's language."""
    return [texts_1.ITEMS[item][speak()] for item in items]


def say_items_of_them(items: Iterable[str]) -> list[str]:
    """Items in the reader's language, where somebody else reads of the person."""
    return [str(OF_THEM[item]) for item in items]
