"""Who signs (42 CFR 2.14, 2.15), how long it lasts, and from when it can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.consent import Posture, may_take_back, state_at, who_signs

NOW = datetime(2026, 11, 29, tzinfo=UTC)
STRICTEST = Posture()
STATE = Posture(minor_alone_from=12)


@pytest.mark.parametrize(
    ("posture", "age", "signs"),
    [
        (STRICTEST, 18, "self"),
        (STRICTEST, 17, "minor_and_parent"),
        (STRICTEST, None, "self"),
        (STATE, 17, "minor_alone"),
        (STATE, 12, "minor_alone"),
        (STATE, 11, "minor_and_parent"),
        (STATE, 18, "self"),
        (Posture(majority_age=19), 18, "minor_and_parent"),
        (Posture(majority_age=19), 19, "self"),
    ],
)
def test_who_signs(posture, age, signs):
    assert who_signs(posture, age=age) == signs


def test_a_guardian_or_an_executor_signs_only_when_named():
    assert who_signs(STRICTEST, age=40, represented_by="guardian") == "guardian"
    assert who_signs(STATE, age=14, represented_by="survivor") == "survivor"
    with pytest.raises(ValueError, match="parent"):
        who_signs(STRICTEST, age=14, represented_by="parent")


def test_the_strictest_law_holds_until_somebody_says_otherwise():
    assert (STRICTEST.part2, STRICTEST.minor_alone_from) == ("program", None)


def test_a_day_that_is_over_ends_it_whether_or_not_somebody_noted_it():
    assert state_at("active", NOW, NOW) == "expired"
    assert state_at("active", NOW + timedelta(microseconds=1), NOW) == "active"
    assert state_at("active", None, NOW) == "active"
    assert state_at("draft", NOW, NOW) == "draft"
    assert state_at("revoked", None, NOW) == "revoked"


def test_everything_stops_at_once_but_what_the_law_lets_be_held():
    assert may_take_back(False, None, NOW)
    assert may_take_back(True, NOW, NOW)
    assert not may_take_back(True, NOW + timedelta(microseconds=1), NOW)
    assert may_take_back(True, None, NOW)
    assert may_take_back(False, NOW + timedelta(days=1), NOW)
