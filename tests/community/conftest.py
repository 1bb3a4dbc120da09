"""The page of Dante's walk. Rosa and Sam hold places and have chosen names; Nia waits outside."""

from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest

from alongside.community import actions, queries
from alongside.groups import actions as groups
from alongside.groups.queries import get_group_led_by
from tests.groups.conftest import SIX, VALUES, make_served
from tests.story import ZONE

NOON = datetime(2026, 6, 2, 12, tzinfo=ZONE)


@pytest.fixture
def sam(program, carmen):
    return make_served(program, "sam", carmen.actor)


@pytest.fixture
def nia(program, carmen):
    return make_served(program, "nia", carmen.actor)


@pytest.fixture
def walk(program, carmen, dante):
    group = groups.open_group(
        program=program, values=VALUES | {"capacity": 40}, submit_key=uuid4(), by=carmen.actor,
        now=SIX - timedelta(days=9),
    )  # fmt: skip
    groups.add_leader(group=group, peer=dante.profile, by=carmen.actor)
    return get_group_led_by(carmen.actor, group.pk)


@pytest.fixture
def joins(walk):
    def join(who, group=None):
        return groups.ask_for_place(
            group=group or walk, person=who.person, by=who.actor, now=SIX - timedelta(days=8)
        )  # fmt: skip

    return join


@pytest.fixture
def page(walk, dante, rosa, sam, joins):
    """Open, quiet from ten to seven."""
    joins(rosa)
    joins(sam)
    return actions.set_page(
        group=walk, is_open=True, quiet_from=time(22), quiet_until=time(7), by=dante.actor, now=NOON
    )


@pytest.fixture
def named(page):
    """`named(rosa, "Heron 12")`."""

    def choose(who, name, **more):
        return actions.choose_name(community=page, name=name, by=who.actor, now=NOON, **more)

    return choose


@pytest.fixture
def writes(page):
    """`writes(rosa, "Good morning")`, under a name of their own."""

    def write(who, words, *, to=None, now=NOON, key=None):
        name = queries.get_name(page, who.person.pk) or actions.choose_name(
            community=page, name=f"Owl {len(words)}{who.person.pk.hex[:6]}", by=who.actor, now=now
        )
        return actions.write(
            community=page, name=name, words=words, submit_key=key or uuid4(), by=who.actor, answers_to=to, now=now
        )

    return write
