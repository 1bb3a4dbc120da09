"""Pages of events: for everybody, for people signed in, for staff; entries for a calendar."""

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from alongside.audit.models import Entry
from alongside.occasions import actions
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.rules.neutral import reveals
from alongside.rules.occasions import next_month_of
from alongside.web.forms import OPENED
from tests.occasions.conftest import VALUES
from tests.story import day_there

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return unescape(response.content.decode())


def main_of(response) -> str:
    text = text_of(response)
    return text[text.find("<main") : text.find("</main")]


def opened(seconds: float) -> str:
    return signing.dumps(timezone.now().timestamp() - seconds, salt=OPENED)


def say(client, event, alias="Owl 30", **values):
    sent = {"alias": alias, "website": "", "opened": opened(60), "submit_key": str(uuid4())} | values
    return client.post(reverse("event", args=[event.pk]), sent)


@pytest.fixture(autouse=True)
def no_counts():
    """The limits of other tests are not ours."""
    cache.clear()


@pytest.fixture
def soon(program, carmen):
    """`soon(days=3)`: an event of these days that is shown."""

    def make(days=5, **values):
        day = day_there() + timedelta(days=days)
        values = VALUES | {"on_day": day, "until_day": day} | values
        event = actions.make_occasion(program=program, values=values, submit_key=uuid4(), by=carmen.actor)
        return actions.publish(occasion=event, by=carmen.actor)

    return make


@pytest.fixture
def visitor(program):
    """Somebody who comes by."""
    program.is_public = True
    program.save()
    return Client(headers={"accept-language": "en"})


# --- for everybody ------------------------------------------------------------------------------------------------
def test_a_visitor_sees_what_is_for_everybody_and_nothing_else(soon, visitor, program, carmen):
    public = soon(title_en="Kite day")
    hidden = [soon(audience=one, title_en=f"Only {one}") for one in ("program", "loved_ones", "peers")]
    over = soon(days=-1, title_en="Long ago")
    shown = main_of(visitor.get(reverse("events")))
    assert "Kite day" in shown and "Only " not in shown and "Long ago" not in shown
    for event in hidden:
        assert visitor.get(reverse("event", args=[event.pk])).status_code == 404
        assert visitor.get(reverse("event_time", args=[event.pk])).status_code == 404
        assert say(visitor, event).status_code == 404
    assert "This event is over" in text_of(visitor.get(reverse("event", args=[over.pk])))
    draft = actions.make_occasion(program=program, values=dict(VALUES), submit_key=uuid4(), by=carmen.actor)
    assert visitor.get(reverse("event", args=[draft.pk])).status_code == 404
    assert "Canary hall" in text_of(visitor.get(reverse("event", args=[public.pk])))


def test_a_visitor_comes_changes_the_name_and_takes_it_back(soon, visitor):
    event = soon()
    page = text_of(visitor.get(reverse("event", args=[event.pk])))
    assert re.search(r'name="alias" value="\w+ \d\d"', page), "a name is made up for them"
    answer = say(visitor, event)
    place = OccasionPlace.objects.get()
    assert place.person_id is None and place.status == "held" and answer["Location"].startswith("/coming/")
    own = answer["Location"]
    shown = text_of(visitor.get(own))
    assert "Owl 30 has a place" in shown and own in shown
    visitor.post(own, {"alias": "Lark 11", "website": "", "opened": opened(60), "submit_key": str(uuid4())})
    assert "Lark 11 has a place" in text_of(visitor.get(own))
    for _ in range(2):
        visitor.post(own, {"action": "leave"})
    assert "You do not come" in text_of(visitor.get(own)) and "Lark 11" not in main_of(visitor.get(own))
    assert visitor.get("/coming/" + "0" * 64 + "/").status_code == 404
    assert Entry.objects.filter(act="occasion_place.left").count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"alias": ""}, "Choose any name"),
        ({"alias": "   "}, "Choose any name"),
        ({"alias": "x" * 41}, "at most 40 characters"),
        ({"alias": "casino.example.com"}, "without links"),
        ({"opened": 1}, "very quick"),
        ({"opened": "made up"}, "open for a long time"),
        ({"opened": 25 * 3600}, "open for a long time"),
        ({"role": "coordinator"}, "did not ask for"),
    ],
)
def test_what_is_not_taken_is_said_kindly_and_nothing_is_kept(soon, visitor, values, words):
    event = soon()
    if isinstance(values.get("opened"), int):
        values = values | {"opened": opened(values["opened"])}
    answer = say(visitor, event, **values)
    assert answer.status_code == 200 and words in text_of(answer) and not OccasionPlace.objects.exists()
    if alias := values.get("alias", "Owl 30").strip():
        assert f'value="{alias}"' in text_of(answer), "what was typed is still there"


def test_a_page_that_was_open_too_long_works_at_the_next_press(soon, visitor):
    answer = text_of(say(visitor, soon(), opened="made up"))
    fresh = re.search(r'name="opened" value="([^"]+)"', answer)[1]
    assert signing.loads(fresh, salt=OPENED) > timezone.now().timestamp() - 60


def test_a_machine_is_answered_as_if_it_had_gone_well(soon, visitor):
    answer = say(visitor, soon(), website="http://x")
    assert answer.status_code == 302 and not OccasionPlace.objects.exists()


def test_a_flood_from_one_address_is_slowed(soon, visitor):
    event = soon(capacity=None)
    answers = [say(visitor, event, f"Owl {n}").status_code for n in range(21)]
    assert answers == [302] * 20 + [429] and OccasionPlace.objects.count() == 20


def test_who_waits_sees_their_turn_and_moves_up(soon, visitor):
    event = soon(capacity=1)
    first = say(visitor, event)["Location"]
    second = say(visitor, event, "Lark 11")["Location"]
    assert "waiting list, number 1" in text_of(visitor.get(second))
    visitor.post(first, {"action": "leave"})
    assert "Lark 11 has a place" in text_of(visitor.get(second))


def test_a_visitor_who_waits_may_leave_an_address_for_one_mail(soon, visitor):
    event = soon(capacity=1)
    first, own = say(visitor, event)["Location"], say(visitor, event, "Lark 11")["Location"]
    assert "Write to me when a place is mine" in text_of(visitor.get(own))
    assert "Write to me" not in text_of(visitor.get(first)), "nothing to write of"
    wrong = visitor.post(own, {"action": "mail", "to": "nowhere at all"})
    assert "nowhere at all" in text_of(wrong) and main_of(wrong).count("data-error-summary") == 1
    assert "We write once" in text_of(visitor.post(own, {"action": "mail", "to": "owl@example.org"}, follow=True))
    assert 'value="owl@example.org"' in text_of(visitor.get(own))
    visitor.post(own, {"action": "mail", "to": ""})
    assert not OccasionPlace.objects.filter(mail__isnull=False).exists()
    visitor.post(own, {"action": "mail", "to": "owl@example.org"})
    visitor.post(first, {"action": "leave"})
    shown = text_of(visitor.get(own))
    assert "Lark 11 has a place" in shown and "it is yours until the event" in shown and "owl@" not in shown


def test_an_old_form_of_who_left_says_nothing_of_done(soon, visitor):
    event, key = soon(), str(uuid4())
    own = say(visitor, event, submit_key=key)["Location"]
    visitor.get(own)  # the words of the first time are read
    visitor.post(own, {"action": "leave"})
    shown = text_of(visitor.get(say(visitor, event, submit_key=key)["Location"]))
    assert "You do not come" in shown and "Done." not in shown


def test_places_are_told_while_somebody_can_come(soon, visitor, carmen):
    ahead, over, off = soon(), soon(days=-1), soon(days=6)
    actions.call_off(occasion=off, reason="A storm", by=carmen.actor)
    shown = [main_of(visitor.get(reverse("event", args=[one.pk]))) for one in (ahead, over, off)]
    assert ["<dt>Places</dt>" in one for one in shown] == [True, False, False]


def test_who_comes_reads_that_it_is_called_off_and_why(soon, visitor, carmen):
    event = soon()
    own = say(visitor, event)["Location"]
    actions.call_off(occasion=event, reason="The hall has no power.", by=carmen.actor)
    for path in (own, reverse("event", args=[event.pk])):
        shown = main_of(visitor.get(path))
        assert "called off" in shown and "The hall has no power." in shown and "<form" not in shown
    assert "Called off" in main_of(visitor.get(reverse("events")))
    assert say(visitor, event).status_code == 302 and OccasionPlace.objects.count() == 1


def test_the_list_is_by_month_and_chooses_month_and_audience(soon, visitor, browser, sam):
    near, far = soon(title_en="Near one"), soon(days=40, title_en="Far one")
    inside = soon(days=41, audience="program", title_en="Inside one")
    shown = main_of(visitor.get(reverse("events")))
    assert shown.index("Near one") < shown.index("Far one") and shown.count("<h2>") == 2
    months = re.findall(r'<option value="(\d{4}-\d\d)"', shown)
    assert months == [f"{one.on_day:%Y-%m}" for one in (near, far)]
    chosen = main_of(visitor.get(reverse("events"), {"month": months[1]}))
    assert "Far one" in chosen and "Near one" not in chosen
    for odd in ({"month": "2026-99"}, {"month": "x"}, {"for": "peers"}, {"month": "1999-01"}):
        assert "Near one" in main_of(visitor.get(reverse("events"), odd)), "what is no choice chooses nothing"
    page = browser(sam)
    assert all(one in main_of(page.get(reverse("me_events"))) for one in ("Near one", "Far one", "Inside one"))
    chosen = main_of(page.get(reverse("me_events"), {"for": "program"}))
    assert "Inside one" in chosen and "Near one" not in chosen
    assert page.get(reverse("me_event", args=[inside.pk])).status_code == 200


def test_a_list_that_is_cut_says_so_and_staff_turn_pages_of_both_lists(soon, visitor, carmen, browser, monkeypatch):
    made = [soon(days=days, title_en=f"Night number {days}") for days in (-4, -3, -2, 3, 4, 5)]
    Occasion.objects.filter(pk=made[0].pk).update(came=7, said_yes=2)
    monkeypatch.setattr("alongside.occasions.views.staff.ON_PAGE", 2)
    page = browser(carmen)
    first = main_of(page.get(reverse("event_plan")))
    assert re.findall(r"Night number (-?\d)<", first) == ["3", "4", "-2", "-3"]
    assert 'href="?page=2"' in first and 'href="?past=2#over"' in first
    second = main_of(page.get(reverse("event_plan"), {"page": 2, "past": 2}))
    assert re.findall(r"Night number (-?\d)<", second) == ["5", "-4"] and "7 came; 2 had said so" in second
    assert 'href="?page=1&amp;past=2"' in page.get(reverse("event_plan"), {"page": 2, "past": 2}).content.decode()
    monkeypatch.setattr("alongside.occasions.queries.MOST", 2)
    monkeypatch.setattr("alongside.occasions.queries.IN_CALENDAR", 1)
    shown = main_of(visitor.get(reverse("events")))
    assert "Only the next 2 events are listed here" in shown and "A calendar is given the next 1 events" in shown
    sent = visitor.get(reverse("events_calendar"), {"name": "1"}).content.decode()
    assert sent.count("BEGIN:VEVENT") == 1 and "Night number 3" in sent


def test_many_events_are_in_pages_and_none_is_twice_or_missing(soon, visitor):
    made = [soon(days=days, title_en=f"Night number {days}") for days in range(1, 34)]
    first, second = (main_of(visitor.get(reverse("events"), {"page": number})) for number in (1, 2))
    shown = re.findall(r'<span lang="en">(Night number \d+)</span>', first + second)
    assert shown == [one.title_en for one in made] and "Night number 31" in second
    assert 'href="?page=2"' in first and 'href="?page=1"' in second
    assert "events are listed here" not in first and "A calendar is given" not in first
    beyond = main_of(visitor.get(reverse("events"), {"page": 9}))
    assert "Night number 33<" in beyond, "a page that there is not is the last one"
    chosen = main_of(visitor.get(reverse("events"), {"month": f"{made[-1].on_day:%Y-%m}", "page": 9}))
    assert "Night number 33<" in chosen, "what is chosen has its own pages"


def test_a_month_that_is_observed_says_so(soon, visitor, program):
    first, _last = next_month_of("recovery_month", day_there())
    days = max((first - day_there()).days, 1)
    soon(days=days)
    assert "National Recovery Month" in main_of(visitor.get(reverse("events")))
    program.country = "AT"
    program.save()
    assert "National Recovery Month" not in main_of(visitor.get(reverse("events")))


def test_the_link_is_for_those_who_have_a_place(soon, visitor):
    event = soon(link="https://example.org/join", is_online=True, capacity=1)
    assert "example.org/join" not in text_of(visitor.get(reverse("event", args=[event.pk])))
    has, waits = say(visitor, event)["Location"], say(visitor, event, "Lark 11")["Location"]
    assert "example.org/join" in text_of(visitor.get(has)) and "example.org/join" not in text_of(visitor.get(waits))


def test_lists_ask_no_more_for_many_events_than_for_few(soon, browser, sam, carmen):
    def ask() -> list[int]:
        counts = []
        for page, name in ((browser(sam), "me_events"), (browser(carmen), "event_plan"), (Client(), "events"),
                           (Client(), "events_calendar")):  # fmt: skip
            page.get(reverse(name))
            with CaptureQueriesContext(connection) as asked:
                assert page.get(reverse(name)).status_code == 200
            counts.append(len(asked))
        return counts

    def fill(number):
        for days in range(number):
            event = soon(days=days + 1)
            actions.come(occasion=event, by=sam.actor, alias="Owl", wants_reminder=False, submit_key=uuid4())

    fill(2)
    few = ask()
    fill(12)
    assert ask() == few


# --- for people signed in -----------------------------------------------------------------------------------------
def test_somebody_signed_in_comes_under_another_name_and_nobody_sees_whose_it_is(soon, browser, sam, carmen, visitor):
    event, page = soon(capacity=None), browser(sam)
    url = reverse("me_event", args=[event.pk])
    alias = re.search(r'name="alias" value="([^"]+)"', text_of(page.get(url)))[1]
    assert sam.person.goes_by not in alias
    sent = {"what": "come", "alias": alias, "wants_reminder": "on", "submit_key": str(uuid4())}
    for _ in range(2):
        page.post(url, sent)
    place = OccasionPlace.objects.get()
    assert (place.person_id, place.alias, place.wants_reminder) == (sam.person.pk, alias, True)
    say(visitor, event, "Lark 11")
    staff = main_of(browser(carmen).get(reverse("event_one", args=[event.pk])))
    rows = re.findall(r'<li class="row">.*?</li>', staff, re.DOTALL)
    assert len(rows) == 2 and sam.person.goes_by not in staff and str(sam.person.pk) not in staff
    plain = [re.sub(alias + "|Lark 11|" + "|".join(map(str, OccasionPlace.objects.values_list("pk", flat=True))),
                    "", row) for row in rows]  # fmt: skip
    assert plain[0] == plain[1], "a participant's row looks like a visitor's"
    assert alias not in text_of(visitor.get(reverse("event", args=[event.pk])))
    page.post(url, {"what": "save", "alias": "Dove 70", "submit_key": str(uuid4())})
    assert "The list says: Dove 70." in text_of(page.get(url))
    page.post(url, {"what": "leave"})
    place.refresh_from_db()
    assert (place.status, place.alias) == ("left", "")


def test_pages_of_ones_own_have_neutral_titles_and_paths(soon, browser, nia):
    event, page = soon(audience="loved_ones", title_en="For families of people who drink"), browser(nia)
    for name, args in (("me_events", []), ("me_event", [event.pk])):
        answer = page.get(reverse(name, args=args))
        title = re.search(r"<title>(.*?)</title>", text_of(answer), re.DOTALL)[1]
        assert not reveals(title) and "families" not in title and not reveals(reverse(name, args=args))


def test_a_strangers_event_is_a_page_that_does_not_exist(soon, browser, sam, marcus, dante):
    event = soon(audience="loved_ones")
    for persona in (sam, marcus, dante):
        page = browser(persona)
        assert page.get(reverse("me_event", args=[event.pk])).status_code == 404
        assert page.post(reverse("me_event", args=[event.pk]), {"what": "come", "alias": "x"}).status_code == 404
        assert page.get(reverse("me_event_time", args=[event.pk])).status_code == 404
    public = soon()
    assert browser(marcus).get(reverse("event", args=[public.pk])).status_code == 404, "another program's"


def test_what_was_typed_wrong_stays(soon, browser, sam):
    event, page = soon(), browser(sam)
    answer = page.post(reverse("me_event", args=[event.pk]), {"what": "come", "alias": "x" * 50})
    assert answer.status_code == 200 and "x" * 50 in text_of(answer) and "at most 40" in text_of(answer)


def test_two_entries_for_one_hidden_event_do_not_tell_of_each_other(soon, browser, sam, nia):
    event = soon(audience="program")

    def name_of(who):
        (one,) = read(browser(who).get(reverse("me_event_time", args=[event.pk]))).walk("VEVENT")
        return str(one["uid"])

    assert name_of(sam) == name_of(sam), "it lasts"
    assert name_of(sam) != name_of(nia) and event.pk.hex not in (name_of(sam), name_of(nia))


def test_a_reminder_is_offered_while_there_is_a_day_before(soon, browser, sam):
    later, today = soon(), soon(days=0, at_time=time(0), until_time=time(23, 59))
    page = browser(sam)
    offered = ["Remind me the day before" in text_of(page.get(reverse("me_event", args=[one.pk])))
               for one in (later, today)]  # fmt: skip
    assert offered == [True, False]
    page.post(reverse("me_event", args=[today.pk]), {"what": "come", "alias": "Owl 30", "submit_key": str(uuid4())})
    assert OccasionPlace.objects.get().status == "held"


# --- for staff ----------------------------------------------------------------------------------------------------
def typed(**values):
    first = next_month_of("mentoring_month", day_there())[0]
    return {
        "title_en": "Kite day", "title_es": "", "words_en": "We fly kites.", "words_es": "",
        "on_day": first.isoformat(),
        "at_time": "10:00", "until_time": "12:00", "until_day": "", "place": "Park", "link": "", "audience": "public",
        "capacity": "", "languages": ["en"], "access": ["step_free"], "bring_en": "", "bring_es": "", "is_sober": "on",
        "submit_key": str(uuid4()),
    } | values  # fmt: skip


def test_staff_go_the_whole_way(browser, carmen, visitor):
    page = browser(carmen)
    form = typed()
    for _ in range(2):
        answer = page.post(reverse("event_new"), form)
    event = Occasion.objects.get()
    assert answer["Location"] == reverse("event_one", args=[event.pk]) and event.until_day == event.on_day
    one = answer["Location"]
    page.post(one, {"action": "show"})
    shown = main_of(visitor.get(reverse("event", args=[event.pk])))
    assert "Kite day" in shown and "no alcohol" in shown and "No steps to get in" in shown
    changed = typed(place="The beach", capacity="3") | {"seen": ""}
    del changed["submit_key"]
    page.post(reverse("event_change", args=[event.pk]), changed)
    event.refresh_from_db()
    assert (event.place, event.capacity) == ("The beach", 3)
    say(visitor, event)
    assert "Owl 30" in main_of(page.get(one))
    page.post(one, {"action": "out", "out": str(OccasionPlace.objects.get().pk)})
    assert OccasionPlace.objects.get().left_why == "by_staff"
    assert "nothing" not in page.post(one, {"action": "out", "out": "zz"})["Location"]
    assert "Please" in text_of(page.post(one, {"action": "off", "why": ""})), "a reason is asked for"
    page.post(one, {"action": "off", "why": "A storm"})
    assert "A storm" in main_of(visitor.get(reverse("event", args=[event.pk])))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title_en": ""}, "Give it a title"),
        ({"until_time": "09:00"}, "The end comes after the beginning"),
        ({"on_day": "2027-03-14", "at_time": "02:30", "until_time": "05:00"}, "skip this time"),
        ({"link": "javascript:alert(1)"}, "begins with https://"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"languages": []}, "Please choose"),
        ({"audience": "all"}, "Select a valid choice"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_lost(browser, carmen, values, words):
    answer = browser(carmen).post(reverse("event_new"), typed(**values))
    assert answer.status_code == 200 and words in text_of(answer) and not Occasion.objects.exists()
    assert "We fly kites." in text_of(answer)
    assert main_of(answer).count("data-error-summary") == 1, "said once"


@pytest.mark.parametrize("code", ["mentoring_month", "recovery_month", "sober_social"])
def test_an_observance_is_ready_in_both_languages(browser, carmen, code):
    page = browser(carmen)
    shown = text_of(page.get(reverse("event_new")))
    assert f"?for={code}" in shown
    filled = page.get(reverse("event_new"), {"for": code}).context["form"].initial
    assert all(filled[f"{what}_{lang}"] for what in ("title", "words") for lang in ("en", "es"))
    if code != "sober_social":
        first, last = next_month_of(code, day_there())
        assert first <= filled["on_day"] <= last and filled["on_day"] >= day_there()
    assert "title_en" not in page.get(reverse("event_new"), {"for": "x"}).context["form"].initial


def test_the_count_is_asked_for_once_it_has_begun(soon, browser, carmen):
    page, ahead = browser(carmen), soon()
    assert "How many came?" not in main_of(page.get(reverse("event_one", args=[ahead.pk])))
    page.post(reverse("event_one", args=[ahead.pk]), {"action": "count", "came": "3"})
    over = soon(days=-1)
    url = reverse("event_one", args=[over.pk])
    assert "How many came?" in main_of(page.get(url))
    page.post(url, {"action": "count", "came": "14"})
    over.refresh_from_db()
    ahead.refresh_from_db()
    assert (over.came, ahead.came) == (14, None)
    assert "14 came; 0 had said so" in main_of(page.get(reverse("event_plan")))


def test_what_ended_today_is_over(soon, browser, carmen):
    soon(days=0, title_en="Breakfast", at_time=time(0), until_time=time(0, 1))
    shown = main_of(browser(carmen).get(reverse("event_plan")))
    assert shown.index(">Over<") < shown.index("Breakfast") and "not written down yet" in shown


def test_what_is_called_off_has_no_page_to_change_it(soon, browser, carmen):
    event, page = soon(), browser(carmen)
    actions.call_off(occasion=event, reason="A storm", by=carmen.actor)
    changed = {name: value for name, value in typed(place="The beach").items() if name != "submit_key"}
    for answer in (page.get(reverse("event_change", args=[event.pk])),
                   page.post(reverse("event_change", args=[event.pk]), changed)):  # fmt: skip
        assert answer.status_code == 302 and answer["Location"] == reverse("event_one", args=[event.pk])
    event.refresh_from_db()
    assert event.place == VALUES["place"]


def test_the_paper_says_nothing_of_what_it_is_for(soon, browser, carmen):
    paper = main_of(browser(carmen).get(reverse("event_paper", args=[soon().pk])))
    assert "Game night" not in paper and "Canary hall" not in paper and paper.count("<tr>") == 8


# --- for calendars ------------------------------------------------------------------------------------------------
def read(answer):
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def test_the_public_feed_is_neutral_unless_somebody_asks_and_holds_public_ones_only(soon, visitor, carmen):
    event, off = soon(link="https://example.org/join"), soon(days=6)
    soon(audience="program", title_en="Inside one")
    actions.call_off(occasion=off, reason="A storm", by=carmen.actor)
    url = reverse("events_calendar")
    plain = visitor.get(url)
    assert len(read(plain).walk("VEVENT")) == 2
    for words in (b"Game night", b"Canary", b"example.org", b"Inside", b"storm"):
        assert words not in plain.content
    named = {str(one["uid"]): one for one in read(visitor.get(url, {"name": "1"})).walk("VEVENT")}
    one, other = named[event.pk.hex], named[off.pk.hex]
    assert str(one["summary"]) == "Game night" and "Canary hall" in str(one["location"]) and "join" not in str(one)
    assert (str(one["status"]), str(other["status"]), int(other["sequence"])) == ("CONFIRMED", "CANCELLED", 1)


def test_times_in_a_calendar_are_those_of_the_clock_on_the_wall(soon, visitor, program):
    event = soon(at_time=time(10), until_time=time(12, 30))
    (one,) = read(visitor.get(reverse("event_time", args=[event.pk]))).walk("VEVENT")
    begins, ends = one["dtstart"].dt, one["dtend"].dt
    assert (begins.hour, str(begins.tzinfo)) == (10, program.time_zone)
    assert ends - begins == timedelta(hours=2, minutes=30) and isinstance(begins.astimezone(UTC), datetime)


def test_ones_own_entry_is_neutral(soon, browser, nia):
    event = soon(audience="loved_ones")
    answer = browser(nia).get(reverse("me_event_time", args=[event.pk]) + "?name=1")
    assert b"Game night" not in answer.content and not reveals(answer["Content-Disposition"])


def test_the_page_speaks_spanish(soon, visitor):
    event = soon()
    shown = text_of(visitor.get(reverse("event", args=[event.pk]), headers={"accept-language": "es"}))
    assert "Noche de juegos" in shown and "¿Le gustaría venir?" in shown and "Aquí no hay alcohol" in shown
