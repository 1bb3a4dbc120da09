"""The closed lists: plain codes, each once, and no code that hurts."""

import re

import pytest

from alongside.rules import vocabulary
from alongside.rules.wording import STIGMATIZING, find_words

LISTS = {name: value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, tuple)}
each_list = pytest.mark.parametrize("codes", LISTS.values(), ids=LISTS)


@each_list
def test_codes_are_plain_and_stand_once(codes: tuple[str, ...]):
    assert codes
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", code) for code in codes)


@each_list
def test_no_code_is_a_stigmatizing_word(codes: tuple[str, ...]):
    for code in codes:
        assert find_words(code.replace("_", " "), lists=[STIGMATIZING], language="en") == []


def test_preferences_are_codes_of_the_house():
    known = {*vocabulary.LANGUAGES, *vocabulary.PATHWAYS, *vocabulary.GENDERS, *vocabulary.EXPERIENCES}
    known |= {*vocabulary.LIFE_STAGES, *vocabulary.MODES, "younger", "similar", "older"}
    for feature, values in vocabulary.PREFERENCES.items():
        assert re.fullmatch(r"[a-z_]+", feature)
        assert len(set(values)) == len(values)
        assert set(values) <= known


def test_nobody_can_ask_for_an_open_pathway_or_an_unsaid_gender():
    assert "exploring" not in vocabulary.PREFERENCES["pathway"]
    assert not {"self_described", "not_said"} & set(vocabulary.PREFERENCES["gender"])


def test_parts_of_the_day_follow_each_other_without_a_gap():
    spans = list(vocabulary.DAY_PARTS.values())
    assert all(0 <= start < end <= 24 for start, end in spans)
    assert [start for start, _ in spans[1:]] == [end for _, end in spans[:-1]]


def test_modes_of_a_contact_hold_the_modes_of_support():
    assert set(vocabulary.MODES) < set(vocabulary.CONTACT_MODES)
