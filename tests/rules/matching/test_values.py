"""Values that no form can produce are refused at the door."""

import pytest
from tests.rules.matching.people import dante, rosa

from alongside.rules.matching import DEFAULT_WEIGHTS, Limit, Policy, Preference


@pytest.mark.parametrize(
    "changes",
    [
        {"hours": "f" * 43},
        {"hours": "monday"},
        {"latitude": None},
        {"max_miles": -1},
        {"max_miles": float("nan")},
        {"age": -1},
    ],
)
def test_impossible_answers_are_refused_on_both_sides(changes):
    for make in (rosa, dante):
        with pytest.raises(ValueError):
            make(**changes)


@pytest.mark.parametrize("changes", [{"kind": "friend"}, {"urgency": 3}, {"waiting_days": -1}])
def test_impossible_seekers_are_refused(changes):
    with pytest.raises(ValueError):
        rosa(**changes)


@pytest.mark.parametrize("changes", [{"places_free": -1}, {"places_free": 6}])
def test_places_lie_between_none_and_capacity(changes):
    with pytest.raises(ValueError):
        dante(**changes)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Preference("shoe_size", "9", "must"),
        lambda: Preference("gender", "tall", "must"),
        lambda: Preference("gender", "woman", "perhaps"),
        lambda: Limit("shoe_size", "9"),
        lambda: Limit("age", "old"),
    ],
)
def test_unknown_wishes_and_limits_are_refused(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": {"shoe_size": 1}},
        {"weights": {"age": -1}},
        {"weights": {"age": float("inf")}},
        {"session_hours": 0},
        {"session_hours": 169},
        {"far_miles": 0},
        {"urgency_days": -1},
    ],
)
def test_impossible_policies_are_refused(changes):
    with pytest.raises(ValueError):
        Policy(**{"version": "t", "weights": DEFAULT_WEIGHTS, **changes})


def test_life_stage_pathway_language_and_hours_lead_and_shared_past_comes_last():
    """The council starts from the evidence (Tillson 2024) and may change it."""
    ordered = sorted(DEFAULT_WEIGHTS, key=lambda feature: -DEFAULT_WEIGHTS[feature])
    assert set(ordered[:4]) <= {"life_stage", "pathway", "language", "availability", "wishes"}
    assert ordered[-1] == "experience"
