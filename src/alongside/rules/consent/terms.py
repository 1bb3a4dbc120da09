"""What a consent says, as plain values, and which required elements are missing (42 CFR 2.31(a); B1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .kinds import HELD_EVENTS, KINDS, events_for, items_for
from .signing import (
    BY_ANOTHER,
    BY_DIRECTOR,
    DIRECTOR,
    DIRECTOR_DAYS,
    DIRECTOR_FOR,
    EMANCIPATED,
    MINOR_AND_PARENT,
    SIGNERS,
    SURVIVOR,
)

ELEMENTS = {
    "name": "2.31(a)(1)",
    "discloser": "2.31(a)(2)",
    "items": "2.31(a)(3)",
    "recipient": "2.31(a)(4)(i)",
    "members": "2.31(a)(4)(ii)",
    "purpose": "2.31(a)(5)",
    "matter": "2.31(a)(5)",
    "right_to_revoke": "2.31(a)(6)",
    "expiry": "2.31(a)(7)",
    "signature": "2.31(a)(8), 2.14, 2.15",
    "date": "2.31(a)(9)",
    "redisclosure": "2.31(a)(10)",
    "refusing": "2.31(a)(10)",
    "hipaa": "2.31(a)(4)(iii)",
    "fundraising": "2.31(a)(5)(iii)",
    "period": "2.35(b)",
    "held_until": "2.35(c)",
    "shown": "2.31(a): what was signed must be there to be shown again",
}
"""Each element that can be missing, with its section."""


@dataclass(frozen=True)
class Terms:
    """A consent as plain values. Moments are aware datetimes; `statements` are the codes of the text that was shown."""

    kind: str
    person_name: str = ""
    discloser: str = ""
    items: tuple[str, ...] = ()
    recipient: str = ""
    recipient_is_covered: bool = True
    """A health provider, a health plan or who works for one, as HIPAA means it; unknown counts as yes."""
    members: str = ""
    purpose: str = ""
    purpose_words: str = ""
    expires_event: str = ""
    expires_at: datetime | None = None
    held_until: datetime | None = None
    held_event: str = ""
    """Of `kinds.HELD_EVENTS`: it can be taken back when this happens, and at the latest from `held_until` on."""
    fundraises: bool = False
    statements: tuple[str, ...] = ()
    signer: str = ""
    signed_name: str = ""
    other_name: str = ""
    other_basis: str = ""
    died_on: date | None = None
    """When the person died, for an executor who signs (§2.15(b))."""
    signed_at: datetime | None = None


def list_missing(terms: Terms, *, unsigned: bool = False) -> tuple[str, ...]:
    """Codes of `ELEMENTS` that are missing or not allowed, in order; an empty tuple may become active.

    `unsigned` asks the same of a draft that is about to be shown: what only signing adds is not missed.
    """
    kind = KINDS[terms.kind]
    wrong = {
        "name": not terms.person_name.strip(),
        "discloser": not terms.discloser.strip(),
        "items": not _all_in(terms.items, items_for(terms.kind, terms.purpose)),
        "recipient": not terms.recipient.strip(),
        "members": kind.names_members and not terms.members.strip(),
        "purpose": terms.purpose not in kind.purposes
        or (terms.signer == DIRECTOR and (terms.kind, terms.purpose) != DIRECTOR_FOR),
        "matter": (kind.names_matter or terms.purpose == "other") and not terms.purpose_words.strip(),
        "expiry": not _ends(terms),
        "period": kind.needs_day and terms.expires_at is None,
        "held_until": not _is_held_well(terms),
    }
    if not unsigned:
        said = set(terms.statements)
        for_tpo = terms.kind == "tpo" or terms.purpose in ("care", "payment")
        wrong |= {
            "right_to_revoke": ("right_to_revoke_held" if kind.is_held else "right_to_revoke") not in said,
            "redisclosure": for_tpo and "redisclosure" not in said,
            "refusing": for_tpo and "refusing" not in said,
            "hipaa": for_tpo and terms.recipient_is_covered and "hipaa" not in said,
            "fundraising": terms.fundraises and "fundraising" not in said,
            "shown": not said,
            "signature": not _is_signed(terms),
            "date": terms.signed_at is None,
        }
    return tuple(code for code in ELEMENTS if wrong.get(code))


def _all_in(chosen: Collection[str], allowed: Collection[str]) -> bool:
    return bool(chosen) and set(chosen) <= set(allowed)


def _ends(terms: Terms) -> bool:
    """A day or an event, and only an event that fits (§2.31(a)(7)); "none" fits `tpo` only. Where a director signs, a
    day that is near.
    """
    if terms.signer == DIRECTOR:
        return terms.expires_at is not None and not terms.expires_event and _is_short(terms)
    if terms.expires_event:
        return terms.expires_event in events_for(terms.kind)
    return terms.expires_at is not None


def _is_short(terms: Terms) -> bool:
    longest = timedelta(days=DIRECTOR_DAYS + 1)  # midnight after the last day
    return terms.signed_at is None or terms.expires_at is None or terms.expires_at <= terms.signed_at + longest


def _is_held_well(terms: Terms) -> bool:
    """§2.35(c): the day from which it can be taken back, no later than its last; no other kind may be held at all."""
    if not KINDS[terms.kind].is_held:
        return terms.held_until is None and not terms.held_event
    if terms.held_event not in ("", *HELD_EVENTS):
        return False
    return terms.held_until is not None and terms.expires_at is not None and terms.held_until <= terms.expires_at


def _is_signed(terms: Terms) -> bool:
    own, other = bool(terms.signed_name.strip()), bool(terms.other_name.strip())
    if terms.signer not in SIGNERS or (terms.signer == DIRECTOR) != (BY_DIRECTOR in terms.statements):
        return False
    if terms.signer in BY_ANOTHER:
        has_reason = terms.signer != SURVIVOR or terms.died_on is not None
        return other and has_reason and bool(terms.other_basis.strip())
    if terms.signer == EMANCIPATED:
        return own and bool(terms.other_basis.strip())
    return own and (other or terms.signer != MINOR_AND_PARENT)
