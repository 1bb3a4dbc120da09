"""Searches among five thousand meetings: how many questions each asks, and that the made-up ones are as they say."""

import random

import pytest
from benchmarks.meetings import ASKED, _told, ask, draw_searches, fill, make_cities, measure_all, read
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.meetings.models import NO_CELL, NO_DAY, Slot
from alongside.rules.meetings import guide

pytestmark = pytest.mark.once

MOST = {"near": 10, "anywhere": 48, "name": 2, "untimed": 2, "page": 40}
"""Questions of one search: anywhere it goes zone by zone and window by window until a page is full."""


@pytest.mark.timeout(900)  # some seconds where nothing else runs
def test_a_search_asks_few_questions_among_five_thousand(program):
    rng = random.Random(7)
    cities = make_cities(rng)
    fill(program, 5_000, cities, rng)
    told, moulds = [_told(number, rng.choice(cities), rng) for number in range(500)], {}
    assert [read(one, moulds) for one in told] == [guide.read_entry(one) for one in told] and len(moulds) < 300
    assert 20 < Slot.objects.filter(day=NO_DAY).count() < 90
    assert Slot.objects.filter(is_about=True).count() > 100 > Slot.objects.filter(cell=NO_CELL).count()
    client = Client()
    for what in ASKED:
        searches = draw_searches(15, cities, rng, with_place=what not in ("anywhere", "name"))
        do = ask(what, client)
        for asked in searches:
            with CaptureQueriesContext(connection) as questions:
                do(*asked)
            assert len(questions) <= MOST[what], (what, asked[0], len(questions))
    found = measure_all(program, cities, 5, rng)
    assert set(found) == set(ASKED) and all(one["clock"]["p95"] > 0 for one in found.values())
