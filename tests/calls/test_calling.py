"""The queue, taking a call, and what it came to."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django_scopes import scope
from tests.calls.conftest import NOON, make_served
from tests.story import ZONE

from alongside.audit.models import Entry
from alongside.calls import actions
from alongside.calls.models import Agreement, Call, Claim
from alongside.calls.queries import get_caller, list_queue
from alongside.people.actions import change_person, move_episode, record_boundary, set_safe_contact
from alongside.rules.availability import to_hex
from alongside.safety.models import Escalation


def day_of(agreement):
    return agreement.due_at.astimezone(ZONE).date()


# --- the queue ----------------------------------------------------------------------------------------------------
def test_whoever_agreed_is_due_at_once_and_in_order_of_time(program, carmen, vera, nadia, agrees, queue):
    omar = make_served(program, "omar", carmen.actor, phone="+12135550124")
    later, first = agrees(nadia, now=NOON - timedelta(hours=1)), agrees(omar, now=NOON - timedelta(hours=2))
    assert queue(vera) == [first.pk, later.pk]


def test_nobody_is_called_who_did_not_agree(nadia, vera, queue):
    assert queue(vera) == []


def test_outside_of_the_agreed_hours_nobody_is_in_the_queue(nadia, agrees, vera, queue, take):
    mondays = to_hex(0xFF << 10)
    agreement = agrees(nadia, hours=mondays)
    assert queue(vera) == []
    with pytest.raises(actions.NotFree):
        take(vera, agreement)
    assert day_of(agreement) == date(2026, 6, 8)
    assert queue(vera, agreement.due_at) == [agreement.pk]
    assert queue(vera, agreement.due_at + timedelta(hours=12)) == []


@pytest.mark.parametrize(
    "rules", [{"may_call": False}, {"channel": "none"}, {"from_hour": 13}, {"until_hour": 12}, {"no_phone": True}]
)
def test_safe_contact_rules_are_asked_again_when_a_call_is_due(rules, agreed, nadia, carmen, vera, queue, take):
    if rules.pop("no_phone", False):
        change_person(person=nadia.person, by=carmen.actor, phone="")
    else:
        set_safe_contact(person=nadia.person, by=carmen.actor, **rules)
    assert queue(vera) == []
    with pytest.raises(actions.NotFree):
        take(vera, agreed)


def test_a_boundary_leaves_no_trace(agreed, nadia, carmen, vera, tom, queue, take):
    record_boundary(person=nadia.person, other=vera.person, kind="ex", by=carmen.actor)
    assert queue(vera) == [] and queue(tom) == [agreed.pk]
    told = []
    for wanted in (agreed.pk, uuid4()):
        with pytest.raises(actions.NotFree) as refused:
            actions.take_call(agreement_id=wanted, caller=vera.mark, by=vera.actor, now=NOON)
        told.append(str(refused.value))
    assert told == ["", ""], "whoever is kept apart and whoever is not there are refused alike"


def test_nobody_calls_themself_or_in_a_language_they_do_not_call_in(program, carmen, agreed, vera, queue, agrees):
    actions.mark_caller(person=vera.person, languages=["en"], trained_on=NOON.date(), by=carmen.actor)
    vera.mark.refresh_from_db()
    assert queue(vera) == []


def test_whoever_rests_is_not_called(agreed, nadia, carmen, vera, queue):
    move_episode(episode=nadia.episode, to="paused", by=carmen.actor)
    assert queue(vera) == []


def test_a_mark_that_ended_ends_with_the_next_request(vera, carmen):
    assert get_caller(vera.actor) is not None
    actions.end_caller(caller=vera.mark, by=carmen.actor)
    assert get_caller(vera.actor) is None
    actions.end_caller(caller=vera.mark, by=carmen.actor)
    assert Entry.objects.filter(act="caller.changed").count() == 2


def test_the_queue_of_a_program_is_its_own(agreed, marcus, carmen, other_program):
    with scope(program=other_program):
        mark = actions.mark_caller(person=marcus.person, languages=["es"], trained_on=NOON.date(), by=marcus.actor)
        assert list_queue(mark, NOON) == []


# --- taking a call ------------------------------------------------------------------------------------------------
def test_a_taken_call_is_gone_for_the_others_until_its_time_runs_out(agreed, vera, tom, queue, take):
    claim = take(vera, agreed)
    assert queue(tom) == [] and queue(vera) == [agreed.pk]
    with pytest.raises(actions.NotFree):
        take(tom, agreed)
    assert take(vera, agreed).pk == claim.pk, "twice is once"
    later = claim.until + timedelta(seconds=1)
    assert queue(tom, later) == [agreed.pk]
    take(tom, agreed, later, all_the_same=True)
    much_later = later + timedelta(days=2)
    with pytest.raises(actions.ClaimLost):
        actions.record_call(agreement_id=agreed.pk, outcome="well", submit_key=uuid4(), by=vera.actor, now=much_later)
    # She had talked with them: what she writes within a day is kept, and he has the call still.
    actions.record_call(agreement_id=agreed.pk, outcome="well", submit_key=uuid4(), by=vera.actor, now=later)
    assert Claim.objects.get().caller_id == tom.person.pk
    with pytest.raises(actions.ClaimLost):
        actions.record_call(agreement_id=agreed.pk, outcome="well", submit_key=uuid4(), by=vera.actor, now=later)


def test_a_call_that_lasts_is_kept(agreed, vera, tom, queue, take):
    claim = take(vera, agreed)
    soon = claim.until - timedelta(minutes=1)
    kept = actions.keep_call(claim=claim, by=vera.actor, now=soon)
    assert kept.until == soon + timedelta(minutes=30)
    assert queue(tom, claim.until + timedelta(minutes=10)) == []
    # Also after its time ran out, as long as nobody else took it; then never more.
    actions.keep_call(claim=claim, by=vera.actor, now=kept.until + timedelta(minutes=5))
    over = kept.until + timedelta(minutes=36)
    take(tom, agreed, over, all_the_same=True)
    with pytest.raises(actions.ClaimLost):
        actions.keep_call(claim=claim, by=vera.actor, now=over)
    with pytest.raises(actions.ClaimLost):
        actions.keep_call(claim=Claim.objects.get(), by=vera.actor, now=over)


def test_who_takes_a_call_that_somebody_had_is_asked_first(agreed, vera, tom, take):
    claim = take(vera, agreed)
    later = claim.until + timedelta(minutes=1)
    (due,) = list_queue(tom.mark, later)
    assert (due.perhaps_at, due.perhaps_by) == (NOON, "Vera")
    assert list_queue(vera.mark, later)[0].perhaps_at is None, "her own is no news to her"
    with pytest.raises(actions.PerhapsCalled) as perhaps:
        take(tom, agreed, later)
    assert (perhaps.value.at, perhaps.value.name) == (NOON, "Vera")
    assert Claim.objects.get().caller_id == vera.person.pk, "asking takes nothing"
    assert take(tom, agreed, later, all_the_same=True).caller_id == tom.person.pk


def test_given_back_or_written_down_nobody_is_asked(agreed, vera, tom, calls, take):
    actions.give_back(claim=take(vera, agreed), by=vera.actor)
    assert list_queue(tom.mark, NOON)[0].perhaps_at is None
    after = calls(vera, agreed, "no_answer")
    assert list_queue(tom.mark, after.due_at)[0].perhaps_at is None


def test_after_the_weeks_a_wish_said_in_a_call_holds_from_then_on(agreed, vera, take):
    later = NOON + timedelta(weeks=13)
    take(vera, agreed, later)
    actions.record_call(
        agreement_id=agreed.pk, outcome="well", wished_every_days=30, submit_key=uuid4(), by=vera.actor, now=later
    )
    agreed.refresh_from_db()
    assert (agreed.wished_every_days, agreed.why) == (30, "wished")
    assert day_of(agreed) == (later + timedelta(days=30)).astimezone(ZONE).date()


def test_nobody_who_was_not_reached_wished_for_anything(agreed, vera, take):
    take(vera, agreed)
    actions.record_call(
        agreement_id=agreed.pk, outcome="no_answer", wished_every_days=30, submit_key=uuid4(), by=vera.actor, now=NOON
    )
    agreed.refresh_from_db()
    assert agreed.wished_every_days is None


def test_the_database_refuses_a_second_claim_and_one_without_agreement(agreed, nadia, vera, tom, take):
    take(vera, agreed)
    values = {"program_id": agreed.program_id, "taken_at": NOON, "until": NOON + timedelta(minutes=5)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(agreement=agreed, caller=tom.person, **values)
    Claim.objects.all().delete()
    actions.pause(agreement=agreed, by=nadia.actor)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.create(agreement=agreed, caller=tom.person, **values)


def test_given_back_it_is_there_for_the_others(agreed, vera, tom, queue, take):
    actions.give_back(claim=take(vera, agreed), by=vera.actor)
    assert queue(tom) == [agreed.pk]


def test_whoever_takes_another_gives_the_first_back(program, carmen, agreed, agrees, vera, tom, queue, take):
    omar = make_served(program, "omar", carmen.actor, phone="+12135550124")
    other = agrees(omar)
    take(vera, agreed)
    take(vera, other)
    assert queue(tom) == [agreed.pk]


# --- what a call came to ------------------------------------------------------------------------------------------
def test_well_comes_back_in_a_week(agreed, vera, calls):
    after = calls(vera, agreed, "well")
    assert (day_of(after), after.why, after.tries) == (date(2026, 6, 9), "weekly", 0)
    made = Call.objects.get()
    assert made.is_reached and made.caller_id == vera.person.pk and made.episode_id == agreed.episode_id
    assert not Claim.objects.exists()


def test_no_answer_is_tried_twice_more_in_seven_days(agreed, vera, calls):
    days, after = [], agreed
    for outcome in ("no_answer", "message_left", "no_answer"):
        after = calls(vera, after, outcome, now=max(after.due_at, NOON))
        days.append((day_of(after).day, after.why))
    assert days == [(4, "try_again"), (6, "try_again"), (9, "weekly")]
    assert after.status == "agreed", "no answer never ends the calls"


def test_the_same_call_sent_twice_is_one(agreed, vera, calls):
    key = uuid4()
    calls(vera, agreed, "well", key=key)
    again = actions.record_call(agreement_id=agreed.pk, outcome="well", submit_key=key, by=vera.actor, now=NOON)
    assert Call.objects.get().pk == again.pk


def test_asked_to_stop_in_a_call_ends_it(agreed, vera, calls, queue):
    after = calls(vera, agreed, "asked_to_stop")
    assert (after.status, after.end_reason, after.due_at) == ("ended", "in_a_call", None)
    assert queue(vera, NOON + timedelta(days=30)) == []


def test_a_wrong_number_is_called_by_nobody_again(agreed, nadia, carmen, vera, calls, queue):
    after = calls(vera, agreed, "wrong_number")
    assert (after.status, after.pause_reason) == ("paused", "wrong_number")
    assert queue(vera, NOON + timedelta(days=30)) == []
    change_person(person=nadia.person, by=carmen.actor, phone="+12135550125")
    actions.go_on(agreement=after, by=carmen.actor, now=NOON)
    assert queue(vera) == [agreed.pk]


def test_whoever_wants_more_is_called_sooner(agreed, vera, calls):
    after = calls(vera, agreed, "more")
    assert (day_of(after), after.why, after.wants_more_at) == (date(2026, 6, 5), "wanted_more", NOON)


def test_a_worry_from_a_call_reaches_whoever_is_on_duty(agreed, nadia, vera, calls, dolores):
    with pytest.raises(ValueError, match="words"):
        calls(vera, agreed, "worried")
    calls(vera, agreed, "worried", note="He wept and hung up")
    worry = Escalation.objects.get()
    assert (worry.source, worry.person_id, worry.raised_by_id) == ("call", nadia.person.pk, vera.person.pk)
    assert worry.words == "He wept and hung up" and worry.look_at is not None


def test_whoever_stopped_while_the_telephone_rang_has_stopped(agreed, nadia, vera, take):
    take(vera, agreed)
    actions.end(agreement=agreed, by=nadia.actor, now=NOON)
    actions.record_call(agreement_id=agreed.pk, outcome="well", submit_key=uuid4(), by=vera.actor, now=NOON)
    assert Agreement.objects.get().status == "ended" and Call.objects.count() == 1


def test_a_call_is_never_changed(agreed, vera, calls):
    calls(vera, agreed, "well")
    with pytest.raises(DatabaseError), transaction.atomic():
        Call.objects.update(outcome="more")
    with pytest.raises(DatabaseError), transaction.atomic():
        Call.objects.create(
            program_id=agreed.program_id, agreement=agreed, person_id=agreed.person_id, episode_id=agreed.episode_id,
            caller=vera.person, called_at=NOON, why="weekly", outcome="no_answer", is_reached=True, submit_key=uuid4(),
        )  # fmt: skip


def test_every_step_is_in_the_log_and_none_of_the_words(agreed, nadia, vera, calls):
    calls(vera, agreed, "well", note="saffron canary")
    log = Entry.objects.filter(subject_id=nadia.person.pk, act__startswith="call").order_by("id")
    acts = list(log.values_list("act", flat=True))
    assert acts == ["calls.agreed", "call.taken", "call.made"]
    assert not any("saffron" in str(entry.__dict__) for entry in Entry.objects.all())
