"""The kernels, uncompiled, say exactly what the rules say, for every pair. `test_compiled` asks the compiled ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.matching.as_arrays import BREAKS, POLICIES, any_lists, by_kernel, by_rules, compiled
from tests.rules.matching.people import DANTE, ROSA, dante, like, rosa

from alongside.rules.matching import DEFAULT_POLICY
from alongside.rules.matching.arrays import check_arrays
from alongside.rules.matching.compiled import plain
from alongside.rules.matching.compiling import compile_peers, make_codebook
from alongside.rules.matching.errors import TooManyValues, WrongArrays


@settings(max_examples=100, deadline=None)
@given(people=any_lists(), policy=st.sampled_from(POLICIES))
def test_a_pair_of_rows_is_decided_as_the_rules_decide_it(people, policy):
    seekers, peers, exclusions = people
    assert by_kernel(seekers, peers, policy, exclusions, plain) == by_rules(seekers, peers, policy, exclusions)


@pytest.mark.parametrize("name", [*BREAKS, "secret"])
def test_each_hard_constraint_holds_in_the_kernel(name):
    of_rosa, of_dante = BREAKS.get(name, ({}, {}))
    exclusions = frozenset({("rosa", "dante")}) if name == "secret" else frozenset()
    assert by_kernel([rosa()], [dante()], DEFAULT_POLICY, frozenset(), plain)[0] > 0
    broken = by_kernel([rosa(**of_rosa)], [dante(**of_dante), dante(id="another")], DEFAULT_POLICY, exclusions, plain)
    assert broken[0] == -1


def test_too_many_values_of_one_list_are_refused():
    with pytest.raises(TooManyValues, match="interest"):
        make_codebook([rosa(interests=frozenset(f"interest_{n}" for n in range(60)))], [dante()])


def test_wrong_arrays_are_named():
    people, _, _, _ = compiled([rosa()], [dante()], DEFAULT_POLICY, frozenset())
    book = make_codebook([rosa()], [dante()])
    peers = compile_peers([dante()], book)
    with pytest.raises(WrongArrays, match="languages"):
        check_arrays(people._replace(languages=people.languages.astype(np.int64)), peers)
    with pytest.raises(WrongArrays, match="priority"):
        check_arrays(people._replace(priority=people.priority * 0), peers)
    with pytest.raises(WrongArrays, match="places_free"):
        check_arrays(people, peers._replace(places_free=peers.capacity + 1))
    with pytest.raises(WrongArrays, match="position"):
        check_arrays(people._replace(never=np.array([5]), never_start=np.array([0, 1])), peers)


def test_the_story_fits_both_sides():
    assert ROSA["languages"] and DANTE["languages"]
    assert by_kernel(
        [rosa(preferences=(like("gender", "man"),))], [dante()], DEFAULT_POLICY, frozenset(), plain
    ) == by_rules([rosa(preferences=(like("gender", "man"),))], [dante()], DEFAULT_POLICY, frozenset())
