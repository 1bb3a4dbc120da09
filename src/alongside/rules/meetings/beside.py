"""What Meeting Guide JSON has no word for, told beside it in one field of ours and read back: so nothing is lost.

Which of the fields that is nobody needs to know: an entry is written, read again, and where the two differ the
difference is told. What comes in this way is as little trusted as the rest of a feed.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .entry import Entry
from .kinds import FELLOWSHIPS, LANGUAGE_TYPES
from .text import plain, web_address
from .times import DAY
from .type_words import TYPES

NAME, MINUTES = "alongside", "minutes"
MOST = 80


class _Refused(Exception):
    """The value is none that this field may have."""


def _words(longest: int, *, lines: bool = False) -> Callable[[object], str]:
    def read(told: object) -> str:
        if not isinstance(told, str):
            raise _Refused
        return plain(told, longest, lines=lines)

    return read


def _yes_or_no(told: object) -> bool:
    if not isinstance(told, bool):
        raise _Refused
    return told


def _codes(known: Any) -> Callable[[object], tuple[str, ...]]:
    def read(told: object) -> tuple[str, ...]:
        if not isinstance(told, list):
            raise _Refused
        return tuple(dict.fromkeys(one for one in told[:MOST] if isinstance(one, str) and one in known))

    return read


def _own_types(told: object) -> tuple[tuple[str, str, str], ...]:
    if not isinstance(told, list):
        raise _Refused
    rows = [tuple(plain(word, 80) for word in one) for one in told[:MOST] if isinstance(one, list) and len(one) == 3]
    return tuple(dict.fromkeys((code, english, spanish) for code, english, spanish in rows if code))


def _fellowship(told: object) -> str:
    if not isinstance(told, str) or told not in FELLOWSHIPS or told == "own":
        raise _Refused
    return told


FIELDS: Mapping[str, Callable[[object], Any]] = {
    "name": _words(255), "place": _words(255), "address": _words(255), "region": _words(255), "group": _words(255),
    "city": _words(80), "state": _words(80), "postal_code": _words(80), "country": _words(80),
    "online_notes": _words(4100, lines=True), "notes": _words(4100, lines=True),
    "place_notes": _words(4100, lines=True),
    "types": _codes(TYPES), "languages": _codes(frozenset(LANGUAGE_TYPES.values())), "own_types": _own_types,
    "is_in_person": _yes_or_no, "is_online": _yes_or_no, "is_approximate": _yes_or_no,
    "online_url": web_address, "url": web_address, "feedback_url": web_address, "fellowship": _fellowship,
}  # fmt: skip
"""Field of an entry -> what it may be."""


def tell(entry: Entry, back: Entry | None) -> dict[str, Any]:
    """What has to stand beside an entry that is read back as `back`, so that it is the same again."""
    told = {
        name: _as_json(getattr(entry, name))
        for name in FIELDS
        if back is None or getattr(back, name) != getattr(entry, name)
    }
    if entry.starts and entry.ends == entry.starts + DAY:
        # From six to six: by the format's own rules it would not have begun.
        told[MINUTES] = DAY
    return told


def _as_json(value: object) -> object:
    return [_as_json(one) for one in value] if isinstance(value, tuple) else value


def says_a_day(told: object) -> bool:
    """Whether it goes on for 24 hours, which no clock of an end can say."""
    return isinstance(told, Mapping) and told.get(MINUTES) == DAY


def take(entry: Entry, told: object) -> Entry:
    """The entry with what stood beside it. What cannot be is passed over; nothing of it can make a place of none."""
    if not isinstance(told, Mapping):
        return entry
    found: dict[str, Any] = {}
    for name, read in FIELDS.items():
        if name in told:
            try:
                found[name] = read(told[name])
            except _Refused:
                continue
    if not found.get("name", "x"):
        del found["name"]
    changed = replace(entry, **found)
    return replace(
        changed,
        is_in_person=changed.is_in_person and bool(changed.address),
        is_online=changed.is_online and bool(changed.online_url or changed.online_phone),
    )
