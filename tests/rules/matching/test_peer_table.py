"""A peer table answers as `shortlist` does, and soon enough for a page."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.people import dante, lists, rosa

from alongside.rules.matching import DEFAULT_POLICY, shortlist
from alongside.rules.matching.peer_table import PeerTable

pytestmark = [pytest.mark.xdist_group("compiled"), pytest.mark.usefixtures("warmed")]


@settings(max_examples=60, deadline=None)
@given(lists(2, 8), st.integers(1, 4))
def test_the_same_peers_with_the_same_reasons(people, k):
    waiting, serving, exclusions = people
    table = PeerTable(serving, DEFAULT_POLICY)
    for seeker in waiting:
        expected = shortlist(seeker, serving, DEFAULT_POLICY, exclusions, k).candidates
        assert table.shortlist(seeker, exclusions, k) == expected


def test_ties_beyond_what_a_rough_scan_keeps_are_told_by_id():
    serving = [dante(id=f"p{j:03}") for j in range(300)]
    found = PeerTable(serving[::-1], DEFAULT_POLICY).shortlist(rosa(interests=frozenset({"knitting"})), k=3)
    assert [candidate.peer_id for candidate in found] == ["p000", "p001", "p002"]


def test_five_of_two_thousand_in_milliseconds():
    table = PeerTable([dante(id=f"p{j:04}", age=18 + j % 60) for j in range(2000)], DEFAULT_POLICY)
    table.shortlist(rosa())
    started = process_time()
    for days in range(20):
        assert len(table.shortlist(rosa(waiting_days=days, age=20 + days))) == 5
    assert (process_time() - started) / 20 < 0.1
