"""The federal treatment locator is read: twenty real places whole, and what is odd in an answer is named."""

import json
from collections import Counter

import pytest
from tests.rules.resources.files import SHARED

from alongside.rules.resources import FileRefused, read, write_json, write_tables
from alongside.rules.resources.card import make_card
from alongside.rules.resources.flattening import facts

HOUSE = {
    "frid": "a1", "name1": "Moss House", "name2": "", "street1": "1 Main St", "street2": "Suite 2", "city": "Moss",
    "state": "VA", "zip": "22902", "phone": "434-555-0101 x7", "intake1": "434-555-0102", "hotline1": None,
    "website": "http://moss.example.org", "latitude": "38.02", "longitude": "-78.47", "typeFacility": "SA",
    "miles": 0.24,
    "services": [{"f1": "Type of Care", "f2": "TC", "f3": "Substance use treatment"},
                 {"f1": "Age Groups Accepted", "f2": "AGE", "f3": "Adults; Young adults"},
                 {"f1": "Gender Accepted", "f2": "GN", "f3": "Female"},
                 {"f1": "Special Programs/Groups Offered", "f2": "SG", "f3": "Adult men; Veterans"},
                 {"f1": "Other Languages", "f2": "OL", "f3": "Spanish"},
                 {"f1": "Payment/Insurance/Funding Accepted", "f2": "PAY", "f3": "Medicaid"},
                 {"f1": "Facility Smoking Policy ", "f2": "SMP", "f3": "Smoking not permitted"}],
}  # fmt: skip


def answer(*rows, **more) -> bytes:
    return json.dumps({"recordCount": len(rows), "rows": list(rows), **more}).encode()


@pytest.fixture
def virginia() -> bytes:
    path = SHARED.parent / "facilities" / "findtreatment-va.json"
    if not path.exists():
        pytest.skip("NOT SHOWN HERE: findtreatment-va.json is not in ../shared/data/facilities beside the repository")
    return path.read_bytes()


def test_the_federal_locator_is_read_whole_with_exact_counts(virginia):
    package = read(virginia, "findtreatment-va.json", source="va")
    assert (len(package.services), package.refused, package.problems, package.is_whole) == (20, [], [], True)
    assert package.rows == {"facility": 20}
    assert len({one.identity for one in package.services}) == 20  # some share a name and a house
    cards = [make_card(one.values) for one in package.services]
    assert Counter(need for card in cards for need in card.needs) == {"recovery": 9, "mind": 11}
    assert Counter(language for card in cards for language in card.languages) == {"es": 4}
    assert Counter(card.ages for card in cards) == {(18, None): 10, (None, None): 8, (None, 17): 2}
    assert all(card.phones and card.places and card.url and card.summary for card in cards)
    assert [card.name for card in cards if card.groups == ("men",)] == [
        "Region Ten Community Services Board, Mohr Center"
    ]


def test_no_word_of_a_place_is_lost(virginia):
    """All that the locator says of each place stands in what is kept, but how far it was from whoever asked."""
    package = read(virginia, "a.json", source="va")
    for row, one in zip(json.loads(virginia)["rows"], package.services, strict=True):
        kept = json.dumps(one.values, ensure_ascii=False)
        told = [word.strip() for fact in row["services"] for word in fact["f3"].split(";")]
        told += [str(row[name]) for name in row if name not in ("services", "miles", "typeFacility") and row[name]]
        assert not [word for word in told if " ".join(word.replace(" x1", "").split()) not in kept]


def test_the_locator_leaves_as_hsds_and_comes_back_the_same(virginia):
    package = read(virginia, "a.json", source="va")
    for write, name in ((write_json, "a.json"), (write_tables, "a.zip")):
        back = read(write(package.services), name, source="elsewhere")
        assert (facts(back.services), back.problems) == (facts(package.services), [])


def test_one_place_has_everything_in_its_field():
    package = read(answer(HOUSE), "a.json", source="va")
    values, card = package.services[0].values, make_card(package.services[0].values)
    assert (card.name, card.organization, card.needs, card.ages) == (
        "Moss House",
        "Moss House",
        ("recovery",),
        (18, None),
    )
    assert card.groups == ("women", "veterans")  # a program for men in a place for women only is a mistake of the list
    assert [(one.tel, one.extension, one.note) for one in card.phones] == [
        ("4345550101", "7", ""), ("4345550102", "", "Intake")]  # fmt: skip
    assert card.places[0].lines == ("1 Main St", "Suite 2", "Moss, VA 22902")
    assert card.languages == ("es",) and "Medicaid" in card.costs[0]
    assert card.description.splitlines() == [
        "Substance use treatment.", "Special Programs/Groups Offered: Adult men; Veterans",
        "Facility Smoking Policy: Smoking not permitted",
    ]  # fmt: skip
    assert values["original_id"] == "a1" and "miles" not in json.dumps(values)


def test_how_far_it_was_changes_nothing():
    first, again = (read(answer(HOUSE | {"miles": far}), "a.json", source="va") for far in (0.24, 17.5))
    assert first.services[0].digest == again.services[0].digest


def test_nothing_is_said_of_ages_where_nobody_said_it():
    silent = HOUSE | {"services": [], "typeFacility": "OTHER"}
    card = make_card(read(answer(silent), "a.json", source="va").services[0].values)
    assert (card.ages, card.needs, card.groups, card.costs) == ((None, None), (), (), ())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (HOUSE | {"name1": "", "name2": None}, "missing"), (7, "not_an_object"), ({"colour": "red"}, "kind_unknown"),
    ],
    ids=str,
)  # fmt: skip
def test_a_row_that_is_no_place_stays_out_and_says_which(row, code):
    package = read(answer(HOUSE, row), "a.json", source="va")
    assert len(package.services) == 1
    assert [(one.code, one.row) for one in package.problems if one.refuses] == [(code, 2)]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"latitude": "north"}, "not_on_earth", "service_at_locations[0].location.latitude"),
        ({"services": "many"}, "not_a_list", "services"),
        ({"street1": None}, "missing", "service_at_locations[0].location.addresses[0].address_1"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_odd_comes_in_and_is_named(changes, code, field):
    package = read(answer(HOUSE | changes), "a.json", source="va")
    assert len(package.services) == 1
    assert [(one.code, one.field) for one in package.problems] == [(code, field)]


def test_a_page_of_many_is_not_the_whole_list():
    assert not read(answer(HOUSE, recordCount=500), "a.json", source="va").is_whole
    assert not read(answer(HOUSE, totalPages=3), "a.json", source="va").is_whole
    assert read(json.dumps([HOUSE]).encode(), "a.json", source="va").is_whole


def test_an_answer_without_places_is_refused_as_before():
    with pytest.raises(FileRefused, match="no_objects"):
        read(answer(), "a.json", source="va")
