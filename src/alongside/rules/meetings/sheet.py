"""The sheet form of Meeting Guide: headers are its keys in plain words in any order, types are words with commas."""

import re
from collections.abc import Mapping

from alongside.rules.whole_csv import BrokenCsv, read_cells

from .entry import NotAFeed
from .guide import FIELDS
from .text import plain
from .type_words import TYPES

HEADERS: Mapping[str, str] = {
    "id": "slug", "meeting_name": "name", "meeting": "name", "location_name": "location", "type": "types",
    "time_zone": "timezone", "postal": "postal_code", "zip": "postal_code", "zip_code": "postal_code",
    "start_time": "time", "start": "time", "end": "end_time", "weekday": "day", "full_address": "formatted_address",
    "last_updated": "updated", "website": "url", "online_url": "conference_url", "lat": "latitude",
    "lng": "longitude", "lon": "longitude", "long": "longitude", "description": "notes",
}  # fmt: skip
"""Headers that sheets use beside the keys themselves."""

WORDS: Mapping[str, str] = {
    english.lower(): code for code, (english, _spanish) in TYPES.items()
} | {
    "closed meeting": "C", "open meeting": "O", "beginner": "BE", "beginners": "BE", "step meeting": "ST",
    "step study": "ST", "big book study": "B", "wheelchair accessible": "X", "men only": "M", "women only": "W",
    "location temporarily closed": "TC", "gay": "G", "online meeting": "ONL", "online": "ONL",
    "12 steps & 12 traditions": "12x12", "newcomers": "BE", "speaker discussion": "SP", "child friendly": "CF",
}  # fmt: skip
"""Words, in small letters, to the code."""

COLUMNS = 200
LONGEST_NAME = 100
LONGEST = 100_000
"""Letters of a cell: more than any meeting has to say."""


def read_rows(text: str) -> list[dict[str, object]]:
    """Each row as an entry of Meeting Guide: `guide.read_entry` takes it from there. Rows without any word are none.

    Columns nobody knows keep their own header; one without a header, or a second of the same, gets a number. So every
    cell is kept. Raises `NotAFeed`.
    """
    first_line = text.lstrip("\ufeff\r\n ").split("\n", 1)[0]
    separator = max(",;\t", key=first_line.count)
    reader = read_cells(text.lstrip("\ufeff"), delimiter=separator, longest=LONGEST)
    try:
        names = _names(next(reader, [])[:COLUMNS])
        if "name" not in names:
            raise NotAFeed("no_name_column")
        rows = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(_row(names, cells))
    except BrokenCsv as error:
        raise NotAFeed("row_too_long", error.row) from error
    return rows


def _names(headers: list[str]) -> list[str]:
    names: list[str] = []
    for place, header in enumerate(headers, 1):
        name = _key(header)
        if name in names and name in FIELDS:
            name = header.strip()[:LONGEST_NAME]
        names.append(name if name and name not in names else f"{name or 'column'} {place}")
    return names


def _key(header: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", header.strip().lower()).strip("_")
    known = HEADERS.get(words, words)
    return known if known in FIELDS else header.strip()[:LONGEST_NAME]


def _row(names: list[str], cells: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    beyond = [f"column {place}" for place in range(len(names) + 1, min(len(cells), COLUMNS) + 1)]
    for name, cell in zip([*names, *beyond], cells, strict=False):
        if cell.strip():
            found[name] = cell.strip()
    if "types" in found:
        found["types"] = [_code(word) for word in str(found["types"]).split(",") if word.strip()]
    # In a sheet "Address" is often the whole of it.
    whole = str(found.get("address", ""))
    if "formatted_address" not in found and whole.count(",") >= 2:
        found["formatted_address"] = found.pop("address")
    return found


def _code(word: str) -> str:
    known = plain(word, 60)
    return known if known in TYPES else WORDS.get(known.lower(), known)
