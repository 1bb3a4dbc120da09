"""Many people whose figures are known."""

import pytest
from tests.impact.walks import walk

from alongside.workforce.models import PeerProfile


@pytest.fixture
def many(program, dante):
    """Forty people: all reached early, twenty-five still at day 60, twelve at day 90, and some who left."""
    PeerProfile.objects.filter(pk=dante.person.pk).update(capacity=60)
    for number in range(40):
        days = [3, *([45] if number < 25 else []), *([80] if number < 12 else [])]
        walk(program, dante, number, waited=number % 10, reached=days, tried=[1], closed=number % 4 == 0)
    return program
