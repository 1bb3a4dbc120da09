"""Rosa in English, with a weekly habit when a test wishes it; `week(n)` is a moment so many weeks ago."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from alongside.checkins import actions
from alongside.rules.check_in import QUESTIONS


@pytest.fixture
def checks_in(rosa):
    """`checks_in(4, weeks_ago=2, wants_call=True)`: Rosa answers each question with the same number."""

    def tell(level, *, weeks_ago=0, **values):
        answers = dict.fromkeys(QUESTIONS, level) if isinstance(level, int) else level
        now = timezone.now() - timedelta(weeks=weeks_ago)
        values = {"wants_call": False, "submit_key": uuid4(), "now": now} | values
        return actions.check_in(person=rosa.person, answers=answers, by=rosa.actor, **values)

    return tell


@pytest.fixture
def habit(checks_in):
    """`habit(4, 4, 4)`: so many weekly check-ins, the latest `ago` weeks ago."""

    def tell(*levels, ago=0):
        return [checks_in(level, weeks_ago=ago + len(levels) - 1 - number) for number, level in enumerate(levels)]

    return tell
