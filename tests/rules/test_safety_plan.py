"""What a safety plan still lacks, and numbers that a phone can dial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.recovery.wording import NUDGES
from alongside.rules.safety_plan import nudges, read_lines


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Ana 213-555-0142", "2135550142"),
        ("Ana (213) 555 0142, evenings", "2135550142"),
        ("Mamá +52 55 1234 5678", "+525512345678"),
        ("988", "988"),
        ("988 in the night", "988"),
        ("Ben, since 1998", ""),
        ("The bench at 12 Main Street", ""),
        ("After 17:30", ""),
        ("Ben 555-0142", "5550142"),
        ("Room 4711, then 213-555-0142", "2135550142"),
        ("ana@example.org", ""),
        ("Order no. 1234567890123456", ""),
        ("Ana 213-555-0142 or 213-555-0143", "2135550142"),
    ],
)
def test_the_first_number_of_a_line_is_found(line, number):
    assert [one.number for one in read_lines(line)] == [number]


def test_empty_lines_are_no_lines():
    assert [one.words for one in read_lines("\n Ana \r\n\n  Ben\n")] == ["Ana", "Ben"]


@given(st.text(max_size=200))
def test_whatever_is_written_is_read_and_no_word_is_lost(words):
    lines = read_lines(words)
    assert [one.words for one in lines] == [line.strip() for line in words.splitlines() if line.strip()]
    assert all(one.number == "" or one.number.lstrip("+").isdigit() for one in lines)


@pytest.mark.parametrize(
    ("parts", "asked"),
    [
        ({}, ()),
        ({"signs": " "}, ()),
        ({"signs": "I stop sleeping"}, ("no_company", "no_ask")),
        ({"company": "The library"}, ("no_ask",)),
        ({"ask": "Ana 213-555-0142"}, ("no_company",)),
        ({"company": "The library", "ask": "Ana"}, ("no_number",)),
        ({"company": "The library", "ask": "Ana\nBen 213-555-0142"}, ()),
    ],
)
def test_both_kinds_of_contact_are_asked_for(parts, asked):
    assert nudges(parts) == asked


def test_every_nudge_has_its_words():
    assert NUDGES.keys() == {"no_company", "no_ask", "no_number"}
