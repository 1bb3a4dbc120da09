"""The steps of a warm handover as a policy: ours by their codes, a program's own in both languages, none that hurts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.handover import LONGEST_WORDS, MOST_STEPS, HandoverPolicy
from alongside.rules.policy_values import PolicyInvalid
from alongside.rules.referrals import STEPS

BUS = {"code": "own_bus", "en": "Try the bus together", "es": "Probar juntos el autobús"}


def test_without_a_word_the_steps_are_ours_in_our_order():
    assert [one.code for one in HandoverPolicy.from_values({}).steps] == list(STEPS)
    assert HandoverPolicy().to_values() == {"steps": list(STEPS)}


def test_a_program_leaves_some_out_turns_them_round_and_adds_its_own():
    values = {"steps": ["papers", BUS, "called_together"]}
    policy = HandoverPolicy.from_values(values)
    assert [one.code for one in policy.steps] == ["papers", "own_bus", "called_together"]
    assert policy.steps[1].words["es"] == "Probar juntos el autobús" and policy.to_values() == values
    assert HandoverPolicy.from_values({"steps": []}).steps == ()


@pytest.mark.parametrize(
    ("steps", "code", "field"),
    [
        ("papers", "not_an_object", "steps"), ([7], "not_an_object", "steps.0"), (["dance"], "not_a_code", "steps.0"),
        (["papers", "papers"], "twice", "steps"), ([BUS, BUS], "twice", "steps"),
        ([{**BUS, "code": "papers"}], "not_a_code", "steps.0"), ([{**BUS, "code": "own_"}], "not_a_code", "steps.0"),
        ([{**BUS, "code": "own_" + "x" * 12}], "not_a_code", "steps.0"),
        ([{**BUS, "code": 5}], "not_a_code", "steps.0"),
        ([{**BUS, "es": " "}], "words_missing", "steps.0.es"), ([{**BUS, "en": None}], "words_missing", "steps.0.en"),
        ([{**BUS, "en": "x" * (LONGEST_WORDS + 1)}], "words_missing", "steps.0.en"),
        ([{**BUS, "fr": "Le bus"}], "unknown_field", "steps.0.fr"),
        ([{**BUS, "en": "Ask for the addict desk"}], "words_that_hurt", "steps.0.en"),
        ([{**BUS, "code": f"own_{number}"} for number in range(MOST_STEPS + 1)], "too_many", "steps"),
    ],
    ids=lambda one: str(one)[:40],
)  # fmt: skip
def test_what_cannot_be_in_force_is_refused_by_its_place(steps, code, field):
    with pytest.raises(PolicyInvalid) as why:
        HandoverPolicy.from_values({"steps": steps})
    assert (why.value.code, why.value.field) == (code, field)


def test_another_name_is_refused():
    with pytest.raises(PolicyInvalid, match="unknown_field"):
        HandoverPolicy.from_values({"step": []})


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from([*STEPS, "own_bus", "en", "es"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["code", "en", "es", "x"]), inner),
    max_leaves=12,
)


@given(ANY)
def test_any_value_is_read_or_refused_and_what_is_read_is_read_again(told):
    try:
        policy = HandoverPolicy.from_values({"steps": told})
    except PolicyInvalid:
        return
    assert HandoverPolicy.from_values(policy.to_values()) == policy
    assert all(len(one.code) <= 15 for one in policy.steps), "it fits its column"
