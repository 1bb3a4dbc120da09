"""How long a page for a partner lives, and when it opens."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.partner_links import LONGEST_DAYS, MOST_OPENINGS, MOST_TRIES, REASONS, Page, ends_at, may_open

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
GOOD = Page("sent", NOW + timedelta(days=7), NOW + timedelta(days=3))


def test_it_opens_when_all_is_well():
    assert may_open(GOOD, NOW) and may_open(replace(GOOD, status="opened", times_opened=3), NOW)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "waiting"}, {"status": "stopped"}, {"status": "lapsed"}, {"status": "accepted"},
        {"status": "declined"}, {"status": "locked"}, {"status": "failed"}, {"wrong_tries": MOST_TRIES},
        {"times_opened": MOST_OPENINGS}, {"expires_at": NOW}, {"code_expires_at": NOW},
    ],
)  # fmt: skip
def test_one_thing_amiss_and_it_does_not(values):
    assert not may_open(replace(GOOD, **values), NOW)


def test_limits_are_those_of_the_rules():
    assert (LONGEST_DAYS, MOST_TRIES) == (14, 5)
    assert "other" in REASONS


@given(st.integers(1, 14), st.one_of(st.none(), st.integers(1, 10_000)))
def test_it_ends_with_its_days_or_its_consent(days, hours):
    consent_ends = None if hours is None else NOW + timedelta(hours=hours)
    ends = ends_at(NOW, days, consent_ends)
    assert NOW < ends <= NOW + timedelta(days=14)
    assert consent_ends is None or ends <= consent_ends
    assert ends in (NOW + timedelta(days=days), consent_ends)


@pytest.mark.parametrize("days", [0, -1, 15])
def test_other_lives_are_refused(days):
    with pytest.raises(ValueError, match="1 to 14"):
        ends_at(NOW, days, None)
