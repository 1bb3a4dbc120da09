"""When a run waits: only for a better place that is likely and near, and never in a hurry or in a thin market."""

import random
from math import exp
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.people import dante, lists, rosa

from alongside.rules.matching import DEFAULT_POLICY, propose
from alongside.rules.matching.rolling import RollingPolicy, decide, expect_gain, rate_places, waiting_cost

ROLLING = RollingPolicy()


def choice_of_peers():
    """Four peers who fit well and have no place, and one who fits poorly and has."""
    return [dante(id=f"near{k}", age=34, places_free=0) for k in range(4)] + [
        dante(id="poor", age=70, pathways=frozenset({"faith"}), life_stages=frozenset({"retired"}))
    ]


def one(seeker, serving, rates, rolling=ROLLING):
    (decision,) = decide([seeker], serving, DEFAULT_POLICY, rolling, rates)
    return decision


OFTEN = {f"near{k}": 0.2 for k in range(4)}


def test_a_much_better_place_that_comes_up_often_is_waited_for():
    decision = one(rosa(), choice_of_peers(), OFTEN)
    assert (decision.act, decision.code, decision.peer_id) == (False, "better_is_near", "poor")
    assert decision.gain > decision.cost > 0


def test_where_places_seldom_come_up_nobody_waits():
    decision = one(rosa(), choice_of_peers(), dict.fromkeys(OFTEN, 0.001))
    assert (decision.act, decision.code) == (True, "good_enough")
    assert one(rosa(), choice_of_peers(), {}).act


def test_the_best_fit_at_hand_is_taken():
    serving = [dante(id=f"near{k}", age=34, places_free=1) for k in range(5)]
    decision = one(rosa(), serving, dict.fromkeys((p.id for p in serving), 5.0))
    assert (decision.act, decision.gain) == (True, 0)


@pytest.mark.parametrize(
    ("changes", "code"), [({"urgency": 1}, "urgent"), ({"waiting_days": ROLLING.longest_wait_days}, "waited_enough")]
)
def test_who_must_not_wait_does_not(changes, code):
    decision = one(rosa(**changes), choice_of_peers(), OFTEN)
    assert (decision.act, decision.code) == (True, code)


def test_a_thin_market_is_not_waited_in():
    decision = one(rosa(), choice_of_peers()[2:], OFTEN)
    assert (decision.act, decision.code) == (True, "few_peers")


def test_who_else_wants_the_better_place_makes_it_less_likely():
    rivals = [rosa(id=f"z{k}") for k in range(12)]
    sometimes = dict.fromkeys(OFTEN, 0.03)
    alone = one(rosa(waiting_days=5), choice_of_peers(), sometimes)
    crowd = decide([rosa(waiting_days=5), *rivals], choice_of_peers(), DEFAULT_POLICY, ROLLING, sometimes)
    assert alone.code == "better_is_near"
    assert [d.code for d in crowd if d.code != "no_place"] == ["good_enough"]
    assert crowd[0].gain < alone.gain


def test_a_higher_price_of_waiting_ends_it():
    dear = RollingPolicy(points_per_day=10)
    assert one(rosa(), choice_of_peers(), OFTEN, dear).act
    leaves = RollingPolicy(gives_up_per_day=0.5)
    assert one(rosa(), choice_of_peers(), OFTEN, leaves).act


@settings(max_examples=30, deadline=None)
@given(lists(), st.floats(0, 2))
def test_everybody_is_answered_and_the_pairs_are_those_of_the_run(people, rate):
    waiting, serving, exclusions = people
    found = decide(waiting, serving, DEFAULT_POLICY, ROLLING, dict.fromkeys((p.id for p in serving), rate), exclusions)
    assert [d.seeker_id for d in found] == sorted(s.id for s in waiting)
    pairs = {(d.seeker_id, d.peer_id, d.milli) for d in found if d.peer_id}
    result = propose(waiting, serving, DEFAULT_POLICY, exclusions)
    assert pairs == {(a.seeker_id, a.peer_id, a.milli) for a in result.assignments}
    assert all(d.act == (d.code in ("urgent", "waited_enough", "few_peers", "good_enough")) for d in found)


def test_the_expected_gain_by_trying():
    hopes = [(60_000, 0.3), (90_000, 0.1), (55_000, 1.0), (40_000, 3.0)]
    chance, runs = random.Random(6), 40_000
    gains = [
        max(0, max((fit for fit, number in hopes if chance.random() < 1 - exp(-number)), default=0) - 50_000)
        for _ in range(runs)
    ]
    assert expect_gain(50_000, hopes) == pytest.approx(fmean(gains), rel=0.03)
    assert expect_gain(90_000, hopes) == 0


def test_the_cost_of_waiting_by_hand():
    rolling = RollingPolicy(look_days=2, points_per_day=1.5, gives_up_per_day=0.1)
    assert waiting_cost(50_000, rolling) == pytest.approx(3 + 0.19 * 50)


def test_rates_are_drawn_toward_the_mean():
    serving = [dante(id=name) for name in ("busy", "calm", "new")]
    rates = rate_places({"busy": 9, "calm": 0}, 90, serving, prior_days=90)
    mean = 9 / 270
    assert rates["busy"] == pytest.approx((9 + 90 * mean) / 180)
    assert 0 < rates["calm"] == rates["new"] < mean < rates["busy"]
    assert sum(rates.values()) == pytest.approx(9 / 90)
    assert rate_places({}, 0, serving, 90) == dict.fromkeys(("busy", "calm", "new"), 0.0)
    with pytest.raises(ValueError):
        rate_places({"busy": -1}, 90, serving, 90)


@pytest.mark.parametrize(
    "changes", [{"look_days": 0}, {"points_per_day": -1}, {"gives_up_per_day": 1}, {"few_peers": -1}]
)
def test_a_policy_out_of_range_is_refused(changes):
    with pytest.raises(ValueError):
        RollingPolicy(**changes)
