"""An audit by others (42 CFR 2.53): what must be promised in writing, and what they may look at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.rules.consent.signing import Posture
from alongside.rules.disclosure import NEVER, Asked, decide
from alongside.rules.inspection import (
    CAPACITIES,
    HOW,
    PROMISES,
    Agreed,
    Terms,
    list_wrong,
    may_look,
    promises_of,
    section_of,
)

TODAY = date(2026, 3, 10)
KNOWN = ("being_here", "contacts", "reach")
HERE = Terms("Ms. Ito, Ito Audits", "State agency", "agency", "premises", "Our grant", ("contacts",), "A. Ito", TODAY,
             ("limits",))  # fmt: skip
COPIED = replace(HERE, how="copied", promises=tuple(PROMISES), destroy_by=TODAY + timedelta(days=90))


@pytest.mark.parametrize("terms", [HERE, COPIED, replace(HERE, capacity="qualified"),
                                   replace(COPIED, capacity="mandated", why_named="Each is a claim")])  # fmt: skip
def test_what_is_whole_is_whole(terms):
    assert list_wrong(terms, TODAY, known=KNOWN) == []


@pytest.mark.parametrize(
    ("terms", "wrong"),
    [
        (replace(HERE, body=" "), ["body"]),
        (replace(HERE, behalf=""), ["behalf"]),
        (replace(HERE, capacity="curious"), ["capacity"]),
        (replace(COPIED, capacity="qualified"), ["capacity"]),
        (replace(HERE, purpose=""), ["purpose"]),
        (replace(HERE, items=()), ["items"]),
        (replace(HERE, items=("contacts", "reflections")), ["items"]),
        (replace(HERE, capacity="mandated"), ["why_named"]),
        (replace(HERE, signed_by=""), ["signed_by"]),
        (replace(HERE, agreed_on=None), ["agreed_on"]),
        (replace(HERE, agreed_on=TODAY + timedelta(days=1)), ["agreed_on"]),
        (replace(HERE, promises=()), ["promises"]),
        (replace(HERE, destroy_by=TODAY + timedelta(days=1)), ["destroy_by"]),
        (replace(COPIED, destroy_by=None), ["destroy_by"]),
        (replace(COPIED, destroy_by=TODAY), ["destroy_by"]),
        *((replace(COPIED, promises=tuple(one for one in PROMISES if one != left)), ["promises"]) for left in PROMISES),
        (replace(HERE, how="by post"), ["capacity", "promises"]),
    ],
)
def test_each_element_counts(terms, wrong):
    assert list_wrong(terms, TODAY, known=KNOWN) == wrong


def test_each_capacity_names_its_paragraph():
    assert all(section_of(one, how).startswith("2.53(") for one, hows in CAPACITIES.items() for how in hows)
    assert set(CAPACITIES["qualified"]) == {"premises"}, "whom we find able ourselves takes nothing along"
    assert [set(promises_of(how)) for how in HOW] == [{"limits"}, set(PROMISES)]


AGREED = Agreed("1", HERE.body, "agency", "premises", ("contacts", "reach"), ("limits",), TODAY)


@pytest.mark.parametrize(
    ("agreed", "more"),
    [
        (replace(AGREED, ended=True), {}),
        (replace(AGREED, agreed_on=TODAY + timedelta(days=1)), {}),
        (replace(AGREED, promises=()), {}),
        (replace(AGREED, capacity="qualified", how="copied", promises=tuple(PROMISES)), {}),
        (AGREED, {"recipient": "Somebody else"}),
        (AGREED, {"items": ()}),
        (AGREED, {"items": ("contacts", "being_here")}),
    ],
)
def test_nobody_else_and_nothing_more(agreed, more):
    asked = {"recipient": HERE.body, "items": ("contacts",), "on": TODAY}
    assert may_look(AGREED, **asked) and not may_look(agreed, **asked | more)


def test_the_gate_lets_out_what_was_agreed_to_and_nothing_else():
    asked = Asked("inspection", frozenset({"director"}), person="p", recipient=HERE.body, items=("contacts",),
                  agreed=AGREED, on=TODAY)  # fmt: skip
    decision = decide(asked, (), Posture(), NEVER)
    assert (decision.reason, decision.items) == ("inspection", ("contacts",))
    for no in (replace(asked, agreed=None), replace(asked, on=None), replace(asked, person=""),
               replace(asked, items=("being_here",))):  # fmt: skip
        assert decide(no, (), Posture(), NEVER).reason == "not_agreed"
    assert decide(replace(asked, roles=frozenset({"coordinator"})), (), Posture(), NEVER).reason == "not_by_them"
