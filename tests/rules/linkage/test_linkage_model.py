"""The model for near duplicates: levels, bits, verdicts and keys; the household trap; what it must never depend on."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.linkage import NO, PERHAPS, SURELY, Features, block_keys, compare, make_features
from alongside.rules.linkage.fields import LEVELS, find_levels
from alongside.rules.linkage.model import _verdict, bits_of
from alongside.rules.linkage.sounds import sound
from alongside.rules.linkage.strings import is_one_slip, jaro_winkler
from alongside.rules.linkage.weights import PROBABILITIES

ROSA = make_features(
    legal_name="Rosa María Delgado Ruiz", goes_by="Rosa D.", born=date(1984, 5, 7), phone="+12135550142",
    email="rosa.delgado@example.org",
)  # fmt: skip


def like_rosa(**changes) -> Features:
    values = {"legal_name": "Rosa María Delgado Ruiz", "goes_by": "Rosa D.", "born": date(1984, 5, 7),
              "phone": "213 555 0142", "email": "Rosa.Delgado@example.org"}  # fmt: skip
    return make_features(**values | changes)


@pytest.mark.parametrize(
    ("changes", "field", "level"),
    [
        ({}, "given", "same"),
        ({"legal_name": "Rosita Delgado", "goes_by": "Rosita"}, "given", "short_form"),
        ({"legal_name": "Rossa Delgado", "goes_by": "Rossa"}, "given", "similar"),
        ({"legal_name": "R Delgado", "goes_by": "R"}, "given", "initial"),
        ({"legal_name": "Delgado Rosa", "goes_by": "Delgado"}, "given", "swapped"),
        ({"legal_name": "Lucía Delgado", "goes_by": "Lucía"}, "given", "different"),
        ({"legal_name": "Rosa Delgado"}, "family", "same"),
        ({"legal_name": "Rosa de la Delgado"}, "family", "same"),
        ({"legal_name": "Rosa Ruiz-Smith"}, "family", "same"),
        ({"legal_name": "Rosa Delgadillo Ruis"}, "family", "similar"),
        ({"legal_name": "Rosa María Smith"}, "family", "shared"),
        ({"legal_name": "", "goes_by": "Rosa R."}, "family", "initial"),
        ({"legal_name": "Rosa Smith"}, "family", "different"),
        ({"born": date(1984, 7, 5)}, "born", "day_and_month_swapped"),
        ({"born": date(1983, 5, 7)}, "born", "one_digit"),
        ({"born": date(1984, 5, 28)}, "born", "close"),
        ({"born": date(1960, 1, 31)}, "born", "different"),
        ({"born": None}, "born", ""),
        ({"phone": "2135550124"}, "phone", "one_digit"),
        ({"phone": "3105559988"}, "phone", "different"),
        ({"email": "rosa.delgado@example.com"}, "email", "similar"),
        ({"email": "someone@example.org"}, "email", "different"),
    ],
)
def test_each_level_is_recognized(changes, field, level):
    assert find_levels(ROSA, like_rosa(**changes))[field] == level


def test_one_record_twice_is_surely_one_person_and_says_why():
    said = compare(ROSA, like_rosa())
    assert said.verdict == SURELY
    assert [(one.field, one.level) for one in said.reasons] == [
        ("given", "same"), ("family", "same"), ("born", "same"), ("phone", "same"), ("email", "same"),
    ]  # fmt: skip
    assert said.bits == pytest.approx(sum(one.bits for one in said.reasons), abs=0.1)


def test_moved_married_and_short_is_still_perhaps():
    later = like_rosa(legal_name="Rosita Smith", goes_by="Rosita", phone="3105559988", email="")
    assert compare(ROSA, later).verdict == PERHAPS


@pytest.mark.parametrize(
    "relative",
    [
        {"legal_name": "Lucía Delgado Ruiz", "goes_by": "Lucía D."},  # twins
        {"legal_name": "Rosana Delgado Ruiz", "goes_by": "Rosana D."},  # twins whose names are alike
        {"born": date(2006, 11, 23)},  # mother and daughter of one name
        {"born": None, "email": ""},  # as above, and nobody asked when she was born
        {"legal_name": "Rosa Delgado Jr", "born": None},
    ],
)
def test_a_household_is_never_surely_one_person(relative):
    elder = dataclasses.replace(ROSA, suffix="sr")
    assert compare(elder, like_rosa(**relative)).verdict != SURELY


def test_another_name_and_another_day_of_birth_behind_one_phone_is_nobody_to_ask_about():
    brother = like_rosa(legal_name="Marcos Delgado Ruiz", goes_by="Marcos", born=date(1990, 2, 14))
    assert compare(ROSA, brother).verdict == NO


def test_a_frequent_name_alone_is_not_enough():
    one = make_features(legal_name="Maria Garcia", goes_by="Maria G.")
    assert compare(one, make_features(legal_name="Maria Garcia", goes_by="Maria G.")).verdict == NO


def test_among_more_people_more_is_asked_for():
    one, other = (
        make_features(legal_name="Maria Garcia", zip="90012"),
        make_features(legal_name="Mary Garcia", zip="90012"),
    )
    said = [compare(one, other, among=people).verdict for people in (0, 14_000, 100_000, 10_000_000)]
    assert said == [PERHAPS, PERHAPS, PERHAPS, NO]
    assert len({compare(one, other, among=people).bits for people in (0, 10_000_000)}) == 1


def test_nothing_known_says_nothing():
    assert compare(Features(), ROSA) == compare(ROSA, Features())
    assert compare(Features(), ROSA).reasons == () and compare(Features(), ROSA).verdict == NO


# --- what holds for whatever is written --------------------------------------------------------------------------
words = st.text("abcdeghjklmnorstuz áñÉ-'.", max_size=12)
names = st.lists(words, max_size=4).map(" ".join)
days = st.none() | st.dates(date(1930, 1, 1), date(2010, 12, 31))
people = st.builds(
    make_features, legal_name=names, goes_by=names, born=days, phone=st.text("0123456789+- ", max_size=14),
    email=st.text("ab.@", max_size=8), zip=st.sampled_from(("", "90012", "90013")),
)  # fmt: skip


@given(people, people)
def test_it_does_not_matter_who_comes_first(one, other):
    assert compare(one, other) == compare(other, one)


@given(people)
def test_nobody_is_told_from_themself(one):
    levels = find_levels(one, one)
    assert {level for level in levels.values() if level} <= {"same", "initial"}


@given(people)
def test_keys_are_the_same_however_often_they_are_made(one):
    keys = block_keys(one)
    assert keys == block_keys(one) and len(keys) == len(set(keys)) <= 16


@given(words, words)
def test_jaro_winkler_is_symmetric_and_between_0_and_1(one, other):
    assert 0 <= jaro_winkler(one, other) <= 1
    assert jaro_winkler(one, other) == jaro_winkler(other, one)
    assert is_one_slip(one, other) == is_one_slip(other, one)


@given(st.fixed_dictionaries({field: st.sampled_from(("", *levels)) for field, levels in LEVELS.items()}),
       st.sampled_from(list(LEVELS)), st.booleans())  # fmt: skip
def test_agreeing_more_never_speaks_against(levels, field, suffix):
    order = {NO: 0, PERHAPS: 1, SURELY: 2}

    def said(now):
        bits = sum(bits_of(about, level) for about, level in now.items() if level)
        return bits, order[_verdict(bits, now, suffix)]

    if levels[field]:
        place = LEVELS[field].index(levels[field])
        for better in LEVELS[field][:place]:
            more, less = said(levels | {field: better}), said(levels)
            assert more[0] >= less[0] - 1e-9
            # A short form and swapped names say as much as names that look alike, and a verdict knows which is which.
            if better not in ("similar", "initial"):
                assert more[1] >= less[1]


# --- the tables ---------------------------------------------------------------------------------------------------
def test_every_level_has_probabilities_in_the_order_of_agreement():
    assert {field: tuple(levels) for field, levels in PROBABILITIES.items()} == LEVELS
    for field, levels in LEVELS.items():
        assert all(0 < share <= 1 for pair in PROBABILITIES[field].values() for share in pair)
        weights = [bits_of(field, level) for level in levels]
        assert weights == sorted(weights, reverse=True)
        assert weights[0] > 0 > weights[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [("jimenez", "gimenes"), ("vasquez", "bazquez"), ("castillo", "castiyo"), ("hernandez", "ernandes"),
     ("guerrero", "guerero"), ("schultz", "shults"), ("philips", "filips"), ("quintero", "kintero")],
)  # fmt: skip
def test_names_written_by_ear_sound_alike(one, other):
    assert sound(one) == sound(other)


def test_names_that_do_not_sound_alike():
    assert len({sound(name) for name in ("garcia", "lopez", "smith", "nguyen", "johnson", "martinez")}) == 6


def test_records_of_one_person_share_a_key():
    for changes in (
        {"phone": "", "email": "", "legal_name": "Rossita Delgadillo", "goes_by": "Rossita"},
        {"born": date(1984, 7, 5), "legal_name": "Rosa Smith", "phone": "", "email": ""},
        {"born": None, "phone": "", "email": "", "legal_name": "Delgado Rosa"},
    ):
        assert set(block_keys(ROSA)) & set(block_keys(like_rosa(**changes))), changes
