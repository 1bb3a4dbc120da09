"""Dante is worried about Rosa. Lien is on duty all week, Carmen stands in, Dolores directs; they have an e-mail."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from alongside.safety import actions

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture
def duty(program, carmen, lien, dolores):
    """The rota of the week. Everybody can be written to."""
    for one in (carmen, lien, dolores):
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()
    for weekday in range(7):
        actions.set_turn(
            program=program, weekday=weekday, from_hour=0, until_hour=0, person=lien.person, deputy=carmen.person,
            by=carmen.actor,
        )  # fmt: skip


@pytest.fixture
def worried(program, mentorship, rosa, dante, dolores):
    """`worried()` raises one; the same key is the same one."""

    def tell(by=dante, now=NOW, key=None, source="worry"):
        return actions.raise_escalation(
            person=rosa.person, words="She did not come to the door", source=source, submit_key=key or uuid4(),
            by=by.actor, now=now,
        )  # fmt: skip

    return tell


@pytest.fixture
def after():
    """`after(20)`: twenty minutes later."""
    return lambda minutes: NOW + timedelta(minutes=minutes)
