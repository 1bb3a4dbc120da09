"""What tells people who visit from machines."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import visitors
from alongside.rules.visitors import LEAST_SECONDS, MOST_SECONDS, judge_sending


def test_examples():
    assert doctest.testmod(visitors).failed == 0


@pytest.mark.parametrize(
    ("words", "seconds", "trap", "code"),
    [
        ("Heron 12", 30, "", ""),
        ("Heron 12", 30, "x", "trap"),
        ("Heron 12", None, "", "old"),
        ("Heron 12", MOST_SECONDS + 1, "", "old"),
        ("Heron 12", LEAST_SECONDS - 0.5, "", "fast"),
        ("casino.example.com", 30, "", "link"),
        ("write to me@example.org", 30, "", "link"),
        ("Dr. Owl, 3.5 years", 30, "", ""),
    ],
)
def test_why_a_form_is_not_taken(words, seconds, trap, code):
    assert judge_sending(words, seconds=seconds, trap=trap) == code


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs"]), max_size=40))
def test_names_of_any_script_are_taken(name):
    assert judge_sending(name, seconds=60, trap="") == ""
