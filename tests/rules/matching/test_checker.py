"""The checker sees each kind of fault in a result that was good."""

from dataclasses import replace

import pytest
from tests.rules.matching.people import dante, rosa

from alongside.rules.matching import DEFAULT_POLICY, Assignment, Unmatched, propose
from alongside.rules.matching.checker import check_result

WAITING = [rosa(id="s0", waiting_days=9), rosa(id="s1")]
SERVING = [dante(id="p0"), dante(id="p1", age=90)]
GOOD = propose(WAITING, SERVING, DEFAULT_POLICY)
FIRST, SECOND = GOOD.shortlists["s0"]
PAIR = GOOD.assignments[0]


def with_shortlist(*candidates):
    return replace(GOOD, shortlists={**GOOD.shortlists, "s0": candidates})


def with_fit(**changes):
    return with_shortlist(replace(FIRST, fit=replace(FIRST.fit, **changes)), SECOND)


def test_a_good_result_is_clean():
    assert check_result(GOOD, WAITING, SERVING, DEFAULT_POLICY) == []


@pytest.mark.parametrize(
    ("result", "violation"),
    [
        (replace(GOOD, assignments=(Assignment("s9", "p0", 1),)), "unknown_id: s9 p0"),
        (with_shortlist(replace(FIRST, peer_id="p9")), "unknown_id: s0 p9"),
        (replace(GOOD, assignments=(*GOOD.assignments, PAIR)), "answered_twice: s0"),
        (replace(GOOD, unmatched=(Unmatched("s0", "no_place_left", 1, {}, {}),)), "answered_twice: s0"),
        (replace(GOOD, assignments=GOOD.assignments[1:]), "not_answered: s0"),
        (replace(GOOD, shortlists={"s0": GOOD.shortlists["s0"]}), "no_shortlist: s1"),
        (replace(GOOD, assignments=(PAIR, replace(PAIR, seeker_id="s1"))), f"over_capacity: {PAIR.peer_id}"),
        (with_shortlist(replace(FIRST, is_assigned=False), SECOND), "assigned_not_first: s0"),
        (replace(GOOD, assignments=(replace(PAIR, milli=1), GOOD.assignments[1])), "assigned_not_first: s0"),
        (with_shortlist(FIRST, replace(FIRST, rank=2, is_assigned=False)), "shortlist_malformed: s0"),
        (with_shortlist(FIRST, replace(SECOND, rank=3)), "shortlist_malformed: s0"),
        (with_fit(milli=1), "score_differs: s0 " + FIRST.peer_id),
        (with_fit(contributions=FIRST.fit.contributions[1:]), "contributions_do_not_add_up: s0 " + FIRST.peer_id),
        (replace(GOOD, contested=()), "contested_wrong: p0"),
    ],
)
def test_fault_is_seen(result, violation):
    assert violation in check_result(result, WAITING, SERVING, DEFAULT_POLICY)


def test_shortlist_longer_than_promised_is_seen():
    assert "shortlist_malformed: s0" in check_result(GOOD, WAITING, SERVING, DEFAULT_POLICY, k=1)


def test_alternatives_out_of_order_are_seen():
    serving = [*SERVING, dante(id="p2", age=34)]
    good = propose(WAITING, serving, DEFAULT_POLICY)
    first, second, third = good.shortlists["s0"]
    swapped = replace(third, rank=2), replace(second, rank=3)
    bad = replace(good, shortlists={**good.shortlists, "s0": (first, *swapped)})
    assert check_result(bad, WAITING, serving, DEFAULT_POLICY) == ["shortlist_not_ranked: s0"]


def test_broken_constraint_is_seen_but_not_which():
    excluded = frozenset({("s0", FIRST.peer_id)})
    found = check_result(GOOD, WAITING, SERVING, DEFAULT_POLICY, excluded)
    assert f"constraint_broken: not_available s0 {FIRST.peer_id}" in found
