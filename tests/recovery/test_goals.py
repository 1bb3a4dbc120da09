"""Goals and small steps: once, by either of the two, and never gone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.story import day_there, make_persona

from alongside.recovery import actions
from alongside.recovery.models import Change, Goal, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal(rosa, mentorship):
    """Rosa wants a room."""
    return actions.add_goal(person=rosa.person, area="home", words="A room", submit_key=uuid4(), by=rosa.actor)


def step_of(goal, by, **values):
    values = {"words": "Call about the room", "owner": "peer", "submit_key": uuid4()} | values
    return actions.add_step(goal=goal, by=by, **values)


def whats():
    return list(Change.objects.order_by("at", "pk").values_list("what", flat=True))


def test_sent_twice_is_one_goal_and_one_step(rosa, goal):
    again = actions.add_goal(person=rosa.person, area="home", words="A room", submit_key=goal.submit_key, by=rosa.actor)
    key = uuid4()
    assert again.pk == goal.pk
    assert step_of(goal, rosa.actor, submit_key=key).pk == step_of(goal, rosa.actor, submit_key=key).pk
    assert Goal.objects.count() == Step.objects.count() == 1 and whats() == ["goal_added", "step_added"]


def test_either_of_the_two_takes_steps_and_marks_them(rosa, dante, goal):
    mine = step_of(goal, dante.actor, owner="person")
    theirs = step_of(goal, rosa.actor, owner="peer", due_on=day_there() + timedelta(days=3))
    assert actions.settle_step(step=mine, to="done", by=dante.actor).done_at
    assert actions.settle_step(step=theirs, to="done", by=rosa.actor).done_at
    assert actions.settle_step(step=theirs, to="open", by=rosa.actor).done_at is None
    actions.settle_step(step=theirs, to="open", by=rosa.actor)
    assert whats()[-3:] == ["step_done", "step_done", "step_opened"]


def test_a_goal_is_reached_set_aside_and_taken_up_again(rosa, dante, goal):
    for to, by in (("set_aside", rosa), ("open", dante), ("done", dante), ("done", rosa), ("open", rosa)):
        goal = actions.settle_goal(goal=goal, to=to, by=by.actor)
    assert goal.done_at is None and goal.set_aside_at is None
    assert whats() == ["goal_added", "goal_set_aside", "goal_opened", "goal_done", "goal_opened"]


def test_every_change_of_a_step_is_kept_apart(rosa, goal):
    step = step_of(goal, rosa.actor)
    day = day_there()
    actions.change_step(step=step, words="Write about the room", owner="person", due_on=day, by=rosa.actor)
    found = {one.what: (one.before, one.after) for one in Change.objects.filter(item=step.pk)}
    assert found["step_changed"] == ("Call about the room", "Write about the room")
    assert found["step_owner"] == ("peer", "person") and found["step_due"] == ("", day.isoformat())


def test_nobody_else_touches_them(program, rosa, dante, goal, carmen, lien):
    step = step_of(goal, rosa.actor)
    for somebody in (carmen, lien, make_persona(program, "pat", "peer"), make_persona(program, "ines", "participant")):
        for act in (
            lambda by: actions.settle_goal(goal=goal, to="done", by=by),
            lambda by: actions.settle_step(step=step, to="done", by=by),
            lambda by: step_of(goal, by),
            lambda by: actions.change_goal(goal=goal, words="x", area="home", by=by),
            lambda by: actions.add_goal(person=rosa.person, area="home", words="x", submit_key=uuid4(), by=by),
        ):
            with pytest.raises(actions.NotYours):
                act(somebody.actor)
    assert whats() == ["goal_added", "step_added"]


def test_the_database_refuses_what_cannot_be(goal, rosa):
    step = step_of(goal, rosa.actor)
    for row, wrong in (
        (goal, {"area": "walrus"}), (step, {"owner": "walrus"}),
        (goal, {"done_at": goal.made_at, "set_aside_at": goal.made_at}),
        (step, {"done_at": step.made_at, "set_aside_at": step.made_at}),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**wrong)
