"""A medical emergency: every fact of §2.51(c) is there, and another one looks at it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.consent import Posture
from alongside.rules.disclosure import NEVER, NO, Asked, decide
from alongside.rules.emergency import (
    ELEMENTS,
    FDA_ELEMENTS,
    NO_CONSENT,
    PARENT_ELEMENTS,
    Facts,
    list_missing,
    may_review,
)

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
WHOLE = Facts("A medic", "River hospital", "Dante Reyes", NOW, "Did not wake up", "cannot_answer", "Name and age")
EMPTY = {"disclosed_at": None}


def test_whole_is_whole():
    assert list_missing(WHOLE, NOW) == []


@pytest.mark.parametrize("element", ELEMENTS)
def test_without_one_fact_it_is_not_whole(element):
    assert list_missing(replace(WHOLE, **{element: EMPTY.get(element, "")}), NOW) == [element]
    if element not in EMPTY:
        assert list_missing(replace(WHOLE, **{element: "  "}), NOW) == [element]


def test_what_has_not_happened_and_an_unknown_reason_are_no_facts():
    assert list_missing(replace(WHOLE, disclosed_at=NOW + timedelta(seconds=1)), NOW) == ["disclosed_at"]
    assert list_missing(replace(WHOLE, no_consent="in_a_hurry"), NOW) == ["no_consent"]


def test_each_fact_and_reason_names_its_section():
    assert all(section.startswith("2.51(") for section in [*ELEMENTS.values(), *NO_CONSENT.values()])


def test_nobody_looks_at_what_they_told_themself():
    assert may_review(discloser=1, reviewer=2) and may_review(discloser=None, reviewer=2)
    assert not may_review(discloser=1, reviewer=1) and not may_review(discloser=1, reviewer=None)


@pytest.mark.parametrize("left_out", ["person", "recipient", "words"])
def test_the_gate_wants_somebody_to_whom_and_why(left_out):
    asked = Asked("emergency", frozenset({"peer"}), person="rosa", recipient="A medic", words="Did not wake up")
    assert decide(asked, (), Posture(), NEVER).reason == "emergency"
    assert decide(replace(asked, **{left_out: ""}), (), Posture(), NEVER).reason == "no_facts"
    assert decide(replace(asked, roles=frozenset({"council"})), (), Posture(), NEVER).reason == "not_by_them"


FDA = Facts(
    "Dr. Wells", "FDA district office", "Dolores", NOW, "The label names half the dose", "", "Name", kind="fda",
    product="A spray, lot 7", only_to_notify=True,
)  # fmt: skip


@pytest.mark.parametrize("element", FDA_ELEMENTS)
def test_without_one_fact_nothing_is_told_to_the_fda(element):
    assert list_missing(FDA, NOW) == []
    empty = {"disclosed_at": None, "only_to_notify": False}.get(element, " ")
    assert list_missing(replace(FDA, **{element: empty}), NOW) == [element]


def test_the_two_kinds_never_mix():
    assert list_missing(replace(FDA, no_consent="cannot_reach"), NOW) == ["kind"]
    assert list_missing(replace(WHOLE, product="A spray"), NOW) == ["kind"]
    assert list_missing(replace(WHOLE, only_to_notify=True), NOW) == ["kind"]
    assert list_missing(replace(WHOLE, kind="other"), NOW) == ["kind"]
    assert all(section.startswith("2.51(") for section in FDA_ELEMENTS.values())


def test_the_gate_tells_the_fda_only_by_who_may():
    asked = Asked("fda", frozenset({"director"}), person="rosa", recipient="Dr. Wells", words="A wrong label")
    assert decide(asked, (), Posture(), NEVER).reason == "fda"
    assert decide(replace(asked, words=" "), (), Posture(), NEVER).reason == "no_facts"
    assert decide(replace(asked, roles=frozenset({"peer"})), (), Posture(), NEVER).reason == "not_by_them"


PARENT = Facts(
    "Marta", disclosed_by="Dolores", disclosed_at=NOW, nature="She will not live until Monday", told="Where she is",
    kind="parent", acts_as="parent", no_capacity="condition", threat_to="minor", asks_for_services=True,
    judged_no_capacity=True, judged_threat=True,
)  # fmt: skip


@pytest.mark.parametrize("element", PARENT_ELEMENTS)
def test_without_one_fact_or_judgment_no_parent_is_told(element):
    assert list_missing(PARENT, NOW) == []
    value = getattr(PARENT, element)
    empty = False if value is True else None if element == "disclosed_at" else " "
    assert list_missing(replace(PARENT, **{element: empty}), NOW) == [element]
    assert PARENT_ELEMENTS[element].startswith("2.14(c)")


@pytest.mark.parametrize("element", ["acts_as", "no_capacity", "threat_to"])
def test_a_code_that_the_law_does_not_know_is_no_fact(element):
    assert list_missing(replace(PARENT, **{element: "unwilling"}), NOW) == [element]


@pytest.mark.parametrize("whole", [WHOLE, FDA, PARENT])
@pytest.mark.parametrize("other", [WHOLE, FDA, PARENT])
def test_no_fact_of_one_kind_stands_with_another(whole, other):
    own = {"medical": ELEMENTS, "fda": FDA_ELEMENTS, "parent": PARENT_ELEMENTS}
    for element in own[other.kind].keys() - own[whole.kind].keys():
        assert list_missing(replace(whole, **{element: getattr(other, element)}), NOW) == ["kind"]


def test_the_gate_lets_only_a_director_tell_a_parent_and_only_where_part_2_holds():
    asked = Asked("parent", frozenset({"director"}), person="rosa", recipient="Marta", words="A danger")
    for part2 in ("program", "holder"):
        assert decide(asked, (), Posture(part2), NEVER).reason == "parent"
    refused = decide(asked, (), Posture("neither"), NEVER)
    assert refused.reason == "other_law" and refused.reason in NO and not refused.may_leave
    for left_out in ("person", "recipient", "words"):
        lacks = replace(asked, **{left_out: "" if left_out == "person" else " "})
        assert decide(lacks, (), Posture(), NEVER).reason == "no_facts"
    for role in ("peer", "supervisor", "coordinator", "administrator"):
        assert decide(replace(asked, roles=frozenset({role})), (), Posture(), NEVER).reason == "not_by_them"
