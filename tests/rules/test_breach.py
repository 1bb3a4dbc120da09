"""Presumed to be a breach; clocks of 60 days, and who hears of it by number (45 CFR 164.402-408)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.breach import (
    DAYS,
    DECISIONS,
    FACTORS,
    TOLL_FREE,
    Delay,
    Posted,
    State,
    delay_refused,
    delayed_until,
    is_toll_free,
    list_clocks,
    list_missing,
    may_close,
    name_in,
    warn_step,
)
from alongside.rules.breach_letter import ELEMENTS, HEADINGS, POSTED, TEXTS, VERSION, write_letter, write_posting

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


DONE = replace(STATE, untold=0, hhs_told=True, decision="breach")


def test_it_is_closed_when_decided_and_done():
    assert not may_close(STATE, SOON) and not may_close(replace(STATE, untold=0, hhs_told=True), SOON)
    assert may_close(DONE, SOON)
    assert may_close(replace(STATE, decision="low_probability"), SOON) and DECISIONS == ("low_probability", "breach")
    assert not may_close(replace(STATE, decision="breach"), SOON)


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
    for version in (*HEADINGS.values(), *TEXTS.values(), *POSTED.values()):
        assert version["en"].keys() == version["es"].keys()
    assert VERSION == max(HEADINGS) == max(TEXTS) == max(POSTED)


@pytest.mark.parametrize(
    ("kind", "days", "refused"),
    [("spoken", -1, "order"), ("written", -1, "order"), ("spoken", 0, ""), ("spoken", 30, ""),
     ("spoken", 31, "too_long"), ("written", 31, ""), ("written", 3 * 365, ""), ("written", 3 * 365 + 1, "too_long")],
)  # fmt: skip
def test_by_word_of_mouth_they_may_ask_for_thirty_days(kind, days, refused):
    assert delay_refused(kind, FOUND, FOUND + timedelta(days=days)) == refused


def test_no_clock_ends_within_a_delay_and_each_goes_on_after_it():
    within = Delay("written", SOON - timedelta(days=5), 10)
    (people, yearly) = list_clocks(replace(STATE, delays=(within,)))
    assert (people.due_on, people.held) == (within.until + timedelta(days=1), True)
    assert (yearly.due_on, yearly.held) == (YEARLY, False)
    assert codes(delays=(Delay("spoken", FOUND, 30),)) == codes(), "it was over before the clock ended"
    second = Delay("written", within.until, 20)
    assert list_clocks(replace(STATE, delays=(second, within)))[0].due_on == second.until + timedelta(days=1)
    late = Delay("written", SOON + timedelta(days=1), 10)
    assert codes(delays=(late,)) == codes(), "what was late before anybody asked stays late"


@given(st.lists(st.builds(Delay, st.just("written"), st.integers(0, 200).map(lambda n: FOUND + timedelta(days=n)),
                          st.integers(0, 90)), max_size=6))  # fmt: skip
def test_a_delay_makes_no_clock_shorter_and_none_ends_in_one(delays):
    before = dict(codes())
    for clock in list_clocks(replace(STATE, delays=tuple(delays))):
        assert clock.due_on >= before[clock.code] and clock.held == (clock.due_on != before[clock.code])
        assert not clock.held or delayed_until([one for one in delays if one.asked_on <= before[clock.code]],
                                               clock.due_on) is None  # fmt: skip


def test_during_a_delay_nobody_is_told_and_after_it_they_are():
    delays = [Delay("spoken", FOUND, 3), Delay("written", FOUND + timedelta(days=2), 5)]
    days = {number: delayed_until(delays, FOUND + timedelta(days=number)) for number in (-1, 0, 3, 7, 8)}
    assert days == {-1: None, 0: delays[0].until, 3: delays[1].until, 7: delays[1].until, 8: None}


@pytest.mark.parametrize(
    ("unreached", "posted", "due"),
    [(9, None, False), (10, None, True), (10, Posted(FOUND, FOUND + timedelta(days=90)), False)],
)
def test_ten_whom_no_letter_reaches_are_told_for_all_to_see(unreached, posted, due):
    assert (("substitute", SOON) in codes(affected=20, untold=0, unreached=unreached, posted=posted)) == due


def test_it_stays_open_while_the_notice_stands():
    posted = Posted(FOUND, FOUND + timedelta(days=90))
    stands = replace(DONE, unreached=10, affected=20, posted=posted)
    assert not may_close(stands, posted.until) and may_close(stands, posted.until + timedelta(days=1))
    assert may_close(replace(stands, decision="low_probability"), posted.until)


def test_a_number_that_costs_nothing():
    assert all(is_toll_free(f"1-{code}-555-0100") and is_toll_free(f"({code}) 555.0100") for code in TOLL_FREE)
    for wrong in (
        "",
        "800",
        "916-555-0100",
        "800-555-010",
        "800-555-01000",
        "2-800-555-0100",
        "٨٠٠5550100",
        "800-555-01a0",
    ):
        assert not is_toll_free(wrong), wrong


def test_a_name_is_found_as_a_word():
    assert name_in("We saw Rosa Cruz there", ["Dante", "Rosa Cruz"]) == "Rosa Cruz"
    assert name_in("(José)", [" José "]) == "José"
    for words, name in (
        ("Santa Rosalia", "Rosa"),
        ("A bag was lost", "A"),
        ("rosa", "Rosa"),
        ("x", ""),
        ("a.c", "abc"),
    ):
        assert name_in(words, [name]) == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_notice_for_all_has_every_element_and_its_number(language):
    words = {name: text for name, text in WORDS.items() if name != "contact"}
    title, opening, parts = write_posting(
        language, happened="May 1", discovered="May 2", words=words, information="Name", number="888-555-0100",
        until="July 31",
    )  # fmt: skip
    assert title and opening and [heading for heading, _text in parts] == list(HEADINGS[1][language].values())
    whole = " ".join(text for _heading, text in parts)
    for word in (*words.values(), "May 1", "May 2", "Name", "888-555-0100", "July 31"):
        assert word in whole
