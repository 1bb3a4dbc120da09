"""Vera and Tom are trained to call; Nadia agreed to be called and has nobody beside her yet. It is a Tuesday noon."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from tests.story import ZONE, make_persona

from alongside.calls import actions, queries
from alongside.calls.models import Agreement
from alongside.people.actions import move_episode, open_episode
from alongside.rules.availability import to_hex
from alongside.workforce.actions import create_peer

ALL_WEEK = to_hex((1 << 168) - 1)
NOON = datetime(2026, 6, 2, 12, tzinfo=ZONE)


def make_caller(program, name, by, *languages):
    """A peer who is trained to call."""
    found = make_persona(program, name, "peer")
    found.profile = create_peer(person=found.person, by=by, capacity=0)
    found.mark = actions.mark_caller(
        person=found.person, languages=languages or ("en", "es"), trained_on=NOON.date(), by=by
    )
    return found


@pytest.fixture
def vera(program, carmen):
    """Vera calls in both languages."""
    return make_caller(program, "vera", carmen.actor)


@pytest.fixture
def tom(program, carmen):
    """Tom calls in both languages too."""
    return make_caller(program, "tom", carmen.actor)


def make_served(program, name, by, **values):
    """Somebody on the brief path: phone calls only."""
    found = make_persona(program, name, "participant", **values)
    found.episode = open_episode(person=found.person, by=by, is_brief=True, now=NOON - timedelta(days=2))
    for state in ("intake", "active"):
        found.episode = move_episode(episode=found.episode, to=state, by=by, now=NOON - timedelta(days=2))
    return found


@pytest.fixture
def nadia(program, carmen):
    """Nadia, Spanish first, with a telephone."""
    return make_served(program, "nadia", carmen.actor, language="es", phone="+12135550123")


@pytest.fixture
def agrees():
    """`agrees(nadia)`: on her own page, any time of the week, the safe-contact rules allowing."""

    def agree(who, *, now=NOON, **values):
        wanted = {"hours": ALL_WEEK, "time_zone": ZONE.key, "language": "es", "how": "page"} | values
        return actions.agree(person=who.person, by=who.actor, now=now, **wanted)

    return agree


@pytest.fixture
def agreed(nadia, agrees):
    """Nadia's agreement of this moment."""
    return agrees(nadia)


@pytest.fixture
def take():
    """`take(vera, agreement)`."""

    def take(who, agreement, now=NOON, **values):
        return actions.take_call(agreement_id=agreement.pk, caller=who.mark, by=who.actor, now=now, **values)

    return take


@pytest.fixture
def calls(take):
    """`calls(vera, agreement, "well")`: takes the call, writes down what came of it; gives the agreement as it is."""

    def call(who, agreement, outcome, *, now=NOON, note="", key=None):
        take(who, agreement, now)
        actions.record_call(
            agreement_id=agreement.pk, outcome=outcome, submit_key=key or uuid4(), by=who.actor, note=note, now=now
        )
        return Agreement.objects.get(pk=agreement.pk)

    return call


@pytest.fixture
def queue():
    """`queue(vera)`: ids in the order in which she sees them."""
    return lambda who, now=NOON: [one.id for one in queries.list_queue(who.mark, now)]
