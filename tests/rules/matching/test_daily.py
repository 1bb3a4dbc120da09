"""The policy of a daily run: off at first, due once the program's clock says so, and never a strange value."""

from datetime import UTC, date, datetime

import pytest

from alongside.rules.matching.daily import DailyPolicy
from alongside.rules.matching.rolling_policy import RollingPolicy
from alongside.rules.policy_values import PolicyInvalid


def test_it_is_off_at_first_and_keeps_nobody_back():
    policy = DailyPolicy()
    assert policy.due_day(datetime(2026, 3, 1, 23, 59, tzinfo=UTC)) is None and policy.rolling is None
    assert DailyPolicy.from_values(policy.to_values()) == policy


def test_the_day_is_due_from_its_hour_on():
    policy = DailyPolicy.from_values({"daily": True, "at_hour": 8})
    hours = [policy.due_day(datetime(2026, 3, 1, hour, tzinfo=UTC)) for hour in (7, 8, 23)]
    assert hours == [None, date(2026, 3, 1), date(2026, 3, 1)]


def test_keeping_back_takes_its_thresholds_from_the_policy():
    policy = DailyPolicy.from_values({"keep_back": True, "look_days": 5, "longest_wait_days": 20, "few_peers": 1})
    assert policy.rolling == RollingPolicy(look_days=5, longest_wait_days=20, few_peers=1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "not_an_object"),
        ({"weekly": True}, "unknown_field"),
        ({"daily": 1}, "not_yes_or_no"),
        ({"at_hour": True}, "not_a_whole_number"),
        ({"at_hour": 24}, "out_of_range"),
        ({"look_days": 0}, "out_of_range"),
    ],
)
def test_strange_values_are_refused(values, code):
    with pytest.raises(PolicyInvalid) as refused:
        DailyPolicy.from_values(values)
    assert refused.value.code == code
