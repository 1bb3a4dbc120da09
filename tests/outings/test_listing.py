"""A group of the program in the finder: what everybody reads of it, what they never do, and that it follows."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from tests.groups.conftest import VALUES
from tests.meetings.test_finder import words
from tests.story import day_there
from tests.waits import waits

from alongside.groups import actions as groups
from alongside.groups.queries import list_next_occasions
from alongside.meetings import actions as meetings
from alongside.meetings.models import Meeting
from alongside.outings import actions

TOLD = {"name": "Tuesday coffee", "address": "1 A St", "city": "Riverbend", "state": "CA", "postal_code": "90033",
        "conference_url": "", "conference_phone": "", "group_notes": "Come in."}  # fmt: skip


@pytest.fixture
def walk(program, carmen):
    """A group that meets on Tuesdays at six, whose place is for those who have one in it."""
    return groups.open_group(program=program, values=dict(VALUES), submit_key=uuid4(), by=carmen.actor)


def change(group, carmen, **changes):
    return groups.change_group(group=group, values=groups.values_of(group) | changes, by=carmen.actor)


def found(client) -> str:
    return words(client.post(reverse("meetings"), {"when": "week", "near": "", "kind": "program"}))


def test_a_coordinator_shows_a_group_under_a_name_for_everybody(program, carmen, walk, signed_in, client):
    staff, page = signed_in(carmen), reverse("group_shown", args=[walk.pk])
    assert page in staff.get(reverse("group", args=[walk.pk])).content.decode()
    assert "Everybody finds it now" in words(staff.post(page, TOLD, follow=True))
    row = Meeting.objects.get()
    assert (row.name, row.days, row.starts, row.ends, row.shows) == ("Tuesday coffee", [2], 1080, 1140, walk.pk)
    assert "Tuesday coffee" in found(client)
    text = words(client.get(reverse("meeting", args=[row.pk]))) + str(row.raw)
    assert "Come in." in text and "Our own program holds this meeting." in text
    for secret in ("Evening walk", "Canary", "river", "dante", "Dante"):
        assert secret not in text, "its own name, its place and its people stay with the group"
    # Written again it is the same one.
    staff.post(page, TOLD | {"name": "Tuesday tea"})
    row.refresh_from_db()
    assert (row.name, Meeting.objects.count()) == ("Tuesday tea", 1)
    assert staff.get(page).context["form"]["name"].value() == "Tuesday tea"


def test_it_follows_the_group(program, carmen, walk, client):
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    walk = change(walk, carmen, at_time=time(19, 30), minutes=90, starts_on=date(2026, 6, 4), name_en="Other")
    row = Meeting.objects.get()
    assert (row.days, row.starts, row.ends, row.name) == ([4], 1170, 1260, "Tuesday coffee")
    groups.move_group(group=walk, to="resting", by=carmen.actor)
    assert "Tuesday coffee" not in found(client)
    groups.move_group(group=walk, to="open", by=carmen.actor)
    assert "Tuesday coffee" in found(client) and Meeting.objects.count() == 1
    groups.move_group(group=walk, to="ended", by=carmen.actor)
    assert "Tuesday coffee" not in found(client)


def test_what_does_not_meet_each_week_has_no_day_and_says_when(program, carmen, walk, client):
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    change(walk, carmen, rhythm="monthly", starts_on=date(2036, 6, 10))
    row = Meeting.objects.get()
    assert (row.days, row.starts) == ([], None)
    assert "On the second Tuesday of the month at 6 p.m." in row.notes and "From June 10, 2036 on" in row.notes
    assert "El segundo martes del mes" in row.notes
    assert "Tuesday coffee" in found(client), "among those without a time"


def test_after_its_last_day_nobody_finds_it(program, carmen, walk, client, unscoped):
    from django_scopes import scope

    with scope(program=program):
        actions.show_group(group=walk, told=TOLD, by=carmen.actor)
        last = day_there() + timedelta(days=400)
        change(walk, carmen, until_on=last)
    assert actions.end_listings(timezone.now()) == {}
    later = timezone.now() + timedelta(days=403)
    assert (waits("end_listings", program, timezone.now()), waits("end_listings", program, later)) == (0, 1)
    assert actions.end_listings(later) == {"groups taken out of the finder": 1}
    assert waits("end_listings", program, later) == 0
    assert actions.end_listings(later) == {}
    with scope(program=program):
        assert Meeting.objects.get().gone_at and "Tuesday coffee" not in found(client)


def test_once_hidden_it_stays_hidden(program, carmen, walk, signed_in, client):
    staff, page = signed_in(carmen), reverse("group_shown", args=[walk.pk])
    staff.post(page, TOLD)
    staff.post(page, {"action": "hide"})
    walk = change(walk, carmen, minutes=45)
    assert "Tuesday coffee" not in found(client) and Meeting.objects.get().shows is None
    staff.post(page, TOLD)
    # Also where it is taken off on the page of meetings.
    meetings.take_off(meeting=Meeting.objects.get(shows=walk.pk), by=carmen.actor)
    change(walk, carmen, minutes=50)
    assert "Tuesday coffee" not in found(client)


def test_it_is_changed_where_the_group_is_and_nowhere_else(program, carmen, walk, signed_in):
    """The page of own meetings knows nothing of the group: what it wrote would be undone by the next change."""
    row = actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    staff = signed_in(carmen)
    page = staff.get(reverse("sources"))
    assert "Tuesday coffee" in words(page) and "kept with its group" in words(page)
    assert reverse("own_edit", args=[row.pk]) not in page.content.decode()
    assert staff.get(reverse("own_edit", args=[row.pk])).status_code == 404


def test_one_that_rests_is_written_and_comes_later(program, carmen, walk, signed_in, client):
    groups.move_group(group=walk, to="resting", by=carmen.actor)
    page = words(signed_in(carmen).post(reverse("group_shown", args=[walk.pk]), TOLD, follow=True))
    assert "It comes back by itself." in page and "Tuesday coffee" not in found(client)
    walk.refresh_from_db()
    groups.move_group(group=walk, to="open", by=carmen.actor)
    assert "Tuesday coffee" in found(client)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"address": ""}, "Say where"), ({"conference_url": "the usual"}, "This link or number cannot be used"),
     ({"conference_phone": "ask"}, "This link or number cannot be used"), ({"name": ""}, "Please fill this in.")],
)  # fmt: skip
def test_what_nobody_could_go_to_is_refused_and_no_word_is_lost(program, carmen, walk, signed_in, changes, said):
    page = signed_in(carmen).post(reverse("group_shown", args=[walk.pk]), TOLD | changes)
    assert said in words(page) and page.context["form"]["group_notes"].value() == "Come in."
    assert not Meeting.objects.exists()


def test_others_do_not_reach_it(program, walk, dante, rosa, marcus, signed_in):
    for persona in (dante, rosa, marcus):
        assert signed_in(persona).get(reverse("group_shown", args=[walk.pk])).status_code == 404


def next_tuesday(walk, program):
    times = list_next_occasions([walk], program, timezone.now(), 3)[walk.pk]
    return times[0]


def test_a_time_that_is_called_off_is_said_by_the_finder_and_left_out_of_the_calendar(program, carmen, walk, client):
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    row, occasion = Meeting.objects.get(), next_tuesday(walk, program)
    assert "Called off" not in found(client)
    groups.cancel_session(occasion=occasion, reason="Canary is ill", by=carmen.actor)
    day = date_format(occasion.session.on_day, "l, N j")
    assert "Tuesday coffee" not in found(client), "nobody goes in vain"
    page = words(client.get(reverse("meeting", args=[row.pk])))
    assert f"Called off: {day}" in page and "Canary" not in page
    event = read_calendar(client, row).walk("VEVENT")[0]
    assert event["EXDATE"].dts[0].dt == occasion.session.starts_at
    assert event["EXDATE"].dts[0].dt.hour == 18, "by the clock on the wall, also in the week when clocks change"


def test_a_time_that_is_moved_over_midnight_is_said_and_stands_in_the_calendar(program, carmen, walk, client):
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    row, occasion = Meeting.objects.get(), next_tuesday(walk, program)
    day = occasion.session.on_day + timedelta(days=1)
    groups.move_session(occasion=occasion, day=day, at_time=time(23, 30), minutes=60, reason="", by=carmen.actor)
    said = f"Moved: instead of {date_format(day - timedelta(days=1), 'l, N j')} it is on {date_format(day, 'l, N j')}"
    assert said in words(client.get(reverse("meeting", args=[row.pk]))) and said in found(client)
    event, moved = read_calendar(client, row).walk("VEVENT")
    assert moved["UID"] == event["UID"] and moved["RECURRENCE-ID"].dt == occasion.session.starts_at
    assert (moved["DTSTART"].dt.date(), moved["DTSTART"].dt.hour, moved["DURATION"].dt) == (day, 23, timedelta(hours=1))
    assert moved["SUMMARY"] == "Time set aside"


def read_calendar(client, row):
    from icalendar import Calendar

    return Calendar.from_ical(client.get(reverse("meeting_calendar", args=[row.pk])).content)


def rows_of(client, **asked) -> list[str]:
    """Names of what a search finds, each with the day under which it stands."""
    context = client.post(reverse("meetings"), {"when": "week", "near": "", "kind": "program", **asked}).context
    return [f"{one['row'].name}: {one['day']}" for one in context["rows"]]


def days_of(client, **asked) -> list[str]:
    """On which days of the week a search for just that day finds it."""
    return [str(day) for day in range(7) if rows_of(client, when=str(day), **asked)]


@pytest.fixture
def now_on(client):
    """`now_on(day, hour)`: it is that moment."""
    import time_machine
    from tests.outings.conftest import NOW

    return lambda days, hour: time_machine.travel(NOW.replace(hour=hour) + timedelta(days=days), tick=False)


@pytest.mark.parametrize("asked", [{}, {"near": "Riverbend"}, {"near": "90033"}], ids=["anywhere", "city", "postal"])
def test_a_time_that_is_moved_is_found_on_its_new_day_and_not_on_its_usual_one(program, carmen, walk, client, asked):
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    assert days_of(client, **asked) == ["2"]
    occasion = next_tuesday(walk, program)
    thursday = occasion.session.on_day + timedelta(days=2)
    groups.move_session(occasion=occasion, day=thursday, at_time=time(10), minutes=60, reason="", by=carmen.actor)
    assert days_of(client, **asked) == ["4"], "of the Tuesdays only the next is meant, and that one is moved"
    (row,) = rows_of(client, **asked)
    assert "Thursday" in row
    assert "Moved: instead of" in found(client), "and it says so"
    assert rows_of(client, when="4", kind="", fellowship="aa", **asked) == [], "other wishes still hold"
    assert rows_of(client, when="4", mode="online", **asked) == []


def test_today_tonight_and_now_know_of_it(program, carmen, walk, client, now_on):
    """It is Tuesday, nine in the morning; what was on at six today is on tomorrow at eleven at night."""
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    occasion = next_tuesday(walk, program)
    assert [bool(rows_of(client, when=one)) for one in ("today", "tonight", "now")] == [True, True, False]
    day = occasion.session.on_day + timedelta(days=1)
    groups.move_session(occasion=occasion, day=day, at_time=time(23), minutes=120, reason="", by=carmen.actor)
    assert [bool(rows_of(client, when=one)) for one in ("today", "tonight", "now")] == [False, False, False]
    with now_on(1, 23):
        assert [bool(rows_of(client, when=one)) for one in ("today", "tonight", "now")] == [True, True, True]
    with now_on(2, 0):
        assert [bool(rows_of(client, when=one)) for one in ("today", "now")] == [True, True], "over midnight"
    with now_on(2, 2):
        assert days_of(client) == ["2"], "when it is over, the week is as usual"


def test_one_moved_to_a_day_that_is_over_is_not_found_on_its_usual_day(program, carmen, walk, client, now_on):
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    later = list_next_occasions([walk], program, timezone.now(), 3)[walk.pk][1]
    sunday = later.session.on_day - timedelta(days=2)
    groups.move_session(occasion=later, day=sunday, at_time=time(10), minutes=60, reason="", by=carmen.actor)
    with now_on(4, 9):  # Saturday
        assert days_of(client) == ["0"]
    with now_on(5, 12):  # Sunday, after it
        assert days_of(client) == []
    with now_on(7, 20):
        assert days_of(client) == ["2"]


def test_one_moved_by_weeks_is_found_when_it_comes(program, carmen, walk, client, now_on):
    actions.show_group(group=walk, told=TOLD, by=carmen.actor)
    occasion = next_tuesday(walk, program)
    friday = occasion.session.on_day + timedelta(days=17)
    groups.move_session(occasion=occasion, day=friday, at_time=time(10), minutes=60, reason="", by=carmen.actor)
    assert days_of(client) == [], "not this Friday"
    with now_on(15, 9):  # Wednesday before it
        assert days_of(client) == ["2", "5"]


def test_a_page_is_full_though_one_of_it_is_called_off(program, carmen, walk, client):
    """What is left out takes no place away from others, and no other way on says that there is more."""
    for number in range(21):
        group = groups.open_group(program=program, values=dict(VALUES), submit_key=uuid4(), by=carmen.actor)
        actions.show_group(group=group, told=TOLD | {"name": f"Coffee {number:02}"}, by=carmen.actor)
        if number % 7 == 0:
            groups.cancel_session(occasion=next_tuesday(group, program), reason="", by=carmen.actor)
    for near in ("", "Riverbend"):
        context = client.post(reverse("meetings"), {"when": "week", "near": near, "kind": "program"}).context
        assert (len(context["rows"]), context["next_page"]) == (18, None)
    groups.cancel_session(occasion=next_tuesday(walk, program), reason="", by=carmen.actor)
    for number in range(4):
        group = groups.open_group(program=program, values=dict(VALUES), submit_key=uuid4(), by=carmen.actor)
        actions.show_group(group=group, told=TOLD | {"name": f"Tea {number}"}, by=carmen.actor)
    for near in ("", "Riverbend"):
        context = client.post(reverse("meetings"), {"when": "week", "near": near, "kind": "program"}).context
        assert (len(context["rows"]), context["next_page"]) == (20, 2)
