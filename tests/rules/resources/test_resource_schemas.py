"""What leaves fits the JSON Schemas of HSDS 3.0 and of the 3.1 draft; what does not fit was named coming in."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from tests.rules.resources.files import HERE, example, services, shared, tables, uid
from tests.rules.resources.schemas import SCHEMAS, errors_of, load

from alongside.rules.resources import FileRefused, Package, read, write_json, write_tables
from alongside.rules.resources.by_hand import DAY_FIELDS, into_document
from alongside.rules.resources.hsds import CSV_NAMES, EMAILS, NUMBERS, TEXTS, UUIDS, WEB_ADDRESSES
from alongside.rules.resources.needs import NEEDS

VERSIONS = ("3.0", "3.1")
ABOUT_AN_API = "base.json"
FACILITIES = Path(__file__).resolve().parents[4] / "shared" / "data" / "facilities" / "findtreatment-va.json"
NUMBERS_AS_TEXT = "tabular.json"
"""An example of the standard whose identifiers are numbers, where its own schemas ask for text."""


def leaving(package: Package) -> Iterator[tuple[str, object]]:
    """Each object of our own file: its table and itself."""
    page = json.loads(write_json([*package.services, *package.others]))
    for one in page["contents"]:
        yield "service", one
    for one in page.get("alongside:beside", ()):
        yield one["table"], one["values"]


def all_errors(package: Package, version: str) -> list[str]:
    return [error for table, value in leaving(package) if table in load(version)
            for error in errors_of(version, table, value)]  # fmt: skip


def test_the_judge_says_no():
    """A judge that lets everything through shows nothing."""
    good = json.loads(example("service_full.json"))
    assert list(errors_of("3.0", "service", good)) == []
    for name, wrong in (("status", "open"), ("id", "7"), ("url", "not one"), ("email", "at home"), ("phones", "many"),
                        ("minimum_age", "ten"), ("last_modified", "soon"), ("name", 5)):  # fmt: skip
        assert list(errors_of("3.0", "service", {**good, name: wrong})), name
    deep = deepcopy(good)
    deep["service_at_locations"][0]["location"]["latitude"] = "north"
    assert [one.split(":")[0] for one in errors_of("3.0", "service", deep)] == [
        "$.service_at_locations[0].location.latitude"
    ]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", sorted(path.name for path in (HERE / "examples").iterdir()))
def test_examples_of_the_standard_leave_as_it_asks(name, version):
    if name == ABOUT_AN_API:
        with pytest.raises(FileRefused, match="about_an_api"):
            read(example(name), name, source="x")
        return
    package = read(example(name), name, source="x")
    errors = all_errors(package, version)
    if name == NUMBERS_AS_TEXT:
        assert len(errors) == 2 and all("identifier" in one for one in errors)
        named = {one.field for one in package.problems if one.code == "not_text"}
        assert named == {"identifier", "external_identifier"}, "and that was said when it came in"
    else:
        assert errors == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("form", ["json", "tables"])
def test_the_tables_of_the_standard_leave_as_it_asks_in_both_forms(version, form):
    package = read(tables(), "tables", source="x")
    written = (write_json if form == "json" else write_tables)([*package.services, *package.others])
    assert all_errors(read(written, f"a.{'json' if form == 'json' else 'zip'}", source="y"), version) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_staff_write_leaves_as_the_standard_asks(version):
    wanted = {
        "name": "Moss pantry", "organization": "Moss", "description": "Food", "eligibility": "Adults", "cost": "Free",
        "how_to_apply": "Come in", "url": "https://moss.example.org", "phone": "(213) 555-0101",
        "accessibility": "Ramp",
        "needs": list(NEEDS)[:3], "groups": ["veterans"], "languages": ["en", "es"], "keep_private": False,
        "street": "1 Main St", "city": "Riverbend", "state": "CA", "postal_code": "90033",
        **dict.fromkeys(DAY_FIELDS, "9:00-17:00"),
    }  # fmt: skip
    made = into_document(None, wanted, identity=uid(1))
    assert made["attributes"] and made["schedules"] and made["service_at_locations"]
    assert list(errors_of(version, "service", made)) == []
    mended = into_document(made, {**wanted, "street": "2 Main St", "needs": ["work"], "day_su": ""}, identity=uid(1))
    assert list(errors_of(version, "service", mended)) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_federal_locator_leaves_as_the_standard_asks(version):
    if not FACILITIES.exists():
        pytest.skip("NOT SHOWN HERE: the answer of the locator is not in ../shared/data beside the repository")
    package = read(FACILITIES.read_bytes(), "va.json", source="va")
    assert len(package.services) == 20 and all_errors(package, version) == []


def walk(version: str, table: str, value: dict, path: str = "") -> Iterator[tuple[str, dict, str, dict]]:
    """Each field of an object and of all inside it: (its path, the object that has it, its name, its schema)."""
    for name, schema in load(version)[table]["properties"].items():
        inner = (schema.get("items") or schema).get("$ref", "").removesuffix(".json")
        if name not in value:
            continue
        if not inner:
            yield f"{path}{name}", value, name, schema
        elif isinstance(value[name], list):
            for place, one in enumerate(value[name]):
                yield from walk(version, inner, one, f"{path}{name}[{place}].")
        elif isinstance(value[name], dict):
            yield from walk(version, inner, value[name], f"{path}{name}.")


def wrong_for(schema: dict) -> object:
    if schema.get("type") == "number":
        return "many"
    if "enum" in schema:
        return "as we like"
    return "not, one" if schema.get("format") else 5


def test_each_field_of_a_wrong_type_is_named_by_its_path_as_the_schema_names_it():
    """Every field of the whole example in turn: what the schema refuses, the import names, and the rest comes in."""
    found = []
    whole = json.loads(example("service_full.json"))
    for path, _holder, _name, schema in walk("3.0", "service", whole):
        broken = json.loads(example("service_full.json"))
        (holder,) = (one for where, one, _n, _s in walk("3.0", "service", broken) if where == path)
        holder[path.rsplit(".", 1)[-1]] = wrong = wrong_for(schema)
        errors = {one.split(":")[0].removeprefix("$.") for one in errors_of("3.0", "service", broken)}
        assert errors == {path}, wrong
        package = read(services(broken), "a.json", source="x")
        named = {one.field: one for one in package.problems}
        assert path in named, (path, wrong, schema.get("format"))
        assert (named[path].file, named[path].row, named[path].value) == ("a.json", 1, str(wrong))
        assert len(package.services) == (0 if path == "name" else 1) or path in ("id", "name")
        found.append(path)
    assert len(found) > 250 and any(path.startswith("service_at_locations[0].location.") for path in found)


def test_what_we_know_of_types_is_what_the_schemas_say():
    """No field of theirs is unknown to us, and none of ours is typed otherwise there."""
    texts, numbers, mails, addresses, ids = set(), set(), set(), set(), set()
    for version in VERSIONS:
        for table, schema in load(version).items():
            for name, field in schema["properties"].items():
                match field.get("type"), field.get("format"):
                    case "number", _:
                        numbers.add(name)
                    case "string", "uuid":
                        ids.add(name)
                    case "string", "email":
                        mails.add(name)
                    case "string", "uri":
                        addresses.add(name)
                    case "string", _ if table not in WEB_ADDRESSES.get(name, ()):
                        texts.add(name)
    assert texts == TEXTS and numbers == NUMBERS and mails == set(EMAILS) and addresses == WEB_ADDRESSES.keys()
    assert ids <= UUIDS and {name.removesuffix("_id") for name in UUIDS - ids} <= CSV_NAMES.keys()


def test_the_schemas_are_those_of_the_standard_unchanged():
    folder = shared("3.0-schema")
    for version, there in (("3.0", folder), ("3.1", folder.parent / "3.1-schema")):
        ours = {path.name: path.read_bytes() for path in (SCHEMAS / version).iterdir()}
        assert ours == {path.name: path.read_bytes() for path in there.iterdir()}


@pytest.mark.once
def test_what_of_a_real_211_does_not_fit_was_said_when_it_came_in():
    """A list of version 1 has no status and no kind of place. We invent neither: it is said, and it stays so."""
    package = read(shared("miami-a.zip").read_bytes(), "miami-a.zip", source="miami")
    said = {one.field.rsplit(".", 1)[-1] for one in package.problems}
    refused = set()
    for error in all_errors(package, "3.0"):
        path, _colon, words = error.partition(": ")
        refused.add(words.split("'")[1] if "required property" in words else path.rsplit(".", 1)[-1])
    assert {"status", "location_type", "url", "website"} <= refused <= said
