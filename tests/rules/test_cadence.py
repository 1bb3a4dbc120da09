"""Who needs contact, when and why: examples from the field first, then what must hold for everybody."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.rules.cadence import (
    RANKS,
    SAID_IN_REST,
    CadenceFacts,
    CadencePolicy,
    Need,
    Phase,
    PolicyInvalid,
    find_need,
    in_order,
    is_silent,
)

TODAY = date(2026, 3, 13)  # a Friday
POLICY = CadencePolicy()
DAY = timedelta(days=1)
NOBODY = Need("", 0, TODAY, 0, (), 0)


def ago(days: int) -> date:
    return TODAY - days * DAY


def list_in_order(people: list[CadenceFacts]) -> list[Need]:
    """The needs of those who have one, as a list shows them."""
    return sorted(filter(None, (find_need(one, POLICY, TODAY) for one in people)), key=in_order)


def facts(name: str = "rosa", **changes: object) -> CadenceFacts:
    """Rosa, 40 days with Dante, reached yesterday: nothing is due."""
    quiet = CadenceFacts(mentorship_id=name, introduced_on=ago(40), latest_reached_on=ago(1))
    return replace(quiet, **changes)


def codes(one: CadenceFacts, today: date = TODAY) -> list[str]:
    need = find_need(one, POLICY, today)
    return [reason.code for reason in need.reasons] if need else []


def test_nine_quiet_days_say_so_and_which_day_a_call_was_due():
    need = find_need(facts(latest_reached_on=ago(9)), POLICY, TODAY)
    assert need is not None
    assert [reason.code for reason in need.reasons] == ["quiet"]
    assert need.reasons[0].params == {"quiet_days": 9, "call_was_due": date(2026, 3, 11), "never_reached": 0}
    assert (need.due_on, need.overdue_days, need.quiet_days) == (date(2026, 3, 11), 2, 9)


def test_nobody_is_listed_who_was_reached_in_time():
    assert codes(facts()) == []


@pytest.mark.parametrize(("day", "every"), [(1, 2), (7, 2), (8, 4), (30, 4), (31, 7), (90, 7), (91, 14), (400, 14)])
def test_the_first_days_are_the_tightest(day: int, every: int):
    one = facts(introduced_on=ago(day - 1), latest_reached_on=None)
    assert one.phase_day(TODAY) == day
    assert POLICY.every_days(one, TODAY) == every


def test_the_phase_may_start_before_this_peer():
    one = facts(introduced_on=ago(2), phase_started_on=ago(200), latest_reached_on=ago(2))
    assert codes(one) == []


def test_the_order_is_promise_then_today_then_words_then_return_then_introduction_then_silence():
    people = [
        facts("quiet", latest_reached_on=ago(8)),
        facts("silent", latest_reached_on=ago(20)),
        facts("new", introduced_on=TODAY, latest_reached_on=None, is_new=True),
        facts("returned", returned_to_use_on=ago(0)),
        facts("answered", answers_unread=1),
        facts("wrote", unread_messages=2),
        facts("meets", next_appointment_at=datetime(2026, 3, 13, 17, 30)),  # noqa: DTZ001 - local wall clock
        facts("promised", next_step_on=TODAY),
        facts("planned", plan_step_due_on=TODAY),
        facts("planned later", plan_step_due_on=TODAY + timedelta(days=1)),
        facts("asked", asked_for_call_on=TODAY),
        facts("fine"),
    ]
    order = [need.mentorship_id for need in list_in_order(people)]
    assert order == ["asked", "promised", "planned", "meets", "wrote", "answered", "returned", "new", "silent", "quiet"]


def test_a_promise_stays_until_the_person_is_reached():
    asked = facts(asked_for_call_on=ago(1), latest_reached_on=ago(2))
    assert codes(asked) == ["asked_for_call"]
    assert codes(replace(asked, latest_attempt_on=TODAY, attempts_since_reached=1)) == []
    assert codes(replace(asked, latest_attempt_on=TODAY, attempts_since_reached=1), TODAY + DAY) == ["asked_for_call"]
    assert codes(replace(asked, latest_reached_on=TODAY)) == []


def test_who_asked_today_stays_listed_even_after_an_earlier_try_today():
    assert codes(facts(asked_for_call_on=TODAY, latest_attempt_on=TODAY, attempts_since_reached=1)) == [
        "asked_for_call"
    ]


def test_a_step_of_tomorrow_is_not_due():
    assert codes(facts(next_step_on=TODAY + DAY)) == []


def test_a_step_of_the_plan_stays_until_it_is_taken_whoever_was_reached_meanwhile():
    one = facts(latest_reached_on=TODAY, latest_attempt_on=TODAY, plan_step_due_on=ago(3))
    assert codes(one) == ["plan_step_due"]


def test_a_missed_call_is_tried_twice_more_and_then_rests_until_the_next_due_day():
    missed = facts(latest_reached_on=ago(7), latest_attempt_on=ago(1), attempts_since_reached=1)
    assert codes(missed) == []
    assert codes(missed, TODAY + DAY) == ["quiet", "try_again"]
    thrice = replace(missed, attempts_since_reached=3)
    assert codes(thrice, TODAY + 5 * DAY) == []
    assert codes(thrice, TODAY + 6 * DAY) == ["quiet"]


def test_a_return_to_use_brings_contact_closer_for_thirty_days():
    returned = facts(introduced_on=ago(200), latest_reached_on=ago(3), returned_to_use_on=ago(1))
    assert codes(returned) == ["returned_to_use", "quiet"]
    assert codes(replace(returned, latest_reached_on=ago(1), returned_to_use_on=ago(0))) == ["returned_to_use"]
    assert codes(replace(returned, latest_reached_on=ago(0))) == []
    assert codes(replace(returned, returned_to_use_on=ago(10), latest_reached_on=ago(2))) == [
        "returned_to_use",
        "quiet",
    ]
    assert codes(replace(returned, returned_to_use_on=ago(30), latest_reached_on=ago(3))) == []


def test_silence_counts_tries_for_nothing_and_starts_with_the_introduction():
    assert is_silent(facts(latest_reached_on=ago(14), latest_attempt_on=ago(0)), POLICY, TODAY)
    assert not is_silent(facts(latest_reached_on=ago(13)), POLICY, TODAY)
    assert is_silent(facts(introduced_on=ago(14), latest_reached_on=None), POLICY, TODAY)
    assert not is_silent(facts(latest_reached_on=ago(99), paused=True), POLICY, TODAY)


def test_equal_needs_stand_by_longest_silence_then_id():
    people = [
        facts("b", unread_messages=1),
        facts("c", unread_messages=1, latest_reached_on=ago(3)),
        facts("a", unread_messages=1),
    ]
    assert [need.mentorship_id for need in list_in_order(people)] == ["c", "a", "b"]


# what must hold for everybody

days_back = st.none() | st.integers(0, 300).map(ago)


@st.composite
def anybody(draw: st.DrawFn) -> CadenceFacts:
    return CadenceFacts(
        mentorship_id=draw(st.text("abc", min_size=1, max_size=3)),
        introduced_on=ago(draw(st.integers(0, 300))),
        phase_started_on=draw(days_back),
        latest_reached_on=draw(days_back),
        latest_attempt_on=draw(days_back),
        attempts_since_reached=draw(st.integers(0, 5)),
        next_step_on=draw(st.none() | st.integers(-5, 20).map(ago)),
        next_appointment_at=draw(st.none() | st.just(datetime(2026, 3, 13, 9))),  # noqa: DTZ001 - local wall clock
        unread_messages=draw(st.integers(0, 2)),
        answers_unread=draw(st.integers(0, 2)),
        asked_for_call_on=draw(st.none() | st.integers(0, 20).map(ago)),
        returned_to_use_on=draw(st.none() | st.integers(-2, 60).map(ago)),
        return_told_on=draw(st.none() | st.integers(0, 60).map(ago)),
        latest_call_reached_on=draw(days_back),
        plan_step_due_on=draw(st.none() | st.integers(-5, 20).map(ago)),
        call_wanted_in_check_in=draw(st.booleans()),
        check_in_dropped_on=draw(st.none() | st.integers(0, 20).map(ago)),
        check_ins_quiet_from=draw(st.none() | st.integers(-20, 20).map(ago)),
        is_new=draw(st.booleans()),
        paused=draw(st.booleans()),
    )


def urgency(one: CadenceFacts) -> int:
    need = find_need(one, POLICY, TODAY)
    return need.urgency if need else 0


@given(anybody(), st.integers(1, 60))
def test_more_silence_never_makes_a_need_less_urgent(one: CadenceFacts, more: int):
    since = one.latest_reached_on or one.introduced_on
    if one.latest_reached_on:
        quieter = replace(one, latest_reached_on=since - more * DAY)
    else:
        start = one.phase_started_on or one.introduced_on
        quieter = replace(one, introduced_on=since - more * DAY, phase_started_on=start)
    assert urgency(quieter) >= urgency(one)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(anybody(), max_size=6), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_asking(people: list[CadenceFacts], random):
    people = list({one.mentorship_id: one for one in people}.values())
    mixed = random.sample(people, len(people))
    assert list_in_order(mixed) == list_in_order(people)


@given(anybody())
def test_somebody_who_rests_is_listed_only_for_what_they_said(one: CadenceFacts):
    need, awake = (find_need(replace(one, paused=paused), POLICY, TODAY) for paused in (True, False))
    if need:
        assert {reason.code for reason in need.reasons} <= SAID_IN_REST
        assert {reason.code for reason in need.reasons} <= {reason.code for reason in awake.reasons}


@given(anybody())
def test_nothing_that_somebody_who_rests_says_is_lost(one: CadenceFacts):
    resting = replace(one, paused=True, latest_attempt_on=None, attempts_since_reached=0)
    listed = {reason.code for reason in (find_need(resting, POLICY, TODAY) or NOBODY).reasons}
    assert ("unread_messages" in listed) == (one.unread_messages > 0)
    assert ("check_in_drop" in listed) == (one.check_in_dropped_on is not None)
    assert ("returned_to_use" in listed) == (one.return_told_on is not None and one.returned_to_use_on is not None)


def test_a_return_told_in_a_rest_stands_until_somebody_reached_them_however_long_ago_it_was():
    resting = facts(paused=True, latest_reached_on=ago(9), returned_to_use_on=ago(50), return_told_on=ago(40))
    assert codes(resting) == ["returned_to_use"]
    assert codes(replace(resting, return_told_on=None)) == []
    tried = replace(resting, latest_attempt_on=ago(1), attempts_since_reached=1)
    assert codes(tried) == [] and codes(replace(tried, latest_attempt_on=ago(2))) == ["returned_to_use"]


def test_a_return_told_of_an_earlier_day_is_answered_though_they_were_reached_between():
    told = facts(latest_reached_on=ago(1), returned_to_use_on=ago(3), return_told_on=ago(0))
    assert codes(told) == ["returned_to_use"]
    assert codes(replace(told, return_told_on=None)) == []


def test_whom_a_caller_reached_is_not_silent_and_their_peer_is_still_to_call():
    one = facts(introduced_on=ago(20), latest_reached_on=None)
    assert codes(one) == ["silent"]
    reached = replace(one, latest_call_reached_on=ago(1))
    assert codes(reached) == ["quiet"] and not is_silent(reached, POLICY, TODAY)
    (reason,) = find_need(reached, POLICY, TODAY).reasons
    assert reason.params["called_on"] == ago(1)
    assert is_silent(replace(one, latest_call_reached_on=ago(14)), POLICY, TODAY)
    since = find_need(replace(reached, latest_reached_on=ago(0), next_step_on=ago(0)), POLICY, TODAY)
    assert since is None or all("called_on" not in reason.params for reason in since.reasons)


@given(anybody())
def test_every_need_has_known_reasons_by_rank_and_honest_days(one: CadenceFacts):
    need = find_need(one, POLICY, TODAY)
    if need is None:
        return
    ranks = [RANKS[reason.code] for reason in need.reasons]
    assert ranks == sorted(ranks, reverse=True) and ranks
    assert need.due_on == min(reason.due_on for reason in need.reasons)
    assert need.overdue_days == max(0, (TODAY - need.due_on).days)


@given(anybody())
def test_who_is_silent_is_on_the_peers_list_unless_just_tried(one: CadenceFacts):
    if is_silent(one, POLICY, TODAY) and not one.attempts_since_reached:
        assert find_need(one, POLICY, TODAY) is not None


# the policy


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ([], "not_an_object", ""),
        ({"streak": 3}, "unknown_field", "streak"),
        ({"silent_after_days": "14"}, "not_whole_days", "silent_after_days"),
        ({"silent_after_days": True}, "not_whole_days", "silent_after_days"),
        ({"silent_after_days": 0}, "out_of_range", "silent_after_days"),
        ({"boost_days": 366}, "out_of_range", "boost_days"),
        ({"phases": "7:2"}, "not_a_list", "phases"),
        ({"phases": [[7, 2]]}, "not_an_object", "phases.0"),
        ({"phases": [{"until_day": 7}]}, "not_whole_days", "phases.0.every_days"),
        ({"phases": [{"until_day": 7, "every_days": 2, "x": 1}]}, "unknown_field", "phases.0.x"),
        (
            {"phases": [{"until_day": 30, "every_days": 2}, {"until_day": 30, "every_days": 3}]},
            "phases_not_in_order",
            "phases.1.until_day",
        ),
        ({"phases": [{"until_day": 7, "every_days": 20}]}, "phases_must_loosen", "phases"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_with_code_and_place(values: object, code: str, field: str):
    with pytest.raises(PolicyInvalid) as refused:
        CadencePolicy.from_values(values)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_policy_goes_to_json_and_comes_back():
    policy = CadencePolicy(phases=(Phase(14, 3),), silent_after_days=10, retry_attempts=0)
    assert CadencePolicy.from_values(policy.to_values()) == policy
    assert CadencePolicy.from_values({}) == CadencePolicy()
