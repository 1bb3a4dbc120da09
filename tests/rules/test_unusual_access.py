"""What is noticed of openings, what is not, and that the list cannot be read backwards."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from alongside.rules.unusual_access import (
    CODES,
    ENOUGH,
    MANY_AT_LEAST,
    MOST,
    REFUSED_AT_LEAST,
    Opening,
    Pair,
    Usual,
    find_unusual,
    measure_usual,
)

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
TIED = Pair(is_tied=True)


def opening(person="rosa", reader="dante", at=NOON, **values) -> Opening:
    return Opening(values.pop("key", (reader, person, at)), reader, person, at, **values)


def codes(openings, pairs=None, usual=None) -> list[tuple]:
    return [(row.reader, row.person, sorted(row.codes)) for row in find_unusual(openings, pairs or {}, usual or {})]


def test_ordinary_work_makes_no_row():
    assert codes([opening()], {("dante", "rosa"): TIED}) == []
    assert codes([opening(reader="carmen")], {("carmen", "rosa"): Pair(has_worked=True)}) == []
    assert codes([]) == []


def test_without_a_tie_and_without_any_work_it_is_named():
    assert codes([opening(), opening(at=NOON + timedelta(hours=1))]) == [("dante", "rosa", ["no_tie"])]


def test_a_directors_reason_is_always_named_and_never_as_without_a_tie():
    (row,) = find_unusual([opening(reader="dolores", has_reason=True, key=7)], {}, {})
    assert (row.codes, row.key) == ({"with_reason"}, 7)


@pytest.mark.parametrize("pair", [Pair(is_tied=True, is_near=True), Pair(is_tied=True, is_drawn=True),
                                  Pair(is_tied=True, is_near=True, is_drawn=True)])  # fmt: skip
def test_near_and_drawn_by_lot_are_one_row_that_cannot_be_told_apart(pair):
    assert codes([opening()], {("dante", "rosa"): pair}) == [("dante", "rosa", ["ask"])]


def test_late_is_measured_against_the_accounts_own_habit():
    night = [opening(at=NOON.replace(hour=22))]
    pairs = {("dante", "rosa"): TIED}
    assert codes(night, pairs, {"dante": Usual(ENOUGH, 0, 3)}) == [("dante", None, ["late"])]
    assert codes(night, pairs, {"dante": Usual(ENOUGH, ENOUGH // 2, 3)}) == [], "a night shift"
    assert codes(night, pairs, {"dante": Usual(ENOUGH - 1, 0, 3)}) == [], "habits are not known yet"
    assert codes([opening(at=NOON.replace(hour=3))], pairs) == [("dante", None, ["late"])], "the dead of night"


@pytest.mark.parametrize(("busiest", "people", "found"), [
    (0, MANY_AT_LEAST, False), (0, MANY_AT_LEAST + 1, True), (40, 80, False), (40, 81, True), (3, MANY_AT_LEAST, False),
])  # fmt: skip
def test_many_in_one_hour_is_measured_against_the_accounts_own_busiest(busiest, people, found):
    ones = [opening(person=number, at=NOON + timedelta(seconds=number)) for number in range(people)]
    pairs = {("dante", number): TIED for number in range(people)}
    rows = find_unusual(ones, pairs, {"dante": Usual(500, 0, busiest)})
    assert [(row.codes, row.times) for row in rows] == ([({"many"}, people)] if found else [])


def test_the_same_record_many_times_is_not_many():
    ones = [opening(at=NOON + timedelta(seconds=number)) for number in range(50)]
    assert codes(ones, {("dante", "rosa"): TIED}) == []


@pytest.mark.parametrize("count", range(1, REFUSED_AT_LEAST + 2))
def test_a_few_refused_tries_are_old_links(count):
    ones = [opening(person=None, is_refused=True, at=NOON + timedelta(minutes=number)) for number in range(count)]
    assert codes(ones) == ([("dante", None, ["refused"])] if count >= REFUSED_AT_LEAST else [])


def test_refused_tries_are_neither_openings_nor_habits():
    ones = [opening(person=number, is_refused=True, at=NOON.replace(hour=3)) for number in range(40)]
    assert codes(ones) == [("dante", None, ["refused"])]
    assert measure_usual(ones) == {}


def test_what_was_usual_is_measured():
    ones = [opening(person=number, at=NOON.replace(hour=22 if number < 3 else 12)) for number in range(10)]
    assert measure_usual(ones) == {"dante": Usual(10, 3, 7)}


def test_the_gravest_come_first_and_a_list_has_an_end():
    ones = [opening(person=number, at=NOON + timedelta(days=number)) for number in range(MOST + 50)]
    ones.append(opening(reader="dolores", has_reason=True, at=NOON + timedelta(days=900)))
    rows = find_unusual(ones, {}, {})
    assert len(rows) == MOST
    assert rows[0].codes == {"with_reason"}
    assert {code for row in rows for code in row.codes} <= set(CODES)


def test_a_quiet_year_makes_little_noise_and_a_snoop_is_found():
    """Twenty peers and three coordinators work as they do; one coordinator looks at her neighbors in the evening."""
    chance, pairs, noise, weeks = Random(11), {}, 0, 40
    before: list[Opening] = []
    for week in range(weeks):
        ones = []
        for reader in [f"peer{number}" for number in range(20)] + ["co0", "co1", "co2"]:
            people = range(400) if reader.startswith("co") else range(int(reader[4:]) * 8, int(reader[4:]) * 8 + 8)
            for _each in range(40 if reader.startswith("co") else 15):
                person = chance.choice(people)
                at = NOON + timedelta(weeks=week, days=chance.randint(0, 4), hours=chance.randint(-4, 8))
                pairs[reader, person] = Pair(is_tied=reader.startswith("peer"), has_worked=chance.random() < 0.995)
                ones.append(opening(person, reader, at))
        if week == weeks - 1:
            ones += [opening(1000 + n, "co0", NOON + timedelta(weeks=week, hours=11)) for n in range(3)]
        rows = find_unusual(ones, pairs, measure_usual(before))
        if week < weeks - 1:
            noise += len(rows)
        before = (before + ones)[-5000:]
    assert noise / weeks < 4, "a supervisor reads a list of a few lines"
    assert {(row.reader, row.person) for row in rows} >= {("co0", 1000), ("co0", 1001), ("co0", 1002)}


def test_who_sees_only_the_list_cannot_find_the_near_pairs():
    """Of the pairs marked `ask`, week after week the same, few are near: a guess is wrong most of the time."""
    chance = Random(5)
    people = [(f"r{reader}", person) for reader in range(10) for person in range(60)]
    near = set(chance.sample(people, 8))
    drawn = {pair for pair in people if chance.random() < 0.05}
    pairs = {pair: Pair(is_tied=True, is_near=pair in near, is_drawn=pair in drawn) for pair in people}
    listed = []
    for week in range(8):
        ones = [opening(person, reader, NOON + timedelta(weeks=week)) for reader, person in people]
        listed.append({(row.reader, row.person) for row in find_unusual(ones, pairs, {}) if "ask" in row.codes})
    assert all(week == listed[0] for week in listed), "the lot is drawn once for a pair"
    assert near <= listed[0]
    assert len(near) / len(listed[0]) < 0.35
