"""More people for matching: peers and waiting participants by the handful, made through the product's own actions."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.story import make_persona

from alongside.intake.models import Preference, Wishes
from alongside.people.actions import move_episode, open_episode
from alongside.rules.availability import hours_from_parts
from alongside.workforce.actions import create_peer

EVENINGS = hours_from_parts(["mon_evening", "wed_evening", "sat_morning"])


def make_peer(program, by, name: str, **values):
    """A peer with an account, free on two evenings, in person or by phone."""
    peer = make_persona(program, name, "peer", birth_date=values.pop("birth_date", None))
    usual = {"capacity": 2, "languages": ["en", "es"], "hours": EVENINGS, "hours_known": True,
             "modes": ["in_person", "phone"], "pathways": ["twelve_step"], "story": f"This is {name}."}  # fmt: skip
    peer.profile = create_peer(person=peer.person, by=by, **usual | values)
    return peer


def make_waiting(program, by, name: str, *, days: int = 3, language: str = "es", likes=(), musts=(), **wishes):
    """A participant with wishes who has waited for some days. `likes` and `musts` are (feature, value) pairs."""
    person = make_persona(program, name, "participant", language=language)
    asked = timezone.now() - timedelta(days=days)
    person.episode = open_episode(person=person.person, by=by, now=asked)
    values = {"languages": [language], "hours": EVENINGS, "hours_known": True, "modes": ["phone"],
              "pathways": ["twelve_step"], "needs": ["housing"]} | wishes  # fmt: skip
    wished = Wishes.objects.create(program=program, episode=person.episode, **values)
    for strength, pairs in (("like", likes), ("must", musts)):
        for feature, value in pairs:
            Preference.objects.create(program=program, wishes=wished, feature=feature, value=value, strength=strength)
    for state in ("intake", "waiting"):
        person.episode = move_episode(episode=person.episode, to=state, by=by, now=asked)
    return person


@pytest.fixture
def peers(program, carmen):
    """Dante (twelve-step, two places), Ines (secular, one place), Bo (faith, English only)."""
    by = carmen.actor
    return {
        "dante": make_peer(program, by, "dante", life_stages=["working"]),
        "ines": make_peer(program, by, "ines", capacity=1, pathways=["secular"]),
        "bo": make_peer(program, by, "bo", languages=["en"], pathways=["faith"]),
    }


@pytest.fixture
def lucia(program, carmen):
    """Lucia waits: Spanish first, some English, a little of each wish."""
    return make_waiting(program, carmen.actor, "lucia", languages=["es", "en"], life_stages=["working"])


@pytest.fixture
def offered(program, carmen, peers, lucia):
    """Lucia's open round with three offers, best first."""
    from alongside.matching.actions import run_matching, send_offers

    run_matching(program=program, by=carmen.actor)
    round_ = send_offers(episode=lucia.episode, by=carmen.actor)
    lucia.episode.refresh_from_db()
    return round_
