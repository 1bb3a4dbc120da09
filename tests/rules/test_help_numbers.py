"""Whom to call, by country: never the number of another country, and nothing strange from an operator."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.help_numbers import NUMBERS, Line, NumbersInvalid, numbers_for, read_numbers, spoken_number

GOOD = {"NZ": {"emergency": "111", "lines": [{"name": "crisis", "way": "call", "number": "1737"}]}}


def test_the_lifeline_is_reached_in_three_ways():
    found = numbers_for("US")
    assert [found.first("crisis", way).number for way in ("call", "text", "chat")] == ["988", "988", "988lifeline.org"]
    assert found.emergency == "911"


def test_an_unknown_country_gets_no_number_of_another_one():
    found = numbers_for("ZZ")
    assert found.emergency == "" and found.lines == () and found.first("crisis", "call") is None


def test_what_an_operator_writes_comes_first():
    own = read_numbers(GOOD | {"US": {"emergency": "112"}})
    assert numbers_for("nz", own).first("crisis", "call").href == "tel:1737"
    assert numbers_for("US", own).emergency == "112" and numbers_for("CA", own) == NUMBERS["CA"]


def test_a_chat_is_named_and_never_linked():
    assert Line("crisis", "chat", "988lifeline.org").href == ""
    assert Line("crisis", "text", "988").href == "sms:988"


@pytest.mark.parametrize(
    "wrong",
    [
        [], {"Nz": {}}, {"NZ": []}, {"NZ": {"police": "1"}}, {"NZ": {"emergency": "call us"}}, {"NZ": {"lines": {}}},
        {"NZ": {"lines": [{"name": "crisis"}]}}, {"NZ": {"lines": [{"name": "crisis", "way": "call", "number": 1737}]}},
        {"NZ": {"lines": [{"name": "taxi", "way": "call", "number": "1737"}]}},
        {"NZ": {"lines": [{"name": "crisis", "way": "call", "number": "javascript:alert(1)"}]}},
        {"NZ": {"lines": [{"name": "crisis", "way": "chat", "number": "https://example.org"}]}},
        {"NZ": {"lines": [{"name": "crisis", "way": "call", "number": "1737", "word": "x" * 61}]}},
        {"NZ": {"lines": [{"name": "crisis", "way": "call", "number": "1737"}] * 21}},
    ],
)  # fmt: skip
def test_strange_numbers_are_refused_with_the_country(wrong):
    with pytest.raises(NumbersInvalid):
        read_numbers(wrong)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=12,
)


@given(json_like)
def test_anything_is_read_or_refused(values):
    with suppress(NumbersInvalid):
        assert isinstance(read_numbers(values), dict)


@pytest.mark.parametrize(
    ("number", "said"), [("18007997233", "1-800-799-7233"), ("988", "988"), ("+641737", "+641737")]
)
def test_numbers_are_shown_in_groups(number, said):
    assert spoken_number(number) == said


def test_every_shipped_line_can_be_dialed():
    shipped = {
        code: {"emergency": one.emergency, "lines": [vars(line) for line in one.lines]} for code, one in NUMBERS.items()
    }
    assert read_numbers(shipped) == dict(NUMBERS)
