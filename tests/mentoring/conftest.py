"""Rosa and Dante on their way: a mentorship that has begun."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.story import make_persona

from alongside.mentoring import actions
from alongside.mentoring.models import Mentorship


def write_note(mentorship, by, *, days_ago: float = 0, words: str = "We talked.", reached: bool = True):
    """One note of some days ago."""
    moment = timezone.now() - timedelta(days=days_ago)
    note = actions.Note(
        submit_key=uuid4(),
        happened_at=moment,
        mode="phone",
        reached=reached,
        minutes=20 if reached else 0,
        note=words,
        read_together=reached,
    )
    return actions.record_contact(mentorships=[mentorship], note=note, by=by, now=moment)[0]


@pytest.fixture
def walking(mentorship, dante) -> Mentorship:
    """Their mentorship, active."""
    return actions.begin_walking(mentorship=mentorship, by=dante.actor)


@pytest.fixture
def sol(program, carmen):
    """Sol, another peer with two places."""
    from alongside.workforce.actions import create_peer

    sol = make_persona(program, "sol", "peer")
    sol.profile = create_peer(person=sol.person, by=carmen.actor, capacity=2, languages=["en", "es"])
    return sol
