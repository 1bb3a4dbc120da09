"""Ids in the order of time (RFC 9562, section 5.7)."""

import time
import uuid
from itertools import pairwise

from alongside.audit.ids import time_ordered_id


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
