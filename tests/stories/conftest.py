"""Stories of Rosa and Dante, made by the product's own actions."""

from uuid import uuid4

import pytest
from django.test import Client

from alongside.stories import actions
from alongside.stories.actions import Words

PARTS = {"like": "I counted bottles, not days.", "helped": "Somebody waited with me at the bus stop."}


def words_of(**values) -> Words:
    """A whole story for everybody, in English."""
    said = {"voice": "recovery", "language": "en", "audience": "public", "title": "The bus stop", "alias": "Wren",
            "parts": PARTS}  # fmt: skip
    return Words(**said | values)


@pytest.fixture
def write():
    """`write(rosa, audience="program")` is a draft of hers."""
    return lambda writer, **values: actions.begin(
        person=writer.person, words=words_of(**values), submit_key=uuid4(), by=writer.actor
    )


@pytest.fixture
def share(write, carmen):
    """`share(rosa)` is a story of hers that Carmen read and published."""

    def do(writer, **values):
        story = actions.send(story=write(writer, **values), by=writer.actor)
        return actions.publish(story=story, edition=story.edition, by=carmen.actor)

    return do


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
