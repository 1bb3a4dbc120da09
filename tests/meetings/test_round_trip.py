"""What goes out as Meeting Guide JSON and is read by another house is the same there: every field, of real feeds."""

import json
from dataclasses import fields

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from tests.meetings.test_feeds import REAL, entry, make_feed, real, real_meanings

from alongside.meetings import actions
from alongside.meetings.models import Meeting
from alongside.meetings.rows import entry_of
from alongside.rules.meetings.entry import Entry

OTHER = ("key", "flags", "raw")
"""The key is ours there, with the source's own beside it; how well it could be read, and what stood there, differ."""


def carry(program, other_program, carmen, **feed) -> tuple[dict, dict, list[dict]]:
    """What is listed here, what is there after `meetings_json` was read into an empty program, and the file itself."""
    told = json.loads(b"".join(Client().get(reverse("meetings_json")).streaming_content))
    with scope(program=program):
        here = {row.pk.hex: row for row in Meeting.objects.select_related("feed")}
    with scope(program=other_program):
        made = make_feed(other_program, carmen.actor, fellowship="other", time_zone="UTC", **feed)
        read = actions.take_in(feed=made, content=json.dumps(told).encode(), by=carmen.actor)
        assert (read.problem, read.counts["refused"], read.counts["added"]) == ("", 0, len(here))
        there = {row.key: row for row in Meeting.objects.select_related("feed")}
    return here, there, told


def differences(here: dict, there: dict) -> list:
    found = []
    for key, row in here.items():
        one, other = entry_of(row), entry_of(there[key])
        for field in fields(Entry):
            name = field.name
            if name in OTHER:
                continue
            was, came = getattr(one, name), getattr(other, name)
            if name == "zone":
                was = was or row.feed.time_zone
            elif name == "fellowship":
                was = was or row.feed.fellowship
            elif name == "keeper":
                was = was or row.feed.name
            elif name == "keeper_url":
                was = was or ("" if one.keeper else row.feed.site)
            if was != came:
                found.append((name, one.key, was, came))
    return found


@real
@pytest.mark.parametrize(
    ("file", "fellowship", "zone"),
    [
        ("aa-minneapolis-2018.tsml.json", "aa", "America/Chicago"),
        ("aa-minneapolis-2018-first250.sheet.csv", "aa", "America/Chicago"),
        ("na-new-york-metro.bmlt-GetSearchResults.json", "na", "America/New_York"),
    ],
)
def test_a_real_feed_loses_nothing_on_its_way_to_another_house(
    program, other_program, carmen, unscoped, file, fellowship, zone
):
    with scope(program=program):
        feed = make_feed(program, carmen.actor, fellowship=fellowship, time_zone=zone)
        meanings = real_meanings() if fellowship == "na" else None
        actions.take_in(feed=feed, content=(REAL / file).read_bytes(), meanings=meanings, by=carmen.actor)
    here, there, told = carry(program, other_program, carmen)
    assert differences(here, there) == []
    assert {one["source_slug"] for one in told} == {row.key for row in here.values()}


def test_what_the_format_has_no_word_for_comes_back(program, other_program, carmen, unscoped):
    rows = [
        entry(slug="day", name="Marathon", time="06:00", end_time="06:00"),
        entry(slug="local", types=["O", "ZZ"], fellowship="Al-Anon"),
        entry(slug="night", time="23:30", end_time="00:45", feedback_url="https://example.org/tell"),
        entry(slug="call", day=None, time=""),
    ]
    na = {"id_bigint": "9", "weekday_tinyint": "1", "start_time": "06:00:00", "duration_time": "24:00:00",
          "formats": "Qq", "meeting_name": "All the time", "location_street": "1 A St", "lang_enum": "es",
          "location_municipality": "B", "virtual_meeting_link": "https://x.example/x", "venue_type": "3"}  # fmt: skip
    with scope(program=program):
        actions.take_in(feed=make_feed(program, carmen.actor, language="es"), content=json.dumps(rows).encode(),
                        by=carmen.actor)  # fmt: skip
        meanings = {"formats": [{"id": "1", "key_string": "Qq", "lang": "en", "name_string": "Quiet"},
                                {"id": "1", "key_string": "Qq", "lang": "es", "name_string": "Silencio"}]}  # fmt: skip
        actions.take_in(feed=make_feed(program, carmen.actor, fellowship="na"), content=json.dumps([na]).encode(),
                        meanings=meanings, by=carmen.actor)  # fmt: skip
    here, there, _told = carry(program, other_program, carmen)
    # What the list is held in, where an entry names none, is said of each on the way.
    found = [one for one in differences(here, there) if one[0] != "languages"]
    assert found == []
    by_slug = {row.raw["source_slug"]: row for row in there.values()}
    assert (by_slug["9"].starts, by_slug["9"].ends, by_slug["day"].ends) == (360, 1800, 1800)
    assert (by_slug["9"].own_types, by_slug["9"].is_online) == ([["Qq", "Quiet", "Silencio"]], True)
    assert by_slug["call"].languages == ["es"] == by_slug["local"].languages


def test_what_stands_beside_an_entry_is_as_little_trusted_as_the_rest(program, carmen):
    beside = {"online_url": "javascript:alert(1)", "is_online": True, "is_in_person": "yes", "types": ["O", "<b>", 3],
              "own_types": [["a", "<i>b</i>", 4], "x", []], "name": "", "notes": ["x"], "minutes": 9_999_999,
              "fellowship": "own", "place": "x" * 999, "digest": "0", "pk": "1"}  # fmt: skip
    rows = [entry(alongside=beside), entry(slug="b", alongside=[1]), entry(slug="c", alongside=7)]
    feed = actions.take_in(feed=make_feed(program, carmen.actor), content=json.dumps(rows).encode(), by=carmen.actor)
    row = Meeting.objects.get(key="morning")
    assert (feed.counts["added"], row.name, row.online_url, row.is_online, row.is_in_person) == (
        3,
        "Morning",
        "",
        False,
        True,
    )
    assert (row.types, row.own_types, row.fellowship, row.ends) == (["O"], [["a", "b", "4"]], "", 480)
    assert len(row.place) == 255
