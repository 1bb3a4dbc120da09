"""Agreeing to be called, changing it, pausing, ending in one step, and a return to use."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.calls.conftest import NOON
from tests.story import ZONE

from alongside.calls import actions
from alongside.calls.holding import move
from alongside.calls.models import Agreement
from alongside.checkins.actions import check_in
from alongside.people.actions import move_episode, note_return_to_use
from alongside.rules.availability import to_hex
from alongside.rules.lifecycles import MoveNotAllowed


def day_of(agreement):
    return agreement.due_at.astimezone(ZONE).date()


def test_without_an_open_episode_nobody_is_called(carmen, agrees):
    with pytest.raises(actions.NotServed):
        agrees(carmen)


def test_agreeing_again_changes_what_holds(agreed, nadia, agrees):
    again = agrees(nadia, language="en", wished_every_days=14)
    assert again.pk == agreed.pk and (again.language, again.wished_every_days) == ("en", 14)
    assert Agreement.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.create(
            program_id=agreed.program_id, person=nadia.person, episode=nadia.episode, agreed_at=NOON,
            agreed_how="page", language="es", hours=agreed.hours, time_zone=ZONE.key, started_on=NOON.date(),
            round_on=NOON.date(), why="first",
        )  # fmt: skip


def test_other_hours_move_the_next_call(agreed, nadia):
    changed = actions.change(agreement=agreed, hours=to_hex(0xFF << 10), by=nadia.actor, now=NOON)
    assert day_of(changed) == date(2026, 6, 8)
    with pytest.raises(TypeError):
        actions.change(agreement=agreed, due_at=1, by=nadia.actor)


def test_the_end_is_one_step_and_a_new_agreement_begins_anew(agreed, nadia, vera, queue, agrees):
    for _twice in range(2):
        ended = actions.end(agreement=agreed, by=nadia.actor, now=NOON)
    assert (ended.status, ended.due_at, ended.end_reason) == ("ended", None, "own_wish")
    assert queue(vera) == []
    with pytest.raises(MoveNotAllowed):
        move(ended, "agreed", by=nadia.actor)
    assert agrees(nadia).pk != agreed.pk


def test_a_pause_lasts_until_its_day_is_over(agreed, nadia, vera, queue):
    actions.pause(agreement=agreed, by=nadia.actor, until=date(2026, 6, 10))
    assert queue(vera) == []
    assert actions.go_on_due(NOON + timedelta(days=8)) == 0
    assert actions.go_on_due(NOON + timedelta(days=9)) == 1
    assert actions.go_on_due(NOON + timedelta(days=9)) == 0
    assert queue(vera, NOON + timedelta(days=9)) == [agreed.pk]


def test_a_pause_without_a_day_lasts_until_somebody_says_so(agreed, nadia, vera, queue):
    actions.pause(agreement=agreed, by=nadia.actor)
    assert actions.go_on_due(NOON + timedelta(days=300)) == 0
    actions.go_on(agreement=agreed, by=nadia.actor, now=NOON)
    assert queue(vera) == [agreed.pk]


def test_when_support_ends_so_do_calls(agreed, nadia, carmen):
    move_episode(episode=nadia.episode, to="closed", by=carmen.actor, reason="completed", now=NOON)
    agreed.refresh_from_db()
    assert (agreed.status, agreed.end_reason) == ("ended", "closed")


def test_a_return_to_use_is_a_reason_to_call_at_once_and_ends_nothing(agreed, nadia, vera, calls):
    weekly = calls(vera, agreed, "well")
    assert day_of(weekly) == date(2026, 6, 9)
    next_day = NOON + timedelta(days=1)
    note_return_to_use(episode=nadia.episode, on_day=next_day.date(), by=nadia.actor, now=next_day)
    nearer = Agreement.objects.get()
    assert (nearer.due_at, nearer.why, nearer.status) == (next_day, "returned_to_use", "agreed")
    assert nearer.started_on == weekly.started_on, "the weeks are not counted anew"
    after = calls(vera, nearer, "well", now=next_day)
    assert (day_of(after), after.why) == (date(2026, 6, 6), "returned_to_use")


def test_after_a_return_to_use_a_pause_stays_the_persons_wish(agreed, nadia):
    actions.pause(agreement=agreed, by=nadia.actor)
    note_return_to_use(episode=nadia.episode, on_day=NOON.date(), by=nadia.actor, now=NOON)
    assert Agreement.objects.get().status == "paused"


def test_asking_for_a_call_brings_it_nearer_and_never_farther(agreed, nadia, vera, calls):
    calls(vera, agreed, "well")
    tomorrow = NOON + timedelta(days=1)
    asked = actions.call_soon(agreement=agreed, why="asked", by=nadia.actor, now=tomorrow)
    assert (asked.due_at, asked.why) == (tomorrow, "asked")
    later = actions.call_soon(agreement=agreed, why="asked", by=nadia.actor, now=tomorrow + timedelta(hours=2))
    assert later.due_at == tomorrow


def wish(who, now):
    """A wish for a call in a check-in, and nothing else said."""
    check_in(person=who.person, answers={}, wants_call=True, submit_key=uuid4(), by=who.actor, now=now)


def test_a_wish_in_a_check_in_brings_the_call_near(agreed, nadia, vera, calls, queue):
    assert day_of(calls(vera, agreed, "well")) == date(2026, 6, 9)
    tomorrow = NOON + timedelta(days=1)
    wish(nadia, tomorrow)
    near = Agreement.objects.get()
    assert (near.due_at, near.why) == (tomorrow, "asked") and queue(vera, tomorrow) == [agreed.pk]


def test_a_wish_never_moves_a_call_away_and_the_caller_learns_of_it(agreed, nadia):
    wish(nadia, NOON + timedelta(hours=3))
    near = Agreement.objects.get()
    assert (near.due_at, near.why) == (agreed.due_at, "asked")


def test_a_wish_leaves_a_pause_alone_and_is_answered_in_a_rest(agreed, nadia, carmen, vera, calls, queue):
    calls(vera, agreed, "well")
    move_episode(episode=nadia.episode, to="paused", by=carmen.actor)
    tomorrow = NOON + timedelta(days=1)
    assert queue(vera, agreed.due_at + timedelta(days=9)) == []
    wish(nadia, tomorrow)
    assert queue(vera, tomorrow) == [agreed.pk]
    calls(vera, agreed, "well", now=tomorrow)
    assert queue(vera, tomorrow + timedelta(days=9)) == []
    actions.pause(agreement=agreed, by=nadia.actor)
    wish(nadia, tomorrow)
    assert Agreement.objects.get().status == "paused"
