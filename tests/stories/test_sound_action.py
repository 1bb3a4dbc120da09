"""Putting a recording to a story."""

import pytest
from django.db import connection
from tests.rules.sound.files import wav

from alongside.rules import sound
from alongside.rules.sound import clean
from alongside.stories import actions


@pytest.mark.django_db(transaction=True)
def test_a_file_is_read_before_the_database_is_held(rosa, write, monkeypatch):
    """Ten megabytes take a moment, and on SQLite nobody else could write meanwhile."""
    story, seen = write(rosa), []

    def look(content):
        seen.append(connection.in_atomic_block)
        return clean(content)

    monkeypatch.setattr(sound, "clean", look)
    actions.put_sound(story=story, content=wav(), by=rosa.actor)
    assert seen == [False]
