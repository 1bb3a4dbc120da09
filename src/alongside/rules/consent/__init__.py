"""Consent to let something about a person leave (42 CFR 2.31, 2.35, 2.14, 2.15): what makes one whole.

Pure: plain values in, codes out. `document` writes what is signed, from the versioned texts of `texts_1`.
"""

from .document import LATEST, Block, describe_purpose, digest, write
from .kinds import (
    EVENTS,
    HELD_EVENTS,
    ITEMS,
    KINDS,
    PURPOSES,
    RECIPIENT_CLASSES,
    Kind,
    events_for,
    items_for,
    kinds_for,
)
from .lasting import may_take_back, state_at
from .signing import (
    DIRECTOR,
    EMANCIPATED,
    GUARDIAN,
    MINOR_ALONE,
    MINOR_AND_PARENT,
    SELF,
    SIGNERS,
    SURVIVOR,
    Posture,
    may_consent_alone,
    who_signs,
)
from .terms import ELEMENTS, Terms, list_missing

__all__ = [
    "DIRECTOR",
    "ELEMENTS",
    "EMANCIPATED",
    "EVENTS",
    "GUARDIAN",
    "HELD_EVENTS",
    "ITEMS",
    "KINDS",
    "LATEST",
    "MINOR_ALONE",
    "MINOR_AND_PARENT",
    "PURPOSES",
    "RECIPIENT_CLASSES",
    "SELF",
    "SIGNERS",
    "SURVIVOR",
    "Block",
    "Kind",
    "Posture",
    "Terms",
    "describe_purpose",
    "digest",
    "events_for",
    "items_for",
    "kinds_for",
    "list_missing",
    "may_consent_alone",
    "may_take_back",
    "state_at",
    "who_signs",
    "write",
]
