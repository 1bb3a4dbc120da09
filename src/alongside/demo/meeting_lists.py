"""Made-up meetings for the demo: four lists as others would publish them, one with mistakes in it, and two of our own.

No group, place or link here is a real one; the streets are those of a city, the house numbers are not.
"""

import json
from datetime import datetime, timedelta
from uuid import uuid4

from alongside.meetings.actions import add_feed, take_in, write_own
from alongside.meetings.models import FILE
from alongside.people.actor import SystemActor
from alongside.people.models import Program

ZONE = "America/Los_Angeles"
PLACES = (
    ("Eastside Community Room", "2200 Example St, Los Angeles, CA 90033, USA", 34.0497, -118.2110),
    ("Harbor Reading Room", "14 Sample Ave, San Pedro, CA 90731, USA", 33.7361, -118.2923),
    ("Riverside Church Hall", "801 Invented Blvd, Los Angeles, CA 90031, USA", 34.0781, -118.2117),
    ("Maple House", "355 Madeup Rd, Pasadena, CA 91101, USA", 34.1466, -118.1393),
    ("The Corner Library", "77 Storybook Ln, Glendale, CA 91203, USA", 34.1519, -118.2617),
    ("Casa Abierta", "1900 Calle Inventada, Los Angeles, CA 90063, USA", 34.0450, -118.1859),
)
NAMES = (
    ("Morning Coffee", ("O", "D"), 7), ("Noon Pause", ("O", "BE"), 12), ("After Work", ("C", "D"), 17.5),
    ("Grupo Nuevo Día", ("O", "S", "D"), 19), ("Step by Step", ("O", "ST", "X"), 19.5),
    ("Women on Wednesday", ("O", "W", "BA"), 18.5), ("Young and Here", ("O", "Y"), 20),
    ("Candle Hour", ("O", "CAN"), 21),
    ("First Light", ("O", "MED", "X"), 6.5), ("Late Owls", ("O", "SP", "D"), 23.5), ("Mesa Redonda", ("O", "S"), 18),
    ("Open Door", ("O", "BE", "X", "ASL"), 10),
)  # fmt: skip


def bring_meetings(program: Program, now: datetime) -> None:
    """The lists and the program's own meetings, read yesterday as the product reads them."""
    by, yesterday = SystemActor(program_id=program.pk), now - timedelta(days=1)
    lists = (
        ("aa", "Open Water Intergroup", [*_steps(now), *_with_mistakes()]),
        ("smart", "Choices of the Valley", _secular(now)),
        ("al_anon", "Families by the Water", _families(now)),
        ("aa", "Valley Sheet", _without_coordinates()),
    )
    for fellowship, name, rows in lists:
        feed = add_feed(
            program=program, way=FILE, name=name, site="https://meetings.example/", fellowship=fellowship, url="",
            time_zone=ZONE, every_hours=0, language="en", submit_key=uuid4(), by=by, now=yesterday,
        )  # fmt: skip
        take_in(feed=feed, content=json.dumps(rows).encode(), by=by, now=yesterday)
    for told in _own():
        write_own(program=program, told=told, submit_key=uuid4(), by=by, now=yesterday)


def _row(slug: str, name: str, day: int | list[int], hour: float, types: tuple, place: tuple, now: datetime) -> dict:
    minutes = int(hour * 60)
    return {
        "slug": slug, "name": name, "day": day, "time": f"{minutes // 60:02}:{minutes % 60:02}",
        "end_time": f"{(minutes // 60 + 1) % 24:02}:{minutes % 60:02}", "timezone": ZONE, "types": list(types),
        "location": place[0], "formatted_address": place[1], "latitude": place[2], "longitude": place[3],
        "updated": f"{now - timedelta(days=40):%Y-%m-%d %H:%M:%S}",
    }  # fmt: skip


def _steps(now: datetime) -> list[dict]:
    rows = []
    for day in range(7):
        for number, (name, types, hour) in enumerate(NAMES):
            if (day * 5 + number * 3) % 4 < 2:
                place = PLACES[(day + number) % len(PLACES)]
                rows.append(_row(f"{name.lower().replace(' ', '-')}-{day}", name, day, hour, types, place, now))
    rows.append(
        {
            "slug": "around-the-clock", "name": "Around the Clock", "day": [0, 1, 2, 3, 4, 5, 6], "time": "00:00",
            "end_time": "23:59", "timezone": ZONE, "types": ["O"], "formatted_address": "Los Angeles, CA, USA",
            "conference_url": "https://zoom.us/j/0000000000", "conference_url_notes": "Stay as long as you like.",
        }
    )  # fmt: skip
    return rows


def _with_mistakes() -> list[dict]:
    """As every real list has them: the page of the source says what is odd."""
    place = {"formatted_address": PLACES[0][1], "latitude": PLACES[0][2], "longitude": PLACES[0][3], "timezone": ZONE}
    return [
        {"slug": "old-friends", "name": "Old Friends", "day": 2, "time": "19:00", "updated": "2019-03-01 10:00:00",
         "types": ["O", "C"], **place},
        {"slug": "somewhere-online", "name": "Somewhere Online", "day": 3, "time": "8 pm", "types": ["ONL", "O"],
         "formatted_address": "Los Angeles, CA, USA", "timezone": "America/Atlantis"},
        {"slug": "one-to-one", "name": "One to One", "types": ["O"], "notes": "Call the office for a time.", **place},
        {"slug": "old-friends", "name": "Old Friends again", "day": 2, "time": "19:00", **place},
        {"slug": "nameless", "day": 5, "time": "19:00", **place},
    ]  # fmt: skip


def _secular(now: datetime) -> list[dict]:
    rows = [
        _row(f"choices-{day}", "Choices, not chance", day, 18 + day % 2, ("O", "D", "X"), PLACES[(day + 2) % 6], now)
        for day in (1, 2, 3, 4)
    ]
    for day in (0, 3, 5):
        row = _row(f"tools-online-{day}", "Tools for the week", day, 16, ("O", "EN"), PLACES[0], now)
        row |= {"formatted_address": "Los Angeles, CA, USA", "conference_url": "https://zoom.us/j/0000000001"}
        rows.append({name: value for name, value in row.items() if name not in ("latitude", "longitude", "location")})
    return rows


def _families(now: datetime) -> list[dict]:
    return [
        _row("families-monday", "Loving and Letting Be", 1, 19, ("O", "BE"), PLACES[3], now),
        _row("families-thursday", "Familias con Esperanza", 4, 18.5, ("O", "S", "BA"), PLACES[5], now),
        _row("families-saturday", "Saturday Families", 6, 10, ("O", "X"), PLACES[4], now),
    ]


def _without_coordinates() -> list[dict]:
    """As sheets are: found by the name of a city. One is in another list too, at another time."""
    told = {"timezone": ZONE, "types": ["O", "D"], "entity": "Ojai District"}
    return [
        {"slug": "orange-grove", "name": "Orange Grove", "day": 2, "time": "18:30",
         "formatted_address": "12 Sample Ln, Ojai, CA 93023, USA", **told},
        {"slug": "by-the-oaks", "name": "By the Oaks", "day": [4, 6], "time": "07:00", "end_time": "07:00",
         "formatted_address": "3 Madeup Ct, Ojai, CA 93023, USA", **told},
        {"slug": "old-friends-too", "name": "The Old Friends Group", "day": 2, "time": "20:00",
         "formatted_address": PLACES[0][1], **told},
    ]  # fmt: skip


def _own() -> list[dict]:
    home = {"location": "Eastside", "address": "2200 Example St", "city": "Los Angeles", "state": "CA",
            "postal_code": "90033", "formatted_address": PLACES[0][1], "approximate": "no",
            "latitude": PLACES[0][2], "longitude": PLACES[0][3]}  # fmt: skip
    return [
        {"name": "Coffee with peers", "day": [1, 4], "time": "10:00", "end_time": "11:30",
         "types": ["O", "X", "EN", "S"], "notes": "Come as you are. Nobody has to speak.", **home},
        {"name": "Sunday walk", "day": [0], "time": "09:00", "end_time": "10:30", "types": ["O", "OUT", "EN", "S"],
         "notes": "We meet at the door and walk along the water.", **home},
    ]  # fmt: skip
