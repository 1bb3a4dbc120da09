"""BMLT semantic JSON (NA): every value is a string, days are 1 Sunday to 7 Saturday, formats are keys to look up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .entry import Entry
from .guide import KEEPER, KEY, LONGEST, NAME, SHORT, read_coordinates, span
from .kinds import LANGUAGE_TYPES, is_known_provider
from .text import after_prompt, host_of, phone_number, plain, storable, web_address
from .times import DAY, known_zone, read_clock

CONTACTS = frozenset(
    f"contact_{what}_{number}" for what in ("name", "phone", "email") for number in (1, 2)
) | {"email_contact", "contact_name", "contact_phone", "contact_email", "user_id", "email"}  # fmt: skip

WORLD: Mapping[str, str] = {
    "OPEN": "O", "CLOSED": "C", "BEG": "BE", "WCHR": "X", "CAN": "CAN", "DISC": "D", "SPK": "SP", "STEP": "ST",
    "TRAD": "TR", "W": "W", "M": "M", "Y": "Y", "GL": "LGBTQ", "CW": "CF", "LIT": "LIT", "MED": "MED", "SMOK": "SM",
}  # fmt: skip
"""Common code of a format -> the code of Meeting Guide that means the same."""

KEYS: Mapping[str, str] = {
    "O": "O", "C": "C", "B": "BE", "WC": "X", "CL": "CAN", "D": "D", "So": "SP", "SD": "SP", "St": "ST", "TW": "TR",
    "Tr": "TR", "W": "W", "M": "M", "YP": "Y", "GL": "LGBTQ", "CW": "CF", "ME": "MED", "ES": "S", "SL": "ASL",
    "Ag": "A", "ENG": "EN", "PER": "FA", "FIN": "FI",
}  # fmt: skip
"""Key of a format as most servers write it -> code, where GetFormats is not at hand or leaves the common code empty."""

VIRTUAL, CLOSED, HYBRID = ("VM", "WEB", "VIRT"), ("TC",), ("HY", "HYBR")
IN_PERSON, ONLINE, BOTH = "1", "2", "3"


@dataclass(frozen=True)
class Format:
    """What a key of a server means: its common code, and its words by language."""

    key: str
    world: str
    words: Mapping[str, str]


def read_formats(rows: Iterable[object]) -> dict[str, Format]:
    """Answer of GetFormats: shared id -> format. Rows that are none are passed over."""
    found: dict[str, Format] = {}
    for row in rows:
        if not isinstance(row, Mapping) or not plain(row.get("id"), 20):
            continue
        number, language = plain(row["id"], 20), plain(row.get("lang"), 5) or "en"
        before = found.get(number)
        words = {**(before.words if before else {}), language: plain(row.get("name_string"), 80)}
        key = plain(row.get("key_string"), 20)
        is_english = language == "en" or before is None
        found[number] = Format(
            key if is_english else before.key,  # type: ignore[union-attr]
            plain(row.get("world_id"), 20) or (before.world if before else ""),
            words,
        )
    return found


def read_bodies(rows: Iterable[object]) -> dict[str, tuple[str, str]]:
    """Answer of GetServiceBodies: id -> (name, address of its page or "") of those who keep the meetings."""
    return {
        number: (name, web_address(row.get("url")))
        for row in rows
        if isinstance(row, Mapping)
        and (number := plain(row.get("id"), 20))
        and (name := plain(row.get("name"), KEEPER))
    }


def looks_like_it(raw: object) -> bool:
    """Whether an entry is of this form."""
    return isinstance(raw, Mapping) and "id_bigint" in raw and "weekday_tinyint" in raw


def read_entry(
    raw: Mapping[str, Any],
    formats: Mapping[str, Format] | None = None,
    bodies: Mapping[str, tuple[str, str]] | None = None,
) -> Entry | str:
    """The meeting of one entry, or the reason (`entry.REFUSALS`) why it is refused."""
    told = {str(name): after_prompt(value) for name, value in raw.items() if name not in CONTACTS}
    key, name = plain(told.get("id_bigint"), KEY + 1), plain(told.get("meeting_name"), NAME)
    if not key or len(key) > KEY:
        return "no_key"
    if plain(told.get("published"), 5) == "0":
        return "not_published"
    if not name:
        return "no_name"
    flags: list[str] = []
    types, own, keys = _read_formats(told, formats or {}, flags)
    address, parts = _read_address(told)
    url, phone = web_address(told.get("virtual_meeting_link")), phone_number(told.get("phone_meeting_number"))
    venue = _read_venue(told, keys, has_link=bool(url or phone), flags=flags)
    if venue == IN_PERSON and not address:
        return "no_place"
    if venue != IN_PERSON and not (url or phone):
        flags.append("online_without_link")
    if url and not is_known_provider(host_of(url)):
        flags.append("unknown_provider")
    is_closed = "TC" in keys
    if is_closed:
        flags.append("place_closed")
        types = (*types, "TC")
    if {"O", "C"} <= set(types):
        flags.append("open_and_closed")
    is_in_person = venue in (IN_PERSON, BOTH) and bool(address) and not is_closed
    is_online = venue in (ONLINE, BOTH) and bool(url or phone)
    if not (is_in_person or is_online):
        flags.append("not_active")
    days, starts, ends = _read_times(told, flags)
    latitude, longitude = read_coordinates(told.get("latitude"), told.get("longitude"), flags)
    zone = plain(told.get("time_zone"), 60)
    if not zone or known_zone(zone) is None:
        flags.append("unknown_zone" if zone else "no_zone")
        zone = ""
    keeper, keeper_url = (bodies or {}).get(plain(told.get("service_body_bigint"), 20), ("", ""))
    if any(raw.get(one) for one in CONTACTS):
        flags.append("contacts_left_out")
    return Entry(
        key=key, name=name, days=days, starts=starts, ends=ends, zone=zone, types=types, own_types=own,
        languages=_languages(types, plain(told.get("lang_enum"), 5)), is_in_person=is_in_person, is_online=is_online,
        place=plain(told.get("location_text"), SHORT), address=address, region=parts.pop("region"),
        latitude=latitude, longitude=longitude, online_url=url, online_phone=phone,
        online_notes=plain(told.get("virtual_meeting_additional_info"), LONGEST // 2, lines=True),
        notes=plain(told.get("comments"), LONGEST, lines=True),
        place_notes="\n".join(filter(None, (plain(told.get(one), 500) for one in
                                            ("location_info", "train_lines", "bus_lines")))),
        keeper=keeper, keeper_url=keeper_url, flags=tuple(dict.fromkeys(flags)),
        raw=storable({one: value for one, value in raw.items() if one not in CONTACTS}), **parts,
    )  # fmt: skip


def _read_formats(
    told: Mapping[str, Any], formats: Mapping[str, Format], flags: list[str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str, str], ...], set[str]]:
    """Codes, what only this server says, and the keys as they stand."""
    numbers = [one.strip() for one in plain(told.get("format_shared_id_list"), 400).split(",") if one.strip()]
    keys = [one.strip() for one in plain(told.get("formats"), 400).split(",") if one.strip()]
    if formats and numbers and all(number in formats for number in numbers):
        known = [formats[number] for number in numbers]
    else:
        by_key = {one.key: one for one in formats.values()}
        known = [by_key.get(key, Format(key, "", {})) for key in keys]
    types, own = [], []
    for one in known:
        code = WORLD.get(one.world) or KEYS.get(one.key)
        if code:
            types.append(code)
        elif one.key not in (*VIRTUAL, *CLOSED, *HYBRID):
            own.append((one.key, one.words.get("en", ""), one.words.get("es", "")))
    if any(not english for _key, english, _spanish in own):
        flags.append("unknown_types")
    return tuple(dict.fromkeys(types)), tuple(dict.fromkeys(own)), {one.key for one in known} | set(keys)


def _read_venue(told: Mapping[str, Any], keys: set[str], *, has_link: bool, flags: list[str]) -> str:
    """In person, online or both. Old servers do not say: then the formats and the link tell."""
    venue = plain(told.get("venue_type"), 5)
    if venue in (IN_PERSON, ONLINE, BOTH):
        return venue
    if keys & set(HYBRID):
        found = BOTH
    elif keys & set(VIRTUAL):
        found = ONLINE
    else:
        return BOTH if has_link else IN_PERSON
    flags.append("venue_guessed")
    return found


def _read_times(told: Mapping[str, Any], flags: list[str]) -> tuple[tuple[int, ...], int | None, int | None]:
    day = plain(told.get("weekday_tinyint"), 5)
    days = (int(day) - 1,) if day in ("1", "2", "3", "4", "5", "6", "7") else ()
    if not days:
        flags.append("day_not_read" if day else "no_day")
    starts = read_clock(told.get("start_time"))
    if starts is None:
        flags.append("time_not_read" if told.get("start_time") else "no_time")
        return days, None, None
    length = read_clock(told.get("duration_time"))
    if length is None or length == 0:
        if told.get("duration_time") not in (None, "", "00:00:00", "00:00"):
            flags.append("end_not_read")
        return (days, *span(starts, None, flags))
    if starts == 0 and length >= DAY - 1:
        flags.append("all_day")
        return days, 0, DAY
    if length == DAY:
        flags.extend(("all_day", "over_midnight", "long"))
        return days, starts % DAY, starts % DAY + DAY
    ends = starts + length
    return (days, *span(starts, ends if ends <= DAY else ends - DAY, flags))


def _languages(types: tuple[str, ...], server: str) -> tuple[str, ...]:
    said = tuple(LANGUAGE_TYPES[code] for code in types if code in LANGUAGE_TYPES and code != "ASL")
    signed = ("ase",) if "ASL" in types else ()
    return (said or ((server,) if server in LANGUAGE_TYPES.values() else ())) + signed


def _read_address(told: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    street = plain(told.get("location_street"), 160)
    city = plain(told.get("location_municipality"), 80) or plain(told.get("location_city_subsection"), 80)
    state, postal = plain(told.get("location_province"), 80), plain(told.get("location_postal_code_1"), 20)
    country = plain(told.get("location_nation"), 80)
    area = " ".join(filter(None, (state, postal)))
    nearer = plain(told.get("location_city_subsection"), 80) or plain(told.get("location_sub_province"), 80)
    region = " > ".join(dict.fromkeys(filter(None, (nearer, plain(told.get("location_neighborhood"), 80)))))
    # A place without a street is still one: many say only the building.
    place = street or plain(told.get("location_text"), 160)
    whole = ", ".join(filter(None, (place, city, area, country))) if place or city else ""
    return whole[:SHORT], {
        "city": city, "state": state, "postal_code": postal, "country": country, "region": region[:SHORT],
    }  # fmt: skip
