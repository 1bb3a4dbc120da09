"""The map of what was found, drawn here: what lies where on it, and when there is none."""

import json
import re

import pytest
from django.urls import reverse
from tests.meetings.test_feeds import entry, make_feed

from alongside.meetings import actions
from alongside.meetings.drawing import HIGH, NEAR, SCALES, WIDE, draw
from alongside.rules.meetings.places import miles_between

HERE = (34.05, -118.2)
NORTH, EAST = (34.15, -118.2), (34.05, -118.0)
FAR_SOUTH = (-45.9, 170.5)


def spots(drawn) -> dict[str, tuple[float, float]]:
    return {one.numbers: (one.x, one.y) for one in drawn.marks}


@pytest.mark.parametrize("south", [HERE, FAR_SOUTH, (0.0, 0.0)])
def test_north_is_above_south_and_east_to_the_right(south):
    north, east = (south[0] + 0.1, south[1]), (south[0], south[1] + 0.1)
    at = spots(draw([(1, *south), (2, *north), (3, *east)], None))
    assert at["2"][1] < at["1"][1] and at["2"][0] == pytest.approx(at["1"][0])
    assert at["3"][0] > at["1"][0] and at["3"][1] == pytest.approx(at["1"][1])
    assert all(0 < x < WIDE and 0 < y < HIGH for x, y in at.values())


def test_a_mile_is_as_long_to_the_east_as_to_the_north():
    """A degree to the east is shorter the further north one is."""
    stockholm = (59.33, 18.06)
    north, east = (59.53, 18.06), (59.33, 18.46)
    at = spots(draw([(1, *stockholm), (2, *north), (3, *east)], None))
    up, right = at["1"][1] - at["2"][1], at["3"][0] - at["1"][0]
    assert up / right == pytest.approx(miles_between(stockholm, north) / miles_between(stockholm, east), rel=0.02)


def test_two_that_are_close_are_one_mark_with_both_numbers():
    drawn = draw([(1, *HERE), (2, *NORTH), (3, HERE[0] + 0.0001, HERE[1]), (4, *EAST)], None)
    assert {one.numbers for one in drawn.marks} == {"1, 3", "2", "4"}
    both = next(one for one in drawn.marks if one.numbers == "1, 3")
    assert both.radius > NEAR == next(one for one in drawn.marks if one.numbers == "2").radius
    three = draw([(7, *HERE), (8, *HERE), (9, *HERE), (12, *NORTH)], None)
    assert {one.numbers for one in three.marks} == {"7–9", "12"}
    four = draw([(1, *HERE), (3, *HERE), (6, *HERE), (8, *HERE), (9, *NORTH)], None)
    assert {one.numbers for one in four.marks} == {"1 +3", "9"}


@pytest.mark.parametrize("away", [0.002, 0.02, 0.1, 0.7, 3.0])
def test_the_scale_is_as_long_as_its_miles(away):
    """Measured with the marks themselves: so much of the picture between them for so many miles of the earth."""
    other = (HERE[0] + away, HERE[1])
    drawn = draw([(1, *HERE), (2, *other)], None)
    at = spots(drawn)
    per_mile = (at["1"][1] - at["2"][1]) / miles_between(HERE, other)
    assert drawn.scale_miles in SCALES and 40 <= drawn.scale_length < WIDE
    assert drawn.scale_length == pytest.approx(drawn.scale_miles * per_mile, rel=0.01)


def test_rings_are_around_the_place_that_was_asked_for():
    drawn = draw([(1, *NORTH), (2, *EAST)], HERE)
    x, y = drawn.here
    at = spots(drawn)
    assert x == pytest.approx(at["1"][0], abs=0.1) and y == pytest.approx(at["2"][1], abs=0.1)
    assert drawn.rings[:2] == (drawn.scale_length, pytest.approx(2 * drawn.scale_length, abs=0.1))
    assert draw([(1, *NORTH), (2, *EAST)], None).rings == ()


def test_one_spot_is_no_map():
    assert draw([], None) is None and draw([], HERE) is None
    assert draw([(1, *HERE)], None) is None and draw([(1, *HERE)], HERE) is None
    assert draw([(1, *HERE), (2, *HERE), (3, HERE[0] + 0.00001, HERE[1])], None) is None
    assert draw([(1, *HERE)], NORTH) is not None, "the place that was asked for is a spot too"


# --- on the page ----------------------------------------------------------------------------------------------------
@pytest.fixture
def feed(program, carmen, clock):
    rows = [
        entry(slug="a", name="South"),
        entry(slug="b", name="North", latitude=34.15, formatted_address="2 Main St, Riverbend, CA 90033, USA"),
        entry(slug="online", name="Far away", latitude=36.0, conference_url="https://zoom.us/j/1", approximate="yes"),
    ]
    return actions.take_in(feed=make_feed(program, carmen.actor), content=json.dumps(rows).encode(), by=carmen.actor)


def test_a_search_near_a_place_shows_the_map_with_that_place_in_it(client, feed):
    near = client.post(reverse("meetings"), {"when": "week", "near": "Riverbend", "miles": "25"})
    page = near.content.decode()
    numbers = re.findall(r'class="map-mark"[^>]*><circle[^>]*/><text y="4">([^<]+)</text>', page)
    by_number = {str(one["number"]): one["row"].name for one in near.context["rows"]}
    assert sorted(by_number[one] for one in numbers) == ["North", "South"], "the numbers of the list, and no other"
    assert "map-ring" in page and "map-here" in page and f"{near.context['map'].scale_miles} miles" in page
    assert "the rings go around" in page and 'aria-hidden="true"' in page.partition("<svg viewBox")[2][:200]


def test_without_a_place_that_was_asked_for_nothing_of_one_is_drawn_or_said(client, feed):
    page = client.post(reverse("meetings"), {"when": "week"}).content.decode()
    assert page.count("map-mark") == 2 and "North is up" in page
    assert "map-ring" not in page and "map-here" not in page and "rings" not in page


@pytest.mark.parametrize("values", [{"mode": "online"}, {"near": "Atlantis"}, {"fellowship": "oa"}])
def test_what_has_no_place_to_go_to_has_no_map(client, feed, values):
    page = client.post(reverse("meetings"), {"when": "week"} | values)
    assert page.status_code == 200 and "map-box" not in page.content.decode()
    assert page.context.get("map") is None
    assert ("Far away" in page.content.decode()) == ("mode" in values)
