"""What the program agreed to keep back leaves under no consent (2.26, B7)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.test_disclosure import ASKED, GIVEN, NOW, givens

from alongside.rules.consent import ITEMS, KINDS, PURPOSES, Posture
from alongside.rules.disclosure import Asked, Decision, decide
from alongside.rules.restriction import PLAN_PURPOSES, TOWARD, Restricted, is_same_name, keeps_back, must_agree

NOTES = Restricted("rosa", ("notes",), "anyone")


def answer(*restrictions: Restricted, given=GIVEN, asked: Asked = ASKED) -> Decision:
    return decide(asked, [given], Posture(), NOW, restrictions)


def test_what_is_kept_back_stays_and_the_rest_leaves():
    assert answer().items == ("being_here", "notes")
    assert answer(NOTES) == Decision("consent", "k", ("being_here",), "long")


def test_where_all_is_kept_back_nothing_leaves_and_the_log_knows_why():
    both = replace(NOTES, items=("being_here", "notes"))
    assert answer(both) == Decision("restricted") and not answer(both).may_leave
    assert answer(NOTES, replace(NOTES, items=("being_here",))) == Decision("restricted")


def test_that_of_somebody_else_holds_nothing_back():
    assert answer(replace(NOTES, person="olu")) == answer()


@pytest.mark.parametrize(
    ("name", "is_meant"),
    [("Dr. Ito", True), ("ITO, Ana", True), ("Dra. Ana María Ito", True), ("Ito’s office", True), ("Dr. Ita", False),
     ("County court", False)],
)  # fmt: skip
def test_a_name_is_meant_however_it_is_written(name, is_meant):
    named = replace(NOTES, toward="named", recipient=name)
    assert ("notes" not in answer(named).items) == is_meant


def test_who_has_no_name_but_a_title_may_be_anybody():
    assert is_same_name("Dr.", "Ana Ito") and is_same_name("", "x"), "rather too much is held back"


def test_whoever_passes_things_on_may_reach_the_one_who_is_named():
    named = replace(NOTES, toward="named", recipient="Dr. Weber")
    network = replace(GIVEN, kind="intermediary")
    assert answer(named, given=network).items == ("being_here",)
    plan = replace(NOTES, toward="health_plan")
    assert answer(plan, given=network).items == ("being_here",)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_toward_a_plan_payment_and_operations_are_kept_back_and_care_is_not(purpose):
    kind = next(code for code, kind in KINDS.items() if purpose in kind.purposes)
    kept = keeps_back(replace(NOTES, toward="health_plan"), person="rosa", recipient="x", purpose=purpose, kind=kind)
    assert bool(kept) == (purpose in PLAN_PURPOSES)


def test_only_for_the_purposes_that_were_named():
    some = replace(NOTES, purposes=("housing",))
    assert "notes" in answer(some).items
    assert "notes" not in answer(replace(some, purposes=("housing", "care"))).items


def test_what_was_paid_in_full_must_be_agreed_to_toward_a_plan_and_only_there():
    assert [one for one in TOWARD if must_agree(toward=one, paid_in_full=True)] == ["health_plan"]
    assert not any(must_agree(toward=one, paid_in_full=False) for one in TOWARD)


def test_in_an_emergency_it_may_be_told_all_the_same():
    """2.26(a)(3)."""
    asked = Asked("emergency", frozenset({"peer"}), person="rosa", recipient="A medic", words="Did not wake up")
    assert decide(asked, [], Posture(), NOW, [replace(NOTES, items=ITEMS)]).may_leave


restrictions = st.builds(
    Restricted,
    person=st.sampled_from(["rosa", "olu"]),
    items=st.lists(st.sampled_from(ITEMS), unique=True, min_size=1).map(tuple),
    toward=st.sampled_from(sorted(TOWARD)),
    recipient=st.sampled_from(["", "Dr. Ito", "dr ito", "court", "Dr. Ana Ito"]),
    purposes=st.lists(st.sampled_from(PURPOSES), unique=True, max_size=3).map(tuple),
)


@given(
    given_list=st.lists(givens, max_size=5),
    kept=st.lists(restrictions, max_size=4),
    recipient=st.sampled_from(["Dr. Ito", "court"]),
    purpose=st.sampled_from(PURPOSES),
    items=st.lists(st.sampled_from(ITEMS), unique=True, min_size=1).map(tuple),
)
def test_nothing_covered_by_an_agreed_restriction_leaves_under_any_consent(given_list, kept, recipient, purpose, items):
    asked = replace(ASKED, recipient=recipient, purpose=purpose, items=items)
    live = [replace(one, status="active", expires_at=NOW + timedelta(days=1)) for one in given_list]
    before, decision = decide(asked, live, Posture(), NOW), decide(asked, live, Posture(), NOW, kept)
    assert set(decision.items) <= set(items), "a restriction adds nothing"
    for one in kept:
        if one.person != "rosa":
            continue
        # The law said once more, in other words than the rule: who is meant, for what, and then nothing of it.
        anybody = one.toward == "anyone" or (one.toward == "named" and one.recipient in ("", recipient))
        for_this = not one.purposes or purpose in one.purposes
        if (anybody and for_this) or (one.toward == "health_plan" and purpose in ("payment", "benefits", "tpo")):
            assert not set(one.items) & set(decision.items)
    if not before.may_leave:
        assert not decision.may_leave
    if not kept:
        assert decision == before
