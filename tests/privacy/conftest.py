"""Whoever signs in these tests has just signed in: `test_step_up.py` is about those who did so longer ago."""

from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import record_authentication
from tests.story import Persona

from alongside.people import second_factor


def sign_in_now(client, persona: Persona):
    """The test client signed in as somebody a moment ago, past the second factor."""
    client.force_login(persona.user)
    session = client.session
    second_factor.mark_passed(session)
    record_authentication(SimpleNamespace(session=session), persona.user, "password")
    session.save()
    return client


@pytest.fixture
def signed_in(client):
    """`signed_in(rosa)` gives the test client signed in as somebody a moment ago."""
    return lambda persona: sign_in_now(client, persona)
