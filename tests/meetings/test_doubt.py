"""What somebody should know before they go: old lists, lists that disagree, entries that are unclear; and none lost."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.meetings.test_feeds import entry, make_feed
from tests.meetings.test_finder import post, words

from alongside.meetings import actions
from alongside.meetings.models import URL, Feed, Meeting

WEEK = {"when": "week"}


def take(program, carmen, *rows, now=None, **feed):
    made = make_feed(program, carmen.actor, **feed)
    return actions.take_in(feed=made, content=json.dumps(rows).encode(), by=carmen.actor, now=now)


# --- lists that nobody could read -----------------------------------------------------------------------------------
def test_a_list_that_was_not_read_for_a_month_says_so_at_each_meeting(program, carmen, client):
    feed = take(program, carmen, entry())
    page = reverse("meeting", args=[Meeting.objects.get().pk])
    said, badge = "We could not check this list since", "Not checked lately: ask first"
    for days, is_said in ((29, False), (31, True), (400, True)):
        Feed.objects.update(good_at=timezone.now() - timedelta(days=days))
        assert (said in words(client.get(page))) is is_said
        assert (badge in words(post(client, **WEEK))) is is_said
    assert feed.problem == ""


@pytest.mark.parametrize(
    ("every", "problem", "days", "is_said"),
    [(24, "no_answer", 2, False), (24, "no_answer", 4, True), (24, "", 4, False), (168, "no_answer", 20, False),
     (168, "no_answer", 22, True), (0, "no_answer", 22, False), (6, "no_answer", 2, False)],
)  # fmt: skip
def test_a_list_that_fails_says_so_after_three_tries(program, carmen, client, every, problem, days, is_said):
    take(program, carmen, entry())
    Feed.objects.update(way=URL, url="https://feed.example/", every_hours=every, problem=problem,
                        good_at=timezone.now() - timedelta(days=days))  # fmt: skip
    assert ("Not checked lately" in words(post(client, **WEEK))) is is_said


def test_a_group_of_our_own_is_old_when_nobody_wrote_of_it_for_two_years(program, carmen, client):
    told = {"name": "Coffee", "day": [1], "time": "13:00", "formatted_address": "1 A St, Riverbend, CA 9, USA"}
    row = actions.write_own(program=program, told=told, by=carmen.actor)
    Feed.objects.update(good_at=timezone.now() - timedelta(days=300))
    assert "ask first" not in words(post(client, **WEEK))
    Meeting.objects.update(changed_at=timezone.now() - timedelta(days=800))
    assert "Old entry: ask first" in words(post(client, **WEEK))
    assert "This entry was changed last" in words(client.get(reverse("meeting", args=[row.pk])))


# --- entries that are unclear ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "ends", "said"),
    [
        ({}, 420, "ends when it begins"),
        ({"name": "24 Hour Marathon"}, 360 + 1440, ""),
        ({"notes": "Abierto las 24 horas"}, 360 + 1440, ""),
        ({"notes": "Alcathon, come and go"}, 360 + 1440, ""),
        ({"notes": "Room 24, House 7"}, 420, "ends when it begins"),
    ],
)
def test_one_that_ends_when_it_begins_goes_on_for_a_day_where_a_word_says_so(
    program, carmen, client, changes, ends, said
):
    take(program, carmen, entry(time="06:00", end_time="06:00", **changes))
    row = Meeting.objects.get()
    text = words(client.get(reverse("meeting", args=[row.pk])))
    assert (row.starts, row.ends) == (360, ends)
    assert (said in text) and (("24 hours from 6 a.m." in text) is (ends > 1440))
    assert ("Ask first" in text) is bool(said)


def test_a_visitor_reads_what_is_unclear_in_an_entry(program, carmen, client):
    take(program, carmen, entry(conference_url="javascript:x", day=[1, "someday"], end_time="late"))
    text = words(client.get(reverse("meeting", args=[Meeting.objects.get().pk])))
    assert "gives neither link nor number" in text and "could not read when it ends" in text
    assert "could not read all of its days" in text


# --- lists that disagree --------------------------------------------------------------------------------------------
def test_two_lists_that_disagree_say_so(program, carmen, client):
    take(program, carmen, entry(name="The Morning Group", types=[]), name="Intergroup")
    take(program, carmen, entry(slug="x", name="Morning", time="19:00", latitude=34.0501), name="Neighbors")
    text = words(post(client, near="Riverbend", **WEEK))
    assert "Ask first: Neighbors lists it too, and on Monday at 7 p.m." in text
    assert "Ask first: Intergroup lists it too, and on Monday at 7 a.m." in text
    assert "The Morning Group" in text, "neither is hidden"
    one = words(client.get(reverse("meeting", args=[Meeting.objects.get(key="x").pk])))
    assert "Intergroup lists it too, and on Monday at 7 a.m." in one


def test_two_lists_that_agree_are_both_named(program, carmen, client):
    take(program, carmen, entry(), entry(slug="late", time="19:00"), name="Intergroup")
    take(program, carmen, entry(slug="x"), name="Neighbors")
    text = words(client.get(reverse("meeting", args=[Meeting.objects.get(key="x").pk])))
    assert "Also listed by Intergroup" in text and "Ask first" not in text and "lists it too" not in text


@pytest.mark.parametrize(
    "changes",
    [{"name": "Evening"}, {"day": 2}, {"latitude": 34.2}, {"fellowship": "Al-Anon"},
     {"latitude": None, "longitude": None, "formatted_address": "7 Oak St, Riverbend, CA 90033, USA"}],
)  # fmt: skip
def test_what_only_looks_alike_is_no_contradiction(program, carmen, client, changes):
    take(program, carmen, entry(), name="Intergroup")
    take(program, carmen, entry(slug="x", time="19:00") | changes, name="Neighbors")
    text = words(client.get(reverse("meeting", args=[Meeting.objects.get(key="morning").pk])))
    assert "Neighbors" not in text


def test_a_sheet_without_coordinates_is_compared_by_its_street(program, carmen, client):
    take(program, carmen, entry(), name="Intergroup")
    take(program, carmen, entry(slug="x", time="19:00", latitude=None, longitude=None), name="Neighbors")
    text = words(client.get(reverse("meeting", args=[Meeting.objects.get(key="morning").pk])))
    assert "Neighbors lists it too, and on Monday at 7 p.m." in text


def test_staff_open_the_meetings_behind_a_flag(program, carmen, signed_in):
    rows = [entry(slug=f"n{one}", name=f"Both {one:02}", types=["O", "C"]) for one in range(60)]
    feed = take(program, carmen, *rows, entry(slug="plain", name="Plain"))
    client, page = signed_in(carmen), reverse("source", args=[feed.pk])
    assert 'href="?flag=open_and_closed#odd"' in client.get(page).content.decode()
    first = words(client.get(page, {"flag": "open_and_closed"}))
    assert "60 meetings" in first and "Both 00" in first and "Both 49" in first and "Both 50" not in first
    assert "Plain" not in first
    second = words(client.get(page, {"flag": "open_and_closed", "page": "2"}))
    assert "Both 50" in second and "Both 59" in second and "Both 49" not in second
    for values in (
        {"flag": "%"},
        {"flag": "open"},
        {"flag": "open_and_closed", "page": "x"},
        {"flag": "long", "page": "0"},
    ):
        assert client.get(page, values).status_code == 200


# --- nothing is dropped without a word ------------------------------------------------------------------------------
def test_all_of_those_by_appointment_can_be_reached(program, carmen, client):
    rows = [entry(slug=f"n{one}", name=f"Call {one:02}", day=None, time="") for one in range(45)]
    take(program, carmen, *rows)
    first, second, third = (words(post(client, without=str(page), **WEEK)) for page in (1, 2, 3))
    assert "(45)" in first and "Call 19" in first and "Call 20" not in first and "And 25 more." in first
    assert "Call 20" in second and "Call 39" in second and "And 5 more." in second
    assert "Call 44" in third and "more." not in third and "That was all." in third


def test_the_last_page_of_many_says_that_there_are_more(program, carmen, client):
    rows = [entry(slug=f"n{one}", name=f"M{one}", day=one % 7, time=f"{one % 24:02}:00") for one in range(410)]
    take(program, carmen, *rows)
    last = words(post(client, page="20", **WEEK))
    assert "There are more than we show." in last and "Show later ones" not in last
    assert "There are more" not in words(post(client, page="19", **WEEK))
    small = words(post(client, page="3", when="0"))
    assert "That was all." in small and "There are more" not in small


def test_those_by_appointment_are_looked_for_as_far_as_the_others(program, carmen, client):
    away = {"latitude": 34.35, "formatted_address": "1 A St, Elsewhere, CA 93000, USA"}
    take(program, carmen, entry(), entry(slug="far", name="Far", **away),
         entry(slug="call", name="Call us", day=None, time="", **away))  # fmt: skip
    text = words(post(client, position="34.6,-118.2", miles="5", **WEEK))
    assert "Within 25 miles" in text and "Far" in text and "Call us" in text


# --- whose they are, and which fellowship ---------------------------------------------------------------------------
def test_a_list_that_gathers_those_of_others_credits_them(program, carmen, client):
    take(program, carmen, entry(entity="District 9", entity_website_url="https://nine.example/",
                                feedback_url="https://nine.example/tell"), name="Aggregator")  # fmt: skip
    assert "Kept by District 9, from Aggregator" in words(post(client, **WEEK))
    page = client.get(reverse("meeting", args=[Meeting.objects.get().pk])).content.decode()
    assert 'href="https://nine.example/" rel="noreferrer"' in page and "from the list of" in page
    assert 'href="https://nine.example/tell"' in page


def test_a_list_whose_own_name_is_the_keeper_is_named_once(program, carmen, client):
    take(program, carmen, entry(entity="intergroup"), name="Intergroup")
    text = words(post(client, **WEEK))
    assert "From Intergroup, seen there" in text and "Kept by" not in text


def test_each_entry_of_a_mixed_list_has_its_own_fellowship(program, carmen, client):
    rows = [entry(slug="a", name="Plain"), entry(slug="b", name="Family", fellowship="Al-Anon"),
            entry(slug="c", name="Odd", fellowship="The Elks"), entry(slug="d", name="Free", types=["A"])]  # fmt: skip
    take(program, carmen, *rows)

    def found(**values):
        return [one["row"].name for one in post(client, **WEEK, **values).context["rows"]]

    assert found(fellowship="al_anon") == ["Family"] == found(kind="family")
    assert sorted(found(fellowship="aa")) == ["Free", "Odd", "Plain"]
    assert found(kind="secular") == ["Free"], "a secular meeting of twelve steps is a secular one too"
    assert "Free" in found(kind="twelve_step")
    assert "Al-Anon" in words(client.get(reverse("meeting", args=[Meeting.objects.get(key="b").pk])))
