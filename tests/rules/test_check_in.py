"""The policy of check-ins: what may be adopted, and what is asked of whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.check_in import BOUNDS, QUESTIONS, CheckInPolicy
from alongside.rules.policy_values import PolicyInvalid


def test_the_default_is_a_policy_and_comes_back():
    assert CheckInPolicy.from_values(CheckInPolicy().to_values()) == CheckInPolicy()
    assert CheckInPolicy.from_values({}) == CheckInPolicy()


@given(
    st.lists(st.sampled_from(QUESTIONS), min_size=1, unique=True).filter(lambda asked: asked != ["craving"]),
    st.fixed_dictionaries({name: st.integers(*bounds) for name, bounds in BOUNDS.items()}),
)
def test_every_policy_within_bounds_comes_back(questions, numbers):
    policy = CheckInPolicy.from_values({"questions": questions} | numbers)
    assert CheckInPolicy.from_values(policy.to_values()) == policy
    assert policy.questions_for("loved_one"), "somebody who loves somebody is asked something, too"
    assert policy.questions_for("own_recovery") == tuple(questions)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ([], "not_an_object", ""),
        ({"colour": 1}, "unknown_field", "colour"),
        ({"questions": "mood"}, "not_a_list", "questions"),
        ({"questions": []}, "nothing_asked", "questions"),
        ({"questions": ["craving"]}, "nothing_asked", "questions"),
        ({"questions": ["mood", "weight"]}, "unknown_question", "questions.weight"),
        ({"questions": ["mood", "mood"]}, "asked_twice", "questions.mood"),
        ({"scale": 5.0}, "not_a_whole_number", "scale"),
        ({"scale": True}, "not_a_whole_number", "scale"),
        ({"scale": 2}, "out_of_range", "scale"),
        ({"drop_percent": 101}, "out_of_range", "drop_percent"),
    ],
)
def test_what_cannot_be_in_force_is_refused(values, code, field):
    with pytest.raises(PolicyInvalid) as refused:
        CheckInPolicy.from_values(values)
    assert (refused.value.code, refused.value.field) == (code, field)
