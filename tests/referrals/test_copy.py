"""What stands of it in the copy that Rosa takes: each turn with its day by the clock of the program, and why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation
from tests.story import ZONE

from alongside.referrals import actions
from alongside.retention.sections.privacy import ways

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_each_turn_has_the_day_of_the_program_and_its_reason(begin, rosa, carmen):
    evening = datetime(2026, 5, 21, 1, tzinfo=UTC)  # six o'clock of the day before, where she lives
    way = begin(way="themself", now=evening)
    actions.say(referral=way, said="declined", reason="no_room", by=carmen.actor, now=evening + HOUR)
    with timezone.override(ZONE), translation.override("en"):
        (row,) = ways(rosa.person)
    assert row["before"] == [
        "May 20, 2026: The place was chosen, by the person",
        "May 20, 2026: The place said no, noted by us (We have no room at this time)",
    ]
