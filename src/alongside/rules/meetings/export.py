"""Meetings as Meeting Guide JSON again. What came in goes out: an entry of that form is written as it came."""

from collections.abc import Mapping
from typing import Any

from .entry import Entry
from .times import DAY

AS_JSON = ("day", "time", "end_time", "latitude", "longitude", "updated")
"""What a sheet writes in words and JSON does not."""

KEPT_AS = {"slug": "source_slug", "timezone": "source_timezone"}
"""Where the value of the source stands when ours takes its place."""


def write_entry(entry: Entry, *, form: str, key: str, zone: str, source: Mapping[str, str]) -> dict[str, Any]:
    """One entry of an array of Meeting Guide JSON.

    `form` it came in; `key` a slug that is unique among all sources; `zone` the feed's, where the entry has none;
    `source` name and address of who keeps the meeting, written as its entity unless the entry names one.
    Of a Meeting Guide entry every field stays as it was; only what the format requires and the entry lacks is added.
    A row of a sheet stays so too, with columns that nobody here asks for; days, times and numbers are written as JSON
    wants them. What has to give way stands under another name (`KEPT_AS`).
    """
    if form == "meeting_guide":
        told = dict(entry.raw)
    elif form == "sheet":
        fields = _from_fields(entry)
        told = {**entry.raw, **{name: fields[name] for name in AS_JSON if name in fields}}
    else:
        told = _from_fields(entry)
    _put(told, "slug", key)
    if not entry.zone and zone:
        _put(told, "timezone", zone)
    if source.get("name") and not told.get("entity"):
        told["entity"] = source["name"]
        if source.get("url"):
            told["entity_website_url"] = source["url"]
    return told


def _put(told: dict[str, Any], name: str, value: str) -> None:
    if told.get(name) not in (None, "", value):
        told.setdefault(KEPT_AS[name], told[name])
    told[name] = value


def _from_fields(entry: Entry) -> dict[str, Any]:
    days: Any = list(entry.days)
    told: dict[str, Any] = {
        "name": entry.name,
        "day": days[0] if len(days) == 1 else days or None,
        "time": clock(entry.starts),
        "end_time": clock(None if entry.ends is None else 1439 if entry.ends == DAY and entry.starts == 0
                          else entry.ends),
        "timezone": entry.zone,
        "types": [*entry.types, *(english or code for code, english, _spanish in entry.own_types)],
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
        "updated": entry.updated_at.strftime("%Y-%m-%d %H:%M:%S") if entry.updated_at else "",
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in ("", None, [])}


def clock(minutes: int | None) -> str:
    """`HH:MM`, or "" when there is none.

    >>> clock(1110), clock(1500), clock(None)
    ('18:30', '01:00', '')
    """
    return "" if minutes is None else f"{minutes // 60 % 24:02}:{minutes % 60:02}"
