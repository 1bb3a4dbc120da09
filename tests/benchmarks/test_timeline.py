"""When made people come, stay and are called: growing, on working days, tight at first, and as many as asked."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from benchmarks.population.clock import MINUTES, Clock
from benchmarks.population.plan import plan
from benchmarks.population.timeline import day_of_contact, draw_arrival, draw_contact_minutes, expected_contacts
from benchmarks.sizes import SIZES

pytestmark = pytest.mark.once

CLOCK = Clock(datetime(2026, 11, 26, 20, 0, tzinfo=UTC))


@pytest.fixture(scope="module")
def town():
    return plan(Random(1), CLOCK, SIZES["small"])


def test_more_people_come_each_year_and_few_on_sundays():
    rng = Random(3)
    arrivals = [draw_arrival(rng, CLOCK, CLOCK.now) for _ in range(4000)]
    years = Counter(minute // (365 * MINUTES) for minute in arrivals)
    assert years[8] > 2 * years[0]
    weekdays = Counter(CLOCK.weekday[minute // MINUTES] for minute in arrivals)
    assert weekdays[0] > 4 * weekdays[6]


@pytest.mark.parametrize("days", [0.5, 3, 7, 20, 30, 89, 90, 200, 900])
def test_the_cadence_and_its_inverse_agree(days):
    assert day_of_contact(expected_contacts(days)) == pytest.approx(days)


def test_contacts_are_tight_at_first(town):
    stays, _ = town
    long = [walk for stay in stays for walk in stay.walks if (walk.end or CLOCK.now) - walk.start > 200 * MINUTES]
    first = later = 0
    for walk in long:
        days = [(minute - walk.start) / MINUTES for minute in draw_contact_minutes(Random(1), CLOCK, walk)]
        first += sum(day < 90 for day in days)
        later += sum(110 <= day < 200 for day in days)
    assert first > 1.5 * later


def test_there_are_exactly_as_many_contacts_as_asked(town):
    stays, _ = town
    assert sum(walk.contacts for stay in stays for walk in stay.walks) == SIZES["small"].contacts
    assert len({stay.person for stay in stays}) == SIZES["small"].participants


def test_nobody_has_more_people_than_places_at_any_moment(town):
    stays, peers = town
    events = []
    for walk in (walk for stay in stays for walk in stay.walks):
        events += [(walk.start, 1, walk.peer), (CLOCK.now + 1 if walk.end is None else walk.end, -1, walk.peer)]
    held = Counter()
    for _minute, change, peer in sorted(events):
        held[peer] += change
        assert held[peer] <= peers[peer].capacity


def test_only_the_latest_stay_of_somebody_is_open(town):
    stays, _ = town
    latest = {stay.person: stay for stay in stays}
    assert all(stay.status == "closed" for stay in stays if latest[stay.person] is not stay)


def test_contacts_lie_within_their_mentorship(town):
    stays, _ = town
    for walk in (walk for stay in stays for walk in stay.walks):
        end = walk.end if walk.end is not None else CLOCK.now
        assert all(walk.start <= minute <= end for minute in draw_contact_minutes(Random(5), CLOCK, walk))
