"""Ids in the order of time (RFC 9562, section 5.7)."""

import time
import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from alongside.audit.ids import first_id, time_ordered_id


def test_they_are_version_7_and_of_now():
    before = time.time_ns() // 1_000_000
    made = time_ordered_id()
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_later_ones_sort_later_and_none_comes_twice():
    made = []
    for _ in range(4):
        made.append([time_ordered_id() for _ in range(500)])
        time.sleep(0.002)
    assert len({one for some in made for one in some}) == 2000
    assert all(max(earlier) < min(later) for earlier, later in pairwise(made))


def test_a_range_of_time_begins_at_the_lowest_id_of_its_moment():
    moment = datetime(2026, 11, 29, 18, 0, 0, 250_000, tzinfo=UTC)
    before, after = first_id(moment - timedelta(milliseconds=1)), first_id(moment + timedelta(milliseconds=1))
    assert before < first_id(moment) < after
    assert first_id(moment).int >> 80 == int(moment.timestamp() * 1000)
    made = time_ordered_id()
    at = datetime.fromtimestamp((made.int >> 80) / 1000, UTC)
    assert first_id(at) <= made < first_id(at + timedelta(milliseconds=1))
