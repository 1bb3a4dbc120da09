"""A document as the columns by which it is listed and found."""

from typing import Any

from alongside.rules.resources.card import Card, make_card
from alongside.rules.resources.hours import pack
from alongside.rules.resources.hsds import Values
from alongside.rules.resources.needs import fold
from alongside.rules.resources.search import as_searched

from .bits import GROUP_BITS, LANGUAGE_BITS, NEED_BITS, to_bits

OUT = ("inactive", "defunct")
"""Of the feed's status: not shown, but kept."""
COLUMNS = (
    "name", "organization", "sort_name", "summary", "status", "city", "first_number", "searched", "found_at", "needs",
    "groups", "languages", "from_age", "until_age", "is_free", "hours", "changed_on", "is_shown", "is_listed",
    "gone_at", "digest",
)  # fmt: skip
"""What an import writes of a resource that it knows."""


def columns_of(document: Values) -> dict[str, Any]:
    """The columns of `Resource` that a document decides."""
    card: Card = make_card(document)
    return {
        "name": card.name[:300], "organization": card.organization[:300], "sort_name": fold(card.name)[:60],
        "summary": card.summary[:300], "status": card.status[:20],
        "city": next((place.city for place in card.places if place.city), "")[:80],
        "first_number": next((phone.number for phone in card.phones), "")[:60],
        "searched": as_searched(card.words, 4000), "found_at": as_searched(card.where, 800),
        "needs": to_bits(card.needs, NEED_BITS), "groups": to_bits(card.groups, GROUP_BITS),
        "languages": to_bits(card.languages, LANGUAGE_BITS), "hours": [pack(one) for one in card.hours],
        "from_age": card.taken_ages[0], "until_age": card.taken_ages[1], "is_free": card.is_free,
        "changed_on": max(filter(None, (card.changed_on, card.checked_on)), default=None),
        "is_shown": card.status not in OUT, "is_listed": True, "gone_at": None,
    }  # fmt: skip
