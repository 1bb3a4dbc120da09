"""What the federal treatment locator answers (findtreatment.gov), as services of HSDS.

It is no HSDS: rows of `name1`, `street1`, `intake1`, and facts as {f1: what it is about, f2: its code, f3: "a; b; c"}.
Each row becomes one service at one place. What has a field in HSDS goes there; all else the row says stands in the
description, in the words of the locator. How far a place was from whoever asked (`miles`) is no fact of the place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .by_hand import put_terms
from .card import GROUPS_ARE_TOLD
from .found import EMPTY, Document, Problem, derived_id
from .hsds import SERVICE, Values
from .needs import OUR_GROUPS, OURS

Fact = tuple[str, str, list[str]]
"""(its code, what it is about, what is said of it)."""

KNOWN_BY = {"street1", "zip", "phone", "typeFacility", "services", "frid"}
FIRST = ("TC", "SET", "FT", "OT", "OM", "PHR", "MED", "EMS", "CRIT")
"""Codes of what a page says first: the kind of care, where, and with which medication."""
NEED_OF_TYPE = {"SA": "recovery", "MH": "mind"}
NEED_OF_CARE = {"substance use treatment": "recovery", "substance abuse treatment": "recovery",
                "mental health treatment": "mind", "detoxification": "recovery"}  # fmt: skip
GROUP_OF_PROGRAM = {
    "adult women": "women", "pregnant/postpartum women": "women", "adult men": "men", "adolescents": "youth",
    "transitional age young adults": "youth", "young adults": "youth", "seniors or older adults": "older",
    "veterans": "veterans", "active duty military": "veterans", "military families": "families",
    "lesbian, gay, bisexual, or transgender (lgbt) clients": "lgbtq",
    "lesbian, gay, bisexual, transgender, or queer/questioning (lgbtq)": "lgbtq",
}  # fmt: skip
ONLY = {"male": "men", "female": "women"}
ADULT = 18
"""The survey behind the locator counts adults from here: children and adolescents are 17 or younger."""
EXTENSION = re.compile(r"^(.*\d)\s*(?:x|ext\.?)\s*(\d{1,6})$", re.IGNORECASE)
PHONES = (("phone", ""), ("intake1", "Intake"), ("intake2", "Intake"), ("hotline1", "Hotline"), ("hotline2", "Hotline"))
HELD = {"PAY", "PYAS", "AGE", "GN", "EXCL", "OL", "SL"}
"""Codes whose words have a field of their own."""


def rows_of(found: object) -> list[Any] | None:
    """The rows of an answer of the locator; None when the file is something else."""
    rows = found.get("rows") if isinstance(found, dict) else found
    return rows if isinstance(rows, list) and any(_is_facility(one) for one in rows) else None


def _is_facility(one: object) -> bool:
    return isinstance(one, dict) and "name1" in one and "name" not in one and not KNOWN_BY.isdisjoint(one)


def is_whole(found: object, rows: Sequence[Any]) -> bool:
    """Whether this is all that was found: as many rows as it counts, on one page."""
    if not isinstance(found, dict):
        return True
    counted, pages = found.get("recordCount"), found.get("totalPages")
    return counted in (None, len(rows), str(len(rows))) and pages in (None, 0, 1, "0", "1")


def documents(rows: Iterable[Any], file: str, source: str, problems: list[Problem]) -> Iterator[Document]:
    """Each row as a service. What is no facility is named in `problems`; one without a name is refused later."""
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            problems.append(Problem("not_an_object", file, number, refuses=True))
        elif not _is_facility(row):
            problems.append(Problem("kind_unknown", file, number, value=", ".join(list(row)[:5])[:80], refuses=True))
        else:
            if not isinstance(row.get("services"), (list, type(None))):
                problems.append(Problem("not_a_list", file, number, "services", str(row["services"])[:60]))
            yield Document(SERVICE, _service(row, source), file, number)


def _text(value: object) -> str:
    return "" if value in EMPTY or isinstance(value, (dict, list)) else " ".join(str(value).split())


def _service(row: Values, source: str) -> Values:
    named = [name for name in dict.fromkeys((_text(row.get("name1")), _text(row.get("name2")))) if name]
    facts = _facts(row)
    # One place with two kinds of care is two rows of the locator: its own id tells them apart, or all of this does.
    known = _text(row.get("frid")) or "\x1f".join(
        _text(row.get(part)).casefold() for part in ("name1", "name2", "street1", "zip", "typeFacility")
    )

    def key(table: str, more: str = "") -> str:
        return derived_id(source, table, f"{known}\x1f{more}")

    made: Values = {
        "id": key(SERVICE), "name": ", ".join(named), "status": "active", "original_id": _text(row.get("frid")),
        "description": _description(facts), "url": _text(row.get("website")),
        "eligibility_description": "\n".join(_said(facts, "AGE", "GN", "EXCL")),
        "fees_description": "\n".join(_said(facts, "PAY", "PYAS")),
        "interpretation_services": "; ".join(_words(facts, "SL")), **_ages(_words(facts, "AGE")),
        "phones": list(_phones(row, key)),
        "languages": [{"id": key("language", name), "name": name} for name in _words(facts, "OL")],
        "service_at_locations": [{"id": key("service_at_location"), "location": _location(row, key, named)}],
    }  # fmt: skip
    if named:
        made["organization"] = {
            "id": key("organization"), "name": named[0], "website": _text(row.get("website")),
            "description": "; ".join(_words(facts, "FOP")) or named[0],
        }  # fmt: skip
    made = {name: value for name, value in made.items() if value not in EMPTY or name == "name"}
    for taxonomy, codes in ((OURS, _needs(row, facts)), (OUR_GROUPS, _groups(facts))):
        put_terms(made, taxonomy, codes, made["id"])
    made[GROUPS_ARE_TOLD] = True
    return made


def _facts(row: Values) -> list[Fact]:
    found: list[Fact] = []
    services = row.get("services")
    for one in services if isinstance(services, list) else ():
        said = _split(one.get("f3")) if isinstance(one, dict) else []
        if said:
            found.append((_text(one.get("f2")).upper(), _text(one.get("f1")), said))
    return found


def _split(value: object) -> list[str]:
    return [part for part in map(_text, _text(value).split(";")) if part]


def _words(facts: list[Fact], code: str) -> list[str]:
    return list(dict.fromkeys(word for of, _about, said in facts if of == code for word in said))


def _said(facts: list[Fact], *codes: str) -> list[str]:
    """Lines such as "Gender Accepted: Male"."""
    return [": ".join(filter(None, (about, "; ".join(said)))) for of, about, said in facts if of in codes]


def _description(facts: list[Fact]) -> str:
    """The kind of care first, without its headings; then each other fact with its own."""
    first = [f"{'; '.join(_words(facts, code))}." for code in FIRST if _words(facts, code)]
    rest = [of for of, _about, _said_of_it in facts if of not in FIRST and of not in HELD]
    return "\n".join(filter(None, [" ".join(first), *_said(facts, *rest)]))


def _ages(words: list[str]) -> Mapping[str, int]:
    """From whom it takes, where the groups of the survey say it; nothing where they do not."""
    if not words:
        return {}
    takes_young = [word.lower().startswith(("children", "adolescents")) for word in words]
    if all(takes_young):
        return {"maximum_age": ADULT - 1}
    return {} if any(takes_young) else {"minimum_age": ADULT}


def _needs(row: Values, facts: list[Fact]) -> list[str]:
    led = [NEED_OF_TYPE.get(_text(row.get("typeFacility")).upper(), "")]
    led += [NEED_OF_CARE.get(word.lower(), "") for word in _words(facts, "TC")]
    return list(dict.fromkeys(filter(None, led)))


def _groups(facts: list[Fact]) -> list[str]:
    """For whom there is a program of its own; none of another gender than those who are taken."""
    takes = {word.lower() for word in _words(facts, "GN")}
    led = {GROUP_OF_PROGRAM.get(word.lower(), "") for word in _words(facts, "SG")} - {""}
    only = {ONLY[word] for word in takes if word in ONLY} if len(takes) == 1 else set()
    if only:
        led = led - {"women", "men"} | only
    return sorted(led)


def _phones(row: Values, key: Any) -> Iterator[Values]:
    for name, words in PHONES:
        if number := _text(row.get(name)):
            one: Values = {"id": key("phone", name), "number": number}
            if found := EXTENSION.match(number):
                one |= {"number": found[1], "extension": int(found[2])}
            yield {**one, "description": words} if words else one


def _location(row: Values, key: Any, named: list[str]) -> Values:
    found: Values = {"id": key("location"), "location_type": "physical", "name": named[-1] if named else ""}
    for name in ("latitude", "longitude"):
        try:
            found[name] = float(_text(row.get(name)))
        except ValueError:
            if text := _text(row.get(name)):
                found[name] = text  # `checking` says that it is no place on Earth
    found["addresses"] = [{
        "id": key("address"), "address_1": _text(row.get("street1")), "address_2": _text(row.get("street2")),
        "city": _text(row.get("city")), "state_province": _text(row.get("state")),
        "postal_code": _text(row.get("zip")), "country": "US", "address_type": "physical",
    }]  # fmt: skip
    found["addresses"][0] = {name: value for name, value in found["addresses"][0].items() if value}
    return {name: value for name, value in found.items() if value not in EMPTY}
