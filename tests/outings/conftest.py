"""Rosa walks with Dante. A list says that "Noon" is on Tuesdays and Thursdays at twelve; it is Tuesday morning."""

import json
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from tests.story import ZONE

from alongside.meetings.actions import add_feed, take_in
from alongside.meetings.models import Meeting
from alongside.outings import actions, queries

TUESDAY = date(2026, 6, 2)
NOW = datetime(2026, 6, 2, 9, tzinfo=ZONE)
THURSDAY = TUESDAY + timedelta(days=2)
NOON = {
    "slug": "noon", "name": "Noon", "day": [2, 4], "time": "12:00", "end_time": "13:00", "location": "Hall",
    "formatted_address": "1 Main St, Riverbend, CA 90033, USA", "latitude": 34.05, "longitude": -118.2,
}  # fmt: skip
OTHER = {**NOON, "slug": "other", "name": "Another", "day": 5}


@pytest.fixture(autouse=True)
def tuesday():
    """Tuesday morning at nine."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def feed(program, carmen):
    """The list."""
    return add_feed(
        program=program, way="file", name="Intergroup", site="", fellowship="aa", url="", every_hours=0, language="en",
        time_zone="America/Los_Angeles", submit_key=uuid4(), by=carmen.actor, now=NOW - timedelta(days=9),
    )  # fmt: skip


@pytest.fixture
def listed(feed, carmen):
    """`listed(day=3)`: the list as it says it now; `listed(None)` without "Noon". Gives its row."""

    def read(change=(), *, now=NOW - timedelta(days=8), **values):
        rows = [OTHER] if change is None else [{**NOON, **values}, OTHER]
        take_in(feed=feed, content=json.dumps(rows).encode(), by=carmen.actor, now=now)
        return Meeting.objects.select_related("feed").get(feed=feed, key="noon")

    return read


@pytest.fixture
def noon(listed):
    """The meeting."""
    return listed()


@pytest.fixture
def saved(noon, rosa):
    """Rosa kept it a week ago, and means to go on both days."""
    kept = actions.save_meeting(
        person=rosa.person, meeting=noon, submit_key=uuid4(), by=rosa.actor, now=NOW - timedelta(days=7)
    )
    return actions.plan_days(saved=kept, days=[2, 4], by=rosa.actor)


@pytest.fixture
def breakfast(rosa):
    """Something of her own, each day at eight."""
    return actions.save_own(
        person=rosa.person, kind="other", name="Breakfast", place="Kitchen", days=list(range(7)), starts=480,
        minutes=30, submit_key=uuid4(), by=rosa.actor,
    )  # fmt: skip


@pytest.fixture
def look(rosa):
    """`look(saved)`: as her page loads it."""
    return lambda one: queries.get_saved(rosa.person.pk, one.pk)


@pytest.fixture
def ask(saved, rosa, mentorship):
    """Rosa asks Dante to come along on Thursday."""
    return actions.ask_along(
        saved=saved, on_day=THURSDAY, mentorship=mentorship, words="Would you sit beside me?", by=rosa.actor
    )


@pytest.fixture
def connection_rows(db):
    """`connection_rows("outings_felt")`: what whoever reads the database sees of a table."""
    from django.db import connection

    def read(table: str) -> str:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  (names of the tests)
            rows = cursor.fetchall()
        assert rows
        return str(rows)

    return read
