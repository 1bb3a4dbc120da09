"""A resource as staff write it in a form: into a document of HSDS and out of it, leaving alone what is not asked."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from .card import Card, make_card
from .clock import read_time
from .found import derived_id, identity_of
from .hours import DAYS, Hours
from .hsds import Values
from .languages import languages_of
from .needs import OUR_GROUPS, OURS

TEXTS = {"name": "name", "description": "description", "eligibility": "eligibility_description",
         "cost": "fees_description", "how_to_apply": "application_process", "url": "url"}  # fmt: skip
"""Field of the form -> field of the service."""
ADDRESS = {"street": "address_1", "city": "city", "state": "state_province", "postal_code": "postal_code"}
LISTED = ("needs", "groups", "languages")
DAY_FIELDS = tuple(f"day_{code.lower()}" for code in DAYS)
ALL_DAY = "0:00-24:00"


class HoursUnclear(ValueError):
    """Hours of one day that cannot be read; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def read_spans(text: str) -> list[tuple[str, str]]:
    """Hours of one day as typed. Raises ValueError.

    >>> read_spans("9:00-12:00, 1pm - 5pm"), read_spans("24")
    ([('09:00', '12:00'), ('13:00', '17:00')], [('00:00', '24:00')])
    """
    if text.strip() in ("24", "24h", "24 h"):
        return [("00:00", "24:00")]
    spans = []
    for part in filter(None, map(str.strip, text.replace(";", ",").split(","))):
        opens, _dash, closes = part.replace("–", "-").partition("-")
        times = [read_time(one if ":" in one or not one.strip().isdigit() else f"{one.strip()}:00")
                 for one in (opens, closes)]  # fmt: skip
        if times[0] is None or times[1] is None or _may_mean_two(opens, closes, times[0][0], times[1][0]):
            raise ValueError(part)
        spans.append((_clock(times[0][0]), _clock(times[1][0])))
    return spans


def _may_mean_two(opens: str, closes: str, first: int, last: int) -> bool:
    """Whether they may end in the evening or the next morning: "9-5" may, "20:00-2:00" and "09:00-05:00" may not."""
    says_half = [bool(re.search("[ap]", one, re.IGNORECASE)) for one in (opens, closes)]
    is_by_24 = closes.strip().startswith("0") or (first >= 13 * 60 and not says_half[0])
    return last <= first and 60 <= last < 13 * 60 and not says_half[1] and not is_by_24


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def from_document(document: Values) -> dict[str, Any]:
    """What the form shows. `hours_are_plain` is False where a week of hours would not tell all of them."""
    card = make_card(document)
    place = card.places[0] if card.places else None
    address = _first(_first(document, "service_at_locations").get("location") or {}, "addresses")
    found: dict[str, Any] = {
        "name": card.name if document.get("name") else "", "organization": card.organization,
        "description": card.description, "eligibility": card.eligibility,
        "cost": "\n".join(card.costs), "how_to_apply": card.how_to_apply, "url": card.url,
        "phone": card.phones[0].number if card.phones else "",
        "accessibility": "\n".join(card.accessibility), "needs": list(card.needs), "groups": list(card.groups),
        "languages": list(card.languages), "keep_private": card.is_private,
        "street": str(address.get("address_1") or ""), "city": place.city if place else "",
        "state": str(address.get("state_province") or "").strip(), "postal_code": place.postal_code if place else "",
        "hours_are_plain": is_plain(card),
    }  # fmt: skip
    for number, name in enumerate(DAY_FIELDS):
        spans = sorted((one.opens, one.closes) for one in card.hours if found["hours_are_plain"]
                       for _nth, day in one.days if day == number)  # fmt: skip
        found[name] = ", ".join(f"{_clock(opens)}-{_clock(closes)}" for opens, closes in dict.fromkeys(spans))
    return found


def is_plain(card: Card) -> bool:
    """Whether all hours are those of every week."""
    return all(one == Hours(one.opens, one.closes, days=one.days) and not any(nth for nth, _ in one.days)
               for one in card.hours)  # fmt: skip


def into_document(document: Values | None, wanted: Mapping[str, Any], *, identity: str) -> Values:
    """The document with what the form changed. `identity` is the id of a new one. Raises `HoursUnclear`."""
    made: Values = deepcopy(document) if document else {"id": identity, "name": "", "status": "active"}
    before = from_document(made)
    wanted = {name: _as_kept(value) for name, value in wanted.items()}
    changed = {name for name, value in wanted.items() if name in before and _differs(value, before[name])}
    key = identity_of(made.get("id")) or identity
    for name in changed & TEXTS.keys():
        _put(made, TEXTS[name], wanted[name])
        if name == "cost":
            made.pop("cost_options", None)
    if "organization" in changed:
        named = wanted["organization"]
        made["organization"] = {"id": derived_id(key, "organization", named), "name": named, "description": named}
        made["organization_id"] = made["organization"]["id"]
        if not named:
            del made["organization"], made["organization_id"]
    if "phone" in changed:
        _put_phone(made, wanted["phone"], before["phone"], key)
    if changed & {"accessibility", *ADDRESS}:
        _put_place(made, wanted, changed, key)
    if "keep_private" in changed:
        made["alongside:address_is_public"] = not wanted["keep_private"]
    if "languages" in changed:
        _put_languages(made, wanted["languages"], key)
    for name, taxonomy in (("needs", OURS), ("groups", OUR_GROUPS)):
        if name in changed:
            put_terms(made, taxonomy, wanted[name], key)
    if changed & set(DAY_FIELDS):
        _put_hours(made, wanted, key)
    return made


def _as_kept(value: Any) -> Any:
    """A text without what a browser does to it: it ends each line of a large field in two signs."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _differs(value: Any, before: Any) -> bool:
    """Boxes come back in the order of the form, which is not that of the list: their order says nothing."""
    return set(value) != set(before) if isinstance(before, list) else value != _as_kept(before)


def _first(values: Values, name: str) -> Values:
    found = values.get(name)
    return found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}


def _put(values: Values, name: str, value: object) -> None:
    if value:
        values[name] = value
    else:
        values.pop(name, None)


def _put_phone(made: Values, number: str, before: str, key: str) -> None:
    """The number that was shown, wherever the list has it; else a new one, in front."""
    hit = False
    for phones in _lists(made, "phones"):
        for one in phones:
            if isinstance(one, dict) and before and str(one.get("number", "")).strip("\"' ") == before:
                one["number"], hit = number, True
        phones[:] = [one for one in phones if not isinstance(one, dict) or one.get("number")]
    if number and not hit:
        phones_before = made.get("phones")
        rest = phones_before if isinstance(phones_before, list) else []
        made["phones"] = [{"id": derived_id(key, "phone", number), "number": number}, *rest]


def _lists(values: object, name: str) -> list[list[Any]]:
    found: list[list[Any]] = []
    if isinstance(values, dict):
        for inner, value in values.items():
            if inner == name and isinstance(value, list):
                found.append(value)
            found += _lists(value, name)
    elif isinstance(values, list):
        for value in values:
            found += _lists(value, name)
    return found


def _put_place(made: Values, wanted: Mapping[str, Any], changed: set[str], key: str) -> None:
    at = made.get("service_at_locations")
    if not isinstance(at, list) or not at or not isinstance(at[0], dict):
        at = made["service_at_locations"] = [{"id": derived_id(key, "service_at_location", "1")}]
    if not isinstance(at[0].get("location"), dict):
        at[0]["location"] = {"id": derived_id(key, "location", "1"), "location_type": "physical"}
    location = at[0]["location"]
    if changed & ADDRESS.keys():
        address = _first(location, "addresses")
        if not address:
            address = {"id": derived_id(key, "address", "1"), "address_type": "physical", "country": "US"}
            location["addresses"] = [address]
        for name, field in ADDRESS.items():
            _put(address, field, wanted.get(name, ""))
    if "accessibility" in changed:
        location["accessibility"] = [
            {"id": derived_id(key, "accessibility", line), "description": line}
            for line in filter(None, map(str.strip, wanted["accessibility"].splitlines()))
        ]


def put_terms(made: Values, taxonomy: str, codes: list[str], key: str) -> None:
    """Terms of one of our own taxonomies, in place of those that stand there; others stay."""
    before = made.get("attributes")
    others = before if isinstance(before, list) else []
    rest = [one for one in others if not (isinstance(one, dict) and isinstance(one.get("taxonomy_term"), dict)
                                          and one["taxonomy_term"].get("taxonomy") == taxonomy)]  # fmt: skip
    made["attributes"] = [*rest, *(
        {
            "id": derived_id(key, "attribute", f"{taxonomy}:{code}"), "link_id": key, "link_entity": "service",
            "taxonomy_term": {
                "id": derived_id("", "taxonomy_term", f"{taxonomy}:{code}"), "code": code, "name": code,
                "description": code, "taxonomy": taxonomy,
            },
        }
        for code in codes
    )]  # fmt: skip


def _put_languages(made: Values, codes: list[str], key: str) -> None:
    """What the list says of a language that stays, and languages that we have no box for, stay as they are."""
    before = made.get("languages")
    kept, told = [], set()
    for one in before if isinstance(before, list) else []:
        named = one.get("name") or one.get("code") or one.get("language") if isinstance(one, dict) else ""
        known = set(languages_of([named])[0])
        if known <= set(codes):
            kept.append(one)
            told |= known
    made["languages"] = [*kept, *({"id": derived_id(key, "language", code), "name": code, "code": code}
                                  for code in codes if code not in told)]  # fmt: skip


def _put_hours(made: Values, wanted: Mapping[str, Any], key: str) -> None:
    """A week, in place of all schedules of the service and of its places."""
    schedules = []
    for name, code in zip(DAY_FIELDS, DAYS, strict=True):
        try:
            spans = read_spans(wanted.get(name, ""))
        except ValueError as why:
            raise HoursUnclear(name) from why
        for opens, closes in spans:
            schedules.append({
                "id": derived_id(key, "schedule", f"{code} {opens} {closes}"), "freq": "WEEKLY", "byday": code,
                "opens_at": opens, "closes_at": closes,
            })  # fmt: skip
    for found in _lists(made.get("service_at_locations"), "schedules"):
        found.clear()
    made["schedules"] = schedules
