"""HSDS 1.x and 2.x lifted to 3.0: other names of tables and columns, weekdays in words, ids that are no UUIDs.

Source: field notes, formats 2. What cannot be translated exactly keeps its own column beside the new one.
"""

import json
import re
from collections import Counter, defaultdict

from .found import derived_id, identity_of, is_uuid
from .hsds import Values

Tables = dict[str, list[Values]]
RENAMED = {
    "regular_schedule": "schedule", "holiday_schedule": "schedule", "physical_address": "address",
    "postal_address": "address", "accessibility_for_disabilities": "accessibility", "payment_accepted": "cost_option",
    "service_attribute": "attribute", "other_attribute": "attribute", "service_taxonomy": "attribute",
}  # fmt: skip
OLD = frozenset({*RENAMED, "eligibility"})
"""Tables that only versions before 3.0 have."""
DAYS = {
    "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH", "friday": "FR", "saturday": "SA",
    "sunday": "SU",
}  # fmt: skip
BY_NUMBER = dict(zip("1234567", DAYS.values(), strict=True))
CLOCK = re.compile(r"^\s*(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\.?\s*$", re.IGNORECASE)
SELF = ("parent_id",)
POINTS = {
    "service_id": "service", "organization_id": "organization", "location_id": "location", "program_id": "program",
    "service_at_location_id": "service_at_location", "contact_id": "contact", "phone_id": "phone",
    "taxonomy_term_id": "taxonomy_term", "taxonomy_id": "taxonomy", "parent_organization_id": "organization",
}  # fmt: skip


def is_old(tables: Tables, version: str) -> bool:
    """Whether this is a version before 3.0."""
    return version[:1] in ("1", "2") or not OLD.isdisjoint(tables)


def lift(tables: Tables, source: str) -> Tables:
    """The same in HSDS 3.0, with UUIDs. Rows are changed in place, so that who knows their numbers still does."""
    lifted: Tables = defaultdict(list)
    services = {identity_of(row.get("id")): row for row in tables.get("service", ())}
    for table, rows in tables.items():
        for row in rows:
            if table == "eligibility" and _give_eligibility(row, services):
                continue
            _lift_row(table, row)
            lifted[RENAMED.get(table, table)].append(row)
    _give_ids(lifted, source)
    return dict(lifted)


def _give_eligibility(row: Values, services: dict[str, Values]) -> bool:
    """Eligibility was a table; it is a sentence of the service now. Whether it found its service."""
    service = services.get(identity_of(row.get("service_id")))
    words = row.get("eligibility")
    if service is None or not words or set(row) - {"id", "service_id", "eligibility"}:
        return False
    before = service.get("eligibility_description")
    service["eligibility_description"] = f"{before}\n{words}" if before else words
    return True


def _move(row: Values, before: str, now: str) -> None:
    if before in row and now not in row:
        row[now] = row.pop(before)


def _lift_row(table: str, row: Values) -> None:
    if table == "organization":
        _move(row, "url", "website")
    elif table == "language":
        _move(row, "language", "name")
    elif table == "accessibility_for_disabilities":
        _move(row, "accessibility", "description")
    elif table == "payment_accepted":
        _move(row, "payment", "option")
    elif table in ("physical_address", "postal_address"):
        row.setdefault("address_type", table.removesuffix("_address"))
    elif table in ("service_attribute", "service_taxonomy"):
        if "service_id" in row:
            row.setdefault("link_id", row.pop("service_id"))
            row.setdefault("link_entity", "service")
        _move(row, "taxonomy_id", "taxonomy_term_id")
        _move(row, "taxonomy_detail", "value")
    elif table in ("regular_schedule", "schedule"):
        _lift_hours(row)
    elif table == "holiday_schedule":
        _move(row, "start_date", "valid_from")
        _move(row, "end_date", "valid_to")
        _lift_hours(row)


def _lift_hours(row: Values) -> None:
    day = str(row.get("weekday", "")).strip().lower()
    if (code := DAYS.get(day) or BY_NUMBER.get(day)) and "byday" not in row:
        row["byday"] = code
        row.setdefault("freq", "WEEKLY")
        del row["weekday"]
    for name in ("opens_at", "closes_at"):
        if isinstance(text := row.get(name), str) and (found := CLOCK.match(text)):
            hour, minute = int(found[1]), int(found[2] or 0)
            if 1 <= hour <= 12 and minute < 60:
                row[name] = f"{hour % 12 + (12 if found[3].lower() == 'p' else 0):02}:{minute:02}"
    _move(row, "original_text", "description")


def _give_ids(tables: Tables, source: str) -> None:
    """UUIDs for what has another id or none; an id that was no UUID stays as `original_id`."""
    known: dict[tuple[str, str], str] = {}
    for table, rows in tables.items():
        seen: Counter[str] = Counter()
        for row in rows:
            key = identity_of(row.get("id"))
            if not key:
                told = json.dumps(row, sort_keys=True)
                seen[told] += 1
                row["id"] = derived_id(source, table, f"{told}#{seen[told]}")
            elif not is_uuid(key):
                known[table, key] = row["id"] = derived_id(source, table, key)
                row["original_id"] = key
    for table, rows in tables.items():
        for row in rows:
            for name, target in POINTS.items():
                _point(row, name, target, known, source)
            _point(row, "parent_id", table, known, source)
            if entity := row.get("link_entity"):
                _point(row, "link_id", str(entity), known, source)
            if kind := row.get("resource_type"):
                _point(row, "resource_id", str(kind), known, source)


def _point(row: Values, name: str, target: str, known: dict[tuple[str, str], str], source: str) -> None:
    key = identity_of(row.get(name))
    if not key or is_uuid(key):
        return
    row[name] = known.get((target, key)) or derived_id(source, target, key)
    if (target, key) not in known:
        row[f"original_{name}"] = key  # what it points to is not in this file
