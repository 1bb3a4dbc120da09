"""Periods, the two people that an erasing takes, and backups that expire: pure rules."""

import doctest
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.rules import retention as rules

BEGIN = datetime(1990, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 100 * 365 * 86_400).map(lambda seconds: BEGIN + timedelta(seconds=seconds))
calm = settings(suppress_health_check=[HealthCheck.too_slow])
"""The machine may be busy with something else."""

MONTHS = st.integers(1, rules.LONGEST)


def test_the_examples():
    assert doctest.testmod(rules).failed == 0


@calm
@given(MOMENTS, MONTHS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_nothing_goes_a_moment_before_its_time(now, months, earlier):
    """Whatever lies before the line may go by then, to the moment."""
    row = rules.due_before(now, months) - earlier
    assert rules.stays_until(row, months) <= now


@calm
@given(MOMENTS, MONTHS)
def test_what_may_go_is_at_most_a_few_days_late(now, months):
    """Months differ in length, so the line lies up to three days early; it never lies further."""
    row = rules.due_before(now, months) + timedelta(days=4)
    assert rules.stays_until(row, months) > now


@calm
@given(MOMENTS)
def test_six_years_are_six_years_whatever_days_lie_between(since):
    until = rules.stays_until(since, 72)
    assert until.year - since.year == 6
    assert (until.month, until.day) in {(since.month, since.day), (3, 1)}


def test_every_kind_says_how_it_goes_and_what_the_law_asks():
    for code, kind in rules.KINDS.items():
        assert kind.code == code and kind.how in rules.HOW
        assert max(1, kind.least) <= kind.months <= rules.LONGEST
        assert not kind.least or kind.law, "a least without a law is an opinion"
    assert {code for code, kind in rules.KINDS.items() if kind.least} == {"papers", "consents", "accounting"}
    assert all(rules.KINDS[kind].least >= 72 for kind in rules.SEALED.values())


@pytest.mark.parametrize("code", ["papers", "consents", "accounting"])
def test_what_was_signed_and_what_left_stays_six_years(code):
    with pytest.raises(rules.PeriodRefused) as refused:
        rules.check_period(code, 71)
    assert (refused.value.least, refused.value.most) == (72, 600)
    rules.check_period(code, 72)
    assert rules.months_of(code, {code: 3}) == 72 and rules.months_of(code, {code: 90}) == 90


@pytest.mark.parametrize("months", [0, -3, 601])
def test_a_period_has_an_end_and_a_length(months):
    with pytest.raises(rules.PeriodRefused):
        rules.check_period("notes", months)
    assert rules.months_of("notes", {}) == 84


NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(("asked", "why"), [
    (rules.Asked(works_here=True, first="a", second="b"), "works_here"),
    (rules.Asked(is_held=True, first="a", second="b"), "held"),
    (rules.Asked(), "nobody"),
    (rules.Asked(second="b"), "nobody"),
    (rules.Asked(first="a"), "waits"),
    (rules.Asked(first="a", opens_at=NOW + timedelta(seconds=1)), "waits"),
    (rules.Asked(first="a", opens_at=NOW), ""),
    (rules.Asked(first="a", second="a", opens_at=NOW), "one_person"),
    (rules.Asked(first="a", second="b"), ""),
])  # fmt: skip
def test_it_takes_two_people_or_one_and_a_day(asked, why):
    assert rules.why_not(asked, NOW) == why


@calm
@given(st.dictionaries(st.text(max_size=4), MOMENTS, max_size=8), MOMENTS, st.integers(0, 400))
def test_backups_expire_and_the_newest_stays(made_at, now, days):
    gone = rules.expired(made_at, now, days)
    left = made_at.keys() - set(gone)
    assert bool(left) == bool(made_at)
    assert all(now - made_at[name] > timedelta(days=days) for name in gone)
    old = [name for name in left if now - made_at[name] > timedelta(days=days)]
    assert len(old) <= 1, "of the old ones at most the newest is left"
    if old:
        assert made_at[old[0]] == max(made_at.values())
