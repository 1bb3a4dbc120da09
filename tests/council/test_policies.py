"""Policies are versions that are only added, checked by the pure rule that uses them."""

import pytest

from alongside.audit.models import Entry
from alongside.council.actions import adopt_first_policies, adopt_policy
from alongside.council.checks import PolicyInvalid, check_values, read_matching
from alongside.council.defaults import DEFAULT_VALUES
from alongside.council.models import POLICY_KINDS, Policy
from alongside.council.queries import get_policy, list_policies_in_force, list_versions
from alongside.rules.matching import DEFAULT_POLICY


def test_a_new_program_starts_with_one_version_of_each_kind(program):
    assert [(policy.kind, policy.version) for policy in list_policies_in_force()] == [
        (kind, 1) for kind in POLICY_KINDS
    ]
    assert get_policy("offers").values == {"choose_days": 7, "answer_hours": 48, "max_offers": 3}


def test_first_policies_are_adopted_once(program, house):
    assert adopt_first_policies(program, by=house) == []
    assert Policy.objects.count() == len(POLICY_KINDS)


def test_the_defaults_are_what_the_rules_themselves_say():
    assert set(DEFAULT_VALUES) == set(POLICY_KINDS)
    assert read_matching(DEFAULT_VALUES["matching"], version="default") == DEFAULT_POLICY


def test_a_new_version_is_in_force_at_once_and_the_old_one_stays(program, carmen):
    adopted = adopt_policy(
        program=program, kind="offers", values={"choose_days": 10}, by=carmen.actor, note="More time"
    )
    assert get_policy("offers") == adopted
    assert [policy.version for policy in list_versions("offers")] == [2, 1]
    assert Entry.objects.get(act="policy.adopted", object_id=adopted.pk).reason == "offers.2"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("matching", {"weights": {"astrology": 5}}),
        ("matching", {"weights": {"pathway": -1}}),
        ("matching", {"weights": {"pathway": "much"}}),
        ("matching", {"weights": {}}),
        ("matching", {"weights": {"pathway": 1}, "session_hours": 0}),
        ("matching", {"weights": {"pathway": 1}, "mood": 1}),
        ("matching", {"weights": [1]}),
        ("matching", []),
        ("cadence", {"silent_after_days": 0}),
        ("cadence", {"unknown": 1}),
        ("offers", {"choose_days": 0}),
        ("offers", {"max_offers": 4}),
        ("offers", {"answer_hours": True}),
        ("offers", {"answer_hours": 1.5}),
        ("offers", {"answer_minutes": 3}),
        ("offers", None),
    ],
)
def test_values_that_the_rules_refuse_are_never_adopted(program, carmen, kind, values):
    with pytest.raises(PolicyInvalid):
        adopt_policy(program=program, kind=kind, values=values, by=carmen.actor)
    assert get_policy(kind).version == 1


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        check_values("weather", {})


def test_programs_decide_apart(program, other_program, carmen):
    from django_scopes import scope

    adopt_policy(program=program, kind="offers", values={"choose_days": 10}, by=carmen.actor)
    with scope(program=other_program):
        assert get_policy("offers").version == 1
