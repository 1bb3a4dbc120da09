from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from alongside.audit.actions import record
from alongside.audit.queries import list_named, list_opened

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def test_a_person_reads_who_opened_their_record_and_why(lien, rosa):
    own = SimpleNamespace(user_id=UUID(int=5), person_id=rosa, program_id=None, role="participant")
    record(act="record.opened", by=lien, subject=rosa, fields=["notes"], reason="cover", words="Dante is away", now=NOW)
    record(act="record.opened", by=own, subject=rosa, now=NOW)
    record(act="record.opened", by=None, subject=rosa, now=NOW - timedelta(days=1))
    record(act="record.opened", by=lien, subject=rosa, outcome="refused", now=NOW)
    record(act="record.opened", by=lien, subject=UUID(int=77), now=NOW)
    record(act="episode.moved", by=lien, subject=rosa, now=NOW)
    page = list_opened(rosa)
    assert [row.role for row in page.rows] == ["supervisor", "system"]
    first = page.rows[0]
    assert (first.at, first.reason, first.words, first.fields) == (NOW, "cover", "Dante is away", ("notes",))


def test_the_list_comes_in_pages(lien, rosa, django_assert_num_queries):
    for n in range(5):
        record(act="record.opened", by=lien, subject=rosa, reason=f"r{n}", now=NOW + timedelta(minutes=n))
    with django_assert_num_queries(1):
        page = list_opened(rosa, page=0, per_page=2)
    assert ([row.reason for row in page.rows], page.number, page.has_next) == (["r4", "r3"], 1, True)
    page = list_opened(rosa, page=3, per_page=2)
    assert ([row.reason for row in page.rows], page.has_next) == (["r0"], False)


def test_lists_and_searches_are_one_row_for_each_day_and_person(lien, rosa, django_assert_num_queries):
    for n in range(30):
        record(act="record.listed", by=lien, subject=rosa, now=NOW + timedelta(minutes=n), view=True)
    for hours, words in ((1, "A call"), (2, "A letter"), (3, "A letter")):
        record(act="record.searched", by=lien, subject=rosa, words=words, now=NOW + timedelta(hours=hours), view=True)
    record(act="record.listed", by=lien, subject=rosa, now=NOW - timedelta(days=1), view=True)
    record(act="record.listed", by=lien, subject=UUID(int=77), now=NOW, view=True)
    own = SimpleNamespace(user_id=UUID(int=5), person_id=rosa, program_id=None, role="coordinator")
    record(act="record.listed", by=own, subject=rosa, now=NOW, view=True)
    with django_assert_num_queries(2):
        page = list_named(rosa)
    assert [(row.day, row.act, row.count, row.words) for row in page.rows] == [
        (NOW.date(), "record.listed", 30, ()),
        (NOW.date(), "record.searched", 3, ("A letter", "A call")),
        (NOW.date() - timedelta(days=1), "record.listed", 1, ()),
    ]
    assert [row.count for row in list_named(rosa, page=2, per_page=2).rows] == [1] and not list_opened(rosa).rows
