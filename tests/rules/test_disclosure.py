"""May it leave? Every reason for no, and what a yes covers (C1, C2, C4)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.access import ACTS, SIGNED_IN
from alongside.rules.consent import ITEMS, KINDS, PURPOSES, Posture, items_for
from alongside.rules.disclosure import GROUNDS, NO, WAYS, Asked, Decision, Given, MayNotLeave, decide, pass_out

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
GIVEN = Given("k", "rosa", "specific", "active", "Dr. Ito", "care", ("being_here", "notes"), NOW + timedelta(days=9))
ASKED = Asked(
    "printed", frozenset({"coordinator"}), person="rosa", recipient="Dr. Ito", purpose="care",
    items=("being_here", "contacts", "notes"),
)  # fmt: skip


def answer(given: Given = GIVEN, asked: Asked = ASKED, now: datetime = NOW) -> Decision:
    return decide(asked, [given], Posture(), now)


def test_what_is_covered_leaves_and_the_rest_is_left_out():
    assert answer() == Decision("consent", "k", ("being_here", "notes"), "long")


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


def test_a_consent_for_all_care_reaches_a_class_and_the_name_must_be_there():
    """§2.31(a)(4)(i): "my treating providers, health plans, third-party payers, and people helping to operate"."""
    tpo = replace(GIVEN, kind="tpo", purpose="tpo")
    asked = replace(ASKED, purpose="tpo", recipient="Valley Clinic")
    assert answer(tpo, asked).reason == "other_recipient"
    for one in ("provider", "plan", "payer", "helper"):
        assert answer(tpo, replace(asked, recipient_class=one)).items == ("being_here", "notes")
        assert answer(tpo, replace(asked, recipient_class=one, recipient=" ")).reason == "other_recipient"
    assert answer(tpo, replace(asked, recipient_class="neighbor")).reason == "other_recipient"
    assert answer(asked=replace(ASKED, recipient_class="provider")).reason == "other_recipient"


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


def test_of_two_that_cover_as_much_it_is_the_first():
    """Or the accounting would name now this one and now that one."""
    assert decide(ASKED, [GIVEN, replace(GIVEN, key="later")], Posture(), NOW).consent == "k"


def test_only_who_may_hand_it_out_does():
    """Whoever may not gets no farther than that, with the best consent there is."""
    for role in SIGNED_IN - {"coordinator"}:
        assert answer(asked=replace(ASKED, roles=frozenset({role}))) == Decision("not_by_them")


WHY_NOT = {
    "consent": "no_consent", "emergency": "no_facts", "fda": "no_facts", "parent": "no_facts",
    "court_order": "not_ordered", "mandated_report": "no_facts", "inspection": "not_agreed",
}  # fmt: skip
"""What is missing where nobody says more than words."""


@pytest.mark.parametrize("code", WAYS)
def test_every_way_has_a_ground_and_asks_who_opens_it(code):
    way = WAYS[code]
    assert way.ground in GROUNDS
    allowed = ACTS[way.act] if way.act else SIGNED_IN
    for role in SIGNED_IN:
        roles, words = frozenset({role}), "For the yearly count."
        decision = decide(Asked(code, roles, words=words), [], Posture(), NOW)
        may_leave = role in allowed and way.ground not in WHY_NOT
        assert decision.may_leave == may_leave
        if may_leave:
            assert pass_out(code, roles=roles, words=words) == Decision(way.ground)
        else:
            with pytest.raises(MayNotLeave) as refused:
                pass_out(code, roles=roles, words=words)
            assert refused.value.reason == (WHY_NOT[way.ground] if role in allowed else "not_by_them")
            assert refused.value.reason in NO


def test_what_stays_within_needs_words():
    with pytest.raises(MayNotLeave) as refused:
        pass_out("file_of_people", roles=frozenset({"coordinator"}), words="  ")
    assert refused.value.reason == "no_words" and refused.value.reason in NO
    assert str(refused.value) == "may not leave", "the same words for every reason"


STANDS_ON = {
    "consent": "(§2.31, §2.33)", "emergency": "(§2.51)", "fda": "(§2.51(b))", "parent": "(§2.14(c))",
    "court_order": "(§2.61-2.67)",
    "came_in": "(§2.61)", "inspection": "(§2.53)",
    "mandated_report": "(§2.12(c)(5), (6))", "within": "(§2.12(c)(3))", "own": "(§2.23)", "aggregate": "(C8)",
    "neutral": "(E1)", "signing": "(§2.14, §2.15)",
}  # fmt: skip
"""Of each ground its section, or privacy rule. What somebody said to be heard, or brought in, stands on their wish."""


def test_every_ground_names_what_it_stands_on():
    assert GROUNDS.keys() - STANDS_ON.keys() == {"told", "returned"}
    assert [code for code, section in STANDS_ON.items() if not GROUNDS[code].endswith(section)] == []


def test_an_unknown_way_is_no_way():
    with pytest.raises(KeyError):
        pass_out("carrier_pigeon")


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
    decision = decide(replace(ASKED, person=person, purpose=purpose, items=items), given_list, Posture(), NOW)
    assert decision.reason in NO or decision.reason == "consent"
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
