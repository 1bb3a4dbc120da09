"""A game night on a Friday at six with two places; made, shown and come to by the product's own actions."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from alongside.occasions import actions
from tests.groups.conftest import make_served
from tests.story import ZONE

FRIDAY = date(2026, 6, 5)
SIX = datetime(2026, 6, 5, 18, tzinfo=ZONE)
"""When it begins."""
BEFORE = SIX - timedelta(days=8)
VALUES = {
    "title_en": "Game night", "title_es": "Noche de juegos", "words_en": "Games and tea.", "words_es": "",
    "bring_en": "A game you like", "bring_es": "", "audience": "public", "languages": ["en", "es"],
    "access": ["step_free"], "is_sober": True, "is_online": False, "place": "Canary hall, 5 River Street", "link": "",
    "on_day": FRIDAY, "at_time": time(18), "until_day": FRIDAY, "until_time": time(21), "capacity": 2,
}  # fmt: skip


@pytest.fixture
def make(program, carmen):
    """`make(audience="peers")` is a draft."""
    return lambda **values: actions.make_occasion(
        program=program, values=VALUES | values, submit_key=uuid4(), by=carmen.actor, now=BEFORE
    )


@pytest.fixture
def shown(make, carmen):
    """`shown(capacity=None)` stands on its page."""
    return lambda **values: actions.publish(occasion=make(**values), by=carmen.actor, now=BEFORE)


@pytest.fixture
def night(shown):
    """The game night."""
    return shown()


@pytest.fixture
def comes(night):
    """`comes(rosa)`: signed in, under another name."""

    def come(who, *, to=None, now=BEFORE, alias="Heron 12", wants_reminder=False, submit_key=None):
        return actions.come(
            occasion=to or night, by=who.actor, alias=alias, wants_reminder=wants_reminder,
            submit_key=submit_key or uuid4(), now=now,
        )  # fmt: skip

    return come


@pytest.fixture
def visits(night):
    """`visits("Owl 3")`: (place, secret) of somebody without an account."""

    def come(alias="Owl 30", *, to=None, now=BEFORE, submit_key=None):
        return actions.come_as_visitor(
            occasion=to or night, alias=alias, submit_key=submit_key or uuid4(), now=now
        )  # fmt: skip

    return come


@pytest.fixture
def sam(program, carmen):
    """Sam, here for his own recovery."""
    return make_served(program, "sam", carmen.actor)


@pytest.fixture
def nia(program, carmen):
    """Nia, here for somebody she loves."""
    return make_served(program, "nia", carmen.actor, kind="loved_one")


@pytest.fixture
def browser():
    """`browser(rosa)` is one of her own, signed in past the second factor."""
    from alongside.people import second_factor

    def open_(persona):
        client = Client()
        client.force_login(persona.user)
        session = client.session
        second_factor.mark_passed(session)
        session.save()
        return client

    return open_
