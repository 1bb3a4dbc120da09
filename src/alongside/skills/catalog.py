"""The units a program offers, in its order and in the reader's language."""

from collections.abc import Collection
from dataclasses import dataclass, field

from alongside.rules.skills import CODES, Place, order_units

from .models import Unit
from .units import BY_CODE, LANGUAGES, Words


@dataclass(frozen=True)
class Entry:
    """A unit to read. `key` names it in an address; `row` is the program's own row of it, if it has one."""

    key: str
    words: Words
    language: str
    sources: tuple[str, ...] = ()
    row: Unit | None = field(default=None, compare=False)
    is_shown: bool = True
    is_own: bool = False


def list_units(rows: Collection[Unit], language: str, *, all_of_them: bool = False) -> list[Entry]:
    """Those offered, in order; with `all_of_them` those left out too, at the end."""
    by_key = {row.key: row for row in rows}
    keys = (*CODES, *(row.key for row in rows if not row.code))
    places = {key: Place(row.position, row.is_shown) for key, row in by_key.items()}
    order = order_units(keys, places)
    if all_of_them:
        order = (*order, *(key for key in keys if key not in order))
    return [_entry(key, by_key.get(key), language) for key in order]


def _entry(key: str, row: Unit | None, language: str) -> Entry:
    is_shown = row is None or row.is_shown
    if key in BY_CODE:
        unit = BY_CODE[key]
        language = language if language in unit.words else "en"
        return Entry(key, unit.words[language], language, unit.sources, row, is_shown)
    assert row is not None  # noqa: S101  what has no code is a row
    language = language if language in row.words else next(one for one in LANGUAGES if one in row.words)
    words = row.words[language]
    read = Words(
        words["title"], words["why"], tuple(words["ideas"]), words["practice"], tuple(words["questions"])
    )  # fmt: skip
    return Entry(key, read, language, tuple(words.get("sources", ())), row, is_shown, is_own=True)
