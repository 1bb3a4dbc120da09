"""What is odd in a document: which field, and whether the row must stay out. The standard's rules, mildly."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeGuard

from .clock import read_time
from .found import EMPTY, LONGEST, identity_of
from .hsds import CODES, EMAILS, LISTS, REQUIRED, SINGLES, TEXTS, UUIDS, WEB_ADDRESSES, Values

Found = tuple[str, str, object, bool]
"""(code, path of the field, value, whether the row stays out)."""

DAYS = ("valid_from", "valid_to", "dtstart", "until", "assured_date", "last_modified", "updated", "last_action_date")
BYDAY = re.compile(r"^\s*[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)\s*$", re.IGNORECASE)
RANGES = {"latitude": 90, "longitude": 180}
LONG_NAME = 500
WHOLE_NUMBERS = ("minimum_age", "maximum_age", "year_incorporated", "available", "maximum")
NUMBER = re.compile(r"^\s*\d{1,9}(\.\d{1,6})?\s*$")
NUMBERS = ("amount", "count", "interval", "extension", "timezone")
ANY_NUMBER = re.compile(r"^\s*-?\d{1,12}(\.\d{1,6})?\s*$")
WEB = re.compile(r"^https?://[^\s/?#@]+\.?[^\s]*$", re.IGNORECASE)
URI = re.compile(r"^[a-z][a-z0-9+.-]{0,30}:[^\s]+$", re.IGNORECASE)
UUID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.IGNORECASE)
EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+$")


def check(table: str, values: Values, path: str = "", *, nested: bool = True) -> Iterator[Found]:
    """All that is odd in an object and, with `nested`, in what hangs from it."""
    yield from _itself(table, values, path)
    for name, value in values.items():
        where = f"{path}{name}"
        if name in LISTS and table != "taxonomy_term":
            if not isinstance(value, (list, type(None))) or (value and not all(isinstance(o, dict) for o in value)):
                if not isinstance(value, str) or nested:
                    yield "not_a_list", where, value, False
            elif nested and value:
                for place, one in enumerate(value):
                    yield from check(LISTS[name], one, f"{where}[{place}].")
        elif (table, name) in SINGLES and isinstance(value, dict):
            if nested:
                yield from check(SINGLES[table, name], value, f"{where}.")
        elif isinstance(value, str) and len(value) > LONGEST:
            yield "too_long", where, value[:40], table == "service"


def _itself(table: str, values: Values, path: str) -> Iterator[Found]:
    is_service = table == "service" and not path
    for name in REQUIRED.get(table, ("id",)):
        if values.get(name) in EMPTY:
            yield "missing", f"{path}{name}", "", is_service and name in ("id", "name")
    if is_service:
        called, key = values.get("name"), values.get("id")
        if called not in EMPTY and (not isinstance(called, str) or not called.strip()):
            yield "missing", "name", "", True
        elif isinstance(called, str) and len(called) > LONG_NAME:
            yield "too_long", "name", called[:40], True
        if key not in EMPTY and (not identity_of(key) or len(identity_of(key)) > 200):
            yield "id_unusable", "id", str(key)[:40], True
    for (of, name), codes in CODES.items():
        value = values.get(name)
        if of == table and value not in EMPTY and value not in codes:
            yield "unknown_code", f"{path}{name}", value, False
    for name in DAYS:
        if (value := values.get(name)) not in EMPTY and not _is_day(value):
            yield "not_a_day", f"{path}{name}", value, False
    for name in ("opens_at", "closes_at"):
        if (value := values.get(name)) not in EMPTY and read_time(value) is None:
            yield "not_a_time", f"{path}{name}", value, False
    if (value := values.get("byday")) not in EMPTY and not all(map(BYDAY.match, str(value).split(","))):
        yield "not_weekdays", f"{path}byday", value, False
    for name, most in RANGES.items():
        value = values.get(name)
        if value not in EMPTY and not (_is_number(value) and abs(value) <= most):
            yield "not_on_earth", f"{path}{name}", value, False
    for name in WHOLE_NUMBERS:
        if (value := values.get(name)) not in EMPTY and not NUMBER.match(str(value)):
            yield "not_a_number", f"{path}{name}", value, False
    for name in NUMBERS:
        if (value := values.get(name)) not in EMPTY and not ANY_NUMBER.match(str(value)):
            yield "not_a_number", f"{path}{name}", value, False
    for name in EMAILS:
        if (value := values.get(name)) not in EMPTY and not EMAIL.match(str(value).strip()):
            yield "no_email", f"{path}{name}", value, False
    yield from _types(table, values, path)
    if table == "phone" and (value := values.get("number")) not in EMPTY and not re.search(r"\d", str(value)):
        yield "no_digits", f"{path}number", value, False


def _types(table: str, values: Values, path: str) -> Iterator[Found]:
    """Text, ids and addresses as the standard types them; what hangs inside is looked at by itself."""
    for name, value in values.items():
        if value in EMPTY:
            continue
        if name in TEXTS or table in WEB_ADDRESSES.get(name, ()):
            if not isinstance(value, str):
                yield "not_text", f"{path}{name}", value, False
        elif name in WEB_ADDRESSES:
            pattern = URI if name.endswith("uri") else WEB
            if not (isinstance(value, str) and pattern.match(value.strip())):
                yield "no_address", f"{path}{name}", value, False
        elif name in UUIDS and identity_of(value) and not UUID.match(identity_of(value)):
            yield "no_uuid", f"{path}{name}", value, False


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_day(value: object) -> bool:
    return read_day(value) is not None


def read_day(value: object) -> date | None:
    """The day in a date or a moment, as the standard writes them; None for anything else.

    >>> read_day("2023-03-15T10:30:45.123Z"), read_day("soon")
    (datetime.date(2023, 3, 15), None)
    """
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10]) if len(value.strip()) == 10 else _moment(value)
    except ValueError:
        return None


def _moment(value: str) -> date:
    return datetime.fromisoformat(value.strip()).date()
