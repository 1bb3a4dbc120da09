"""Lists of a state's own: a statute is named, federal law is the bound, and the record stays out of it (J3)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from alongside.rules.consent import Posture
from alongside.rules.disclosure import Asked, decide
from alongside.rules.mandated_report import KINDS, Kind, is_within
from alongside.rules.policy_values import PolicyInvalid
from alongside.rules.report_lists import MOST_QUESTIONS, ReportPolicy

SCHOOL = {"code": "school", "en": "Which school does the child go to?", "es": "¿A qué escuela va?", "section": "9.1(b)"}
OWN = {"source": "Welfare Code § 9.1", "needed": ["when_and_where"], "left_out": ["other_children"],
       "questions": [SCHOOL | {"needed": True}]}  # fmt: skip


def read(kind: str = "child_abuse", **values) -> ReportPolicy:
    return ReportPolicy.from_values({"lists": {kind: OWN | values}})


def test_without_one_the_list_of_federal_law_holds():
    for values in ({}, {"lists": {}}):
        policy = ReportPolicy.from_values(values)
        assert {code: policy.kind(code) for code in KINDS} == dict(KINDS)
    with pytest.raises(KeyError):
        policy.kind("rumor")


def test_a_state_needs_leaves_out_and_asks():
    kind = read().kind("child_abuse")
    assert kind.needed == ("child", "what_was_seen", "when_and_where", "own_school")
    assert kind.more == ("child_whereabouts", "who_may_have_done_it")
    assert is_within(kind) and read().kind("threat") == KINDS["threat"]
    assert read(questions=[SCHOOL]).kind("child_abuse").more[-1] == "own_school"


def test_it_comes_back_as_it_was_read():
    policy = read()
    assert ReportPolicy.from_values(policy.to_values()) == policy


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"source": " "}, "source_missing"), ({"source": "our lawyer said"}, "source_missing"),
        ({"source": "§ 9"}, "source_missing"), ({"source": "Code 1" + "x" * 300}, "source_missing"),
        ({"left_out": ["child"]}, "always_needed"), ({"left_out": ["when_and_where"]}, "always_needed"),
        ({"needed": ["patient_status"]}, "unknown_field"), ({"needed": "child"}, "not_an_object"),
        ({"questions": SCHOOL}, "not_an_object"), ({"questions": ["school"]}, "not_an_object"),
        ({"more": []}, "unknown_field"), ({"questions": [SCHOOL | {"why": "x"}]}, "unknown_field"),
        ({"questions": [SCHOOL, SCHOOL]}, "not_a_code"), ({"questions": [SCHOOL | {"code": "A b"}]}, "not_a_code"),
        ({"questions": [SCHOOL | {"needed": "yes"}]}, "not_a_code"),
        ({"questions": [SCHOOL | {"es": ""}]}, "words_missing"),
        ({"questions": [SCHOOL | {"section": "b"}]}, "words_missing"),
        ({"questions": [SCHOOL | {"en": "x" * 161}]}, "words_missing"),
        ({"questions": [SCHOOL | {"code": f"q{'a' * number}"} for number in range(1, MOST_QUESTIONS + 2)]}, "too_many"),
        ({"questions": [SCHOOL | {"en": "What do your notes say?"}]}, "asks_for_the_record"),
        ({"questions": [SCHOOL | {"en": "Which treatment does the parent get?"}]}, "asks_for_the_record"),
        ({"questions": [SCHOOL | {"es": "¿Qué dice el expediente?"}]}, "asks_for_the_record"),
        ({"questions": [SCHOOL | {"es": "¿Qué TRATAMIENTO tiene?"}]}, "asks_for_the_record"),
    ],
)  # fmt: skip
def test_what_goes_beyond_its_bound_is_refused(values, code):
    with pytest.raises(PolicyInvalid) as refused:
        read(**values)
    assert refused.value.code == code and refused.value.field.startswith("lists.child_abuse")


def test_of_a_crime_federal_law_says_all_and_a_quiet_one_stays_quiet():
    with pytest.raises(PolicyInvalid, match="fixed_by_federal_law"):
        read("crime", needed=[], left_out=[])
    kind = read("crime", needed=["address"], left_out=["patient_status"], questions=[]).kind("crime")
    assert kind.fields == ("circumstances", "name", "address", "last_whereabouts"), "less is always possible"
    for words in ("Is the person your client?", "Since when in recovery?"):
        with pytest.raises(PolicyInvalid, match="would_reveal"):
            read("elder_abuse", left_out=[], questions=[SCHOOL | {"en": words}])
    for wrong in ({"lists": []}, {"lists": {"rumor": OWN}}, {"lists": {"threat": "x"}}, {"list": {}}, []):
        with pytest.raises(PolicyInvalid):
            ReportPolicy.from_values(wrong)


@pytest.mark.parametrize(
    "kind",
    [
        Kind("crime", "2.12(c)(5)", ("circumstances", "name", "own_more"), may_reveal=True),
        Kind("crime", "2.12(c)(5)", ("circumstances", "name"), ("notes",), may_reveal=True),
        Kind("threat", "2.13(a)", ("who_is_in_danger", "what_was_said"), may_reveal=True),
        Kind("threat", "2.13(a)", ("who_is_in_danger",), ("what_was_said",)),
        Kind("threat", "2.12(c)(6)", ("who_is_in_danger", "what_was_said")),
        Kind("threat", "2.13(a)", ("who_is_in_danger", "what_was_said"), ("notes",)),
        Kind("rumor", "2.13(a)", ()),
    ],
)
def test_a_list_made_by_hand_is_not_within(kind):
    assert not is_within(kind)


def test_the_gate_takes_a_list_within_its_bound_for_its_own_kind_alone():
    kind = read().kind("child_abuse")
    asked = Asked("mandated_report", frozenset({"peer"}), person="rosa", recipient="Hotline", purpose="child_abuse",
                  items=kind.needed, report=kind)  # fmt: skip

    def reason(**change) -> str:
        return decide(replace(asked, **change), (), Posture(), datetime(2026, 11, 30, tzinfo=UTC)).reason

    assert reason() == "mandated_report"
    assert reason(items=KINDS["child_abuse"].needed) == "no_facts", "what the state needs is needed"
    assert reason(items=(*kind.needed, "other_children")) == "nothing_covered", "what it leaves out is too much"
    assert reason(report=None) == "nothing_covered"
    assert reason(report=KINDS["threat"]) == reason(purpose="threat") == "no_facts"
    assert reason(report=replace(kind, more=("notes",))) == "no_facts"
