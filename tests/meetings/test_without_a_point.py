"""Lists without coordinates, as sheets are: found by the name of their city or code, and near where others tell it."""

import json
from uuid import uuid4

import pytest
from tests.meetings.test_feeds import REAL, entry, make_feed, real
from tests.meetings.test_finder import post, words

from alongside.meetings import actions
from alongside.meetings.models import NO_CELL, NamedPlace, Slot

NOWHERE = {"latitude": None, "longitude": None}
SHEET = "Name,Day,Time,Address,City,State,Postal Code,ID\nLow Key,{},7:00 pm,12 Elm St,Brookfield,MN,55999,low\n"
WEEK = {"when": "week"}


def take(program, carmen, *rows, **feed):
    made = make_feed(program, carmen.actor, **feed)
    return actions.take_in(feed=made, content=json.dumps(rows).encode(), by=carmen.actor)


def test_a_sheet_without_coordinates_is_found_by_its_city_and_zip(program, carmen, client):
    feed = make_feed(program, carmen.actor)
    read = actions.take_in(feed=feed, content=SHEET.format("Monday").encode(), by=carmen.actor)
    assert (read.problem, read.counts["added"], Slot.objects.get().cell) == ("", 1, NO_CELL)
    for near, place in (("Brookfield", "Brookfield, MN"), ("brookfield, mn", "Brookfield, MN"), ("55999", "55999")):
        text = words(post(client, near=near, **WEEK))
        assert "Low Key" in text and f"In {place}" in text
        assert "distances are not known" in text and "Within" not in text
    assert "We know no meetings" in words(post(client, near="Elsewhere", **WEEK))


def test_one_by_appointment_without_coordinates_is_found_there_too(program, carmen, client):
    take(program, carmen, entry(slug="call", name="Call us", day=None, time="", **NOWHERE))
    assert "Call us" in words(post(client, near="Riverbend", **WEEK))


def test_where_others_tell_the_middle_of_a_city_it_is_found_near(program, carmen, client):
    take(program, carmen, entry(slug="sheet", name="Low Key", **NOWHERE))
    assert "Low Key" not in words(post(client, position="34.05,-118.2", **WEEK))
    other = take(program, carmen, *(entry(slug=f"n{one}", name=f"Other {one}") for one in range(3)), name="Other")
    slot = Slot.objects.get(meeting__key="sheet")
    assert (slot.latitude, slot.longitude, slot.is_about) == (34.05, -118.2, True)
    page = words(post(client, position="34.05,-118.2", **WEEK))
    assert "Low Key" in page and "distance not known" in page
    # One that is held online alone is listed for its city, and nobody asks how far it is.
    online = {"formatted_address": "Riverbend, CA, USA", "conference_url": "https://zoom.us/j/1", **NOWHERE}
    take(program, carmen, entry(slug="online", name="Zoomed", **online), name="Third")
    rows = post(client, position="34.05,-118.2", **WEEK).context["rows"]
    assert {one["row"].key: one["miles"] for one in rows}["online"] == ""
    # It is the others' word: when they are gone, so is the point.
    actions.change_feed(feed=other, values={"is_on": False}, by=carmen.actor)
    slot.refresh_from_db()
    assert (slot.latitude, slot.cell, slot.is_about) == (None, NO_CELL, False)
    assert "Low Key" in words(post(client, near="Riverbend", **WEEK))


def test_whoever_asks_by_position_is_told_of_what_names_only_its_city(program, carmen, client):
    take(program, carmen, entry(slug="sheet", name="Low Key", **NOWHERE))
    told = "Some meetings name only their city"
    assert told in words(post(client, position="34.05,-118.2", **WEEK))
    assert told not in words(post(client, near="Riverbend", **WEEK))


def test_a_city_without_its_state_is_in_the_city_of_that_name(program, carmen, client):
    whole = {"formatted_address": "9 B St, Brookfield, MN 55999, USA", "latitude": 45.0, "longitude": -93.0}
    bare = {"formatted_address": "", "address": "12 Elm St", "city": "Brookfield", **NOWHERE}
    take(program, carmen, entry(slug="a", name="Whole", **whole), entry(slug="b", name="Bare", **bare))
    text = words(post(client, near="Brookfield", **WEEK))
    assert "Whole" in text and "Bare" in text and "Which one do you mean" not in text
    # In two states: it is asked which, and the one that does not say is with both.
    take(program, carmen, entry(slug="c", name="Far", **whole | {
        "formatted_address": "9 B St, Brookfield, WI 53005, USA", "longitude": -88.1}), name="Other")  # fmt: skip
    assert "Which one do you mean" in words(post(client, near="Brookfield", **WEEK))
    for near, there, away in (("Brookfield, MN", "Whole", "Far"), ("Brookfield, WI", "Far", "Whole")):
        text = words(post(client, near=near, **WEEK))
        assert there in text and "Bare" in text and away not in text


def test_a_group_of_our_own_needs_no_coordinates(program, carmen, client):
    told = {"name": "Coffee", "day": [1], "time": "13:00", "address": "1 A St", "city": "Riverbend", "state": "CA",
            "postal_code": "90033"}  # fmt: skip
    actions.write_own(program=program, told=told, submit_key=uuid4(), by=carmen.actor)
    assert "Coffee" in words(post(client, near="90033", **WEEK))


@real
@pytest.mark.parametrize(("near", "at_least"), [("Minneapolis", 20), ("Minneapolis, MN", 20), ("55404", 10)])
def test_the_real_sheet_of_250_is_found_by_its_places(program, carmen, client, near, at_least):
    feed = make_feed(program, carmen.actor, time_zone="America/Chicago")
    content = (REAL / "aa-minneapolis-2018-first250.sheet.csv").read_bytes()
    read = actions.take_in(feed=feed, content=content, by=carmen.actor)
    assert read.counts["added"] == 250 and not NamedPlace.objects.filter(latitude__isnull=False).exists()
    page = post(client, near=near, **WEEK)
    assert len(page.context["rows"]) >= at_least, words(page)[:500]


@real
def test_every_meeting_of_the_real_sheet_is_near_where_the_same_list_tells_its_places(program, carmen):
    for file in ("aa-minneapolis-2018-first250.sheet.csv", "aa-minneapolis-2018.tsml.json"):
        feed = make_feed(program, carmen.actor, time_zone="America/Chicago")
        actions.take_in(feed=feed, content=(REAL / file).read_bytes(), by=carmen.actor)
    assert Slot.objects.filter(is_about=True).count() >= 250
    assert not Slot.objects.filter(cell=NO_CELL).exists()
