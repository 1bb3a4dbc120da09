"""Dante leads a walk on Tuesdays at six with two places; Rosa walks with him, Sam and Nia have nobody beside them."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from tests.story import ZONE, make_persona

from alongside.groups import actions, queries
from alongside.groups.models import Group
from alongside.people.actions import move_episode, open_episode

TUESDAY = date(2026, 6, 2)
SIX = datetime(2026, 6, 2, 18, tzinfo=ZONE)
"""The beginning of the first session."""
VALUES = {
    "name_en": "Evening walk", "name_es": "Paseo de la tarde", "about_en": "We walk by the river.", "about_es": "",
    "for_whom": "own_recovery", "language": "en", "is_online": False, "place": "12 Canary Street", "capacity": 2,
    "rhythm": "weekly", "starts_on": TUESDAY, "until_on": None, "at_time": time(18), "minutes": 60,
}  # fmt: skip


def make_served(program, name, by, *, kind="own_recovery"):
    """Somebody who waits for a peer."""
    found = make_persona(program, name, "participant")
    found.episode = open_episode(person=found.person, by=by, kind=kind, now=SIX - timedelta(days=9))
    for state in ("intake", "waiting"):
        found.episode = move_episode(episode=found.episode, to=state, by=by, now=SIX - timedelta(days=9))
    return found


@pytest.fixture
def sam(program, carmen):
    """Sam, served and not matched."""
    return make_served(program, "sam", carmen.actor)


@pytest.fixture
def nia(program, carmen):
    """Nia too."""
    return make_served(program, "nia", carmen.actor)


@pytest.fixture
def walk(program, carmen, dante) -> Group:
    """The group, led by Dante."""
    group = actions.open_group(
        program=program, values=dict(VALUES), submit_key=uuid4(), by=carmen.actor, now=SIX - timedelta(days=9)
    )
    actions.add_leader(group=group, peer=dante.profile, by=carmen.actor)
    return queries.get_group_led_by(carmen.actor, group.pk)


@pytest.fixture
def joins(walk):
    """`joins(rosa)`: by herself, on her own page."""

    def join(who, *, group=None, now=SIX - timedelta(days=8), **values):
        return actions.ask_for_place(group=group or walk, person=who.person, by=who.actor, now=now, **values)

    return join


@pytest.fixture
def on(walk, program):
    """`on(TUESDAY)`: one time of the group."""

    def find(day=TUESDAY, group=None):
        fresh = Group.objects.get(pk=(group or walk).pk)
        return queries.get_occasion(fresh, program, day)

    return find


@pytest.fixture
def came(on, dante):
    """`came(rosa, sam)`: Dante hands in the sheet of the first session."""

    def hand_in(*people, walk_ins=0, now=SIX, shown=()):
        return actions.hand_in_sheet(
            occasion=on(), came={one.person.pk for one in people}, shown={one.person.pk for one in shown},
            walk_ins=walk_ins, by=dante.actor, now=now,
        )  # fmt: skip

    return hand_in
