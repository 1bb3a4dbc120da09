"""Whatever stands in a document comes back from both forms, and whatever stands in a file is read or refused."""

import json
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rules.resources.files import example, shared, tables, uid, zipped

from alongside.rules.resources import FileRefused, read, write_json, write_tables
from alongside.rules.resources.card import make_card
from alongside.rules.resources.flattening import facts
from alongside.rules.resources.hours import is_open, now, pack, unpack

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
NASTY = st.sampled_from(["=1", "'=1", "''", "\r\n", ",", '"', " x ", "007", "1e3", "-", "ñ", "{}", "[1]", "null", "'"])
VALUE = st.one_of(
    TEXT, NASTY, st.booleans(), st.integers(-(10**20), 10**20), st.none(),
    st.floats(allow_nan=False, allow_infinity=False), st.just([]), st.just({}),
    st.lists(TEXT | st.integers(), max_size=3), st.dictionaries(TEXT, TEXT, max_size=2),
)  # fmt: skip
NAME = st.one_of(
    TEXT.filter(bool), NASTY, st.sampled_from(["description", "minimum_age", "url", "number", "name", "extra", "count"])
)
IDS = st.integers(0, 30).map(uid)


def thing(**inside):
    """An object with an id, fields of any name and value, and what is inside."""
    return st.builds(
        lambda key, fields, parts: {**fields, "id": key, **{name: part for name, part in parts.items() if part}},
        IDS, st.dictionaries(NAME, VALUE, max_size=4), st.fixed_dictionaries(inside),
    )  # fmt: skip


def some(of):
    return st.lists(of, max_size=2)


LANGUAGE = thing()
PHONE = thing(languages=some(LANGUAGE))
TERM = thing(taxonomy_detail=st.none() | thing())
ATTRIBUTE = thing(taxonomy_term=st.none() | TERM)
CONTACT = thing(phones=some(PHONE))
LOCATION = thing(addresses=some(thing()), phones=some(PHONE), schedules=some(thing()), contacts=some(CONTACT))
AT = thing(location=st.none() | LOCATION, phones=some(PHONE))
ORGANIZATION = thing(phones=some(PHONE), funding=some(thing()), locations=some(thing()))
SERVICE = st.builds(
    lambda key, name, one: {**one, "id": key, "name": name, "status": "active"},
    IDS, st.sampled_from(["Pantry", "Bed"]),
    thing(phones=some(PHONE), service_at_locations=some(AT), organization=st.none() | ORGANIZATION,
          attributes=some(ATTRIBUTE), schedules=some(thing()), languages=some(LANGUAGE), capacities=some(thing())),
)  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(SERVICE, min_size=1, max_size=3))
def test_both_forms_keep_every_fact(found):
    package = read(json.dumps(found).encode(), "a.json", source="x")
    documents = [*package.services, *package.others]
    before = facts(documents)
    for write, name in ((write_json, "a.json"), (write_tables, "a.zip")):
        back = read(write(documents), name, source="y")
        assert facts([*back.services, *back.others]) == before, name
    for one in package.services:
        card = make_card(one.values)
        assert card.summary is not None and card.words is not None and card.where is not None
        for hours in card.hours:
            assert unpack(json.loads(json.dumps(pack(hours)))) == hours


@pytest.fixture(scope="module")
def real():
    """Every service of a real 2-1-1 and all that belongs to none, and their facts."""
    package = read(shared("miami-a.zip").read_bytes(), "miami-a.zip", source="x")
    documents = [*package.services, *package.others]
    return documents, facts(documents), len(package.services)


@pytest.mark.once
@pytest.mark.parametrize("form", ["json", "tables"])
def test_a_whole_real_211_goes_out_and_comes_back_without_loss(real, form):
    """All of it, not a sample. As JSON it is packed, as somebody would have to bring it: bare it has 13 MB."""
    documents, before, services = real
    assert services == 2072 and len(documents) == 3194 and len(before) > 100_000
    content = write_tables(documents) if form == "tables" else zipped({"a.json": write_json(documents)})
    back = read(content, "a.zip", source="y")
    assert (len(back.services), back.refused) == (services, [])
    assert facts([*back.services, *back.others]) == before


ANY = st.recursive(VALUE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    NAME | st.sampled_from(["phones", "schedules", "service_at_locations", "organization", "contents", "location",
                            "attributes", "taxonomy_term", "byday", "opens_at", "closes_at", "dtstart", "freq", "id",
                            "eligibility", "regular_schedules", "alongside:beside", "service", "services"]),
    inner, max_size=5), max_leaves=25)  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY)
def test_any_json_is_read_or_refused(value):
    try:
        package = read(json.dumps(value).encode(), "a.json", source="x")
    except FileRefused:
        return
    for one in package.services:
        make_card(one.values)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, cut out, doubled, or the end lost."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found))
        match chance.randrange(4):
            case 0:
                found[place] = chance.randrange(256)
            case 1:
                del found[place : place + chance.randint(1, 40)]
            case 2:
                found[place:place] = found[place : place + chance.randint(1, 40)]
            case _:
                found = found[: max(place, 1)]
        if not found:
            break
    return bytes(found)


def test_damaged_files_are_read_or_refused():
    """The real examples, damaged by a thousand dice that fall the same each time."""
    chance = random.Random(39)
    folder = tables()
    whole = [(zipped(folder), "a.zip"), (example("service_full.json"), "a.json"), (example("tabular.json"), "a.json")]
    read_ones = 0
    for _ in range(250):
        for content, name in whole:
            try:
                read_ones += bool(read(damaged(content, chance), name, source="x"))
            except FileRefused as why:
                assert why.code
        changed = dict(folder)
        one = chance.choice(sorted(changed))
        changed[one] = damaged(changed[one], chance)
        try:
            read_ones += bool(read(changed, "a", source="x"))
        except FileRefused as why:
            assert why.code
    assert read_ones > 100


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(
    st.sampled_from(["byday", "opens_at", "closes_at", "freq", "interval", "dtstart", "valid_from", "valid_to", "until",
                     "count", "bymonthday", "byyearday", "byweekno", "wkst", "timezone", "description", "closed"]),
    VALUE | st.sampled_from(["MO,TU", "1MO", "-1FR", "09:00", "17:00", "00:00", "24:00", "2026-03-08", "MONTHLY",
                             "WEEKLY", 2, "-1", "-05:00", "24 hours"]),
))  # fmt: skip
def test_any_schedule_can_be_asked(schedule):
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    hours = make_card({"name": "x", "schedules": [schedule]}).hours
    for at in (datetime(2026, 3, 8, 10, tzinfo=UTC), datetime(2026, 11, 24, 3, tzinfo=UTC)):
        state = now(hours, at, ZoneInfo("America/New_York"))
        assert state.state in ("open", "closed", "unknown")
        assert is_open(hours, at, ZoneInfo("America/New_York")) is (state.state == "open")


def test_a_zip_of_a_zip_is_not_opened():
    inner = zipped({"services.csv": b"id,name\n1,x"})
    try:
        read(zipped({"inner.zip": inner}), "a.zip", source="x")
    except FileRefused as why:
        assert why.code == "nothing_in_zip"
    else:
        raise AssertionError("it was opened")
    assert zipfile.is_zipfile(__import__("io").BytesIO(inner))
