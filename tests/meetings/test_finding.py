"""Finding: by time, place, type, language; in weeks when clocks change; across zones; page by page."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.meetings.test_feeds import ENTRY, make_feed

from alongside.meetings import actions, finding
from alongside.meetings.finding import Search, find
from alongside.meetings.models import Feed

LA = (34.05, -118.2)
MONDAY_NOON = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)  # in Los Angeles


def row(slug, day, time, **changes):
    return {**ENTRY, "slug": slug, "name": slug, "day": day, "time": time, "types": [], **changes}


ROWS = [
    row("now", 1, "11:30", end_time="12:30"),
    row("soon", 1, "13:00", types=["O", "X"]),
    row("past", 1, "09:00"),
    row("evening", 1, "19:00", types=["O", "S"]),
    row("late", 1, "23:30", end_time="00:30"),
    row("night", 2, "03:00"),
    row("tuesday", 2, "19:00"),
    row("sunday", 0, "10:00"),
    row("whole day", 1, "00:00", end_time="23:59", formatted_address="Riverbend, CA, USA", latitude=None,
        longitude=None,
        conference_url="https://zoom.us/j/1"),
    row("by call", None, ""),
    row("chicago", 1, "14:30", timezone="America/Chicago", formatted_address="1 A St, Chicago, IL 60601, USA",
        latitude=41.88, longitude=-87.63),
    row("pasadena", 1, "20:00", latitude=34.147, longitude=-118.144, types=["O", "X", "ASL"]),
]  # fmt: skip


@pytest.fixture
def feed(program, carmen):
    made = make_feed(program, carmen.actor)
    return actions.take_in(feed=made, content=json.dumps(ROWS).encode(), by=carmen.actor)


def names(search: Search, now=MONDAY_NOON, **options) -> list[str]:
    return [one.meeting.name for one in find(search, now, **options).found]


def test_now(feed):
    assert names(Search("now")) == ["whole day", "now", "chicago", "soon"]


def test_tonight(feed):
    assert names(Search("tonight")) == ["whole day", "evening", "pasadena", "late", "night"]
    after_midnight = datetime(2026, 3, 3, 8, 10, tzinfo=UTC)
    assert names(Search("tonight"), after_midnight) == ["late", "night"]


def test_today_and_this_week(feed):
    assert names(Search("today")) == ["whole day", "now", "chicago", "soon", "evening", "pasadena", "late"]
    week = ["whole day", "now", "chicago", "soon", "evening", "pasadena", "late", "night", "tuesday", "sunday", "past"]
    assert names(Search("week")) == week


def test_one_day(feed):
    assert names(Search("2")) == ["night", "tuesday"]
    # On the day itself, what is over comes last: it is next week's.
    assert names(Search("1"))[-1] == "past"


def test_near_a_place_by_distance_and_further_where_nothing_is(feed):
    # The one that is online names only its city: it is in the middle of it.
    assert names(Search("1", near=LA, miles=2)) == ["whole day", "now", "soon", "evening", "late", "past"]
    wider = find(Search("1", near=LA, miles=10), MONDAY_NOON)
    assert [one.meeting.name for one in wider.found if one.miles > 5] == ["pasadena"]
    found = find(Search("1", near=(34.3, -118.2), miles=2), MONDAY_NOON)
    assert found.miles == 25 and "pasadena" in [one.meeting.name for one in found.found]
    assert names(Search("1", near=(0.0, 0.0), miles=2)) == []
    assert names(Search("now", near=(41.9, -87.6), miles=5)) == ["chicago"]


def test_by_what_it_is_like(feed):
    assert names(Search("week", types=("X",))) == ["soon", "pasadena"]
    assert names(Search("week", types=("X", "ASL"))) == ["pasadena"]
    assert names(Search("week", language="es")) == ["evening"]
    assert names(Search("week", mode=finding.ONLINE)) == ["whole day"]
    assert "whole day" not in names(Search("week", mode=finding.IN_PERSON))
    assert names(Search("week", fellowship="na")) == []
    assert len(names(Search("week", kind="twelve_step"))) == 11


def test_without_a_time(feed):
    found = finding.list_without_time(Search())
    assert ([one.name for one in found.meetings], found.total) == (["by call"], 1)
    assert finding.list_without_time(Search(mode=finding.ONLINE)) == finding.WithoutTime((), 0)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 8, 9, 30, tzinfo=UTC), ["2026-03-08T03:30:00-07:00"]),  # 1:30, before the hour is left out
        (datetime(2026, 11, 1, 8, 45, tzinfo=UTC), ["2026-11-01T01:50:00-07:00"]),  # 1:45 for the first time
        (datetime(2026, 11, 1, 9, 45, tzinfo=UTC), ["2026-11-01T01:50:00-07:00"]),  # 1:45 for the second time: still on
        (datetime(2026, 11, 1, 9, 55, tzinfo=UTC), []),  # 1:55 for the second time: its hour is over
    ],
)
def test_in_the_nights_when_clocks_change(program, carmen, now, expected):
    rows = [row("left out", 0, "02:30"), row("twice", 0, "01:50")]
    feed = make_feed(program, carmen.actor)
    actions.take_in(feed=feed, content=json.dumps(rows).encode(), by=carmen.actor)
    found = find(Search("now"), now).found
    wanted = "left out" if now.month == 3 else "twice"
    assert [one.starts_at.isoformat() for one in found if one.meeting.name == wanted] == expected


def test_page_by_page_each_once(program, carmen):
    rows = [row(f"m{number:03}", number % 7, f"{number % 24:02}:{number % 60:02}") for number in range(100)]
    actions.take_in(feed=make_feed(program, carmen.actor), content=json.dumps(rows).encode(), by=carmen.actor)
    pages = [find(Search("week", near=LA), MONDAY_NOON, page=number) for number in range(1, 6)]
    assert [len(page.found) for page in pages] == [20] * 5
    assert [page.has_more for page in pages] == [True] * 4 + [False]
    found = [one for page in pages for one in page.found]
    assert len({one.meeting_id for one in found}) == 100
    assert [one.starts_at for one in found] == sorted(one.starts_at for one in found)
    assert find(Search("week", near=LA), MONDAY_NOON, page=6).found == ()


def test_a_second_page_looks_as_far_as_the_first(program, carmen):
    rows = [row(f"m{number:02}", 2, f"10:{number:02}", latitude=34.15) for number in range(25)]
    actions.take_in(feed=make_feed(program, carmen.actor), content=json.dumps(rows).encode(), by=carmen.actor)
    first, second = (find(Search("week", near=LA, miles=2), MONDAY_NOON, page=page) for page in (1, 2))
    assert (first.miles, len(first.found), first.has_more) == (10, 20, True)
    assert (second.miles, len(second.found), second.has_more) == (10, 5, False)


def test_a_group_of_our_own_is_found_also_after_the_program_moved_to_another_zone(program, carmen):
    told = {"name": "Coffee", "day": [1], "time": "13:00", "formatted_address": "1 A St, Riverbend, CA 9, USA",
            "latitude": 34.05, "longitude": -118.2}  # fmt: skip
    actions.write_own(program=program, told=told, by=carmen.actor)
    program.time_zone = "America/Chicago"
    program.save()
    actions.write_own(program=program, told=told | {"name": "Tea", "time": "16:00"}, by=carmen.actor)
    assert names(Search("today", near=LA)) == ["Coffee", "Tea"] == names(Search("today"))


def test_a_search_asks_few_questions_however_many_zones(feed):
    Feed.objects.update(zones=["America/Los_Angeles", "America/Chicago", "America/New_York", "America/Denver"])
    with CaptureQueriesContext(connection) as asked:
        find(Search("week"), MONDAY_NOON)
    # The feeds, our own, the meetings, and four zones of at most nine windows, where so little is found.
    assert len(asked) <= 39
    with CaptureQueriesContext(connection) as asked:
        find(Search("now", near=LA), MONDAY_NOON)
    assert len(asked) <= 4
