"""The list an intermediary owes: its clock and its reminders, at the edges of their days (§2.24)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.accounting import INTERMEDIARY_DAYS
from alongside.rules.passed_on import SENT_HOW, clock_of, due_on, goes_back_to, is_within, reminder_for

DAY = date(2026, 11, 1)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))


@pytest.mark.parametrize(
    ("how", "due"), [("handed", "2026-12-01"), ("electronic", "2026-12-01"), ("post", "2026-12-06")]
)
def test_thirty_days_run_from_the_day_on_which_it_is_there(how, due):
    assert due_on(asked_on=DAY, sent_how=how).isoformat() == due


@given(DAYS, st.sampled_from(sorted(SENT_HOW)), st.integers(0, 60))
def test_the_day_on_which_they_got_it_decides_however_it_went(asked, how, later):
    received = asked + timedelta(days=later)
    due = due_on(asked_on=asked, sent_how=how, received_on=received)
    assert due - received == timedelta(days=INTERMEDIARY_DAYS)


def test_the_day_itself_is_not_late_and_the_next_is():
    assert [clock_of(DAY + timedelta(days=days), DAY) for days in (-6, -5, 0, 1)] == ["waits", "soon", "soon", "late"]


@pytest.mark.parametrize(
    ("days", "code"),
    [(-6, None), (-5, "before"), (0, "before"), (1, "late"), (14, "late"), (15, "late_again"), (28, "late_again"),
     (29, "late_still"), (42, "late_still"), (43, None), (400, None)],
)  # fmt: skip
def test_reminders_come_before_and_after_the_day_and_end(days, code):
    assert reminder_for(DAY + timedelta(days=days), DAY) == code


@given(DAYS, st.integers(-40, 100))
def test_a_reminder_that_it_is_late_is_never_sent_to_who_is_in_time(due, days):
    today = due + timedelta(days=days)
    code = reminder_for(today, due)
    assert (code or "").startswith("late") <= (clock_of(today, due) == "late")
    assert (code == "before") == (clock_of(today, due) == "soon")


def test_nothing_is_passed_on_before_it_was_signed_or_tomorrow():
    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=3), DAY + timedelta(days=4)]
    assert [is_within(day, signed_on=DAY, today=DAY + timedelta(days=3)) for day in days] == [False, True, True, False]


@given(DAYS)
def test_they_tell_of_three_years(asked):
    assert goes_back_to(asked).year == asked.year - 3
