"""Records go out only with an order and a mandate in force, every question answered with yes (42 CFR 2.61-2.67)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.consent import ITEMS, Posture
from alongside.rules.disclosure import Asked, decide
from alongside.rules.legal_demand import (
    CONFIDENTIAL,
    CONFIDENTIAL_ITEMS,
    PURPOSES,
    QUESTIONS,
    REASONS,
    Ordered,
    Paper,
    covered,
    list_failed,
    list_unanswered,
    may_tell,
    why_not,
)

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
YES = dict.fromkeys(QUESTIONS["patient"], True)
ORDERED = Ordered("o", "rosa", "D.A. Ruiz", "patient", ("being_here", "contacts"), "none", YES, Paper(), Paper())


def answer(ordered=ORDERED, person="rosa", recipient="D.A. Ruiz", items=("being_here",), now=NOW) -> str:
    return why_not(ordered, person=person, recipient=recipient, items=items, now=now)


def test_with_both_papers_and_every_yes_it_may_go_out():
    assert answer() == ""
    assert covered(ORDERED, ("contacts", "notes", "being_here")) == ("being_here", "contacts")


@pytest.mark.parametrize(
    ("ordered", "reason"),
    [
        (replace(ORDERED, order=Paper(ended=True)), "no_order"),
        (replace(ORDERED, order=Paper(valid_until=NOW)), "no_order"),
        (replace(ORDERED, mandate=None), "no_mandate"),
        (replace(ORDERED, mandate=Paper(ended=True)), "no_mandate"),
        (replace(ORDERED, mandate=Paper(valid_until=NOW - timedelta(days=1))), "no_mandate"),
        (replace(ORDERED, purpose="undercover", answers=dict.fromkeys(QUESTIONS["undercover"], True)), "undercover"),
        (replace(ORDERED, person="olu"), "other_person"),
        (replace(ORDERED, person=""), "other_person"),
        (replace(ORDERED, recipient="D.A. Reyes"), "other_recipient"),
        (replace(ORDERED, items=("notes",)), "nothing_covered"),
    ],
)
def test_each_reason_for_no(ordered, reason):
    assert answer(ordered) == reason and reason in REASONS
    asked = Asked(
        "court_order", frozenset({"director"}), person="rosa", recipient="D.A. Ruiz", items=("being_here",),
        ordered=ordered,
    )  # fmt: skip
    assert decide(asked, (), Posture(), NOW).reason == "not_ordered"


def test_nobody_and_no_name_of_a_recipient_are_no_answer():
    assert answer(replace(ORDERED, person=""), person="") == "other_person"
    assert answer(replace(ORDERED, recipient=""), recipient="") == "other_recipient"


@pytest.mark.parametrize(("purpose", "code"), [(one, code) for one in QUESTIONS for code in QUESTIONS[one]])
def test_every_question_counts(purpose, code):
    yes = dict.fromkeys(QUESTIONS[purpose], True)
    without, no = {k: v for k, v in yes.items() if k != code}, yes | {code: False}
    assert list_unanswered(purpose, without) == [code] and list_failed(purpose, no) == [code]
    if purpose != "undercover":
        for answers in (without, no):
            assert answer(replace(ORDERED, purpose=purpose, answers=answers)) == "criteria"


@pytest.mark.parametrize("ground", CONFIDENTIAL)
@pytest.mark.parametrize("item", sorted(CONFIDENTIAL_ITEMS))
def test_what_was_said_in_confidence_needs_its_own_ground(ground, item):
    """§2.63"""
    ordered = replace(ORDERED, items=(item,), confidential=ground)
    assert answer(ordered, items=(item,)) == ("confidential" if ground == "none" else "")


def test_the_last_moment_of_an_order():
    assert answer(replace(ORDERED, order=Paper(valid_until=NOW + timedelta(microseconds=1)))) == ""


def test_every_purpose_has_its_section_and_questions():
    assert QUESTIONS.keys() == PURPOSES.keys()
    for questions in QUESTIONS.values():
        assert next(iter(questions)) == "part2" and all(section.startswith("2.6") for section in questions.values())


@pytest.mark.parametrize(
    ("forbidden", "from_moment", "told"),
    [(False, None, True), (True, None, False), (True, NOW, True), (True, NOW + timedelta(seconds=1), False)],
)
def test_when_the_person_is_told(forbidden, from_moment, told):
    assert may_tell(forbidden=forbidden, from_moment=from_moment, now=NOW) is told


papers = st.builds(
    Paper,
    valid_until=st.sampled_from([None, NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)]),
    ended=st.booleans(),
)


@given(
    order=papers,
    mandate=st.one_of(st.none(), papers),
    items=st.lists(st.sampled_from(ITEMS), unique=True).map(tuple),
    named=st.lists(st.sampled_from(ITEMS), unique=True).map(tuple),
    confidential=st.sampled_from(list(CONFIDENTIAL)),
    answers=st.dictionaries(st.sampled_from(list(QUESTIONS["patient"])), st.booleans()),
    all_yes=st.booleans(),
)
def test_nothing_leaves_without_both_papers_and_every_yes(order, mandate, items, named, confidential, answers, all_yes):
    ordered = replace(
        ORDERED, order=order, mandate=mandate, items=named, confidential=confidential,
        answers=YES if all_yes else answers,
    )  # fmt: skip
    asked = Asked(
        "court_order", frozenset({"director"}), person="rosa", recipient="D.A. Ruiz", items=items, ordered=ordered
    )
    decision = decide(asked, (), Posture(), NOW)
    if decision.may_leave:
        assert order.is_live(NOW) and mandate is not None and mandate.is_live(NOW)
        assert all(ordered.answers.get(code) for code in QUESTIONS["patient"])
        assert decision.items and set(decision.items) <= set(items) & set(named)
        assert confidential != "none" or not CONFIDENTIAL_ITEMS & set(decision.items)
    else:
        assert decision.reason == "not_ordered" and decision.items == ()
