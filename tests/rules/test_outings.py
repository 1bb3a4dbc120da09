"""What changed about something saved, and to what somebody may be asked along."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.outings import LATEST, find_changes, mark_of, may_ask, plan_left

COPY = {
    "name": "Noon", "days": [1, 3], "starts": 720, "ends": 780, "zone": "UTC", "place": "Hall", "address": "1 Main St",
    "online_url": "", "online_phone": "", "city": "Riverbend", "source": "Intergroup", "is_closed": False,
}  # fmt: skip


def test_the_same_is_no_change():
    assert find_changes(COPY, dict(COPY)) == ()
    assert find_changes(COPY, COPY | {"city": "Elsewhere", "source": "Another"}) == ()


@pytest.mark.parametrize(
    "other, codes",
    [
        ({"days": [2]}, ("time",)), ({"ends": 790}, ("time",)), ({"zone": "America/New_York"}, ("time",)),
        ({"address": "2 Main St"}, ("place",)), ({"online_url": "https://example.org"}, ("online",)),
        ({"name": "Midday"}, ("name",)), ({"is_closed": True}, ("closed",)),
        ({"is_closed": True, "starts": 700, "name": "X"}, ("closed", "time", "name")),
    ],
)  # fmt: skip
def test_each_change_has_its_code_and_another_mark(other, codes):
    assert find_changes(COPY, COPY | other) == codes
    assert mark_of(COPY | other) != mark_of(COPY)


def test_what_is_listed_no_longer_is_gone():
    assert find_changes(COPY, None) == ("gone",)
    assert mark_of(None) == "gone"


def test_only_what_is_ahead_and_near_may_be_asked_for():
    now = datetime(2026, 6, 2, 12, tzinfo=UTC)
    assert not may_ask(None, now)
    assert not may_ask(now, now), "it begins now"
    assert may_ask(now + timedelta(minutes=1), now)
    assert may_ask(now + LATEST, now)
    assert not may_ask(now + LATEST + timedelta(minutes=1), now)


def test_of_a_plan_the_days_stay_that_are_still_days():
    assert plan_left([5, 1], [1, 2, 5]) == [1, 5]
    assert plan_left([4], [1]) == []
