"""The clocks and the ladder of a worry."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.escalation import MEASURES, SafetyPolicy, is_overdue, list_skipped, needs_why
from alongside.rules.policy_values import PolicyInvalid

NOW = datetime(2026, 3, 8, 9, 55, tzinfo=UTC)


def test_the_first_rung_has_the_time_to_take_it_the_others_theirs_and_the_top_is_reminded():
    policy = SafetyPolicy(acknowledge_minutes=10, next_minutes=5, again_minutes=30)
    waits = [(policy.look_again_at(rung, NOW) - NOW) // timedelta(minutes=1) for rung in range(6)]
    assert waits == [10, 5, 5, 30, 30, 30]
    assert [policy.rung_at(rung) for rung in range(5)] == ["on_duty", "deputy", "rota", "director", "director"]


def test_what_is_written_is_read_again():
    policy = SafetyPolicy(acknowledge_minutes=7, ladder=("rota", "director"), path_es="Llame a Lien")
    assert SafetyPolicy.from_values(policy.to_values()) == policy


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "not_an_object"),
        ({"minutes": 3}, "unknown_field"),
        ({"acknowledge_minutes": True}, "not_a_whole_number"),
        ({"acknowledge_minutes": 0}, "out_of_range"),
        ({"resolve_minutes": 14}, "out_of_range"),
        ({"path_en": 3}, "not_a_text"),
        ({"path_es": "a" * 2001}, "not_a_text"),
        ({"ladder": "director"}, "not_a_list"),
        ({"ladder": []}, "not_a_list"),
        ({"ladder": ["police", "director"]}, "unknown_rung"),
        ({"ladder": ["director", "rota", "director"]}, "rung_twice"),
        ({"ladder": ["on_duty", "deputy"]}, "must_end_with_director"),
    ],
)
def test_values_that_would_lose_a_worry_are_refused(values, code):
    with pytest.raises(PolicyInvalid) as refused:
        SafetyPolicy.from_values(values)
    assert refused.value.code == code


def test_the_clock_of_an_open_one_is_that_of_taking_it_and_of_an_owned_one_that_of_resolving_it():
    late, early = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)
    assert is_overdue("open", NOW, acknowledge_by=NOW, resolve_by=None)
    assert not is_overdue("open", NOW, acknowledge_by=early, resolve_by=None)
    assert is_overdue("owned", NOW, acknowledge_by=late, resolve_by=NOW)
    assert not is_overdue("owned", NOW, acknowledge_by=late, resolve_by=early)
    assert not is_overdue("resolved", NOW, acknowledge_by=late, resolve_by=late)


def test_the_police_is_the_last_resort_and_the_own_plan_comes_first():
    assert MEASURES[0] == "own_plan" and MEASURES[-1] == "police"
    for measure in MEASURES:
        lesser = list(MEASURES[: MEASURES.index(measure)])
        assert list_skipped(measure, []) == lesser and list_skipped(measure, lesser) == []
        assert needs_why(measure, MEASURES) == (measure == "police")
        assert all(needs_why(measure, set(lesser) - {one}) for one in lesser)
    assert not needs_why("own_plan", [])
