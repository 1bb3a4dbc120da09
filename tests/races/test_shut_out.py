"""A worry is taken or raised at the moment in which somebody is shut out of the record: it is never theirs."""

from uuid import uuid4

import pytest
from django.db import DatabaseError

from alongside.privacy import actions as privacy
from alongside.safety import actions
from alongside.safety.models import Escalation
from tests.races.test_choosing import run_together
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


def test_taken_while_they_are_shut_out(program, rosa, carmen, lien, wish):
    for number in range(ROUNDS):
        worry, asked, agree = wish()
        works = [lambda w=worry: actions.take(escalation=w, by=lien.actor), agree]
        results = run_together(program, *(works if number % 2 else works[::-1]))
        assert not any(isinstance(one, DatabaseError) for one in results), results
        worry.refresh_from_db()
        assert (worry.status, worry.owner_id) == ("open", None), results
        assert worry.look_at is not None, "the house looks after it"
        end(asked, carmen)


def test_raised_while_they_are_shut_out(program, rosa, carmen, lien, dolores, wish):
    for _ in range(ROUNDS):
        _worry, asked, agree = wish()
        made, done = run_together(program, lambda: raise_one(rosa, carmen), agree)
        assert isinstance(made, Escalation) and not isinstance(done, Exception), (made, done)
        made.refresh_from_db()
        others = made.told.exclude(reader=lien.person)
        assert made.owner_id is None and others.exists(), "somebody who may know was told"
        end(asked, carmen)
