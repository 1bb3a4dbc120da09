"""Lists come in while another comes in, or while somebody mends what they hold. On PostgreSQL they do meet."""

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from alongside.meetings import actions as meetings
from alongside.meetings.models import NamedPlace
from alongside.resources import actions as resources
from alongside.resources.actions import importing
from alongside.resources.models import Resource
from tests.meetings.test_feeds import entry, make_feed
from tests.races.test_choosing import run_together
from tests.resources.lists import as_list, service

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def test_two_feeds_that_name_the_same_places_both_come_in(program, carmen, monkeypatch):
    both, by = threading.Barrier(2), carmen.actor
    feeds = [make_feed(program, by, name=name) for name in ("One", "Other")]
    list_places = meetings.list_places

    def meet(rows):
        found = list_places(rows)
        with suppress(threading.BrokenBarrierError):  # the other waits for us: that is what the lock is for
            both.wait(timeout=1)
        return found

    monkeypatch.setattr(meetings, "list_places", meet)
    told = json.dumps([entry()]).encode()
    results = run_together(
        program, *(lambda feed=feed: meetings.take_in(feed=feed, content=told, by=by) for feed in feeds)
    )
    assert not [one for one in results if isinstance(one, Exception)], results
    assert sorted((place.label, place.meetings) for place in NamedPlace.objects.all()) == [
        ("90033", 2), ("Riverbend, CA", 2),
    ]  # fmt: skip


def test_what_somebody_mends_while_a_list_comes_in_stays_mended(program, carmen, monkeypatch):
    by, pantry = carmen.actor, service(1, "Pantry")
    bring = {"program": program, "feed_name": "2-1-1", "file_name": "a.json", "by": by}
    resources.import_list(content=as_list(pantry), **bring)
    mine, between, mended = Resource.objects.get(), threading.Event(), threading.Event()
    columns_of = importing.columns_of

    def wait(document):
        between.set()
        mended.wait(timeout=1.5)
        return columns_of(document)

    def mend():
        between.wait(timeout=10)
        resources.write_by_hand(program=program, values={"phone": "213-555-0199"}, by=by, resource=mine)
        mended.set()

    monkeypatch.setattr(importing, "columns_of", wait)
    newer = as_list({**pantry, "description": "Also on Sundays"})
    results = run_together(program, lambda: resources.import_list(content=newer, **bring) and None, mend)
    assert results == [None, None]
    mine.refresh_from_db()
    assert mine.first_number == "213-555-0199"
    assert mine.record.document["phones"][0]["number"] == "213-555-0199"


def test_two_of_our_own_groups_are_written_and_taken_off_at_once(program, carmen):
    by = carmen.actor
    told = {"name": "Tea", "day": [1], "time": "10:00", "formatted_address": "1 A St, Riverbend, CA 9, USA"}
    for _round in range(4):
        old = meetings.write_own(program=program, told=told, by=by, submit_key=uuid4(), now=datetime.now(UTC))
        results = run_together(
            program,
            lambda: meetings.write_own(program=program, told=told, by=by, submit_key=uuid4()) and None,
            lambda old=old: meetings.take_off(meeting=old, by=by),
        )
        assert results == [None, True]
