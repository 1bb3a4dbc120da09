"""Who may be let in to help, for how long, and whether it is still so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import support

NOW = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
FITS = support.Account(is_active=True, has_second_factor=True, works_here=False, was_served=False)


def test_an_account_of_somebody_outside_with_a_second_step_may():
    assert support.may_be_let_in(FITS)


@pytest.mark.parametrize("name", ["is_active", "has_second_factor", "works_here", "was_served"])
def test_one_thing_that_does_not_fit_is_enough(name):
    assert not support.may_be_let_in(replace(FITS, **{name: not getattr(FITS, name)}))


def test_an_address_without_an_account_is_no_other_no():
    assert support.may_be_let_in(None) is support.may_be_let_in(replace(FITS, has_second_factor=False)) is False


def test_the_times_to_choose_from_end_with_the_longest():
    assert [support.ends_at(NOW, minutes) - NOW for minutes in support.MINUTES] == [
        timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4),
    ]  # fmt: skip
    assert timedelta(minutes=max(support.MINUTES)) == support.LONGEST


@given(st.integers(-1000, 100_000))
def test_no_other_time_is_given(minutes):
    if minutes in support.MINUTES:
        assert support.is_whole(NOW, support.ends_at(NOW, minutes))
    else:
        with pytest.raises(support.TimeNotOffered):
            support.ends_at(NOW, minutes)


@given(st.timedeltas(timedelta(days=-1), timedelta(days=1)))
def test_a_time_is_longer_than_nothing_and_four_hours_at_most(span):
    assert support.is_whole(NOW, NOW + span) == (0 < span.total_seconds() <= 4 * 3600)


def test_it_is_open_from_its_first_moment_to_the_one_before_its_last():
    until, a_moment = NOW + timedelta(hours=1), timedelta(microseconds=1)
    at = {now: support.state_of(NOW, until, None, now) for now in (NOW - a_moment, NOW, until - a_moment, until)}
    assert list(at.values()) == ["over", "live", "live", "over"]


def test_what_was_closed_stays_closed_whatever_the_clock_says():
    until = NOW + timedelta(hours=1)
    for now in (NOW, NOW + timedelta(minutes=10), until + timedelta(days=1)):
        assert support.state_of(NOW, until, NOW + timedelta(minutes=5), now) == "ended"
        assert support.state_of(NOW, until, until, now) == "over", "closed by its time"
