"""Compiled, the kernels say what they say uncompiled. Half a minute where nothing lies compiled yet: `conftest`."""

import json

import numpy as np
import pytest
from benchmarks.matching.lists import make_list, make_policy
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.as_arrays import BREAKS, POLICIES, any_lists, by_kernel, by_rules, by_scan
from tests.rules.matching.people import dante, lists, rosa
from tests.rules.matching.test_exact import build, check_proof, instances

from alongside.rules.matching import DEFAULT_POLICY, candidates, compiled, flow, kernel, opening, propose, settling
from alongside.rules.matching.compiled import choose, fast, folder_of_cache, is_warm, plain
from alongside.rules.matching.exact import solve_pairs
from alongside.rules.matching.scan import ROUGH
from alongside.rules.matching.scanning import Scan
from alongside.rules.matching.solving import solve
from alongside.rules.matching.table import make_rows, make_table

pytestmark = [pytest.mark.xdist_group("compiled"), pytest.mark.usefixtures("warmed")]


def test_where_everything_is_warm_nothing_is_compiled_any_more():
    assert is_warm()
    solve(*make_list(900, 700, places_each=0.8), make_policy(), floor=60_000)
    solve(*make_list(30, 20), make_policy())
    people = [rosa(id=f"s{i:03}", age=20 + i % 50) for i in range(210)]
    propose(people, [dante(id=f"p{j:03}", age=20 + j % 60) for j in range(200)], DEFAULT_POLICY)
    for module in (kernel, candidates, flow, settling, opening):
        for entry in module.ENTRIES:
            assert len(getattr(fast(module), entry).signatures) == 1, entry


def test_without_the_mark_or_with_another_one_no_list_is_given_compiled_code(monkeypatch):
    assert choose(10**9) is fast
    assert choose(100) is plain
    mark = folder_of_cache() / compiled.WARM
    monkeypatch.setattr(compiled, "WARM", "none.json")
    assert choose(10**9) is plain
    other = json.loads(mark.read_text())
    other["versions"][0] = "0"
    mark.with_name("other.json").write_text(json.dumps(other))
    monkeypatch.setattr(compiled, "WARM", "other.json")
    assert choose(10**9) is plain
    mark.with_name("other.json").unlink()


@settings(max_examples=100, deadline=None)
@given(people=any_lists(), policy=st.sampled_from(POLICIES))
def test_a_pair_is_decided_and_a_scan_finds_it_as_the_rules_say(people, policy):
    seekers, peers, exclusions = people
    expected = by_rules(seekers, peers, policy, exclusions)
    assert by_kernel(seekers, peers, policy, exclusions, fast) == expected
    assert by_scan(seekers, peers, policy, exclusions) == expected


@settings(max_examples=40, deadline=None)
@given(people=lists(), policy=st.sampled_from(POLICIES))
def test_people_of_the_story_are_scanned_alike(people, policy):
    seekers, peers, exclusions = people
    assert by_scan(seekers, peers, policy, exclusions) == by_rules(seekers, peers, policy, exclusions)


@pytest.mark.parametrize("name", [*BREAKS, "secret"])
def test_each_hard_constraint_holds_in_a_scan(name):
    of_rosa, of_dante = BREAKS.get(name, ({}, {}))
    exclusions = frozenset({("rosa", "dante")}) if name == "secret" else frozenset()
    assert by_scan([rosa()], [dante()], DEFAULT_POLICY, frozenset())[0] > 0
    assert by_scan([rosa(**of_rosa)], [dante(**of_dante), dante(id="another")], DEFAULT_POLICY, exclusions)[0] == -1


def test_the_rough_fit_is_never_off_by_more_than_it_says():
    people, peers = make_list(60, 700, seed=3)
    scan = Scan(people, make_rows(people), make_table(peers), make_policy(), 0, 1)
    found, milli, *_ = scan.best(np.arange(60), 700)
    # What is left after asking for more than the exact fit less the margin, and for less than it plus the margin.
    least = np.where(found >= 0, milli, 200_000).min(axis=1) - ROUGH
    again = scan.best(np.arange(60), 700, least=least)
    assert np.array_equal(found, again.peer)


@settings(max_examples=60, deadline=None)
@given(instance=instances(30, 8))
def test_the_solver_gives_the_same_answer_with_the_same_proof(instance):
    market, pairs = build(instance)
    one, other = (solve_pairs(market, pairs, run) for run in (plain, fast))
    for mine, theirs in zip(one[:4], other[:4], strict=True):
        assert np.array_equal(mine, theirs)
    check_proof(market, pairs, other)
