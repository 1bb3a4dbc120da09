"""A run in counts: why people have no place, what alone would change it, and nothing that tells secrets apart."""

import pytest
from tests.rules.matching.people import dante, must, rosa

from alongside.rules.matching import DEFAULT_POLICY, Limit
from alongside.rules.matching.explained import explain
from alongside.rules.matching.kept import Inputs


def explained(seekers, peers, exclusions=frozenset()):
    inputs = Inputs.of(seekers, peers, DEFAULT_POLICY, exclusions, 3)
    return explain(inputs.solve(), inputs).as_counts()


def test_each_person_without_a_place_has_one_main_reason():
    people = [
        rosa(waiting_days=5),
        rosa(id="olu", waiting_days=1),
        rosa(id="vera", languages=("vi",)),
        rosa(id="woman", preferences=(must("gender", "woman"),)),
    ]
    found = explained(people, [dante(places_free=1, capacity=2)])
    assert found["why"] == {"must_not_met": 1, "no_place_left": 1, "no_shared_language": 1}
    assert found["alone"] == {"must_not_met": 1, "no_shared_language": 1}
    assert found["proposed"] == 2  # olu may be offered Dante too, though his place goes to who waits longer
    assert found["competing"] == [2, 1, 1] and found["served_most"] and found["served_by_priority"]
    assert found["loads"] == [[0.5, 0.5, 0.5], [1.0, 1.0, 1.0]]


@pytest.mark.parametrize(
    ("peer", "exclusions"),
    [
        (dante(places_free=0), frozenset()),
        (dante(limits=(Limit("gender", "woman"),)), frozenset()),
        (dante(), frozenset({("rosa", "dante")})),
    ],
)
def test_secret_rules_read_like_a_full_peer(peer, exclusions):
    found = explained([rosa()], [peer], exclusions)
    assert (found["why"], found["alone"]) == ({"not_available": 1}, {"not_available": 1})
    assert found["competing"] == [0, 0, 0]


def test_a_list_without_peers():
    assert explained([rosa()], [])["why"] == {"no_peers": 1}
