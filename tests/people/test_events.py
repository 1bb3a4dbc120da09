"""Events: called in order, in the same transaction, and only those that are on the list."""

import pytest
from django.db import transaction

from alongside.people import events
from alongside.people.actions import move_episode


@pytest.fixture
def heard(monkeypatch):
    """What a handler of `episode_closed` heard, without the handlers of the packages."""
    monkeypatch.setitem(events._handlers, "episode_closed", [])
    found = []
    events.subscribe("episode_closed", lambda **facts: found.append(facts))
    return found


def test_the_packages_above_listen():
    assert events.list_handlers("episode_closed") == [
        "alongside.privacy.actions.consents.end_with_episode",
        "alongside.calls.actions.agreeing.end_with_episode",
        "alongside.mentoring.actions.leaving.end_with_episode",
        "alongside.referrals.actions.going.end_with_episode",
        "alongside.groups.actions.places.end_with_episode",
        "alongside.occasions.actions.places.end_with_episode",
        "alongside.matching.closing.take_back_everything",
    ]


def test_an_unknown_event_is_a_mistake():
    for use in (lambda: events.subscribe("nobody_home", print), lambda: events.emit("nobody_home")):
        with pytest.raises(KeyError):
            use()


def test_saying_twice_that_one_listens_is_saying_it_once(monkeypatch):
    monkeypatch.setitem(events._handlers, "episode_closed", [])
    for _twice in range(2):
        events.subscribe("episode_closed", print)
    assert len(events.list_handlers("episode_closed")) == 1


def test_closing_is_told_once_with_who_and_why(rosa, carmen, heard):
    for _twice in range(2):
        move_episode(episode=rosa.episode, to="closed", by=carmen.actor, reason="moved")
    (facts,) = heard
    assert facts["episode"].pk == rosa.episode.pk and facts["reason"] == "moved"
    assert facts["by"].person_id == carmen.person.pk


def test_a_handler_that_fails_undoes_the_closing(rosa, carmen, monkeypatch):
    def fail(**_facts):
        raise RuntimeError

    monkeypatch.setitem(events._handlers, "episode_closed", [fail])
    with pytest.raises(RuntimeError), transaction.atomic():
        move_episode(episode=rosa.episode, to="closed", by=carmen.actor)
    rosa.episode.refresh_from_db()
    assert rosa.episode.status == "waiting"
