"""Lists of HSDS are read whole: the examples of the standard, a real 2-1-1 of version 1, and what is odd in them."""

import json
from collections import Counter

import pytest
from tests.rules.resources.files import HERE, example, services, shared, sheet, tables, uid, zipped

from alongside.rules.resources import FileRefused, flattening, read, reading, write_json, write_tables
from alongside.rules.resources.flattening import facts
from alongside.rules.resources.hsds import CODES, CSV_NAMES, LISTS, REQUIRED, SINGLES

EXAMPLES = {
    # name: (services, other documents by table, rows of tables)
    "location.json": (0, {"location": 1}, 7),
    "organization_full.json": (1, {}, 20),
    "organization_list.json": (0, {"organization": 1}, 1),
    "service_at_location_full.json": (1, {}, 20),
    "service_at_location_list.json": (1, {}, 5),
    "service_full.json": (1, {}, 20),
    "service_list.json": (1, {}, 3),
    "tabular.json": (
        1, {"taxonomy_term": 1, "taxonomy": 1, "attribute": 1, "metadata": 1, "meta_table_description": 1}, 21,
    ),
    "taxonomy.json": (0, {"taxonomy": 1}, 1),
    "taxonomy_list.json": (0, {"taxonomy": 1}, 1),
    "taxonomy_term.json": (0, {"taxonomy_term": 1}, 2),
    "taxonomy_term_list.json": (0, {"taxonomy_term": 1}, 2),
}  # fmt: skip


def documents(package):
    return [*package.services, *package.others]


def check_round_trips(package) -> None:
    """As JSON and as tables, every fact comes back and none is added."""
    before = facts(documents(package))
    for write, name in ((write_json, "a.json"), (write_tables, "a.zip")):
        content = write(documents(package))
        back = read(content, name, source="elsewhere", most=len(content))
        assert not back.refused
        assert facts(documents(back)) == before, name


def test_every_example_of_the_standard_is_tried():
    assert {path.name for path in (HERE / "examples").iterdir()} == {*EXAMPLES, "base.json"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_read_whole_and_loses_nothing(name):
    package = read(example(name), name, source="standard")
    found, others, rows = EXAMPLES[name]
    assert (len(package.services), Counter(one.table for one in package.others)) == (found, others)
    assert (sum(package.rows.values()), package.refused) == (rows, [])
    assert not [one for one in package.problems if one.refuses]
    check_round_trips(package)


def test_a_nested_service_stays_as_it_came():
    package = read(example("service_full.json"), "a.json", source="standard")
    assert package.services[0].values == json.loads(example("service_full.json"))
    assert json.loads(write_json(package.services))["contents"] == [json.loads(example("service_full.json"))]


@pytest.mark.parametrize("form", ["folder", "zip", "zip in a folder"])
def test_the_tables_of_the_standard_are_read_whole(form):
    files = tables()
    content = {
        "folder": files, "zip": zipped(files), "zip in a folder": zipped({f"data/{n}": c for n, c in files.items()}),
    }[form]  # fmt: skip
    package = read(content, "tables.zip", source="standard")
    assert (len(package.services), len(package.rows), set(package.rows.values())) == (1, 21, {1})
    assert package.version == "3.0.0" and package.is_whole
    service = package.services[0].values
    assert service["organization"]["name"] == "Example Organization Inc."
    assert service["service_at_locations"][0]["location"]["addresses"][0]["city"] == "MyCity"
    assert [one.code for one in package.problems] == ["not_on_earth"]  # its latitude is 100
    assert (package.problems[0].file.rsplit("/", 1)[-1], package.problems[0].row) == ("locations.csv", 2)
    check_round_trips(package)


def test_what_we_know_of_the_standard_is_what_its_schemas_say():
    """Each table, each required field, each code and each thing inside another."""
    folder = HERE / "schema" / "3.0"
    codes, required, inside = {}, {}, set()
    for path in folder.iterdir():
        schema = json.loads(path.read_text())
        assert CSV_NAMES[schema["name"]] == schema["path"].removesuffix(".csv")
        required[schema["name"]] = tuple(schema["required"])
        for name, field in schema["properties"].items():
            if "enum" in field:
                codes[schema["name"], name] = tuple(field["enum"])
            target = (field.get("items") or field).get("$ref", "").removesuffix(".json")
            if target:
                inside.add((schema["name"], name, target))
    assert {name: REQUIRED.get(name, ("id",)) for name in required} == required
    assert codes == dict(CODES)
    for table, name, target in inside:
        assert (LISTS.get(name) or SINGLES.get((table, name))) == target, (table, name)


def test_a_whole_211_of_version_1_is_read_with_exact_counts():
    package = read(shared("miami-a.zip").read_bytes(), "miami-a.zip", source="miami")
    assert dict(package.rows) == {
        "organization": 537, "service": 2072, "location": 2072, "phone": 2072, "language": 4833, "eligibility": 1122,
        "regular_schedule": 5697, "physical_address": 2072, "accessibility_for_disabilities": 2072,
        "service_at_location": 2072,
    }  # fmt: skip
    assert (len(package.services), len(package.refused), package.version) == (2072, 0, "1.0")
    assert Counter(one.table for one in package.others) == {"eligibility": 1122}  # these name no service
    told = Counter((one.code, one.field) for one in package.problems)
    assert told["organization_unknown", "organization_id"] == 246
    assert told["missing", "status"] == 2072
    assert sum(1 for one in package.services for _schedule in one.values.get("schedules", ())) == 5697
    assert len({one.identity for one in package.services}) == 2072


def test_the_211_loses_nothing_on_its_way_out_and_in_again():
    package = read(shared("miami-a.zip").read_bytes(), "miami-a.zip", source="miami")
    package.services, package.others = package.services[::9], package.others[::9]
    check_round_trips(package)


OLD = {
    "organizations.csv": [{"id": "o1", "name": "Open Door", "description": "Helps", "url": "www.door.example.org"}],
    "services.csv": [{"id": "7", "organization_id": "o1", "name": "Pantry", "status": "active"},
                     {"id": "8", "organization_id": "gone", "name": "Closet", "status": "active"}],
    "locations.csv": [{"id": "7", "organization_id": "o1", "name": "Hall"}],
    "services_at_location.csv": [{"id": "7", "service_id": "7", "location_id": "7"}],
    "physical_addresses.csv": [{"id": "1", "location_id": "7", "address_1": "1 Main St", "city": "Moss",
                                "state_province": "OR", "postal_code": "97000", "country": "US"}],
    "postal_addresses.csv": [{"id": "1", "location_id": "7", "address_1": "PO Box 2", "city": "Moss"}],
    "regular_schedules.csv": [{"service_id": "7", "weekday": "Monday", "opens_at": "9:00am", "closes_at": "5:30pm",
                               "original_text": "9-5:30"},
                              {"service_id": "7", "weekday": "2", "opens_at": "by call"}],
    "holiday_schedules.csv": [{"id": "h", "service_id": "7", "closed": "true", "start_date": "2026-12-25",
                               "end_date": "2026-12-25"}],
    "eligibility.csv": [{"id": "1", "service_id": "7", "eligibility": "Adults"}, {"eligibility": "Nobody knows"}],
    "languages.csv": [{"id": "1", "service_id": "7", "language": "Spanish"}],
    "accessibility_for_disabilities.csv": [{"id": "1", "location_id": "7", "accessibility": "Ramp"}],
    "payments_accepted.csv": [{"id": "1", "service_id": "7", "payment": "Cash"}],
    "phones.csv": [{"id": "1", "service_id": "7", "number": "503-555-0100"}],
    "taxonomy_terms.csv": [{"id": "BD-1800", "name": "Food", "description": "Food"}],
    "service_attributes.csv": [{"id": "1", "service_id": "7", "taxonomy_id": "BD-1800"}],
}  # fmt: skip


def test_version_2_is_lifted_to_3():
    files = {name: sheet(rows) for name, rows in OLD.items()}
    package = read(zipped(files), "old.zip", source="door")
    pantry = next(one.values for one in package.services if one.values["name"] == "Pantry")
    assert pantry["organization"]["website"] == "www.door.example.org"
    assert pantry["eligibility_description"] == "Adults"
    place = pantry["service_at_locations"][0]["location"]
    assert [one["address_type"] for one in place["addresses"]] == ["physical", "postal"]
    assert place["accessibility"][0]["description"] == "Ramp"
    monday, tuesday, holiday = pantry["schedules"]
    assert (monday["freq"], monday["byday"], monday["opens_at"], monday["closes_at"]) == (
        "WEEKLY", "MO", "09:00", "17:30"
    )  # fmt: skip
    assert monday["description"] == "9-5:30" and tuesday["byday"] == "TU" and tuesday["opens_at"] == "by call"
    assert holiday["valid_from"] == holiday["valid_to"] == "2026-12-25"
    assert (pantry["languages"][0]["name"], pantry["cost_options"][0]["option"]) == ("Spanish", "Cash")
    assert pantry["attributes"][0]["taxonomy_term"]["original_id"] == "BD-1800"
    assert pantry["original_id"] == "7"
    closet = next(one.values for one in package.services if one.values["name"] == "Closet")
    assert closet["original_organization_id"] == "gone"  # what it points to is not in the list, and is not lost
    assert [one.values.get("eligibility") for one in package.others] == ["Nobody knows"]
    check_round_trips(package)
    again = read(zipped(files), "old.zip", source="door")
    assert {one.identity for one in again.services} == {one.identity for one in package.services}
    other = read(zipped(files), "old.zip", source="another")
    assert {one.identity for one in other.services}.isdisjoint({one.identity for one in package.services})


def test_version_2_as_json_is_lifted_too():
    old = {"id": "7", "name": "Pantry", "status": "active", "regular_schedules": [
        {"id": "1", "weekday": "Friday", "opens_at": "8:00am", "closes_at": "12:00pm"}]}  # fmt: skip
    package = read(services(old), "old.json", source="door")
    assert package.services[0].values["schedules"][0]["byday"] == "FR"
    assert package.services[0].values["original_id"] == "7"


def test_a_row_without_a_name_stays_out_and_says_where():
    files = {"services.csv": sheet([{"id": uid(1), "name": "", "status": "active", "url": "x"},
                                    {"id": uid(2), "name": "Good", "status": "open"}])}  # fmt: skip
    package = read(zipped(files), "a.zip", source="x")
    assert [one.values["name"] for one in package.services] == ["Good"]
    assert [(one.code, one.file, one.row, one.field, one.refuses) for one in package.problems] == [
        ("missing", "services.csv", 2, "name", True), ("no_address", "services.csv", 2, "url", False),
        ("unknown_code", "services.csv", 3, "status", False),
    ]  # fmt: skip


def test_the_same_id_twice_is_one_if_alike_and_refused_if_not():
    one = {"id": uid(1), "name": "A", "status": "active"}
    package = read(services(one, one, {**one, "name": "B"}), "a.json", source="x")
    assert [found.values["name"] for found in package.services] == ["A"]
    assert [(found.code, found.row) for found in package.problems] == [("id_twice", 3)]


def test_one_service_that_comes_with_each_place_apart_has_all_places():
    service = {"id": uid(1), "name": "A", "status": "active"}
    rows = [{"id": uid(number), "service": service, "location": {"id": uid(number + 50), "location_type": "physical"}}
            for number in (2, 3, 4)]  # fmt: skip
    package = read(services(*rows), "a.json", source="x")
    assert [len(one.values["service_at_locations"]) for one in package.services] == [3]


def test_a_page_of_many_is_not_the_whole_list():
    page = {"total_items": 31, "total_pages": 4, "page_number": 1, "first_page": True, "last_page": False,
            "contents": [{"id": uid(1), "name": "A", "status": "active"}]}  # fmt: skip
    assert not read(json.dumps(page).encode(), "a.json", source="x").is_whole
    page |= {"total_pages": 1, "last_page": True}  # `total_items` lies, as in real ones
    assert read(json.dumps(page).encode(), "a.json", source="x").is_whole


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.json", "empty"),
        (b"  \n", "a.json", "empty"),
        (b"{", "a.json", "json_broken"),
        (b"\xff\xff", "a.json", "json_not_utf8"),
        (b"[1e999]", "a.json", "json_number"),
        (b"[NaN]", "a.json", "json_number"),
        (b"3", "a.json", "no_objects"),
        (b"{}", "a.json", "no_objects"),
        (b"[]", "a.json", "no_objects"),
        (b"[" * 100_000, "a.json", "too_deep"),
        (b'{"id": 1, "name": ' + b"[" * 80 + b"]" * 80 + b"}", "a.json", "too_deep"),
        (example("base.json"), "base.json", "about_an_api"),
        (b"PK\x03\x04rubbish", "a.zip", "zip_broken"),
        (zipped({"readme.txt": b"hello"}), "a.zip", "nothing_in_zip"),
        (zipped({"services.csv": b"id,name\r\n"}), "a.zip", "no_rows"),
        (zipped({"services.csv": b"id\n1", "datapackage.json": b"{"}), "a.zip", "descriptor_broken"),
        (zipped({"services.csv": b"id,name\n" + b"0" * 3_000_000}), "a.zip", "zip_bomb"),
        (zipped({f"{number}.csv": b"id\n1" for number in range(101)}), "a.zip", "too_many_files"),
        (b"id\n" + b"1\n" * 200_001, "services.csv", "too_many_rows"),
        (b" " * 10 + b"x" * (25 << 20), "a.json", "too_large"),
        (b"[" + b"{}," * 1_500_000 + b"{}]", "a.json", "too_many_values"),
    ],
    ids=lambda one: one if isinstance(one, str) and len(one) < 30 else "content",
)
def test_what_cannot_be_read_says_why(content, name, code):
    with pytest.raises(FileRefused) as why:
        read(content, name, source="x")
    assert why.value.code == code


def test_a_zip_that_lies_about_its_size_is_refused():
    """The size in its directory is small; what is inside is not."""
    content = bytearray(zipped({"services.csv": b"id,name\n" + bytes(range(256)) * 4000}))
    place = content.rfind(b"PK\x01\x02")
    content[place + 24 : place + 28] = (100).to_bytes(4, "little")
    with pytest.raises(FileRefused) as why:
        read(bytes(content), "a.zip", source="x")
    assert why.value.code == "zip_broken"


def test_no_cell_of_our_tables_is_run_by_a_spreadsheet():
    values = {"id": uid(1), "name": "=cmd()", "status": "active", "description": "'=already", "url": "@x", "fees": "-5",
              "=odd": "+1", "maximum_age": -3}  # fmt: skip
    package = read(services(values), "a.json", source="x")
    content = write_tables(package.services)
    files = {name: data.decode() for name, data in __import__(
        "alongside.rules.resources.tables_in", fromlist=["unzip"]).unzip(content).items()}  # fmt: skip
    header, row = files["services.csv"].strip().split("\r\n")
    for cell in (header + "," + row).split(","):
        assert cell == "-3" or cell[0] not in "=+-@"
    check_round_trips(package)


def test_a_table_that_breaks_off_inside_quotation_marks_is_refused():
    """All rows that follow would be one cell, and with a whole list no longer listed."""
    table = f'id,name,status\n{uid(1)},A,active\n{uid(2)},"B,active\n{uid(3)},C,active\n'
    with pytest.raises(FileRefused) as why:
        read(table.encode(), "services.csv", source="x")
    assert (why.value.code, why.value.params) == ("csv_broken", {"file": "services.csv", "row": 3})
    assert len(read(table.replace('"', "").encode(), "services.csv", source="x").services) == 3


def test_a_small_file_does_not_grow_without_end(monkeypatch):
    """Many services of one organization each hold all of it; many places at one location hold all of its phones."""
    monkeypatch.setattr(reading, "MOST_NESTED", 300_000)
    monkeypatch.setattr(flattening, "MOST_BUILT", 1_000)
    of_one = {"id": uid(1), "name": "X", "description": "x" * 19_000, "tax_status": "y", "services": [
        {"id": uid(number), "name": "Y", "status": "active"} for number in range(10, 30)]}  # fmt: skip
    at_one = {
        "services.csv": sheet([{"id": uid(1), "name": "A", "status": "active"}]),
        "locations.csv": sheet([{"id": uid(2), "name": "L", "location_type": "physical"}]),
        "service_at_location.csv": sheet([{"id": uid(number), "service_id": uid(1), "location_id": uid(2)}
                                          for number in range(100, 140)]),
        "phones.csv": sheet([{"id": uid(number), "number": "1", "location_id": uid(2)} for number in range(200, 240)]),
    }  # fmt: skip
    in_one = {
        "organizations.csv": sheet([{"id": uid(1), "name": "X", "description": "x" * 19_000}]),
        "services.csv": sheet([{"id": uid(number), "name": "Y", "status": "active", "organization_id": uid(1)}
                               for number in range(10, 30)]),
    }  # fmt: skip
    for content, code in ((services(of_one), "too_large_unpacked"), (zipped(at_one), "too_many_rows"),
                          (zipped(in_one), "too_large_unpacked")):  # fmt: skip
        with pytest.raises(FileRefused) as why:
            read(content, "a", source="x")
        assert why.value.code == code
    monkeypatch.undo()
    assert len(read(services(of_one), "a", source="x").services) == 20


@pytest.mark.parametrize("form", ["json", "tables"])
def test_when_the_time_is_over_nothing_more_is_read(form):
    """With every row and object somebody may say that it is enough, and then it is refused whole."""
    found = [{"id": str(uid(number)), "name": f"Place {number}", "status": "active"} for number in range(40)]
    content = json.dumps(found).encode() if form == "json" else write_tables(read(
        json.dumps(found).encode(), "a.json", source="x").services)  # fmt: skip
    name, ticks = f"a.{'json' if form == 'json' else 'zip'}", Counter()

    def tick():
        ticks["made"] += 1
        if ticks["made"] > ticks["most"]:
            raise FileRefused("too_slow", most=1)

    ticks["most"] = 10**9
    read(content, name, source="x", tick=tick)
    assert ticks["made"] > 2 * len(found), "each row is counted where it is read, and where it is put together"
    for most in range(ticks["made"]):
        ticks["made"], ticks["most"] = 0, most
        with pytest.raises(FileRefused, match="too_slow"):
            read(content, name, source="x", tick=tick)
        assert ticks["made"] == most + 1


def test_a_field_of_the_wrong_type_is_named_and_the_rest_comes_in():
    odd = {"id": uid(1), "name": "A", "status": "active", "minimum_age": "abc", "maximum_age": -3, "email": "at home",
           "capacities": [{"id": uid(2), "available": "some", "maximum": 8}]}  # fmt: skip
    package = read(services(odd), "a.json", source="x")
    assert len(package.services) == 1
    assert {(one.code, one.field) for one in package.problems} == {
        ("not_a_number", "minimum_age"), ("not_a_number", "maximum_age"), ("no_email", "email"),
        ("not_a_number", "capacities[0].available"),
    }  # fmt: skip
    right = {
        "id": uid(1),
        "name": "A",
        "status": "active",
        "minimum_age": "18",
        "maximum_age": 99.0,
        "email": "a@b.org",
    }
    assert read(services(right), "a.json", source="x").problems == []
