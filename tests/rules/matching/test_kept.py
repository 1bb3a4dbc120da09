"""What a run is kept as gives back the very same question, and an answer that was tampered with is found."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.rules.matching.people import dante, lists, must, rosa

from alongside.rules.matching import DEFAULT_POLICY, Limit
from alongside.rules.matching.kept import (
    CHANGED,
    DIFFERS,
    SAME,
    CannotRead,
    Inputs,
    digest_answer,
    read_inputs,
    replay,
    write_answer,
    write_inputs,
)


def inputs_of(seekers, peers, exclusions=frozenset(), policy=DEFAULT_POLICY):
    return Inputs.of(seekers, peers, policy, exclusions, 3)


def through_json(plain):
    return json.loads(json.dumps(plain))


@settings(max_examples=60, deadline=None)
@given(lists(5, 3))
def test_inputs_come_back_as_they_were_and_give_the_same_answer(people):
    inputs = inputs_of(*people)
    again = read_inputs(through_json(write_inputs(inputs)))
    assert again == inputs
    result = inputs.solve()
    assert again.digest == inputs.digest == result.digest
    answer = write_answer(result, inputs)
    assert replay(again, through_json(answer), (result.digest, digest_answer(answer))).code == SAME


def test_what_is_said_in_another_way_is_kept_apart():
    """An empty text and no answer at all have different digests, so they are kept as different things."""
    full = rosa(hours="", preferences=(must("gender", "man"),), earlier_peer_ids=frozenset({"dante"}))
    limited = dante(limits=(Limit("gender", "man"), Limit("age", "under_18")), max_miles=None)
    policy = replace(DEFAULT_POLICY, session_hours=2, weights={"pathway": 1.5})
    inputs = inputs_of([full], [limited], frozenset({("rosa", "dante")}), policy)
    assert read_inputs(through_json(write_inputs(inputs))) == inputs


def test_what_was_changed_since_is_not_solved():
    inputs = inputs_of([rosa()], [dante()])
    answer = write_answer(inputs.solve(), inputs)
    digests = inputs.digest, digest_answer(answer)
    changed = replace(inputs, exclusions=frozenset({("rosa", "dante")}))

    def never(_inputs):
        raise AssertionError("solved all the same")

    assert replay(changed, answer, digests, solve=never).code == CHANGED
    assert replay(inputs, answer | {"pairs": []}, digests, solve=never).code == CHANGED


def test_another_answer_names_whom_it_concerns():
    inputs = inputs_of([rosa(), rosa(id="vera", languages=("vi",))], [dante(), dante(id="ines")])
    answer = write_answer(inputs.solve(), inputs)
    assert answer["pairs"] == [[0, 0, answer["pairs"][0][2]]] and answer["lists"] == [[0, 1], []]
    other = answer | {"pairs": [[0, 1, answer["pairs"][0][2]]]}
    found = replay(inputs, other, (inputs.digest, digest_answer(other)))
    assert (found.code, found.people) == (DIFFERS, ("rosa",))


@pytest.mark.parametrize("broken", [{}, {"seekers": [{"id": "a"}]}, {"seekers": [{"id": "a", "kind": "b", "c": 1}]}])
def test_what_is_no_inputs_is_refused(broken):
    whole = write_inputs(inputs_of([rosa()], [dante()]))
    with pytest.raises(CannotRead):
        read_inputs((whole | broken) if broken else {})
