"""May it leave? Every reason for no, and what a yes covers (C1, C2, C4)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.consent import ITEMS, KINDS, PURPOSES, Posture, items_for
from alongside.rules.disclosure import REASONS, Asked, Decision, Given, decide

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
GIVEN = Given("k", "rosa", "specific", "active", "Dr. Ito", "care", ("being_here", "notes"), NOW + timedelta(days=9))
ASKED = Asked("rosa", "Dr. Ito", "care", ("being_here", "contacts", "notes"))


def answer(given: Given = GIVEN, asked: Asked = ASKED, now: datetime = NOW) -> Decision:
    return decide(asked, [given], Posture(), now)


def test_what_is_covered_leaves_and_the_rest_is_left_out():
    assert answer() == Decision("covered", "k", ("being_here", "notes"), "long")


@pytest.mark.parametrize(("part2", "statement"), [("program", "long"), ("holder", "long"), ("neither", "")])
def test_the_statement_of_2_32_goes_with_records_that_part_2_protects(part2, statement):
    decision = decide(ASKED, [GIVEN], Posture(part2=part2), NOW)
    assert decision.may_leave and decision.statement == statement


@pytest.mark.parametrize(
    ("given_now", "reason"),
    [
        (replace(GIVEN, person="olu"), "no_consent"),
        (replace(GIVEN, status="draft"), "not_live"),
        (replace(GIVEN, status="revoked"), "not_live"),
        (replace(GIVEN, status="expired"), "not_live"),
        (replace(GIVEN, expires_at=NOW), "not_live"),
        (replace(GIVEN, recipient="Dr. Ita"), "other_recipient"),
        (replace(GIVEN, purpose="housing"), "other_purpose"),
        (replace(GIVEN, kind="legal"), "other_purpose"),
        (replace(GIVEN, items=("reach",)), "nothing_covered"),
    ],
)
def test_each_reason_for_no(given_now, reason):
    assert answer(given_now) == Decision(reason)
    assert not answer(given_now).may_leave


def test_nobody_known_and_nothing_signed_are_one_answer():
    """A1: whoever asks cannot tell them apart."""
    assert decide(ASKED, [], Posture(), NOW) == decide(replace(ASKED, person="nobody"), [GIVEN], Posture(), NOW)


def test_the_last_moment():
    assert answer(replace(GIVEN, expires_at=NOW + timedelta(microseconds=1))).may_leave


def test_minimum_necessary_is_asked_once_more():
    housing = replace(GIVEN, purpose="housing", items=("being_here", "notes"))
    assert answer(housing, replace(ASKED, purpose="housing")).items == ("being_here",)


def test_the_consent_that_covers_most_is_taken():
    more = replace(GIVEN, key="more", items=ITEMS)
    assert decide(ASKED, [GIVEN, more], Posture(), NOW).consent == "more"
    assert decide(ASKED, [replace(GIVEN, status="revoked"), GIVEN], Posture(), NOW).consent == "k"


givens = st.builds(
    Given,
    key=st.uuids().map(str),
    person=st.sampled_from(["rosa", "olu"]),
    kind=st.sampled_from(sorted(KINDS)),
    status=st.sampled_from(["draft", "active", "revoked", "expired", "withdrawn"]),
    recipient=st.sampled_from(["Dr. Ito", "court"]),
    purpose=st.sampled_from(PURPOSES),
    items=st.lists(st.sampled_from(ITEMS), unique=True).map(tuple),
    expires_at=st.sampled_from([None, NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)]),
)


@given(
    given_list=st.lists(givens, max_size=5),
    person=st.sampled_from(["rosa", "olu", "nobody"]),
    purpose=st.sampled_from(PURPOSES),
    items=st.lists(st.sampled_from(ITEMS), unique=True, min_size=1).map(tuple),
)
def test_nothing_leaves_without_a_live_consent_that_says_so(given_list, person, purpose, items):
    decision = decide(Asked(person, "Dr. Ito", purpose, items), given_list, Posture(), NOW)
    assert decision.reason in REASONS
    if not decision.may_leave:
        assert decision.items == () and decision.consent == ""
        return
    (given_one,) = [one for one in given_list if one.key == decision.consent]
    assert (given_one.person, given_one.status, given_one.recipient, given_one.purpose) == (
        person, "active", "Dr. Ito", purpose,
    )  # fmt: skip
    assert given_one.expires_at is None or given_one.expires_at > NOW
    assert decision.items and set(decision.items) <= set(given_one.items) & set(items)
    assert set(decision.items) <= set(items_for(given_one.kind, purpose))
