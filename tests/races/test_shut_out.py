"""A worry is taken or raised at the moment in which somebody is shut out of the record: it is never theirs."""

import threading
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet

from alongside.people.models import User
from alongside.privacy import actions as privacy
from alongside.safety import actions
from alongside.safety.models import Escalation
from tests.races.test_choosing import run_together, two_writers
from tests.story import make_persona

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
ROUNDS = 4


@pytest.fixture
def wish(program, rosa, carmen, lien):
    """`wish()`: a fresh worry about Rosa that nobody has, and a wish that Lien must not see her record."""
    nora = make_persona(program, "nora", "coordinator")

    def make():
        worry = raise_one(rosa, carmen)
        wish = privacy.ask_restriction(
            person=rosa.person, items=[], toward="inside", readers=[lien.user.pk], submit_key=uuid4(), by=rosa.actor
        )
        return worry, wish, lambda: privacy.decide_restriction(
            restriction=wish, agree=True, words="Yes.", by=nora.actor
        )  # fmt: skip

    return make


def raise_one(rosa, by) -> Escalation:
    return actions.raise_escalation(
        person=rosa.person, words="She did not come", source="worry", submit_key=uuid4(), by=by.actor
    )


def end(wish, by) -> None:
    privacy.end_restriction(restriction=wish, by=by.actor, how="spoken")


def take_and_agree(program, lien, wish, number=0):
    """Lien takes a worry while the program agrees that she must not see it: the worry, and what both heard."""
    worry, asked, agree = wish()
    works = [lambda: actions.take(escalation=worry, by=lien.actor), agree]
    results = run_together(program, *(works if number % 2 else works[::-1]))
    worry.refresh_from_db()
    return worry, asked, results


def test_taken_while_they_are_shut_out(program, carmen, lien, wish):
    for number in range(ROUNDS):
        worry, asked, results = take_and_agree(program, lien, wish, number)
        assert not any(isinstance(one, DatabaseError) for one in results), results
        assert (worry.status, worry.owner_id) == ("open", None), results
        assert worry.look_at is not None, "the house looks after it"
        end(asked, carmen)


@pytest.fixture
def on_duty(program, carmen, lien, dolores):
    """Lien alone is on duty, the whole week, and can be reached: a new worry is told to her and to nobody else."""
    User.objects.filter(pk=lien.user.pk).update(email="lien@example.org")
    for weekday in range(7):
        actions.set_turn(
            program=program, weekday=weekday, from_hour=0, until_hour=0, person=lien.person, by=carmen.actor
        )


def raise_and_agree(program, rosa, carmen, wish):
    """One is raised at that moment: the worry, and what both heard."""
    _worry, asked, agree = wish()
    made, done = run_together(program, lambda: raise_one(rosa, carmen), agree)
    assert isinstance(made, Escalation) and not isinstance(done, Exception), (made, done)
    made.refresh_from_db()
    return made, asked


def knowing(worry, lien) -> bool:
    """Whether somebody was told who may know."""
    return worry.told.exclude(reader=lien.person).exists()


def test_raised_while_they_are_shut_out(program, rosa, carmen, lien, on_duty, wish):
    assert not knowing(raise_one(rosa, carmen), lien), "else nobody could find that one is forgotten"
    for _ in range(ROUNDS):
        made, asked = raise_and_agree(program, rosa, carmen, wish)
        assert made.owner_id is None and knowing(made, lien), "somebody who may know was told"
        end(asked, carmen)


# --- the same races must catch a naive variant -----------------------------------------------------------------------
@two_writers
def test_without_the_lock_who_is_shut_out_has_it(program, lien, wish, monkeypatch):
    """Both have read the worry: the one sees nobody shut out, the other sees nobody who has it."""
    from alongside.safety.actions import answering, shut_out

    meet, policy, knows = threading.Barrier(2), answering.get_safety_policy, shut_out._somebody_knows

    def read_together():
        meet.wait(timeout=10)
        return policy()

    def look_together(worry):
        meet.wait(timeout=10)
        return knows(worry)

    monkeypatch.setattr(answering, "lock", lambda pk: Escalation.objects.get(pk=pk))
    monkeypatch.setattr(answering, "get_safety_policy", read_together)
    monkeypatch.setattr(shut_out, "_somebody_knows", look_together)
    worry, _asked, results = take_and_agree(program, lien, wish)
    assert (worry.status, worry.owner_id) == ("owned", lien.person.pk), results


@two_writers
def test_without_the_lock_on_the_person_nobody_who_may_know_is_told(program, rosa, carmen, lien, on_duty, wish,
                                                                    monkeypatch):  # fmt: skip
    """The one who raises it sees no wish in force yet, the one who agrees sees no worry yet."""
    from alongside.privacy.actions import restrictions
    from alongside.safety.actions import raising

    meet, climb, hand_on = threading.Barrier(2), raising.climb, restrictions._hand_on

    def climb_and_meet(*args, **options):
        climb(*args, **options)
        meet.wait(timeout=10)

    def hand_on_and_meet(*args):
        hand_on(*args)
        meet.wait(timeout=10)

    worry, asked, agree = wish()
    monkeypatch.setattr(raising, "climb", climb_and_meet)
    monkeypatch.setattr(restrictions, "_hand_on", hand_on_and_meet)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **_options: found)
    made, _asked = raise_and_agree(program, rosa, carmen, lambda: (worry, asked, agree))
    assert not knowing(made, lien)
