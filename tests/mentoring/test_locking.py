"""Everything that moves a mentorship locks its episode first, so that no two actions wait in a circle."""

import pytest
from django.db.models import QuerySet

from alongside.mentoring import actions

from .conftest import write_note


@pytest.fixture
def locked(monkeypatch):
    """The names of models whose rows are locked, in order."""
    order, original = [], QuerySet.select_for_update

    def note(queryset, *args, **kwargs):
        order.append(queryset.model.__name__)
        return original(queryset, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", note)
    return order


DEEDS = {
    "note": lambda walk, story: write_note(walk, story["dante"].actor),
    "begin": lambda walk, story: actions.begin_walking(mentorship=walk, by=story["dante"].actor),
    "cover": lambda walk, story: actions.set_backup_peer(
        mentorship=walk, backup_peer=story["sol"].profile, by=story["carmen"].actor
    ),
    "end": lambda walk, story: actions.end_mentorship(mentorship=walk, reason="moved", by=story["carmen"].actor),
    "part": lambda walk, story: actions.part(
        mentorship=walk, reason="moved", what_next="waiting", by=story["carmen"].actor
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_the_episode_is_locked_first(mentorship, dante, carmen, sol, locked, deed):
    DEEDS[deed](mentorship, {"dante": dante, "carmen": carmen, "sol": sol})
    assert locked[0] == "Episode"


@pytest.mark.parametrize("deed", [actions.arrange_handover, actions.withdraw_handover])
def test_the_episode_is_locked_before_its_handover(walking, rosa, carmen, locked, deed):
    handover = actions.ask_for_another_peer(mentorship=walking, by=rosa.actor)
    locked.clear()
    deed(handover=handover, by=carmen.actor)
    assert locked[0] == "Episode"
