"""HSDS as JSON: one object, a list, a page of the API, or names of CSVs with rows. Each service becomes whole."""

import json
import math
from typing import Any, TypeGuard

from .found import MOST_DEPTH, MOST_ROWS, MOST_VALUES, Document, FileRefused, Problem, clean
from .hsds import LISTS, SERVICE, Values
from .tables_in import TABLE_OF

SAYS_WHAT = {
    "service": ("organization", "service_at_locations", "eligibility_description", "status", "fees_description"),
    "organization": ("tax_status", "legal_status", "organization_identifiers", "year_incorporated", "services"),
    "location": ("location_type", "latitude", "longitude", "addresses"),
    "taxonomy_term": ("term_uri", "taxonomy_detail", "parent_id"),
    "program": (),
    "taxonomy": ("uri", "version"),
}
"""Fields that tell what kind an object is, best first."""
BESIDE = "alongside:beside"
"""Where our own files keep what belongs to no service."""
ABOUT_API = {"openapi_url", "profile"}


def parse(content: bytes) -> object:
    """The value in a JSON file. Raises `FileRefused` for what is no JSON, too deep, no number, or of too many parts."""
    if bound_values(content) > MOST_VALUES:
        raise FileRefused("too_many_values", most=MOST_VALUES)
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
        found = json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except UnicodeDecodeError as why:
        raise FileRefused("json_not_utf8") from why
    except RecursionError as why:
        raise FileRefused("too_deep", most=MOST_DEPTH) from why
    except json.JSONDecodeError as why:
        raise FileRefused("json_broken", line=why.lineno, column=why.colno) from why
    except ValueError as why:
        raise FileRefused("json_number") from why
    return _cleaned(found)


def bound_values(content: bytes) -> int:
    """At most so many values are in it. Signs inside texts count too: it costs nothing, and is no count."""
    return sum(map(content.count, (b",", b"[", b"{")))


def _no_number(text: str) -> None:
    raise ValueError(text)


def _finite(text: str) -> float:
    if not math.isfinite(found := float(text)):
        raise ValueError(text[:20])
    return found


def _cleaned(value: object, depth: int = 0) -> object:
    """The same without characters that no database keeps. Raises `FileRefused` below `MOST_DEPTH`."""
    if isinstance(value, str):
        return clean(value)
    if depth >= MOST_DEPTH and isinstance(value, (dict, list)):
        raise FileRefused("too_deep", most=MOST_DEPTH)
    if isinstance(value, dict):
        return {clean(name): _cleaned(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list):
        for place, inner in enumerate(value):
            value[place] = _cleaned(inner, depth + 1)  # in place, so that the whole is never there twice
    return value


def as_table_rows(found: object) -> dict[str, list[Values]] | None:
    """Tables, where the file maps names of CSV files to their rows (`tabular.json` of the standard); else None."""
    if not isinstance(found, dict) or not found:
        return None
    if not all(name.endswith(".csv") and isinstance(rows, list) for name, rows in found.items()):
        return None
    return {TABLE_OF.get(name[:-4], name[:-4]): [one for one in rows if isinstance(one, dict)]
            for name, rows in found.items()}  # fmt: skip


def documents(found: object, file: str, problems: list[Problem]) -> tuple[list[Document], bool]:
    """The objects of a file, services whole, and whether it is the whole list. Raises `FileRefused`."""
    objects, is_whole = _objects(found)
    beside = found.get(BESIDE) if isinstance(found, dict) else None
    if len(objects) > MOST_ROWS:
        raise FileRefused("too_many_rows", most=MOST_ROWS)
    result: list[Document] = []
    for number, one in enumerate(objects, 1):
        if not isinstance(one, dict):
            problems.append(Problem("not_an_object", file, number, refuses=True))
            continue
        table = kind_of(one)
        if not table:
            problems.append(Problem("kind_unknown", file, number, value=", ".join(list(one)[:5])[:80], refuses=True))
            continue
        result += _whole_services(table, one, file, number)
    for one in beside if isinstance(beside, list) else ():
        if isinstance(one, dict) and isinstance(one.get("table"), str) and isinstance(one.get("values"), dict):
            result.append(Document(one["table"][:60], one["values"], file))
    return _join_places(result), is_whole


def _objects(found: object) -> tuple[list[Any], bool]:
    if isinstance(found, list):
        return found, True
    if not isinstance(found, dict):
        raise FileRefused("no_objects")
    if isinstance(contents := found.get("contents"), list):
        return contents, _is_only_page(found)
    if "id" not in found and "name" not in found:
        if found.keys() & ABOUT_API:
            raise FileRefused("about_an_api")
        named = [name for name, rows in found.items() if name in LISTS and isinstance(rows, list)]
        if named:
            return [one for name in named for one in found[name]], True
        raise FileRefused("no_objects")
    return [found], False


def _is_only_page(page: Values) -> bool:
    """`total_items` is often wrong in the wild, so pages are asked, and what came is counted."""
    return page.get("total_pages") in (None, 0, 1) or (bool(page.get("first_page")) and bool(page.get("last_page")))


def kind_of(values: Values) -> str:
    """Which object of HSDS this is, by its fields; "" when nothing tells."""
    if "location" in values or "service" in values:
        return "service_at_location"
    for table, names in SAYS_WHAT.items():
        if any(name in values for name in names):
            return table
    return SERVICE if "name" in values else ""


def _whole_services(table: str, values: Values, file: str, number: int) -> list[Document]:
    """A service stays as it is; one inside another object is turned so that it holds that object."""
    if table == "organization" and _is_list(services := values.get("services") or []) and services:
        around = {name: value for name, value in values.items() if name != "services"}
        return [Document(SERVICE, {**one, "organization": one.get("organization") or around}, file, number)
                for one in services]  # fmt: skip
    if table == "service_at_location" and isinstance(service := values.get("service"), dict):
        place = {name: value for name, value in values.items() if name != "service"}
        places = service.get("service_at_locations")
        places = [one for one in places if one.get("id") != place.get("id")] if _is_list(places) else []
        return [Document(SERVICE, {**service, "service_at_locations": [*places, place]}, file, number)]
    return [Document(table, values, file, number)]


def _is_list(value: object) -> TypeGuard[list[Values]]:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _join_places(found: list[Document]) -> list[Document]:
    """One service that came with each of its places apart is one service with all of them."""
    joined: dict[tuple[str, str], Document] = {}
    result: list[Document] = []
    for one in found:
        key = (one.table, one.identity)
        before = joined.get(key)
        if before is None or one.table != SERVICE:
            joined[key] = one
            result.append(one)
            continue
        merged = _joined(before.values, one.values)
        if merged is None:
            result.append(one)  # the same id says two things: `checking` refuses the second
        else:
            before.values.clear()
            before.values.update(merged)
    return result


def _joined(before: Values, now: Values) -> Values | None:
    name = "service_at_locations"
    if {k: v for k, v in before.items() if k != name} != {k: v for k, v in now.items() if k != name}:
        return None
    if not (_is_list(before.get(name)) and _is_list(now.get(name))):
        return dict(before) if before == now else None
    extra = [one for one in now[name] if one not in before[name]]
    return {**before, name: [*before[name], *extra]}
