"""Whoever signs in these tests has just signed in: `test_step_up.py` is about those who did so longer ago."""

from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import record_authentication
from tests.story import Persona

from alongside.people import second_factor


@pytest.fixture
def signed_in(client):
    """`signed_in(rosa)` gives the test client signed in as somebody a moment ago, past the second factor."""

    def sign_in(persona: Persona):
        client.force_login(persona.user)
        session = client.session
        second_factor.mark_passed(session)
        record_authentication(SimpleNamespace(session=session), persona.user, "password")
        session.save()
        return client

    return sign_in
