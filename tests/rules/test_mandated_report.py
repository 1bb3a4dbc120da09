"""A report holds the fields of its kind and no other; a quiet one says nothing of us (J3)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.consent import Posture
from alongside.rules.disclosure import Asked, decide
from alongside.rules.mandated_report import HELD_BACK, KINDS, TOLD_FIRST, Facts, list_telling, list_wrong

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)


def facts_of(code: str) -> Facts:
    told = dict.fromkeys(KINDS[code].needed, "Something that was seen")
    return Facts(code, told, "Hotline", "Dante", NOW - timedelta(minutes=1), "supervisor")


@pytest.mark.parametrize("code", KINDS)
def test_what_is_needed_is_enough_and_what_is_not_in_the_list_is_too_much(code):
    facts, kind = facts_of(code), KINDS[code]
    assert list_wrong(facts, NOW) == []
    for field in kind.needed:
        assert list_wrong(replace(facts, told=facts.told | {field: " "}), NOW) == [field]
    every = dict.fromkeys(kind.fields, "x")
    assert list_wrong(replace(facts, told=every), NOW) == []
    assert list_wrong(replace(facts, told=every | {"notes": "x"}), NOW) == ["not_in_the_list"]


def test_only_the_two_kinds_of_2_12_c_may_say_that_somebody_is_with_us():
    assert {code: kind.section for code, kind in KINDS.items() if kind.may_reveal} == {
        "child_abuse": "2.12(c)(6)", "crime": "2.12(c)(5)",
    }  # fmt: skip
    assert KINDS["crime"].fields == ("circumstances", "name", "address", "last_whereabouts", "patient_status")


@pytest.mark.parametrize("code", [code for code, kind in KINDS.items() if not kind.may_reveal])
@pytest.mark.parametrize(
    "words",
    ["A participant said so", "Es participante", "I am her peer specialist", "She is in treatment",
     "está en recuperación", "He is in our program", "a client of ours", "Riverbend called"],
)  # fmt: skip
def test_a_quiet_report_says_nothing_of_us(code, words):
    facts = facts_of(code)
    told = facts.told | {KINDS[code].needed[1]: words}
    assert "reveals" in list_wrong(replace(facts, told=told), NOW, names=("Riverbend", ""))
    assert list_telling(told, ("Riverbend",)) == [KINDS[code].needed[1]]


@pytest.mark.parametrize("words", ["She was drunk and fell", "At the hospital", "He is depressed", "Bruises on an arm"])
def test_what_was_seen_may_be_said(words):
    assert list_telling({"what_was_seen": words}, ("Riverbend",)) == []


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"agency": " "}, ["agency"]),
        ({"made_by": ""}, ["made_by"]),
        ({"made_at": None}, ["made_at"]),
        ({"made_at": NOW + timedelta(seconds=1)}, ["made_at"]),
        ({"told_first": "nobody"}, ["told_first"]),
        ({"held_back": "because"}, ["held_back"]),
        ({"held_until": NOW + timedelta(days=1)}, ["held_until"]),
        ({"held_back": "danger"}, ["held_until"]),
        ({"held_back": "danger", "held_until": NOW}, ["held_until"]),
        ({"held_back": "danger", "held_until": NOW + timedelta(days=90)}, []),
        ({"held_back": "agency_wrote", "held_until": NOW + timedelta(days=90)}, []),
        ({"held_back": "agency_said", "held_until": NOW + timedelta(days=30)}, []),
        ({"held_back": "agency_said", "held_until": NOW + timedelta(days=30, seconds=1)}, ["held_until"]),
        ({"kind": "rumor"}, ["kind"]),
    ],
)
def test_each_fact(change, wrong):
    assert list_wrong(replace(facts_of("child_abuse"), **change), NOW) == wrong


def test_lists_are_closed():
    assert TOLD_FIRST[0] == "supervisor" and HELD_BACK["no"] == ""
    assert list_wrong(Facts("child_abuse", None), NOW)[:2] == ["child", "what_was_seen"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, "mandated_report"),
        ({"items": ("circumstances",)}, "no_facts"),
        ({"items": ("circumstances", "name", "notes")}, "nothing_covered"),
        ({"recipient": " "}, "no_facts"),
        ({"person": ""}, "no_facts"),
        ({"purpose": "rumor"}, "no_facts"),
        ({"roles": frozenset({"participant"})}, "not_by_them"),
    ],
)
def test_the_gate_lets_out_exactly_its_fields(change, reason):
    asked = Asked(
        "mandated_report", frozenset({"peer"}), person="rosa", recipient="Police", purpose="crime",
        items=("circumstances", "name"),
    )  # fmt: skip
    decision = decide(replace(asked, **change), (), Posture(), NOW)
    assert decision.reason == reason
    assert decision.items == (("circumstances", "name") if decision.may_leave else ())


@pytest.mark.parametrize("code", KINDS)
def test_the_gate_lets_out_every_field_of_a_kind_at_once(code):
    fields = tuple(KINDS[code].fields)
    asked = Asked("mandated_report", frozenset({"peer"}), person="rosa", recipient="Police", purpose=code, items=fields)
    assert decide(asked, (), Posture(), NOW).items == fields
