"""The page for everybody: without an account, without JavaScript, in both languages, and no place in any address."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from tests.meetings.test_feeds import entry, make_feed
from tests.plugins.clock import MONDAY_MORNING

from alongside.meetings import actions, queries
from alongside.meetings.calendar import build_calendar
from alongside.meetings.models import Feed, Meeting
from alongside.rules.meetings import web_page
from alongside.rules.neutral import reveals


@pytest.fixture
def feed(program, carmen, clock):
    made = make_feed(program, carmen.actor, name="Intergroup of Riverbend")
    rows = [
        entry(slug="a", name="Monday <b>Open</b>", types=["O", "X"], notes="Ring <script>x</script>twice & wait"),
        entry(slug="b", name="Lunes", time="19:00", types=["S"], updated="2019-01-01 00:00:00"),
        entry(slug="c", name="Zoomed", time="20:00", types=["O", "C"], conference_url="https://zoom.us/j/1",
              formatted_address="CA, USA", latitude=None, longitude=None),
        entry(slug="p", name="Portland one", formatted_address="1 A St, Portland, OR 97209, USA", latitude=45.5,
              longitude=-122.6),
        entry(slug="q", name="Portland two", formatted_address="1 A St, Portland, ME 04101, USA", latitude=43.6,
              longitude=-70.2, timezone="America/New_York"),
        entry(slug="t", name="When you like", day=None, time=""),
    ]  # fmt: skip
    return actions.take_in(feed=made, content=json.dumps(rows).encode(), by=carmen.actor)


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def post(client, **values):
    return client.post(reverse("meetings"), values)


def test_a_visitor_sees_what_there_is_with_its_source(client, feed):
    page = client.get(reverse("meetings"))
    text = words(page)
    assert page.status_code == 200
    assert "Lunes" in text and "Zoomed" in text and "When you like" in text
    assert "From Intergroup of Riverbend, seen there today" in text
    assert "Old entry: ask first" in text
    assert "<b>Open</b>" not in page.content.decode()


def test_choices_may_stand_in_an_address_and_a_place_may_not(client, feed):
    assert "Lunes" in words(client.get(reverse("meetings"), {"when": "tonight", "language": "es"}))
    assert "Zoomed" not in words(client.get(reverse("meetings"), {"when": "tonight", "language": "es"}))
    far = client.get(reverse("meetings"), {"when": "today", "near": "Portland, OR", "position": "45.5,-122.6"})
    assert "Within" not in words(far) and "Lunes" in words(far)
    page = client.get(reverse("meetings")).content.decode()
    assert re.search(r'<form[^>]*method="post"[^>]*data-finder', page)
    assert not re.search(r'(?:href|action)="[^"]*(?:near|position)=', page)


def test_near_a_place_by_name_by_code_by_position(client, feed):
    for values in ({"near": "riverbend"}, {"near": "90033"}, {"position": "34.06,-118.21"}):
        text = words(post(client, when="today", **values))
        assert "Within 10 miles of" in text and "Lunes" in text and "Portland one" not in text
    assert "Within 10 miles of where you are" in words(post(client, position="34.06,-118.21"))


def test_a_name_of_two_places_asks_which(client, feed):
    page = post(client, near="Portland", when="today")
    assert "Which one do you mean?" in words(page)
    assert 'value="Portland, OR"' in page.content.decode()
    assert "Portland one" in words(post(client, near="Portland, OR", when="week"))


def test_an_unknown_place_is_said_kindly(client, feed):
    text = words(post(client, near="Atlantis"))
    assert "We know no meetings by that name" in text and "Lunes" not in text


def test_strange_values_are_refused_and_never_break_the_page(client, feed):
    for values in ({"when": "always"}, {"types": ["<b>"]}, {"miles": "-1"}, {"near": "x" * 500}, {"admin": "1"}):
        assert post(client, **values).status_code == 200
    for position in ("1", "a,b", "999,0", "nan,nan", ",", "1e400,1"):
        assert "Lunes" in words(post(client, position=position))
    for page in ("0", "-1", "x", "99999", "²", "21"):
        assert post(client, page=page).status_code == 200


def test_where_somebody_is_can_be_forgotten_without_scripts(client, feed):
    here = {"when": "week", "position": "34.0612,-118.2134"}
    page = post(client, **here)
    assert page.context["position"] == "34.06,-118.21" and 'name="forget"' in page.content.decode()
    forgotten = post(client, **here, forget="1")
    assert "where you are" not in words(forgotten) and "34.06" not in forgotten.content.decode()
    # A place that is written takes its place, also for what is asked next.
    assert "34.06" not in post(client, **here, near="Portland, OR").content.decode()
    assert 'name="forget"' not in client.get(reverse("meetings")).content.decode()


def test_nothing_of_a_search_is_kept(client, feed, caplog):
    """Not in the session, not in a log, not in the database."""
    caplog.set_level("DEBUG")
    post(client, near="riverbend", position="34.0612,-118.2134")
    post(client, near="Quetzalville")
    assert not any(word in caplog.text for word in ("34.06", "riverbend", "Quetzalville"))
    assert "near" not in json.dumps(dict(client.session))
    # The position goes back into the page rounded, as it was used.
    assert "34.0612" not in post(client, position="34.0612,-118.2134").content.decode()


def test_in_spanish(client, feed):
    page = client.get(reverse("meetings"), headers={"accept-language": "es"})
    text = words(page)
    assert "Encontrar una reunión" in text and "Acceso en silla de ruedas" in text
    assert "De Intergroup of Riverbend" in text
    assert "Hoy" in text and "7 p.m. a 8 p.m." in text


def test_times_are_told_by_the_clock_of_the_place(client, feed):
    text = words(post(client, near="04101", when="today"))
    assert "Portland two" not in text  # at 7 in Maine it was 4 here: it is over
    week = words(post(client, near="04101", when="week"))
    assert "7 a.m. to 8 a.m. (EDT)" in week


def test_one_meeting(client, feed):
    row = Meeting.objects.get(key="c")
    page = client.get(reverse("meeting", args=[row.pk]))
    text = words(page)
    assert "This leads to another site: https://zoom.us/j/1" in text
    assert "The list says both open and closed" in text
    assert 'href="https://example.org" rel="noreferrer"' in page.content.decode()
    first = words(client.get(reverse("meeting", args=[Meeting.objects.get(key="a").pk])))
    assert "Ring twice &amp; wait" in first
    assert reveals(re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)[1]) == []


@pytest.mark.parametrize(
    ("language", "days", "line"),
    [
        ("en", [0, 1, 2, 3, 4, 5, 6], "<strong>Every day</strong>, 6 a.m. to 7 a.m.<br>Next: "),
        ("es", [0, 1, 2, 3, 4, 5, 6], "<strong>Todos los días</strong>, de 6 a.m. a 7 a.m.<br>Próxima vez: "),
        ("en", [1, 2, 3, 4, 5], "<strong>Monday to Friday</strong>, 6 a.m. to 7 a.m.<br>Next: "),
        ("es", [1, 2, 3, 4, 5], "<strong>De lunes a viernes</strong>, de 6 a.m. a 7 a.m.<br>Próxima vez: "),
    ],
)
def test_days_that_are_alike_are_one_line(program, carmen, client, clock, language, days, line):
    feed = make_feed(program, carmen.actor)
    row = entry(day=days, time="06:00", end_time="07:00")
    actions.take_in(feed=feed, content=json.dumps([row]).encode(), by=carmen.actor)
    address = reverse("meeting", args=[Meeting.objects.get().pk])
    shown = client.get(address, headers={"accept-language": language}).content.decode()
    assert ("Every week." in shown or "Cada semana." in shown) == (len(days) < 7)
    assert {"en": "Alcoholics Anonymous (AA)", "es": "Alcohólicos Anónimos (AA)"}[language] in shown
    assert line in shown, re.findall("<li><strong>.*?</li>", shown)
    assert shown.count("<strong>") == 1 + shown.count("<strong>", 0, shown.find(line))
    clock.set(MONDAY_MORNING.replace(hour=14, minute=30))  # half past six there
    on = client.get(address, headers={"accept-language": language}).content.decode()
    assert {"en": "<br>On now. Until 7 a.m.", "es": "<br>En curso. Termina: 7 a.m."}[language] in on


def test_a_calendar_entry_says_nothing_unless_asked(client, feed):
    row = Meeting.objects.get(key="b")
    answer = client.get(reverse("meeting_calendar", args=[row.pk]))
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Disposition"] == 'attachment; filename="time.ics"'
    assert (event["summary"], "location" in event) == ("Time set aside", False)
    assert b"Lunes" not in answer.content and b"Main" not in answer.content
    assert event["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
    assert event["dtstart"].dt.isoformat() == "2026-03-02T19:00:00-08:00"
    assert b"BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles" in answer.content
    named = client.get(reverse("meeting_calendar", args=[row.pk]), {"name": "1"}).content
    assert b"SUMMARY:Lunes" in named and b"100 Main St" in named
    assert all(len(line) <= 75 for line in named.split(b"\r\n"))
    without = Meeting.objects.get(key="t")
    assert client.get(reverse("meeting_calendar", args=[without.pk])).status_code == 404


@pytest.mark.parametrize(
    ("start", "now", "expected"),
    [
        ("02:30", datetime(2026, 3, 7, 12, tzinfo=UTC), "2026-03-08T02:30:00"),  # left out that night, and only then
        ("01:30", datetime(2026, 10, 31, 12, tzinfo=UTC), "2026-11-01T01:30:00"),
    ],
)
def test_a_calendar_entry_keeps_its_hour_and_its_length_in_the_night_when_clocks_change(
    program, carmen, start, now, expected
):
    rows = [entry(day=0, time=start)]
    actions.take_in(feed=make_feed(program, carmen.actor), content=json.dumps(rows).encode(), by=carmen.actor)
    content = build_calendar(queries.get_shown(Meeting.objects.get().pk), with_name=False, now=now)
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["dtstart"].dt.replace(tzinfo=None).isoformat() == expected
    assert event["duration"].dt == timedelta(hours=1) and "dtend" not in event


def test_a_number_with_keys_is_dialled_whole(program, carmen, client):
    rows = [entry(conference_phone="+1 646 558 8656,,123#")]
    actions.take_in(feed=make_feed(program, carmen.actor), content=json.dumps(rows).encode(), by=carmen.actor)
    page = client.get(reverse("meeting", args=[Meeting.objects.get().pk])).content.decode()
    assert 'href="tel:+16465588656,,123%23"' in page


def test_the_page_names_its_list_for_programs_that_look_for_it(client, feed):
    """As the format has it: what reads a page for its feed finds ours, in English whatever the page speaks."""
    page = client.get(reverse("meetings"), headers={"accept-language": "es"}).content
    named = web_page.explain("web_page", page, "https://here.example/meetings/").address
    assert named == f"https://here.example{reverse('meetings_json')}"
    assert json.loads(client.get(reverse("meetings_json")).getvalue())[0]["name"]


def test_the_whole_list_goes_out_as_it_came(client, feed):
    told = json.loads(b"".join(client.get(reverse("meetings_json")).streaming_content))
    assert len(told) == 6
    lunes = next(one for one in told if one["name"] == "Lunes")
    assert lunes["wifi"] == "yes" and lunes["entity"] == "Intergroup of Riverbend"
    assert len({one["slug"] for one in told}) == 6


def test_what_is_gone_is_not_there(client, feed, carmen):
    row = Meeting.objects.get(key="b")
    actions.take_in(feed=feed, content=json.dumps([entry(slug="a")]).encode(), by=carmen.actor)
    assert client.get(reverse("meeting", args=[row.pk])).status_code == 410
    assert "Lunes" not in words(client.get(reverse("meetings")))


def test_only_this_page_may_ask_a_browser_where_it_is(client, feed):
    policy = client.get(reverse("meetings"))["Permissions-Policy"]
    assert "geolocation=(self)" in policy and "camera=()" in policy
    for name in ("public_home", "help_now"):
        assert "geolocation=()" in client.get(reverse(name))["Permissions-Policy"]


def test_without_any_list_the_page_stands(client, program):
    assert "No list of meetings is here yet" in words(client.get(reverse("meetings")))


# --- staff ----------------------------------------------------------------------------------------------------------
def test_staff_see_counts_reasons_and_what_is_odd(program, carmen, signed_in, feed):
    rows = [entry(slug="a", types=["O", "C"]), {"slug": "x"}]
    actions.take_in(feed=feed, content=json.dumps(rows).encode(), by=carmen.actor)
    client = signed_in(carmen)
    text = words(client.get(reverse("source", args=[feed.pk])))
    assert "It has no name." in text and "says both open and closed" in text and "No longer listed" in text
    assert "1 meeting can be found now" in text
    assert "Intergroup of Riverbend" in words(client.get(reverse("sources")))


def test_staff_bring_a_list_as_a_file_and_a_newer_one(program, carmen, signed_in):
    client = signed_in(carmen)
    values = {"name": "From a file", "fellowship": "na", "time_zone": "America/Chicago", "language": "en",
              "every_hours": "24", "url": "", "site": ""}  # fmt: skip
    first = SimpleUploadedFile("meetings.json", json.dumps([entry(timezone="")]).encode())
    page = client.post(reverse("source_new"), values | {"file": first}, follow=True)
    assert "1 meeting can be found now" in words(page)
    feed = Feed.objects.get()
    assert (feed.way, feed.zones, Meeting.objects.get().name) == ("file", ["America/Chicago"], "Morning")
    broken = SimpleUploadedFile("meetings.json", b"[{")
    again = client.post(reverse("source", args=[feed.pk]), {"action": "file", "file": broken}, follow=True)
    assert "This is not JSON" in words(again) and "1 meeting can be found now" in words(again)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"url": "http://example.org"}, "does not begin with https"),
        ({"url": "https://user:pw@example.org"}, "not an address we may ask"),
        ({"url": ""}, "one of the two"),
        ({"url": "https://example.org", "time_zone": "Mars"}, "no such time zone"),
        ({"url": "https://example.org", "site": "javascript:alert(1)"}, "Write the whole address"),
        ({"url": "https://example.org", "fellowship": "own"}, "Please check"),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_a_reason(program, carmen, signed_in, changes, said):
    values = {"name": "X", "fellowship": "aa", "time_zone": "UTC", "language": "en", "every_hours": "24"}
    assert said in words(signed_in(carmen).post(reverse("source_new"), values | changes))
    assert not Feed.objects.exists()


def test_a_list_by_its_address_waits_for_the_worker(program, ada, signed_in):
    values = {"name": "X", "fellowship": "aa", "time_zone": "UTC", "language": "en", "every_hours": "24",
              "url": "https://feed.example/x"}  # fmt: skip
    page = signed_in(ada).post(reverse("source_new"), values, follow=True)
    assert "It was not read yet" in words(page)
    assert Feed.objects.get().next_at


def test_a_group_of_our_own_is_written_changed_and_taken_off(program, carmen, signed_in, client):
    staff = signed_in(carmen)
    values = {"name": "Coffee", "days": ["1", "4"], "starts": "10:00", "ends": "11:30", "place": "Hall",
              "address": "1 A St", "city": "Riverbend", "state": "CA", "postal_code": "90033", "latitude": "34.05",
              "longitude": "-118.2", "types": ["O"], "language": "both", "notes": "Come in."}  # fmt: skip
    page = staff.post(reverse("own_new"), values, follow=True)
    row = Meeting.objects.get()
    assert "Our own program holds this meeting." in words(page)
    assert (row.days, row.starts, row.ends, row.languages) == ([1, 4], 600, 690, ["en", "es"])
    assert "Coffee" in words(client.get(reverse("meetings"), {"when": "week"}))
    form = staff.get(reverse("own_edit", args=[row.pk])).context["form"]
    assert form["starts"].value() == "10:00" and form["address"].value() == "1 A St"
    staff.post(reverse("own_edit", args=[row.pk]), values | {"name": "Tea", "days": ["2"]})
    row.refresh_from_db()
    assert (row.name, row.days, row.slots.count()) == ("Tea", [2], 1)
    staff.post(reverse("own_edit", args=[row.pk]), {"action": "off"})
    assert client.get(reverse("meeting", args=[row.pk])).status_code == 410
    for bad in ({"online_url": "the usual zoom"}, {"online_phone": "ask Bill"}):
        assert "This link or number cannot be used" in words(staff.post(reverse("own_new"), values | bad))
    nowhere = staff.post(reverse("own_new"), {"name": "X", "language": "EN"})
    assert "Say where" in words(nowhere)


def test_others_do_not_reach_the_sources(program, dante, rosa, marcus, signed_in, feed):
    for persona in (dante, rosa):
        assert signed_in(persona).get(reverse("sources")).status_code == 404
    assert signed_in(marcus).get(reverse("source", args=[feed.pk])).status_code == 404
    assert Client().get(reverse("sources")).status_code == 302


# --- what is no longer there ----------------------------------------------------------------------------------------
def test_whoever_kept_the_address_of_a_meeting_is_told_that_it_is_no_longer_listed(client, feed, carmen):
    row = Meeting.objects.get(key="b")
    rows = [entry(slug="a", name="Monday", types=["O", "X"])]
    actions.take_in(feed=feed, content=json.dumps(rows).encode(), by=carmen.actor, may_lose=True)
    page = client.get(reverse("meeting", args=[row.pk]))
    text = words(page)
    assert (
        page.status_code == 410 and "This meeting is no longer listed" in text and "“Lunes” is not in its list" in text
    )
    assert reverse("meetings") in page.content.decode() and "Main St" not in text and "7 p.m." not in text
    title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)[1]
    assert "Lunes" not in title and not reveals(title)
    calendar = client.get(reverse("meeting_calendar", args=[row.pk]))
    assert calendar["Location"] == reverse("meeting", args=[row.pk]), "the link to its times leads there too"
    client.cookies.load({"django_language": "es"})
    assert "Esta reunión ya no está en la lista" in words(client.get(reverse("meeting", args=[row.pk])))
    actions.take_in(feed=feed, content=json.dumps([*rows, entry(slug="b", name="Lunes")]).encode(), by=carmen.actor)
    assert client.get(reverse("meeting", args=[row.pk])).status_code == 200, "and it comes back with its list"


def test_of_a_list_that_is_not_shown_not_even_names_are(client, feed, carmen):
    row = Meeting.objects.get(key="b")
    actions.change_feed(feed=feed, values={"is_on": False}, by=carmen.actor)
    page = client.get(reverse("meeting", args=[row.pk]))
    assert page.status_code == 410 and "no longer listed" in words(page) and "Lunes" not in words(page)
