"""What the codes of an answer are called, and a link as a page shows it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import label
from alongside.privacy.consent_words import speak
from alongside.rules.consent import texts_1
from alongside.rules.partner_links import OPEN, REASONS

from .models import PartnerLink, SignerLink

REASON = {
    "no_room": _("We have no room at this time"),
    "other_service": _("This is not something we offer"),
    "other_area": _("They live outside of our area"),
    "not_reached": _("We could not reach them"),
    "needs_more": _("We need to talk with you first"),
    "wrong_place": _("This came to the wrong place"),
    "other": _("Another reason"),
}

SAID_LATER = {
    "in_touch": _("We have been in touch with them"),
    "done": _("It is done: they got what they came for"),
    "not_reached": _("We could not reach them"),
}


RELATION = {
    "parent": _("Their parent"),
    "guardian": _("Their guardian"),
    "custodian": _("I have custody of them"),
    "other": _("I act for them in another way that the law allows"),
}


def signer_row(link: SignerLink) -> dict:
    """One page of a parent or guardian: how it stands, who answered, when it ends."""
    return {
        "pk": link.pk,
        "state": label("signer_link", link.status),
        "status": link.status,
        "is_open": link.status == "open" and link.expires_at > timezone.now(),
        "reach": link.reach,
        "made_at": link.made_at,
        "expires_at": link.expires_at,
        "first_opened_at": link.first_opened_at,
        "answered_at": link.answered_at,
        "other_name": link.other_name,
        "relation": RELATION.get(link.relation, ""),
        "own_name": link.own_name,
    }


def list_reasons() -> list[tuple]:
    """(code, words) for a form."""
    return [(code, REASON[code]) for code in REASONS]


def row(link: PartnerLink) -> dict:
    """One link in a list: to whom, what, how it stands, what they answered, and whether it can be stopped."""
    language = speak()
    is_open = link.status in OPEN or bool(link.status == "accepted" and link.follows)
    return {
        "pk": link.pk,
        "consent_id": link.consent_id,
        "name": link.person.goes_by,
        "recipient": link.disclosure.recipient,
        "address": link.disclosure.recipient_address,
        "items": [texts_1.ITEMS[item][language] for item in link.disclosure.items],
        "state": label("partner_link", link.status),
        "is_open": is_open and link.expires_at > timezone.now(),
        "made_at": link.made_at,
        "expires_at": link.expires_at,
        "first_opened_at": link.first_opened_at,
        "times_opened": link.times_opened,
        "answered_at": link.answered_at,
        "ended_at": link.ended_at,
        "reason": REASON.get(link.reason, ""),
        "words": link.words,
    }


def whole_row(link: PartnerLink) -> dict:
    """The same with what they said after a yes, in its order. Its words come with it (`queries`)."""
    later = sorted(link.said_later.all(), key=lambda word: (word.said_at, word.pk))
    return row(link) | {"later": [{"words": SAID_LATER[word.said], "at": word.said_at} for word in later]}
