"""Finding: by time, place, type, language; in weeks when clocks change; across zones; page by page."""

import json
import random
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from tests.meetings.test_feeds import ENTRY, make_feed

from alongside.meetings import actions, finding
from alongside.meetings.finding import Search, find
from alongside.meetings.models import Feed
from alongside.meetings.nearest import COLUMNS, list_nearest
from alongside.rules.meetings.export import clock
from alongside.rules.meetings.places import MILES_PER_DEGREE, cells_around, shrink
from alongside.rules.meetings.times import WHENS, is_in, list_windows, minutes_ahead

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


ZONES = ("America/Los_Angeles", "America/Phoenix", "America/New_York")
ASKED = (
    Search(), Search(mode="in_person"), Search(mode="online"), Search(kind="twelve_step"), Search(kind="secular"),
    Search(types=("O", "X")), Search(types=("O",), language="es"), Search(fellowship="na"), Search(fellowship="aa"),
)  # fmt: skip


def test_the_database_finds_near_a_place_what_the_rules_find_in_the_same_order(program, carmen):
    rng = random.Random(5)
    rows = [
        row(f"m{number}", rng.sample(range(7), rng.choice((1, 1, 2, 7))), clock(rng.randrange(1440)),
            end_time=rng.choice(["", clock(rng.randrange(1440))]), timezone=rng.choice(ZONES),
            types=rng.sample(["O", "X", "S", "ASL", "A"], 2), latitude=34.05 + rng.gauss(0, 0.2),
            longitude=-118.2 + rng.gauss(0, 0.2), conference_url=rng.choice(["", "https://zoom.us/j/1"]))
        for number in range(150)
    ]  # fmt: skip
    actions.take_in(feed=make_feed(program, carmen.actor), content=json.dumps(rows).encode(), by=carmen.actor)
    shrunk, seen = shrink(LA[0]), 0
    for number in range(120):
        now = MONDAY_NOON + timedelta(minutes=rng.randrange(7 * 1440))
        search, miles, most = rng.choice(ASKED), rng.choice([2, 5, 10, 25]), rng.choice([3, 1000])
        wanted = {zone: list_windows(rng.choice(WHENS) if number % 2 else "week", now.astimezone(ZoneInfo(zone)))
                  for zone in ZONES}  # fmt: skip
        clocks = {zone: now.astimezone(ZoneInfo(zone)) for zone in ZONES}
        here = {zone: (one.isoweekday() % 7, one.hour * 60 + one.minute) for zone, one in clocks.items()}
        reach = miles / MILES_PER_DEGREE
        expected = sorted(
            (minutes_ahead(*told[1:4], *here[told[4]]), *told)
            for told in finding._asked(search).values_list(*COLUMNS)
            if (told[5] - LA[0]) ** 2 + ((told[6] - LA[1]) * shrunk) ** 2 <= reach**2
            and is_in(wanted[told[4]], *told[1:4])
        )
        found = list_nearest(
            finding._asked, search.without_place(), cells=cells_around(*LA, miles), near=LA, shrunk=shrunk, reach=reach,
            wanted=wanted, here=here, most=most,
        )  # fmt: skip
        assert found == expected[:most], (search, wanted)
        seen += len(found)
    assert seen > 1_000


def test_what_is_kept_of_a_search_holds_no_program(program, other_program, carmen):
    """The SQL is made once and asked in every program: each finds its own."""
    take = partial(actions.take_in, content=json.dumps(ROWS).encode(), by=carmen.actor)
    take(feed=make_feed(program, carmen.actor))
    assert names(Search("now", near=LA)) == ["whole day", "now", "soon"]
    with scope(program=other_program):
        assert names(Search("now", near=LA)) == []
    assert names(Search("now", near=LA)) == ["whole day", "now", "soon"]
