"""Bytes of a feed, or of a file, to a `Reading`: which form it is, each entry taken or refused, all of them counted."""

from collections.abc import Callable, Mapping
from typing import Any

from alongside.rules import bounded_json

from . import bmlt, guide, sheet, web_page
from .entry import Entry, NotAFeed, Reading, Refusal
from .text import plain

MOST_BYTES = 50_000_000
"""Unpacked (H1). The largest known feed, 8,400 online meetings in one array, is about a fifth of it."""

MOST_ENTRIES = 60_000
WRAPPERS = ("meetings", "data", "items", "results")
"""Names under which some servers put the array, which the format wants bare."""

GUIDE, SHEET, BMLT = "meeting_guide", "sheet", "bmlt"
FORMS = (GUIDE, SHEET, BMLT)


def read(
    content: bytes,
    *,
    formats: Mapping[str, bmlt.Format] | None = None,
    bodies: Mapping[str, tuple[str, str]] | None = None,
    first_day: str = "",
) -> Reading:
    """What a feed holds. Raises `NotAFeed`: then nothing was taken.

    `formats`: what the keys of a BMLT server mean, `bodies`: who keeps its meetings.
    `first_day`: which day whoever keeps the list calls 1 (`times.FIRST_DAYS`). Where it says Sunday and the list has a
    day 0, one of the two is wrong, and nothing is taken ("day_zero").

    An empty array is a feed of nothing; whoever imports decides what that means (never that all is gone).
    """
    if not content.strip():
        raise NotAFeed("empty")
    if len(content) > MOST_BYTES:
        raise NotAFeed("too_large")
    first = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first in (b"[", b"{"):
        rows, with_formats = _list_of(content)
        formats = formats or bmlt.read_formats(with_formats)
        form = BMLT if rows and sum(map(bmlt.looks_like_it, rows[:50])) * 2 > len(rows[:50]) else GUIDE
    elif first == b"<":
        raise NotAFeed("web_page" if web_page.is_web_page(content) else "not_json", 1)
    else:
        rows, form = list(sheet.read_rows(_text_of(content))), SHEET
    if len(rows) > MOST_ENTRIES:
        raise NotAFeed("too_many")
    own_codes = () if form == BMLT else guide.find_own_codes(rows)
    days_from_one = form != BMLT and not first_day and guide.counts_from_one(rows)
    one_is_sunday = form != BMLT and first_day == "sunday"
    if one_is_sunday and guide.has_day_zero(rows):
        raise NotAFeed("day_zero")
    reader: Callable[[Mapping[str, Any]], Entry | str]
    if form == BMLT:
        reader = lambda raw: bmlt.read_entry(raw, formats, bodies)  # noqa: E731
    else:
        reader = lambda raw: guide.read_entry(  # noqa: E731
            raw, own_codes=own_codes, days_from_one=days_from_one, one_is_sunday=one_is_sunday
        )
    entries, refusals = _take(rows, reader)
    return Reading(form, tuple(entries), tuple(refusals), own_codes, days_from_one)


def _take(rows: list[Any], reader: Callable[[Mapping[str, Any]], Entry | str]) -> tuple[list[Entry], list[Refusal]]:
    entries: list[Entry] = []
    refusals: list[Refusal] = []
    seen: set[str] = set()
    for number, raw in enumerate(rows, 1):
        found = reader(raw) if isinstance(raw, Mapping) else "not_an_object"
        if isinstance(found, Entry) and found.key in seen:
            found = "repeated_key"
        if isinstance(found, Entry):
            seen.add(found.key)
            entries.append(found)
        else:
            told = raw if isinstance(raw, Mapping) else {}
            key = told.get("slug") or told.get("id") or told.get("id_bigint")
            name = told.get("name") or told.get("meeting_name")
            refusals.append(Refusal(number, plain(key, 64), plain(name, 80), found))
    return entries, refusals


def _list_of(content: bytes) -> tuple[list[Any], list[Any]]:
    """The entries, and the formats that a BMLT server puts beside them when it is asked for both at once."""
    try:
        told = bounded_json.load(content)
    except bounded_json.NotJson as error:
        raise NotAFeed(error.reason, error.row) from None
    formats: list[Any] = []
    if isinstance(told, dict):
        formats = told["formats"] if isinstance(told.get("formats"), list) else []
        told = next((told[name] for name in WRAPPERS if isinstance(told.get(name), list)), None)
    if not isinstance(told, list):
        raise NotAFeed("not_a_list")
    if told and not any(isinstance(row, dict) for row in told):
        raise NotAFeed("no_meetings_in_it")
    return told, formats


def _text_of(content: bytes) -> str:
    if b"\x00" in content:
        raise NotAFeed("not_text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
