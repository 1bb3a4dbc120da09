"""Real feeds are read whole, each entry accounted for. They lie beside the project, not in it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from alongside.rules.meetings import bmlt, export, guide, reading

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "meetings"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason=f"REAL FEEDS NOT TRIED: no {REAL.parent.parent.name} folder")
AA, SHEET = "aa-minneapolis-2018.tsml.json", "aa-minneapolis-2018-first250.sheet.csv"
NA = "na-new-york-metro.bmlt-GetSearchResults.json"


def read(name):
    formats = bmlt.read_formats(json.loads((REAL / "na.bmlt-GetFormats.json").read_text()))
    return reading.read((REAL / name).read_bytes(), formats=formats)


def flags(found):
    return dict(Counter(flag for entry in found.entries for flag in entry.flags))


def test_aa_of_minneapolis():
    found = read(AA)
    assert (found.form, found.read, len(found.entries), found.refusals) == ("meeting_guide", 1048, 1048, ())
    assert found.own_codes == ("HE",)  # six in ten do not speak Hebrew
    assert flags(found) == {"no_zone": 1048, "unknown_types": 1009, "bad_coordinates": 1, "over_midnight": 1, "long": 1}
    assert Counter(day for entry in found.entries for day in entry.days) == {
        0: 121, 1: 170, 2: 181, 3: 142, 4: 181, 5: 136, 6: 117,
    }  # fmt: skip
    assert sum("O" in entry.types for entry in found.entries) == 606
    assert sum("C" in entry.types for entry in found.entries) == 442
    assert sum("es" in entry.languages for entry in found.entries) == 15
    assert all(entry.is_in_person and entry.city and entry.state == "MN" for entry in found.entries)


def test_the_same_as_a_sheet():
    as_json, as_sheet = {one.key: one for one in read(AA).entries}, read(SHEET)
    assert (as_sheet.form, as_sheet.read, len(as_sheet.entries)) == ("sheet", 250, 250)
    for entry in as_sheet.entries:
        same = as_json[entry.key]
        assert (entry.name, entry.days, entry.starts, entry.ends) == (same.name, same.days, same.starts, same.ends)
        assert (entry.address, entry.region, entry.place) == (same.address, same.region, same.place)
        assert (entry.is_in_person, set(entry.types)) == (same.is_in_person, set(same.types))


def test_na_of_new_york():
    found = read(NA)
    assert (found.form, found.read, len(found.entries), found.refusals) == ("bmlt", 906, 906, ())
    assert flags(found) == {"no_zone": 906, "over_midnight": 5, "open_and_closed": 5, "long": 2}
    assert sum("X" in entry.types for entry in found.entries) == 163
    assert sum("es" in entry.languages for entry in found.entries) == 25
    # 1 is Sunday there: an off-by-one waiting to happen.
    told = {row["id_bigint"]: row for row in json.loads((REAL / NA).read_text())}
    assert all(entry.days == (int(told[entry.key]["weekday_tinyint"]) - 1,) for entry in found.entries)
    assert not any("#@-@#" in entry.notes + entry.place_notes + entry.address for entry in found.entries)


def test_formats_are_known_by_their_keys_too():
    with_formats, without = read(NA), reading.read((REAL / NA).read_bytes())
    one, other = (sum("O" in entry.types for entry in found.entries) for found in (with_formats, without))
    assert (one, other) == (543, 543)


def test_what_came_in_goes_out_again():
    told = json.loads((REAL / AA).read_text())
    for raw, entry in zip(told, read(AA).entries, strict=True):
        out = export.write_entry(entry, form="meeting_guide", key=entry.key, zone="America/Chicago", source={})
        assert {name: value for name, value in out.items() if name not in ("timezone", "alongside")} == raw


def test_another_form_loses_no_meaning_on_the_way():
    for entry in read(NA).entries:
        out = export.write_entry(entry, form="bmlt", key=entry.key, zone="America/New_York", source={"name": "NA"})
        back = guide.read_entry(json.loads(json.dumps(out)))
        for name in ("name", "days", "starts", "ends", "address", "city", "state", "postal_code", "latitude",
                     "longitude", "place", "place_notes", "is_in_person", "is_online", "region", "types", "own_types",
                     "languages", "notes"):  # fmt: skip
            assert getattr(back, name) == getattr(entry, name), (name, entry.key)
        assert back.zone == "America/New_York"
