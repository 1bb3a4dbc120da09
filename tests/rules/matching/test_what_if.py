"""One change at a time: what it would do, measured by the same rules before and after."""

import pytest
from tests.rules.matching.people import dante, rosa

from alongside.rules.matching import DEFAULT_POLICY, DEFAULT_WEIGHTS
from alongside.rules.matching.comparison import GETS_A_PEER
from alongside.rules.matching.what_if import Change, try_change

WAITING = [rosa(waiting_days=9), rosa(id="olu", waiting_days=2)]


def test_one_more_place_serves_one_more():
    found = try_change(WAITING, [dante()], DEFAULT_POLICY, frozenset(), Change(one_more="dante"))
    assert found.served == (1, 2) and found.counts == {GETS_A_PEER: 1}
    assert [(one.seeker_id, one.first_peer_id, one.second_peer_id) for one in found.differences] == [
        ("olu", None, "dante")
    ]


def test_other_weights_change_who_walks_with_whom_and_both_are_measured_alike():
    """Only the pathway counts: Rosa goes to Ines instead of Dante, whom the weights in force like better."""
    peers = [dante(pathways=frozenset({"faith"})), dante(id="ines", life_stages=frozenset({"student"}), age=64)]
    found = try_change([rosa()], peers, DEFAULT_POLICY, frozenset(), Change(weights={"pathway": 1}))
    (one,) = found.differences
    assert (one.first_peer_id, one.second_peer_id) == ("dante", "ines") and one.second_milli < one.first_milli
    assert found.served == (1, 1) and found.fit_mean[1] < found.fit_mean[0] <= 100_000


def test_nothing_changed_is_no_difference():
    found = try_change(WAITING, [dante()], DEFAULT_POLICY, frozenset(), Change(weights=DEFAULT_WEIGHTS))
    assert not found.differences and not Change() and Change(one_more="dante")


def test_a_stranger_and_impossible_weights_are_refused():
    for change in (Change(one_more="nobody"), Change(weights={"pathway": -1})):
        with pytest.raises(ValueError, match=r"list|weight"):
            try_change(WAITING, [dante()], DEFAULT_POLICY, frozenset(), change)
