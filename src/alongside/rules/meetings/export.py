"""Meetings as Meeting Guide JSON again. What came in goes out: an entry of that form is written as it came."""

from collections.abc import Mapping
from typing import Any

from . import beside, guide
from .entry import Entry
from .kinds import FELLOWSHIPS, LANGUAGE_TYPES
from .times import DAY

SOURCE_SLUG = "source_slug"
AS_JSON = ("day", "time", "end_time", "latitude", "longitude", "updated", "types")
"""What a sheet writes in words and JSON does not."""

KEPT_AS = {"slug": SOURCE_SLUG, "timezone": "source_timezone", "day": "source_day"}
"""Where the value of the source stands when ours takes its place."""

CODES = {language: code for code, language in LANGUAGE_TYPES.items()}


def write_entry(
    entry: Entry, *, form: str, key: str, zone: str, source: Mapping[str, str], fellowship: str = "",
    language: str = "en",
) -> dict[str, Any]:  # fmt: skip
    """One entry of an array of Meeting Guide JSON.

    `form` it came in; `key` a slug that is unique among all sources, beside which stands that of its source; `zone`,
    `fellowship` and `language` the feed's, where the entry has none; `source` name and address of who keeps the
    meeting, written as its entity unless the entry names one.
    Of a Meeting Guide entry every field stays as it was; only what the format requires and the entry lacks is added.
    A row of a sheet stays so too, with columns that nobody here asks for; days, times and numbers are written as JSON
    wants them. What has to give way stands under another name (`KEPT_AS`).
    What the format has no word for stands in one field of ours (`beside`), so that who reads it with us loses nothing.
    """
    if form == "meeting_guide":
        told = dict(entry.raw)
    elif form == "sheet":
        fields = _from_fields(entry)
        told = {**entry.raw, **{name: fields[name] for name in AS_JSON if name in fields}}
    else:
        told = _from_fields(entry)
    if form == "meeting_guide" and "one_is_sunday" in entry.flags:
        _put(told, "day", _from_fields(entry).get("day"))
    told.pop(beside.NAME, None)
    _put(told, "slug", key)
    if key != entry.key:
        told.setdefault(SOURCE_SLUG, entry.key)
    if not entry.zone and zone:
        _put(told, "timezone", zone)
    if source.get("name") and not told.get("entity"):
        told["entity"] = source["name"]
        if source.get("url"):
            told["entity_website_url"] = source["url"]
    if name := FELLOWSHIPS.get(entry.fellowship or fellowship, ("", ""))[0]:
        told["fellowship"] = name
    back = guide.read_entry(told)
    more = beside.tell(entry, back if isinstance(back, Entry) else None)
    if not entry.fellowship:
        more.pop("fellowship", None)
    if language != "en" and not set(entry.languages) - {"ase"}:
        more["languages"] = [language, *entry.languages]
    return told | ({beside.NAME: more} if more else {})


def _put(told: dict[str, Any], name: str, value: Any) -> None:
    if told.get(name) not in (None, "", value):
        told.setdefault(KEPT_AS[name], told[name])
    told[name] = value


def _types_of(entry: Entry) -> list[str]:
    """Codes, also those of languages that only its server told, then what only this feed says, in words."""
    spoken = [CODES[one] for one in entry.languages if one in CODES]
    own = [english or code for code, english, _spanish in entry.own_types]
    return list(dict.fromkeys([*entry.types, *spoken, *own]))


def _times_of(entry: Entry) -> dict[str, Any]:
    days: Any = list(entry.days)
    ends = 1439 if entry.starts == 0 and entry.ends == DAY else entry.ends
    return {
        "day": days[0] if len(days) == 1 else days or None, "time": clock(entry.starts), "end_time": clock(ends),
        "timezone": entry.zone,
    }  # fmt: skip


def _from_fields(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": entry.name,
        **_times_of(entry),
        "types": _types_of(entry),
        "formatted_address": entry.address,
        "city": entry.city,
        "state": entry.state,
        "postal_code": entry.postal_code,
        "country": entry.country,
        "approximate": "yes" if entry.is_approximate or not entry.is_in_person else "no",
        "regions": [one.strip() for one in entry.region.split(">") if one.strip()],
        "location": entry.place,
        "location_notes": entry.place_notes,
        "latitude": entry.latitude,
        "longitude": entry.longitude,
        "conference_url": entry.online_url,
        "conference_url_notes": entry.online_notes,
        "conference_phone": entry.online_phone,
        "notes": entry.notes,
        "group": entry.group,
        "url": entry.url,
        "entity": entry.keeper,
        "entity_website_url": entry.keeper_url,
        "feedback_url": entry.feedback_url,
        "updated": entry.updated_at.strftime("%Y-%m-%d %H:%M:%S") if entry.updated_at else "",
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def clock(minutes: int | None) -> str:
    """`HH:MM`, or "" when there is none.

    >>> clock(1110), clock(1500), clock(None)
    ('18:30', '01:00', '')
    """
    return "" if minutes is None else f"{minutes // 60 % 24:02}:{minutes % 60:02}"
