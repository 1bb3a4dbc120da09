"""Meeting Guide (TSML) JSON: one entry in, one meeting or one reason out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from . import beside, times
from .entry import ALL_DAY, LONG, Entry
from .kinds import LANGUAGE_TYPES, fellowship_of, is_known_provider
from .places import key_of
from .text import host_of, phone_number, plain, storable, web_address
from .type_words import TYPES

CONTACTS = tuple(f"contact_{number}_{what}" for number in range(1, 4) for what in ("name", "email", "phone"))
PERSONAL = frozenset({*CONTACTS, "feedback_emails", "edit_url", "venmo", "square", "paypal", "email", "phone"})
"""Names, addresses and accounts of persons: neither kept nor shown (no last names, ever: the format's own rule)."""

FIELDS = PERSONAL | {
    "slug", "id", "name", "day", "time", "time_formatted", "end_time", "timezone", "types", "formatted_address",
    "address", "city", "state", "postal_code", "country", "approximate", "coordinates", "latitude", "longitude",
    "region", "sub_region", "regions", "location", "location_notes", "group", "group_notes", "district",
    "sub_district", "website", "website_2", "url", "notes", "conference_url", "conference_url_notes",
    "conference_phone", "conference_phone_notes", "updated", "image", "entity", "entity_email", "entity_location",
    "entity_logo", "entity_phone", "entity_website_url", "last_contact",
}  # fmt: skip
"""What the format has names for."""

OF_PERSONS = re.compile(
    r"(?<![a-z])(contacts?|contacto|e ?mails?|correo|secretary|secretari[oa]|treasurer|tesorer[oa]|chair(person)?|gsr|"
    r"host(ed by)?|leader|l[ií]der|sponsor|padrino|madrina|cell|celular|mobile|password|contrase[ñn]a|passcode)"
    r"(?![a-z])"
)
MAIL = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")


def is_of_a_person(field: str, value: object) -> bool:
    """Whether a field that the format has no name for holds somebody's name, number or account, by its own name, or by
    a mail address in it. What nobody explains is given on to everybody, so this leaves out too much rather than less.

    >>> is_of_a_person("GSR / Secretary", "Pat"), is_of_a_person("Wi-Fi?", "yes"), is_of_a_person("Ask", "a@b.org")
    (True, False, True)
    """
    words = re.sub(r"[\W_]+", " ", field.lower())
    return bool(OF_PERSONS.search(words)) or (isinstance(value, str) and bool(MAIL.search(value)))


KEY, NAME, SHORT, LONGEST = 64, 255, 255, 4000
KEEPER = 120
USUAL = 60
"""Minutes of a meeting that says no end."""

ROUND_THE_CLOCK = re.compile(
    r"\b24\s*-?\s*(?:h|hs|hr|hrs|hour|hours|hora|horas)\b|\bmarath?[oó]n|\balcathon|\b(?:a)?round[ -]the[ -]clock\b"
    r"|\ball day and (?:all )?night\b|\bd[ií]a y noche\b",
    re.I,
)
"""Words by which one that ends when it begins goes on for a day, and not for nothing."""


def read_entry(
    raw: Mapping[str, Any], *, own_codes: Iterable[str] = (), days_from_one: bool = False, one_is_sunday: bool = False
) -> Entry | str:  # fmt: skip
    """The meeting of one entry, or the reason (`entry.REFUSALS`) why it is refused.

    `own_codes`, `days_from_one`: what only the whole list tells (`find_own_codes`, `counts_from_one`).
    `one_is_sunday`: what whoever keeps the list said of its numbers: 1 is Sunday, 7 is Saturday.
    """
    key = plain(raw.get("slug"), KEY + 1) or plain(raw.get("id"), KEY + 1)
    name = plain(raw.get("name"), NAME)
    if not key or len(key) > KEY:
        return "no_key"
    if not name:
        return "no_name"
    flags: list[str] = []
    notes = _notes(raw, "notes", "group_notes")
    goes_round = beside.says_a_day(raw.get(beside.NAME)) or bool(ROUND_THE_CLOCK.search(f"{name}\n{notes}"))
    days, starts, ends = _read_times(raw, flags, goes_round=goes_round, one_is_sunday=one_is_sunday)
    if (days_from_one or one_is_sunday) and _day_numbers(raw):
        flags.append("one_is_sunday" if one_is_sunday else "days_from_one")
    types, own = _read_types(raw.get("types"), frozenset(own_codes), flags)
    address, parts = _read_address(raw)
    approximate = _is_approximate(raw, address)
    latitude, longitude = read_coordinates(raw.get("latitude"), raw.get("longitude"), flags)
    url, phone = web_address(raw.get("conference_url")), phone_number(raw.get("conference_phone"))
    known = bool(url) and is_known_provider(host_of(url))
    is_online = known or bool(phone)
    is_closed = "TC" in types
    is_in_person = bool(address) and not approximate and not is_closed
    if url and not known:
        flags.append("unknown_provider")
    if ("ONL" in _codes(raw.get("types")) or raw.get("conference_url")) and not (url or phone):
        flags.append("online_without_link")
    if not address and not (url or phone or is_online):
        return "no_place"
    if not (is_in_person or is_online):
        flags.append("not_active")
    if approximate and address:
        flags.append("approximate_place")
    if is_closed:
        flags.append("place_closed")
    if {"O", "C"} <= set(types):
        flags.append("open_and_closed")
    zone = _read_zone(raw.get("timezone"), flags)
    updated_at = read_moment(raw.get("updated"), flags)
    personal = {
        name for name, value in raw.items()
        if name in PERSONAL or (name not in FIELDS and is_of_a_person(str(name), value))
    }  # fmt: skip
    kept = storable({name: value for name, value in raw.items() if name not in personal})
    if any(raw[name] for name in personal):
        flags.append("contacts_left_out")
    entry = Entry(
        key=key, name=name, days=days, starts=starts, ends=ends, zone=zone, types=types, own_types=own,
        languages=_languages(types), is_in_person=is_in_person, is_online=is_online, is_approximate=approximate,
        place=plain(raw.get("location"), SHORT), address=address, region=_read_region(raw),
        latitude=latitude, longitude=longitude, online_url=url, online_phone=phone,
        online_notes=_notes(raw, "conference_url_notes", "conference_phone_notes"),
        notes=notes, place_notes=_notes(raw, "location_notes"),
        group=plain(raw.get("group"), SHORT), url=web_address(raw.get("url")), updated_at=updated_at, raw=kept,
        keeper=plain(raw.get("entity"), KEEPER),
        keeper_url=web_address(raw.get("entity_website_url")) or web_address(raw.get("entity_url")),
        feedback_url=web_address(raw.get("feedback_url")),
        fellowship=fellowship_of(key_of(plain(raw.get("fellowship"), 80))), **parts,
    )  # fmt: skip
    entry = beside.take(entry, raw.get(beside.NAME))
    if any(getattr(entry, name).endswith("…") for name in ("name", "notes", "place_notes", "place", "address")):
        flags.append("cut_short")
    return replace(entry, flags=tuple(dict.fromkeys(flags)))


def span(starts: int, ends: int | None, flags: list[str], *, goes_round: bool = False) -> tuple[int, int]:
    """Start and end in minutes, the end past 1440 where the meeting goes on over midnight.

    `goes_round`: something said that one which ends when it begins goes on for 24 hours.
    """
    starts %= times.DAY
    if ends is None:
        ends = starts + USUAL
    elif starts == 0 and (ends in ALL_DAY or ends == 0):
        flags.append("all_day")
        return 0, times.DAY
    elif ends == starts and goes_round:
        flags.extend(("all_day", "over_midnight", "long"))
        return starts, starts + times.DAY
    elif ends == starts:
        flags.append("end_is_start")
        ends = starts + USUAL
    elif ends < starts:
        ends += times.DAY
    if ends > times.DAY:
        flags.append("over_midnight")
    if ends - starts > LONG:
        flags.append("long")
    return starts, ends


def _read_times(
    raw: Mapping[str, Any], flags: list[str], *, goes_round: bool, one_is_sunday: bool
) -> tuple[tuple[int, ...], int | None, int | None]:
    several = _told_days(raw)
    read = [_read_day(one, one_is_sunday=one_is_sunday) for one in several]
    days = tuple(sorted({day for day in read if day is not None}))
    if None in read:
        flags.append("day_not_read")
    clock = raw.get("time")
    starts = times.read_clock(clock)
    if starts is None and clock in (None, ""):
        starts = times.read_clock(raw.get("time_formatted"))
    if starts is None:
        if clock not in (None, ""):
            flags.append("time_not_read")
        else:
            flags.append("no_time" if days else "by_appointment" if not several else "no_time")
        return days, None, None
    if not days:
        flags.append("no_day")
    told_end = raw.get("end_time")
    ends = times.read_clock(told_end)
    if ends is None and told_end not in (None, ""):
        flags.append("end_not_read")
    return (days, *span(starts, ends, flags, goes_round=goes_round))


def _told_days(raw: Mapping[str, Any]) -> list[Any]:
    told = raw.get("day")
    return told[:50] if isinstance(told, list) else [told] if told not in (None, "") else []


def _day_number(told: object) -> int | None:
    """A day that is written as a number, as it stands; None for a word or for nothing."""
    written = str(told).strip() if isinstance(told, int | float | str) and not isinstance(told, bool) else ""
    return int(written[0]) if re.fullmatch(r"[0-7](\.0+)?", written, re.ASCII) else None


def _read_day(told: object, *, one_is_sunday: bool) -> int | None:
    number = _day_number(told) if one_is_sunday else None
    return number - 1 if number else times.read_day(told)


def _day_numbers(raw: Mapping[str, Any]) -> set[int]:
    return {number for one in _told_days(raw) if (number := _day_number(one)) is not None}


def counts_from_one(raws: Iterable[object]) -> bool:
    """Whether the days of a list are numbers up to 7 and none is 0: the format counts 0 to 6, from Sunday.

    Some count 1 to 7 from Monday, some from Sunday, and nothing in the list tells which.

    >>> [counts_from_one([{"day": 1}, {"day": other}]) for other in ("7", [0, 7], 6)]
    [True, False, False]
    """
    numbers = _all_day_numbers(raws)
    return 7 in numbers and 0 not in numbers


def has_day_zero(raws: Iterable[object]) -> bool:
    """Whether a list has a day 0: then it counts as the format does, whatever anybody said of it."""
    return 0 in _all_day_numbers(raws)


def _all_day_numbers(raws: Iterable[object]) -> set[int]:
    return {one for raw in raws if isinstance(raw, Mapping) for one in _day_numbers(raw)}


def _codes(told: object) -> list[str]:
    several = told if isinstance(told, list) else told.split(",") if isinstance(told, str) else []
    return list(dict.fromkeys(code for one in several[:80] if (code := plain(one, 60))))


def _read_types(
    told: object, own_codes: frozenset[str], flags: list[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    codes = _codes(told)
    known = tuple(code for code in codes if code in TYPES and code not in own_codes)
    own = tuple((code, "", "") for code in codes if code not in known and code != "ONL")
    if own:
        flags.append("unknown_types")
    return known, own


def _languages(types: Iterable[str]) -> tuple[str, ...]:
    return tuple(LANGUAGE_TYPES[code] for code in types if code in LANGUAGE_TYPES)


def _read_address(raw: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The whole address, and its parts: those that are told, else those that can be told from their places in it."""
    parts: dict[str, Any] = {name: plain(raw.get(name), 80) for name in ("city", "state", "postal_code", "country")}
    whole = plain(raw.get("formatted_address"), SHORT)
    if whole:
        pieces = [piece.strip() for piece in whole.split(",")]
        if len(pieces) >= 3:
            head, _space, tail = pieces[-2].partition(" ")
            parts["country"] = parts["country"] or pieces[-1][:80]
            parts["state"] = parts["state"] or head[:80]
            if any(sign.isdigit() for sign in tail):
                parts["postal_code"] = parts["postal_code"] or tail[:80]
            if len(pieces) >= 4:
                parts["city"] = parts["city"] or pieces[-3][:80]
            elif not parts["city"]:
                parts["city"] = pieces[0][:80]
        return whole, parts
    street = plain(raw.get("address"), SHORT)
    area = " ".join(filter(None, (parts["state"], parts["postal_code"])))
    return ", ".join(filter(None, (street, parts["city"], area, parts["country"])))[:SHORT], parts


def _is_approximate(raw: Mapping[str, Any], address: str) -> bool:
    box = raw.get("coordinates")
    if isinstance(box, str) and box.strip():
        return len(box.split(",")) == 4
    told = raw.get("approximate")
    if isinstance(told, bool):
        return told
    if isinstance(told, str) and told.strip().lower() in ("yes", "no"):
        return told.strip().lower() == "yes"
    if raw.get("formatted_address"):
        return len(address.split(",")) < 4
    return not plain(raw.get("address"), SHORT)


def _read_region(raw: Mapping[str, Any]) -> str:
    told = raw.get("regions")
    if isinstance(told, list) and told:
        return plain(" > ".join(plain(one, 80) for one in told[:6]), SHORT)
    return plain(" > ".join(filter(None, (plain(raw.get("region"), 80), plain(raw.get("sub_region"), 80)))), SHORT)


def _notes(raw: Mapping[str, Any], *names: str) -> str:
    return "\n\n".join(filter(None, (plain(raw.get(name), LONGEST // 2, lines=True) for name in names)))


def _read_zone(told: object, flags: list[str]) -> str:
    name = plain(told, 60)
    if not name:
        flags.append("no_zone")
        return ""
    if times.known_zone(name) is None:
        flags.append("unknown_zone")
        return ""
    return name


def read_coordinates(latitude: object, longitude: object, flags: list[str]) -> tuple[float | None, float | None]:
    """Degrees, or twice None with a flag: none told, none that are on the globe, or the middle of the ocean."""
    if latitude in (None, "") and longitude in (None, ""):
        flags.append("no_coordinates")
        return None, None
    try:
        if isinstance(latitude, bool) or isinstance(longitude, bool):
            raise ValueError
        north, east = float(latitude), float(longitude)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        north = east = float("nan")
    if not (-90 <= north <= 90 and -180 <= east <= 180) or (north == 0 and east == 0):
        flags.append("bad_coordinates")
        return None, None
    return round(north, 6), round(east, 6)


def read_moment(told: object, flags: list[str]) -> datetime | None:
    """A moment in UTC as feeds write it, or None."""
    words = plain(told, 40)
    if not words:
        return None
    try:
        moment = datetime.fromisoformat(words.replace("Z", "+00:00"))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        flags.append("updated_not_read")
        return None
    if not 1990 <= moment.year <= 2200:
        flags.append("updated_not_read")
        return None
    return moment


def find_own_codes(raws: Iterable[object]) -> tuple[str, ...]:
    """Codes of languages on more than a fifth of at least forty entries: there they mean something else.

    A real feed says `HE` (Hebrew) of six meetings in ten, because an older plugin used it for another word. Spanish and
    English are left out: whole feeds are held in them.
    """
    counted: Counter[str] = Counter()
    total = 0
    for raw in raws:
        if isinstance(raw, Mapping):
            total += 1
            counted.update(set(_codes(raw.get("types"))) & LANGUAGE_TYPES.keys())
    usual = {"S", "EN", "ASL", "FR"}
    if total < 40:
        return ()
    return tuple(sorted(code for code, said in counted.items() if code not in usual and said * 5 > total))
