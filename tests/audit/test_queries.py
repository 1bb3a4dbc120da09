from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.utils import timezone

from alongside.audit.actions import record
from alongside.audit.queries import count_touched, list_done, list_named, list_opened, read_words

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


def test_whose_records_an_account_touched_in_a_span_and_how_often(lien, rosa):
    olu, other = UUID(int=77), SimpleNamespace(user_id=UUID(int=6), person_id=UUID(int=7), program_id=lien.program_id,
                                               role="peer")  # fmt: skip
    until = NOW + timedelta(hours=1)
    for at in (NOW, NOW + timedelta(minutes=5)):
        record(act="record.opened", by=lien, subject=rosa, now=at)
    record(act="record.opened", by=lien, subject=olu, now=until - timedelta(seconds=1))
    for at in (NOW - timedelta(seconds=1), until):  # before it, and from its end on
        record(act="record.opened", by=lien, subject=olu, now=at)
    record(act="record.opened", by=lien, subject=olu, outcome="refused", now=NOW)
    record(act="record.opened", by=lien, now=NOW)
    record(act="episode.moved", by=lien, subject=olu, now=NOW)
    record(act="record.opened", by=other, subject=olu, now=NOW)
    assert count_touched(lien.program_id, lien.user_id, ["record.opened"], NOW, until) == {rosa: 2, olu: 1}
    assert count_touched(UUID(int=99), lien.user_id, ["record.opened"], NOW, until) == {}


def test_what_accounts_did_is_found_by_its_time_in_the_order_of_its_making(lien, rosa):
    begun = timezone.now() - timedelta(seconds=1)
    for number in range(3):
        record(act="record.opened", by=lien, subject=rosa, words=f"Words {number}" if number else "")
    record(act="record.opened", by=None, subject=rosa)
    rows = list(list_done(lien.program_id, begun, timezone.now() + timedelta(seconds=1)))
    keys = [row["key"] for row in rows]
    assert [(row["act"], row["actor_id"], row["subject_id"], row["outcome"]) for row in rows] == [
        ("record.opened", lien.user_id, rosa, "done")
    ] * 3
    assert keys == sorted(keys)
    words = read_words(keys)
    assert words.keys() < set(keys) and sorted(words.values()) == ["Words 1", "Words 2"]
    assert not list_done(lien.program_id, timezone.now() + timedelta(seconds=1), timezone.now() + timedelta(hours=1))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [(None, None, [2, 1, 0]), (NOW, None, [2, 1]), (None, NOW + timedelta(hours=1), [1, 0]),
     (NOW, NOW + timedelta(hours=1), [1])],
)  # fmt: skip
def test_of_a_record_that_was_joined_the_span_counts_in_which_it_was_hers(lien, rosa, since, until, expected):
    twin = UUID(int=88)
    for number, at in enumerate((NOW - timedelta(seconds=1), NOW, NOW + timedelta(hours=1))):
        record(act="record.opened", by=lien, subject=twin, reason=f"r{number}", now=at)
    rows = list_opened(rosa, also=[(twin, since, until)]).rows
    assert [int(row.reason[1:]) for row in rows] == expected
    assert list_opened(rosa).rows == []
