"""Presumed to be a breach; clocks of 60 days, and who hears of it by number (45 CFR 164.402-408)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.breach import DAYS, DECISIONS, FACTORS, State, list_clocks, list_missing, may_close, warn_step
from alongside.rules.breach_letter import ELEMENTS, HEADINGS, TEXTS, VERSION, write_letter

FOUND = date(2026, 3, 2)
STATE = State(FOUND, affected=3, untold=3)


def codes(**change) -> list[tuple[str, date]]:
    return [(one.code, one.due_on) for one in list_clocks(replace(STATE, **change))]


SOON, YEARLY = date(2026, 5, 1), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("change", "clocks"),
    [
        ({}, [("people", SOON), ("hhs_yearly", YEARLY)]),
        ({"decision": "breach"}, [("people", SOON), ("hhs_yearly", YEARLY)]),
        ({"decision": "low_probability"}, []),
        ({"untold": 0}, [("hhs_yearly", YEARLY)]),
        ({"untold": 0, "hhs_told": True}, []),
        ({"affected": 0, "untold": 0}, [("people", SOON), ("hhs_yearly", YEARLY)]),
        ({"affected": 499}, [("people", SOON), ("hhs_yearly", YEARLY)]),
        ({"affected": 500}, [("people", SOON), ("hhs", SOON)]),
        ({"affected": 501}, [("people", SOON), ("hhs", SOON), ("media", SOON)]),
        ({"affected": 501, "media_told": True, "hhs_told": True}, [("people", SOON)]),
    ],
)
def test_what_is_still_to_be_done_until_when(change, clocks):
    assert codes(**change) == clocks


def test_sixty_days_and_the_end_of_the_year_of_discovery():
    assert FOUND + DAYS == SOON
    (yearly,) = [
        one for one in list_clocks(replace(STATE, discovered_on=date(2027, 12, 31))) if one.code == "hhs_yearly"
    ]
    assert yearly.due_on == date(2028, 2, 29)


@given(st.integers(-400, 400))
def test_a_warning_has_a_new_name_at_each_step_and_on_each_day_overdue(left):
    step = warn_step(FOUND, FOUND - timedelta(days=left))
    if left > 30:
        assert step == ""
    elif left < 0:
        assert step == f"late{-left}"
    else:
        assert int(step) >= left and step in ("30", "14", "7", "3", "1")


def test_it_is_closed_when_decided_and_done():
    assert not may_close(STATE) and not may_close(replace(STATE, untold=0, hhs_told=True))
    assert may_close(replace(STATE, untold=0, hhs_told=True, decision="breach"))
    assert may_close(replace(STATE, decision="low_probability")) and DECISIONS == ("low_probability", "breach")
    assert not may_close(replace(STATE, decision="breach"))


def test_every_factor_needs_words():
    assert list_missing({}) == list(FACTORS)
    assert list_missing(dict.fromkeys(FACTORS, "x") | {"who_got_it": " "}) == ["who_got_it"]
    assert list(FACTORS.values()) == [f"164.402(2)({number})" for number in ("i", "ii", "iii", "iv")]


WORDS = {"what_happened": "A bag was lost", "protect_yourself": "Be careful", "what_we_do": "We look", "contact": "800"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_letter_has_every_element(language):
    opening, parts = write_letter(language, happened="May 1", discovered="May 2", words=WORDS, information="Your name")
    assert opening and len(parts) == len(ELEMENTS) == 5
    whole = " ".join(text for _heading, text in parts)
    for word in (*WORDS.values(), "May 1", "May 2", "Your name"):
        assert word in whole
    _opening, unknown = write_letter(language, happened="", discovered="May 2", words=WORDS, information="x")
    assert "May 2" in unknown[0][1] and "May 1" not in unknown[0][1]
    with pytest.raises(KeyError):
        write_letter(language, happened="", discovered="", words={}, information="")


def test_the_texts_are_alike_in_both_languages():
    for version in (*HEADINGS.values(), *TEXTS.values()):
        assert version["en"].keys() == version["es"].keys()
    assert VERSION == max(HEADINGS) == max(TEXTS)
