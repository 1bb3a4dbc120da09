"""Reading entries: what they say, what contradicts itself, what is refused, and feeds that mean harm."""

import csv
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alongside.rules import bounded_json
from alongside.rules.meetings import bmlt, export, guide, reading
from alongside.rules.meetings.entry import FLAGS, NOT_A_FEED, REFUSALS, Entry, NotAFeed
from alongside.rules.meetings.text import plain, web_address

PLACE = {"formatted_address": "100 Main St, Riverbend, CA 90033, USA"}
PLAIN = {"slug": "morning", "name": "Morning", "day": 1, "time": "07:00", "timezone": "America/Los_Angeles", **PLACE}
NA = {
    "id_bigint": "7", "weekday_tinyint": "1", "start_time": "10:45:00", "duration_time": "01:30:00", "formats": "B,O",
    "meeting_name": "Beginners", "location_street": "612 Main", "location_municipality": "Riverbend",
    "location_province": "CA", "published": "1", "time_zone": "America/Los_Angeles",
    "latitude": "34", "longitude": "-118",
}  # fmt: skip


def read_one(changes=None, base=PLAIN, reader=guide.read_entry) -> Entry | str:
    return reader({**base, **(changes or {})})


def flags(**changes) -> set[str]:
    found = read_one(changes)
    assert isinstance(found, Entry)
    return set(found.flags) - {"no_coordinates"}


def test_a_plain_entry():
    found = read_one(
        {"types": ["O", "X", "S"], "updated": "2026-01-02 03:04:05", "latitude": 34.05, "longitude": "-118.2"}
    )
    assert (found.days, found.starts, found.ends) == ((1,), 420, 480)
    assert (found.city, found.state, found.postal_code, found.country) == ("Riverbend", "CA", "90033", "USA")
    assert (found.latitude, found.longitude) == (34.05, -118.2)
    assert (found.types, found.languages) == (("O", "X", "S"), ("es",))
    assert found.updated_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert (found.is_in_person, found.is_online, found.flags) == (True, False, ())


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"time": "23:30", "end_time": "00:30"}, "over_midnight"),
        ({"time": "23:30"}, "over_midnight"),
        ({"time": "00:00", "end_time": "23:59"}, "all_day"),
        ({"time": "00:00", "end_time": "24:00"}, "all_day"),
        ({"time": "", "day": None}, "by_appointment"),
        ({"time": ""}, "no_time"),
        ({"day": None}, "no_day"),
        ({"time": "half past"}, "time_not_read"),
        ({"day": ["1", "someday"]}, "day_not_read"),
        ({"end_time": "late"}, "end_not_read"),
        ({"end_time": "07:00"}, "end_is_start"),
        ({"end_time": "10:00"}, "long"),
        ({"timezone": "Mars/Base"}, "unknown_zone"),
        ({"timezone": None}, "no_zone"),
        ({"types": ["O", "C"]}, "open_and_closed"),
        ({"types": ["TC"], "conference_phone": "+1 555 0100"}, "place_closed"),
        ({"types": ["TC"]}, "not_active"),
        ({"types": ["ONL"]}, "online_without_link"),
        ({"conference_url": "javascript:alert(1)"}, "online_without_link"),
        ({"conference_url": "https://evilzoom.us/j/1"}, "unknown_provider"),
        ({"types": ["MW"]}, "unknown_types"),
        ({"formatted_address": "Riverbend, CA, USA"}, "approximate_place"),
        ({"approximate": "yes"}, "approximate_place"),
        ({"latitude": "95", "longitude": "1"}, "bad_coordinates"),
        ({"latitude": 0, "longitude": 0}, "bad_coordinates"),
        ({"latitude": "north", "longitude": 1}, "bad_coordinates"),
        ({"updated": "yesterday"}, "updated_not_read"),
        ({"contact_1_phone": "555 0100"}, "contacts_left_out"),
        ({"notes": "x" * 9000}, "cut_short"),
    ],
)
def test_what_is_odd_is_flagged_and_taken(changes, flag):
    assert flag in flags(**changes)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"slug": ""}, "no_key"), ({"slug": "x" * 65}, "no_key"), ({"name": " "}, "no_name"), ({"name": []}, "no_name"),
        ({"formatted_address": ""}, "no_place"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_has_its_reason(changes, reason):
    assert read_one(changes) == reason


def test_several_days_are_one_meeting():
    assert read_one({"day": ["1", "3", 5, 5]}).days == (1, 3, 5)


def test_online_by_a_known_host_or_a_phone():
    for changes in ({"conference_url": "https://us02web.zoom.us/j/1"}, {"conference_phone": "+1 646 558 8656,,1#"}):
        found = read_one(changes | {"formatted_address": ""})
        assert (found.is_online, found.is_in_person, found.is_active) == (True, False, True)


def test_persons_are_left_out_and_everything_else_is_kept():
    odd = {"contact_1_name": "Bill W.", "venmo": "@bill", "wifi": {"name": "guest"}, "sub_region": None}
    found = read_one(odd)
    assert "Bill" not in json.dumps(dict(found.raw)) and "venmo" not in found.raw
    assert found.raw["wifi"] == {"name": "guest"}
    out = export.write_entry(found, form="meeting_guide", key=found.key, zone="", source={})
    assert out == {**PLAIN, "wifi": {"name": "guest"}, "sub_region": None}


def test_markup_and_hidden_signs_go_and_words_stay():
    assert plain("<script>alert(1)</script>Room <b>4</b><br>Ring", 40) == "Room 4 Ring"
    assert plain("Tom &amp; Jerry &#039;s &lt;3", 40) == "Tom & Jerry 's <3"
    assert plain("a\u202eb\x00c\ud800d", 40) == "abcd"
    assert plain("A\n\n\n\nB", 40, lines=True) == "A\n\nB"
    assert [web_address(one) for one in ("data:text/html,x", "https://user@evil.example", "//x.org", "https://x")] == [
        ""
    ] * 4


def test_the_digest_changes_with_the_words_and_not_with_their_order():
    turned = dict(reversed(PLAIN.items()))
    assert guide.read_entry(turned).digest == read_one().digest
    assert read_one({"notes": "new"}).digest != read_one().digest


# --- BMLT -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "in_person", "online", "flag"),
    [
        ({}, True, False, ""),
        ({"venue_type": "2", "virtual_meeting_link": "https://zoom.us/j/1"}, False, True, ""),
        ({"venue_type": "3", "phone_meeting_number": "+15550100"}, True, True, ""),
        ({"venue_type": "2"}, False, False, "online_without_link"),
        (
            {"formats": "VM", "virtual_meeting_link": "Link#@-@#Way#@-@#https://zoom.us/j/1"},
            False,
            True,
            "venue_guessed",
        ),
        ({"formats": "HY", "virtual_meeting_link": "https://zoom.us/j/1"}, True, True, "venue_guessed"),
        ({"virtual_meeting_link": "https://zoom.us/j/1"}, True, True, ""),
        ({"formats": "TC"}, False, False, "place_closed"),
        ({"weekday_tinyint": "0"}, True, False, "day_not_read"),
        ({"start_time": "00:00:00", "duration_time": "24:00:00"}, True, False, "all_day"),
        ({"start_time": "23:30:00"}, True, False, "over_midnight"),
        ({"contact_phone_1": "555"}, True, False, "contacts_left_out"),
        ({"time_zone": ""}, True, False, "no_zone"),
    ],
)
def test_bmlt(changes, in_person, online, flag):
    found = read_one(changes, NA, bmlt.read_entry)
    assert (found.is_in_person, found.is_online) == (in_person, online)
    assert not flag or flag in found.flags
    assert "contact_phone_1" not in found.raw


def test_a_bmlt_meeting_of_24_hours_from_six_is_not_one_hour():
    found = read_one({"start_time": "06:00:00", "duration_time": "24:00:00"}, NA, bmlt.read_entry)
    assert (found.starts, found.ends, {"over_midnight", "long"} <= set(found.flags)) == (360, 360 + 1440, True)


def test_bmlt_refuses_what_is_not_published_and_what_has_no_place():
    assert read_one({"published": "0"}, NA, bmlt.read_entry) == "not_published"
    assert read_one({"location_street": "", "location_municipality": ""}, NA, bmlt.read_entry) == "no_place"


# --- whole feeds ----------------------------------------------------------------------------------------------------
def test_every_entry_is_taken_or_refused_and_counted():
    rows = [PLAIN, PLAIN, {"slug": "x"}, "no", None, {**PLAIN, "slug": 5}]
    found = reading.read(json.dumps(rows).encode())
    assert [one.key for one in found.entries] == ["morning", "5"]
    assert [(one.row, one.reason) for one in found.refusals] == [
        (2, "repeated_key"), (3, "no_name"), (4, "not_an_object"), (5, "not_an_object"),
    ]  # fmt: skip
    assert found.read == 6


def test_a_sheet_in_any_order_with_words_as_types():
    text = "Types;ID;Day;Time;Meeting Name;Address;Wifi\r\n"
    text += 'Open, Wheelchair Access, Polka;a;Tues;7 pm;Evening;"1 A St, B, CA 9, US";yes\r\n;;;;;;\r\n'
    found = reading.read(b"\xef\xbb\xbf" + text.encode())
    (entry,) = found.entries
    assert (found.form, found.read, entry.days, entry.starts) == ("sheet", 1, (2,), 1140)
    assert (entry.types, entry.own_types) == (("O", "X"), (("Polka", "", ""),))
    assert entry.raw["Wifi"] == "yes"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"), (b"  \n", "empty"), (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 70 + b"1" + b"}" * 70, "too_deep"),
        (b"[{]", "not_json"), (b'[{"a": NaN}]', "not_json"), (b"[" + b"9" * 5000 + b"]", "not_json"),
        (b"[\xff\xfe]", "not_text"),
        (b'{"error": "closed"}', "not_a_list"), (b"[1, 2]", "no_meetings_in_it"), (b"<html>", "web_page"),
        (b"<rss><channel>", "not_json"),
        (b"Day,Time\n1,2\n", "no_name_column"), (b"name\n\"" + b"x" * 200_000, "row_too_long"),
        (b"name\n\x00", "not_text"),
        (b"[" + b",".join([b"{}"] * 60_001) + b"]", "too_many"),
    ],
)  # fmt: skip
def test_what_is_no_feed_has_its_reason(content, reason):
    with pytest.raises(NotAFeed) as raised:
        reading.read(content)
    assert raised.value.reason == reason
    assert reason in NOT_A_FEED


def test_many_tokens_and_size_are_bounded(monkeypatch):
    with pytest.raises(bounded_json.NotJson) as raised:
        bounded_json.load(b"[[],[],[]]", tokens=5)
    assert raised.value.reason == "too_many"
    with pytest.raises(NotAFeed) as too_large:
        reading.read(b" " + b"[" * (reading.MOST_BYTES + 1))
    assert too_large.value.reason == "too_large"


@pytest.mark.parametrize("end", ["", "\n", '"'])
def test_a_sheet_that_breaks_off_inside_quotation_marks_is_no_sheet(end):
    """All that follows would be one cell, and every meeting in it no longer listed."""
    text = 'name,slug,address,city\nA,a,1 A St,B\n"B,b,2 A St,B\nC,c,3 A St,B' + end
    if end == '"':  # closed again, and odd, but whole
        assert reading.read(text.encode()).read == 2
        return
    with pytest.raises(NotAFeed) as raised:
        reading.read(text.encode())
    assert (raised.value.reason, raised.value.row) == ("row_too_long", 3)


def test_a_long_cell_is_refused_whatever_was_read_before():
    before = csv.field_size_limit(50_000_000)
    try:
        with pytest.raises(NotAFeed) as raised:
            reading.read(b'name,slug\nA,a\n"' + b"x" * 200_000 + b'",b\n')
        assert (raised.value.reason, raised.value.row) == ("row_too_long", 3)
    finally:
        csv.field_size_limit(before)


def seconds(work) -> float:
    """Of this processor, so that other work beside it does not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.parametrize("words", ["<a" * 17_000, "\u2003" * 34_000 + "x", "<script></" * 3_400, "&#" + "1" * 33_000])
def test_words_that_are_made_to_take_long_do_not(words):
    assert seconds(lambda: read_one({"notes": words, "location_notes": words, "name": words})) < 0.5


def test_a_string_that_never_ends_is_read_once():
    content = b'["' + b'\\"' * 20_000

    def load():
        with pytest.raises(bounded_json.NotJson):
            bounded_json.load(content)

    assert seconds(load) < 0.5
    for text in ('["a\\\\", "[[["]', '[["\\"["]]', '["[", "\\\\\\""]'):
        assert bounded_json.load(text.encode(), depth=2)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20)
    | st.sampled_from(["", "07:00", "Monday", "yes", "America/Chicago", "https://zoom.us/j/1", "O,C", "1",
                       "2018-04-01 00:00:00"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=6,
)  # fmt: skip
NAMES = sorted({
    *PLAIN, *NA, "types", "conference_url", "conference_phone", "latitude", "longitude", "regions", "end_time", "id",
    "updated", "approximate", "coordinates", "notes", "venue_type", "virtual_meeting_link", "address", "location_info",
    "format_shared_id_list", "time_formatted",
})  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=14), st.sampled_from([PLAIN, NA, {}]))
@example({"day": {"a": 1}, "types": [[["O"]]], "time": -1}, PLAIN)
def test_no_entry_whatever_brings_a_reader_down(changes, base):
    raw = {**base, **changes}
    for reader in (guide.read_entry, bmlt.read_entry):
        found = reader(raw)
        if isinstance(found, str):
            assert found in REFUSALS
            continue
        assert set(found.flags) <= set(FLAGS)
        assert found.starts is None or (0 <= found.starts < 1440 and 0 < found.ends - found.starts <= 1440)
        assert all(0 <= day <= 6 for day in found.days)
        assert len(found.name) <= 255 and len(found.address) <= 255 and len(found.online_url) <= 1000
        assert len(found.digest) == 64
        kept = json.dumps(found.raw, allow_nan=False, ensure_ascii=False)
        kept.encode()  # no halves of letters
        assert "\\u0000" not in kept
        json.dumps(export.write_entry(found, form="bmlt", key=found.key, zone="UTC", source={}))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300) | st.lists(VALUES, max_size=4).map(lambda rows: json.dumps(rows).encode()))
def test_no_bytes_whatever_bring_the_reading_down(content):
    try:
        found = reading.read(content)
    except NotAFeed as error:
        assert error.reason in NOT_A_FEED
    else:
        assert found.read == len(found.entries) + len(found.refusals)


# --- nothing is lost --------------------------------------------------------------------------------------------------
SHEET = (
    "Name,Day,Time,End,Time Zone,Location,Address,City,State,Types,Notes,Wi-Fi?,\u00bfHay estacionamiento?,,Notes,"
    "Contact 1 Phone,GSR e-mail,Slug\n"
    'Morning,Monday,7:00 PM,8 PM,America/Los_Angeles,Hall,"100 Main St, Riverbend, CA 90033, USA",Riverbend,CA,'
    '"Open, Spanish, Drumming",Bring a cup,yes,s\u00ed,side door,Second note,555 0100,pat@example.org,morning,extra\n'
)


def test_a_sheet_keeps_columns_that_nobody_knows_and_gives_them_back():
    (entry,) = reading.read(SHEET.encode()).entries
    kept = {"Wi-Fi?": "yes", "\u00bfHay estacionamiento?": "s\u00ed", "column 14": "side door", "Notes": "Second note",
            "column 19": "extra"}  # fmt: skip
    assert kept.items() <= entry.raw.items()
    assert "555" not in str(entry.raw) and "pat@" not in str(entry.raw) and "contacts_left_out" in entry.flags
    told = export.write_entry(entry, form="sheet", key="ab12", zone="", source={"name": "Intergroup"})
    assert kept.items() <= told.items()
    assert (told["slug"], told["source_slug"]) == ("ab12", "morning")
    assert (told["day"], told["time"], told["end_time"], told["notes"]) == (1, "19:00", "20:00", "Bring a cup")


def test_what_goes_out_and_comes_in_again_is_the_same_meeting():
    """Of every form: the second reading says what the first said, but for the slug, which is ours."""
    for raw in (SHEET.encode(), json.dumps([PLAIN | {"wifi": "yes", "deep": {"a": [1]}, "district": "4"}]).encode()):
        first = reading.read(raw)
        out = [export.write_entry(one, form=first.form, key="ab12", zone="", source={}) for one in first.entries]
        again = reading.read(json.dumps(out).encode()).entries
        for one, back in zip(first.entries, again, strict=True):
            same = {
                name: getattr(one, name) for name in Entry.__dataclass_fields__ if name not in ("key", "raw", "flags")
            }
            assert {name: getattr(back, name) for name in same} == same
            assert one.raw.keys() <= back.raw.keys() and back.raw["source_slug"] == one.key
            twice = export.write_entry(back, form="meeting_guide", key="cd34", zone="", source={})
            assert twice["source_slug"] == one.key, "the first one stays"


@pytest.mark.parametrize("field", ["GSR", "Secretary name", "Host", "E-mail", "Correo", "Cell", "Zoom passcode"])
def test_fields_of_persons_are_left_out_by_their_names(field):
    found = read_one({field: "Pat, 555 0100"})
    assert "Pat" not in str(found.raw) and "contacts_left_out" in found.flags
