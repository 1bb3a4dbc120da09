"""Lists come in while another comes in, or while somebody mends what they hold. On PostgreSQL they do meet."""

import json
import threading
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError

from alongside.meetings import actions as meetings
from alongside.meetings import placing
from alongside.meetings.models import Meeting, NamedPlace
from alongside.resources import actions as resources
from alongside.resources.actions import importing
from alongside.resources.models import Resource
from tests.meetings.test_feeds import entry, make_feed
from tests.races.test_choosing import run_together, two_writers
from tests.resources.lists import as_list, service

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]


def test_two_feeds_that_name_the_same_places_both_come_in(program, carmen, monkeypatch):
    both, by = threading.Barrier(2), carmen.actor
    feeds = [make_feed(program, by, name=name) for name in ("One", "Other")]
    list_places = placing.list_places

    def meet(rows):
        found = list_places(rows)
        with suppress(threading.BrokenBarrierError):  # the other waits for us: that is what the lock is for
            both.wait(timeout=1)
        return found

    monkeypatch.setattr(placing, "list_places", meet)
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


TEA = {"name": "Tea", "day": [1], "time": "10:00", "formatted_address": "1 A St, Riverbend, CA 9, USA"}


def counted(feed) -> int:
    """How many meetings the feed of our own says there are."""
    feed.refresh_from_db()
    return feed.counts["read"]


def test_two_of_our_own_groups_are_written_and_taken_off_at_once(program, carmen):
    by, told = carmen.actor, TEA
    for _round in range(4):
        old = meetings.write_own(program=program, told=told, by=by, submit_key=uuid4(), now=datetime.now(UTC))
        results = run_together(
            program,
            lambda: meetings.write_own(program=program, told=told, by=by, submit_key=uuid4()) and None,
            lambda old=old: meetings.take_off(meeting=old, by=by),
        )
        assert results == [None, True]
    assert counted(old.feed) == Meeting.objects.filter(gone_at__isnull=True).count() == 4


# --- the same races must catch a naive variant -----------------------------------------------------------------------
@pytest.fixture
def places_unlocked(monkeypatch):
    """Nobody waits for anybody: both have read which places there are before either writes."""
    both, list_places = threading.Barrier(2), placing.list_places

    def meet(rows):
        found = list_places(rows)
        both.wait(timeout=20)
        return found

    for module in (meetings, placing):
        monkeypatch.setattr(module, "hold", lambda program_id: None)
    monkeypatch.setattr(placing, "list_places", meet)


@two_writers
def test_without_the_lock_two_feeds_both_write_the_same_place(program, carmen, places_unlocked):
    by, told = carmen.actor, json.dumps([entry()]).encode()
    feeds = [make_feed(program, by, name=name) for name in ("One", "Other")]
    results = run_together(
        program, *(lambda feed=feed: meetings.take_in(feed=feed, content=told, by=by) for feed in feeds)
    )
    assert [type(one) for one in results].count(IntegrityError) == 1, results


@two_writers
def test_without_the_hold_a_list_writes_over_what_was_mended(program, carmen, monkeypatch):
    by, pantry = carmen.actor, service(1, "Pantry")
    bring = {"program": program, "feed_name": "2-1-1", "file_name": "a.json", "by": by}
    resources.import_list(content=as_list(pantry), **bring)
    mine, between, mended = Resource.objects.get(), threading.Event(), threading.Event()
    columns_of = importing.columns_of

    def wait(document):
        between.set()
        assert mended.wait(timeout=20), "nothing keeps them apart"
        return columns_of(document)

    def mend():
        between.wait(timeout=20)
        resources.write_by_hand(program=program, values={"phone": "213-555-0199"}, by=by, resource=mine)
        mended.set()

    monkeypatch.setattr(importing, "_hold", lambda keys: Resource.objects.filter(pk__in=keys).order_by("pk"))
    monkeypatch.setattr(importing, "columns_of", wait)
    newer = as_list({**pantry, "description": "Also on Sundays"})
    assert run_together(program, lambda: resources.import_list(content=newer, **bring) and None, mend) == [None, None]
    mine.refresh_from_db()
    assert mine.first_number != "213-555-0199"


@two_writers
def test_without_the_lock_what_is_counted_is_not_what_is_held(program, carmen, monkeypatch):
    by = carmen.actor
    old = meetings.write_own(program=program, told=TEA, by=by, submit_key=uuid4(), now=datetime.now(UTC))
    both, count_own = threading.Barrier(2), meetings._count_own

    def meet(feed, now):
        both.wait(timeout=20)  # each has written its own row, and counts without that of the other
        count_own(feed, now)

    for module in (meetings, placing):
        monkeypatch.setattr(module, "hold", lambda program_id: None)
    monkeypatch.setattr(meetings, "_count_own", meet)
    results = run_together(
        program,
        lambda: meetings.write_own(program=program, told=TEA, by=by, submit_key=uuid4()) and None,
        lambda: meetings.take_off(meeting=old, by=by),
    )
    assert results == [None, True] and Meeting.objects.filter(gone_at__isnull=True).count() == 1
    assert counted(old.feed) != 1
