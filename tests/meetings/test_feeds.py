"""Feeds: read once and again, changed, gone and back, broken, real ones, over the wire."""

import json
import time
from datetime import timedelta
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from tests.test_fetching import send, serving

from alongside.audit.models import Entry
from alongside.fetching import NotFetched
from alongside.meetings import actions, queries, wording
from alongside.meetings.models import FILE, URL, Feed, Meeting, NamedPlace, Slot
from alongside.meetings.rows import entry_of
from alongside.people import second_factor
from alongside.rules.meetings.export import write_entry

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "meetings"
real = pytest.mark.skipif(not REAL.exists(), reason=f"REAL FEEDS NOT TRIED: no {REAL.parent.parent.name} folder")
ENTRY = {"slug": "morning", "name": "Morning", "day": 1, "time": "07:00", "timezone": "America/Los_Angeles",
         "formatted_address": "100 Main St, Riverbend, CA 90033, USA", "latitude": 34.05, "longitude": -118.2,
         "types": ["O", "S"], "wifi": "yes"}  # fmt: skip


def entry(**changes) -> dict:
    return {**ENTRY, **changes}


def as_bytes(*rows) -> bytes:
    return json.dumps(rows).encode()


def make_feed(program, by, **changes) -> Feed:
    values = {
        "way": FILE, "name": "Intergroup", "site": "https://example.org", "fellowship": "aa", "url": "",
        "time_zone": "America/Los_Angeles", "every_hours": 0, "language": "en", "submit_key": uuid4(),
    }  # fmt: skip
    return actions.add_feed(program=program, by=by, **(values | changes))


@pytest.fixture
def feed(program, carmen):
    return make_feed(program, carmen.actor)


def take(feed, carmen, *rows, **options) -> Feed:
    return actions.take_in(feed=feed, content=as_bytes(*rows), by=carmen.actor, **options)


@pytest.fixture
def staff(carmen) -> Client:
    """Carmen, signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(carmen.user)
    session = client.session
    second_factor.mark_passed(session)
    session.save()
    return client


@pytest.fixture
def staff_page(staff):
    """`staff_page(feed)`: what Carmen reads of it, as it is written in the page."""
    return lambda feed: unescape(staff.get(reverse("source", args=[feed.pk])).content.decode())


def counts(feed) -> dict:
    return {name: feed.counts[name] for name in ("read", "added", "changed", "unchanged", "gone", "back", "refused")}


def state() -> list:
    """Everything that is stored of meetings, but the feeds."""
    return [list(model.objects.order_by("pk").values()) for model in (Meeting, Slot, NamedPlace)]


def test_a_feed_is_taken_in_and_the_second_time_nothing_is_written(feed, carmen):
    first = take(feed, carmen, entry(), entry(slug="two", day=[2, 4]), entry(slug="two"), {"slug": "bad"})
    assert counts(first) == {"read": 4, "added": 2, "changed": 0, "unchanged": 0, "gone": 0, "back": 0, "refused": 2}
    assert first.counts["reasons"] == {"repeated_key": 1, "no_name": 1}
    assert first.refusals == [[3, "two", "Morning", "repeated_key"], [4, "bad", "", "no_name"]]
    assert Slot.objects.count() == 3
    before, entries = state(), Entry.objects.count()
    written: list[str] = []

    def look(execute, sql, params, many, context):
        if not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        again = take(feed, carmen, entry(), entry(slug="two", day=[2, 4]), entry(slug="two"), {"slug": "bad"})
    assert [sql.split('"')[1] for sql in written] == ["meetings_feed"]
    assert counts(again) == {"read": 4, "added": 0, "changed": 0, "unchanged": 2, "gone": 0, "back": 0, "refused": 2}
    assert (state(), Entry.objects.count()) == (before, entries)


def test_changed_gone_and_back(feed, carmen):
    take(feed, carmen, entry(), entry(slug="two"))
    changed = take(feed, carmen, entry(time="19:00"))
    assert counts(changed) == {"read": 1, "added": 0, "changed": 1, "unchanged": 0, "gone": 1, "back": 0, "refused": 0}
    two, morning = Meeting.objects.get(key="two"), Meeting.objects.get(key="morning")
    assert two.gone_at and not two.slots.exists() and queries.get_shown(two.pk) is None
    assert [slot.starts for slot in morning.slots.all()] == [19 * 60]
    back = take(feed, carmen, entry(time="19:00"), entry(slug="two"))
    assert counts(back) == {"read": 2, "added": 0, "changed": 0, "unchanged": 1, "gone": 0, "back": 1, "refused": 0}
    assert queries.get_shown(two.pk).seen_at == two.seen_at


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"), (b"[]", "empty_now"), (b"<html>sorry", "web_page"), (b"[" * 5000, "too_deep"),
        (b'{"message": "closed"}', "not_a_list"), (as_bytes({"slug": "x"}), "all_refused"), (b"\x00" * 9, "not_text"),
    ],
)  # fmt: skip
def test_a_broken_feed_changes_nothing_and_says_why(feed, carmen, content, problem):
    take(feed, carmen, entry())
    before = state()
    broken = actions.take_in(feed=feed, content=content, by=carmen.actor)
    assert (broken.problem, state()) == (problem, before)
    assert broken.good_at and broken.counts["added"] == 1
    assert take(feed, carmen, entry()).problem == ""


def test_a_list_that_lost_most_of_its_meetings_waits_for_somebody_to_say_so(feed, carmen):
    """A list that breaks off at the end of a row is whole to every reader; only what is missing tells."""
    whole = [entry(slug=f"n{number}") for number in range(30)]
    take(feed, carmen, *whole)
    before = state()
    for _twice in range(2):
        assert take(feed, carmen, *whole[:14]).problem == "most_gone" and state() == before
    assert take(feed, carmen, *whole[:15]).problem == "", "half of it is a change like any other"
    take(feed, carmen, *whole)
    lost = actions.take_in(feed=feed, content=as_bytes(*whole[:3]), may_lose=True, by=carmen.actor)
    assert (lost.problem, lost.counts["gone"]) == ("", 27)


def test_what_somebody_said_of_a_shrunken_list_holds_once(feed, carmen):
    whole = [entry(slug=f"n{number}") for number in range(30)]
    take(feed, carmen, *whole)
    Feed.objects.update(way="url", url="https://example.org/list.json")
    feed.refresh_from_db()
    actions.ask_again(feed=feed, may_lose=True, by=carmen.actor)
    feed.refresh_from_db()
    assert take(feed, carmen, *whole[:5]).counts["gone"] == 25
    take(feed, carmen, *whole)
    feed.refresh_from_db()
    assert take(feed, carmen, *whole[:5]).problem == "most_gone"


def test_signs_and_numbers_that_a_database_refuses_are_taken_all_the_same(feed, carmen):
    odd = (
        b'[{"slug": "a\\u0000", "name": "Half \\ud83d", "day": 1, "time": "07:00", "x\\u0000": 1e999, "y": "\\u0000", '
    )
    odd += b'"big": 123456789012345678901234567890, "formatted_address": "1 A St, B, CA 9, US"}]'
    for added in (1, 0):
        read = actions.take_in(feed=feed, content=odd, by=carmen.actor)
        assert (read.problem, read.counts["added"], read.counts["unchanged"]) == ("", added, 1 - added)
    assert Meeting.objects.get().name == "Half"


def test_a_feed_of_nothing_from_the_first_day_says_so_and_why_that_may_be(feed, carmen):
    first = take(feed, carmen)
    assert (first.problem, first.good_at, first.counts) == ("empty_first", None, {})
    assert "no meetings" in wording.speak_problem(first) and "BMLT" in wording.speak_problem(first)
    assert actions.take_in(feed=feed, content=b"name,day,time\n", by=carmen.actor).problem == "empty_first"
    assert take(feed, carmen, entry()).problem == ""
    assert take(feed, carmen).problem == "empty_now", "of one that held meetings it is another story"


def test_what_fails_in_the_middle_leaves_nothing_behind(feed, carmen, monkeypatch):
    take(feed, carmen, entry())
    before = state()
    monkeypatch.setattr(actions, "renew_places", lambda _program: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take(feed, carmen, entry(name="Other"), entry(slug="two"))
    assert state() == before


def test_a_feed_that_is_off_is_not_shown_and_comes_back_whole(feed, carmen):
    take(feed, carmen, entry(), entry(slug="two"))
    before = Slot.objects.count()
    actions.change_feed(feed=feed, values={"is_on": False}, by=carmen.actor)
    assert (Slot.objects.count(), NamedPlace.objects.count()) == (0, 0)
    assert queries.get_shown(Meeting.objects.first().pk) is None
    actions.change_feed(feed=feed, values={"is_on": True, "fellowship": "na"}, by=carmen.actor)
    assert (Slot.objects.filter(fellowship="na").count(), NamedPlace.objects.count()) == (before, 2)


def test_places_are_made_of_the_meetings_themselves(feed, carmen):
    portland = {"formatted_address": "1 A St, Portland, OR 97209, USA", "latitude": 45.5, "longitude": -122.6}
    nowhere = {"latitude": None, "longitude": None}
    take(feed, carmen, entry(), entry(slug="two", **portland), entry(slug="three", **nowhere))
    assert [place.label for place in queries.list_places("riverbénd")] == ["Riverbend, CA"]
    assert [place.label for place in queries.list_places("Portland OR")] == ["Portland, OR"]
    assert [place.label for place in queries.list_places("97209")] == ["97209"]
    assert (queries.list_places("Paris"), queries.list_places(" ,"), queries.list_places("%")) == ([], [], [])


def test_one_place_that_is_written_in_several_ways_is_one_place(feed, carmen):
    """Else whoever looks for it is asked which one, and asked again with each answer."""

    def at(city, number):
        return entry(slug=f"{city}{number}", formatted_address=f"{number} A St, {city}, MN 55101, USA")

    take(feed, carmen, at("St. Paul", 1), at("St. Paul", 2), at("ST PAUL", 3))
    (place,) = queries.list_places("st. paul, mn")
    assert (place.label, place.meetings) == ("St. Paul, MN", 3)


def test_a_feed_of_another_program_is_not_there(feed, carmen, other_program):
    take(feed, carmen, entry())
    with scope(program=other_program):
        assert queries.get_feed(feed.pk) is None
        assert queries.list_places("Riverbend") == []
        assert Slot.objects.count() == 0


def test_no_part_of_an_address_is_longer_than_its_place(feed, carmen):
    """PostgreSQL would refuse the row, and with it the whole feed."""
    take(feed, carmen, entry(formatted_address="1 A St, B, CA 9, " + "x" * 200))
    row = Meeting.objects.get()
    for field in Meeting._meta.get_fields():
        if isinstance(field, models.CharField):
            assert len(getattr(row, field.attname)) <= field.max_length, field.name


def test_the_database_refuses_what_cannot_be(feed, carmen):
    take(feed, carmen, entry())
    for changes in ({"starts": 100, "ends": 50}, {"starts": 1500, "ends": 1600}, {"latitude": 99.0}, {"starts": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.update(**changes)
    for changes in ({"way": "mail"}, {"fellowship": "elks"}, {"url": "https://x.org"}, {"every_hours": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Feed.objects.update(**changes)


def test_another_name_takes_away_no_reading_that_was_asked_for(program, carmen):
    feed = make_feed(program, carmen.actor, way=URL, url="https://feed.example/")
    due = feed.next_at
    assert actions.change_feed(feed=feed, values={"name": "Other"}, by=carmen.actor).next_at == due
    assert actions.change_feed(feed=feed, values={"is_on": False}, by=carmen.actor).next_at is None


def test_a_list_that_counts_its_days_from_one_is_never_taken_silently(feed, carmen, staff_page, client):
    """7 may be the Sunday after 1 Monday, or the Saturday after 1 Sunday as BMLT counts."""
    rows = [entry(slug=f"n{day}", name=f"Number {day}", day=day) for day in (1, "2", [6, 7.0])]
    rows.append(entry(slug="word", day="Sunday"))
    told = take(feed, carmen, *rows)
    assert told.counts["days_from_one"] and told.counts["flags"]["days_from_one"] == 3
    assert Meeting.objects.get(key="n1").days == [1] and Meeting.objects.get(key="n[6, 7.0]").days == [0, 6]
    page = staff_page(feed)
    assert "may be off by one" in page and "Please check one meeting" in page
    assert 'href="?flag=days_from_one#odd"' in page
    address = reverse("meeting", args=[Meeting.objects.get(key="n1").pk])
    assert "Ask on which day it is" in unescape(client.get(address).content.decode())
    again = take(feed, carmen, *rows)
    assert (again.counts["unchanged"], again.counts["changed"]) == (4, 0)
    right = take(feed, carmen, *rows, entry(slug="zero", day=0))
    assert not right.counts["days_from_one"] and right.counts["changed"] == 3, "0 is Sunday, so 7 is too"
    assert "may be off by one" not in staff_page(feed)
    assert "Ask on which day" not in unescape(client.get(address).content.decode())
    assert not take(feed, carmen, *[entry(slug=f"n{day}", day=day) for day in range(1, 7)]).counts["days_from_one"]


def test_staff_settle_which_day_is_number_one(feed, carmen, staff, staff_page):
    """A file has no address to be asked again: what came is read anew at once; the next file finds all as it was."""
    rows = [entry(slug=f"n{day}", day=day) for day in (1, "2", 7.0)]
    rows += [entry(slug="both", day=[1, 7], contact_1_name="Pat"), entry(slug="word", day="Sunday")]
    take(feed, carmen, *rows)
    assert 'name="first_day"' in staff_page(feed) and "#id_first_day" in staff_page(feed)
    staff.post(reverse("source", args=[feed.pk]), {
        "action": "save", "name": "Intergroup", "site": "https://example.org", "fellowship": "aa", "language": "en",
        "time_zone": "America/Los_Angeles", "every_hours": "0", "first_day": "sunday",
    })  # fmt: skip
    days = dict(Meeting.objects.values_list("key", "days"))
    assert days == {"n1": [0], "n2": [1], "n7.0": [6], "both": [0, 6], "word": [0]}
    assert set(Slot.objects.filter(meeting__key="both").values_list("day", flat=True)) == {0, 6}
    both = Meeting.objects.get(key="both")
    assert set(both.flags) == {"contacts_left_out", "one_is_sunday"} and "one_is_sunday" not in wording.DOUBTS
    assert Entry.objects.latest("pk").fields == ["first_day"]
    told = take(Feed.objects.get(), carmen, *rows)
    assert (told.counts["unchanged"], told.counts["changed"]) == (5, 0) and told.counts["flags"]["one_is_sunday"] == 4
    assert "may be off by one" not in staff_page(told) and 'value="sunday" selected' in staff_page(told)


def test_a_day_zero_in_a_list_that_counts_from_sunday_changes_nothing_until_somebody_asks(feed, carmen, staff_page):
    rows = [entry(slug="a", day=1), entry(slug="b", day=7)]
    take(feed, carmen, *rows)
    found = actions.change_feed(feed=feed, values={"first_day": "sunday"}, by=carmen.actor)
    told = take(found, carmen, *rows, entry(slug="zero", day=0))
    assert told.problem == "day_zero" and Meeting.objects.count() == 2
    assert "One of the two is wrong" in staff_page(told)
    found = actions.change_feed(feed=told, values={"first_day": "monday"}, by=carmen.actor)
    assert dict(Meeting.objects.values_list("key", "days")) == {"a": [1], "b": [0]}
    told = take(found, carmen, *rows, entry(slug="zero", day=0))
    assert not told.problem and told.counts["added"] == 1 and told.counts["unchanged"] == 2


def test_what_is_said_while_a_list_is_on_its_way_counts(feed, carmen):
    """And in the file that goes out, days are as the format counts; what came stands beside."""
    stale = Feed.objects.get()
    actions.change_feed(feed=feed, values={"first_day": "sunday"}, by=carmen.actor)
    take(stale, carmen, entry(slug="a", day="1"), entry(slug="b", day=7))
    row = Meeting.objects.get(key="a")
    assert row.days == [0] and Meeting.objects.get(key="b").days == [6]
    told = write_entry(entry_of(row), form="meeting_guide", key="k", zone="", source={})
    assert (told["day"], told["source_day"]) == (0, "1")


PAGE = """<!DOCTYPE html><html><head><title>Meetings</title>
<link rel="stylesheet" href="/x.css"><link rel="alternate" type="application/rss+xml" title="Posts" href="/feed/">
<link rel='alternate' type="application/json" title="Meetings Feed" href="/wp-admin/ajax.php?action=meetings&amp;k=1">
</head><body>%s</body></html>"""
BMLT_LIST = "client_interface/json/?switcher=GetSearchResults"


@pytest.mark.parametrize(
    ("content", "url", "problem", "named"),
    [
        (PAGE, "https://aa.example.org/meetings/", "web_page", "https://aa.example.org/wp-admin/ajax.php?action=meetings&k=1"),
        (PAGE.replace("/wp-admin", "javascript:/wp-admin"), "https://aa.example.org/", "web_page", ""),
        (PAGE.replace("Meetings Feed", "Posts"), "https://aa.example.org/", "web_page", ""),
        ("<html>404", "https://na.example.org/main_server/", "bmlt_root", f"https://na.example.org/main_server/{BMLT_LIST}"),
        ("{}", "https://na.example.org/main_server/client_interface/json/?switcher=GetServerInfo", "bmlt_root",
         f"https://na.example.org/main_server/{BMLT_LIST}"),
        ("<html><title>BMLT Administration Console", "https://na.example.org/", "bmlt_root", f"https://na.example.org/{BMLT_LIST}"),
        ('<html><script>root = "https:\\/\\/na.example.org\\/main_server\\/"', "https://site.example.org/", "bmlt_root",
         f"https://na.example.org/main_server/{BMLT_LIST}"),
        ("{}", f"https://na.example.org/main_server/{BMLT_LIST}&services=5", "not_a_list", ""),
        ("[[", "https://na.example.org/main_server/", "bmlt_root", f"https://na.example.org/main_server/{BMLT_LIST}"),
    ],
)  # fmt: skip
def test_what_is_no_list_says_where_the_list_may_be(program, carmen, staff_page, content, url, problem, named):
    feed = make_feed(program, carmen.actor, way=URL, url=url)
    told = actions.take_in(feed=feed, content=content.encode(), by=carmen.actor)
    assert (told.problem, told.counts.get(actions.NAMED, "")) == (problem, named)
    page = staff_page(feed)
    assert str(wording.speak_problem(told)) in page
    assert (f'<strong class="break">{named}</strong>' in page) == bool(named)
    assert f'href="{named}"' not in page or not named, "nobody is led there by a press"
    assert not Meeting.objects.exists() and Feed.objects.count() == 1


def test_a_page_over_the_wire_is_explained_and_what_it_names_is_not_asked(program, carmen):
    asked = []

    def answer(handler):
        asked.append(handler.path)
        send(handler, (PAGE % "x").encode(), Content_Type="text/html; charset=utf-8")

    with serving(answer) as url:
        feed = make_feed(program, carmen.actor, way=URL, url="https://feed.example/")
        Feed.objects.filter(pk=feed.pk).update(url=f"{url}/meetings")
        feed.refresh_from_db()
        told = actions.read_address(feed=feed, by=carmen.actor, allow_loopback=True)
    assert (told.problem, asked) == ("web_page", ["/meetings"])
    assert told.counts[actions.NAMED].endswith("/wp-admin/ajax.php?action=meetings&k=1")
    assert actions.NAMED not in actions.take_in(feed=feed, content=as_bytes(entry()), by=carmen.actor).counts


# --- over the wire --------------------------------------------------------------------------------------------------
def test_the_worker_reads_what_is_due_and_keeps_its_rhythm(program, carmen, unscoped):
    asked = []

    def answer(handler):
        asked.append(handler.headers.get("If-None-Match"))
        send(handler, as_bytes(entry()), ETag='"a"') if asked[-1] != '"a"' else send(handler, b"", 304)

    now = timezone.now()
    with serving(answer) as url:
        with scope(program=program):
            feed = make_feed(program, carmen.actor, way=URL, url="https://feed.example/", every_hours=24)
            Feed.objects.filter(pk=feed.pk).update(url=url)
        assert actions.read_due(now + timedelta(minutes=1), allow_loopback=True) == {"feeds read": 1}
        assert actions.read_due(now + timedelta(hours=2), allow_loopback=True) == {}
        assert actions.read_due(now + timedelta(hours=25), allow_loopback=True) == {"feeds read": 1}
    assert asked == [None, '"a"']
    with scope(program=program):
        feed.refresh_from_db()
        assert feed.good_at == now + timedelta(hours=25)
        assert Meeting.objects.get().name == "Morning"


def test_a_worker_reads_this_machine_for_nobody(program, carmen, unscoped):
    with serving(lambda handler: send(handler, as_bytes(entry()))) as url:
        with scope(program=program):
            feed = make_feed(program, carmen.actor, way=URL, url="https://127.0.0.1/")
            assert actions.read_address(feed=feed, by=carmen.actor).problem == "private_address"
            Feed.objects.filter(pk=feed.pk).update(url=url)
        assert actions.read_due(timezone.now() + timedelta(minutes=1)) == {"feeds not read": 1}
    with scope(program=program):
        feed.refresh_from_db()
        assert (feed.problem, feed.next_at, Meeting.objects.count()) == ("not_https", None, 0)


def test_an_address_that_may_not_be_asked_is_not_even_kept(program, carmen):
    for url in ("http://example.org/", "https://user@example.org/", "file:///etc/passwd"):
        with pytest.raises(NotFetched):
            make_feed(program, carmen.actor, way=URL, url=url)
    assert not Feed.objects.exists()


def test_a_server_of_na_is_asked_what_its_formats_mean(program, carmen):
    na = {"id_bigint": "1", "weekday_tinyint": "2", "start_time": "19:00:00", "formats": "Zz", "meeting_name": "Here",
          "format_shared_id_list": "9", "location_street": "1 A St", "location_municipality": "B"}  # fmt: skip

    def answer(handler):
        formats = "GetFormats" in handler.path
        send(handler, as_bytes({"id": "9", "key_string": "Zz", "world_id": "OPEN", "lang": "en"} if formats else na))

    with serving(answer) as url:
        feed = make_feed(program, carmen.actor, way=URL, url="https://feed.example/", fellowship="na")
        feed.url = f"{url}/main_server/client_interface/json/?switcher=GetSearchResults"
        feed.save()
        actions.read_address(feed=feed, by=carmen.actor, allow_loopback=True)
    row = Meeting.objects.get()
    assert (row.types, row.days, row.starts) == (["O"], [1], 19 * 60)


def test_what_formats_mean_is_learned_later_and_not_forgotten(program, carmen):
    na = {"id_bigint": "1", "weekday_tinyint": "2", "start_time": "19:00:00", "formats": "Zz", "meeting_name": "Here",
          "location_street": "1 A St", "location_municipality": "B"}  # fmt: skip
    works = [False, True, False]

    def answer(handler):
        if "GetFormats" not in handler.path:
            return send(handler, as_bytes(na))
        if not works.pop(0):
            return send(handler, b"", 500)
        return send(handler, as_bytes({"id": "9", "key_string": "Zz", "world_id": "OPEN", "lang": "en"}))

    with serving(answer) as url:
        feed = make_feed(program, carmen.actor, way=URL, url="https://feed.example/", fellowship="na")
        feed.url = f"{url}/json/?switcher=GetSearchResults"
        feed.save()
        found = []
        for _time in range(3):
            feed = actions.read_address(feed=feed, by=carmen.actor, allow_loopback=True)
            found.append((feed.problem, Meeting.objects.get().types, " O " in Slot.objects.get().marks))
    assert found == [("", [], False), ("", ["O"], True), ("no_formats", ["O"], True)]


def test_slow_feeds_do_not_hold_up_what_else_the_worker_does(program, carmen, unscoped, monkeypatch):
    """The same worker tells the next about a worry that nobody took: it goes back to that between two feeds."""
    monkeypatch.setattr("alongside.people.due_feeds.AT_ONCE_SECONDS", 0.2)

    def slowly(handler):
        time.sleep(0.3)
        send(handler, as_bytes(entry()))

    with serving(slowly) as url:
        with scope(program=program):
            for _one in range(2):
                feed = make_feed(program, carmen.actor, way=URL, url="https://feed.example/")
                Feed.objects.filter(pk=feed.pk).update(url=url)
        later = timezone.now() + timedelta(minutes=1)
        done = [actions.read_due(later, allow_loopback=True) for _time in range(3)]
    assert done == [{"feeds read": 1}, {"feeds read": 1}, {}]


def test_a_feed_that_breaks_the_reader_says_so_and_holds_up_no_other(program, carmen, unscoped, monkeypatch):
    with serving(lambda handler: send(handler, as_bytes(entry(name=handler.path)))) as url:
        with scope(program=program):
            feeds = [make_feed(program, carmen.actor, way=URL, url="https://feed.example/") for _one in range(2)]
            for number, feed in enumerate(feeds):
                Feed.objects.filter(pk=feed.pk).update(url=f"{url}/{number}", next_at=feed.next_at)
        take_in = actions.take_in
        monkeypatch.setattr(actions, "take_in", lambda **kw: 1 / 0 if kw["feed"].url.endswith("0") else take_in(**kw))
        done = actions.read_due(timezone.now() + timedelta(minutes=1), allow_loopback=True)
    assert done == {"feeds read": 1, "feeds not read": 1}
    with scope(program=program):
        assert [Feed.objects.get(pk=feed.pk).problem for feed in feeds] == ["reader_broke", ""]
        assert Meeting.objects.get().name == "/1"


def real_meanings() -> dict:
    files = {actions.FORMATS: "na.bmlt-GetFormats.json", actions.BODIES: "na-new-york-metro.bmlt-GetServiceBodies.json"}
    return {name: json.loads((REAL / file).read_text()) for name, file in files.items()}


# --- real feeds -----------------------------------------------------------------------------------------------------
@real
@pytest.mark.parametrize(
    ("file", "fellowship", "zone", "number", "slots", "places"),
    [
        ("aa-minneapolis-2018.tsml.json", "aa", "America/Chicago", 1048, 1048, 202),
        ("aa-minneapolis-2018-first250.sheet.csv", "aa", "America/Chicago", 250, 250, 133),
        ("na-new-york-metro.bmlt-GetSearchResults.json", "na", "America/New_York", 906, 906, 377),
    ],
)
def test_real_feeds_import_whole_and_twice_without_change(
    program, carmen, file, fellowship, zone, number, slots, places
):
    feed = make_feed(program, carmen.actor, fellowship=fellowship, time_zone=zone)
    meanings = real_meanings()
    content = (REAL / file).read_bytes()
    first = actions.take_in(feed=feed, content=content, meanings=meanings, by=carmen.actor)
    expected = {"read": number, "added": number, "changed": 0, "unchanged": 0, "gone": 0, "back": 0, "refused": 0}
    assert (counts(first), first.problem, first.zones) == (expected, "", [zone])
    assert (Meeting.objects.count(), Slot.objects.count(), NamedPlace.objects.count()) == (number, slots, places)
    before = state()
    again = actions.take_in(feed=feed, content=content, meanings=meanings, by=carmen.actor)
    assert counts(again) == expected | {"added": 0, "unchanged": number}
    assert state() == before
