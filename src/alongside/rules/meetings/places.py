"""Where a meeting is: cells of a grid by which a database finds what is near, distances, names of places."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

PER_DEGREE = 4
"""Cells along one degree: a cell is about 17 miles high, so that a search of ten miles looks into four or so."""

ACROSS = 360 * PER_DEGREE
MILES_PER_DEGREE = 69.09
EARTH_MILES = 3958.8
RADII = (2, 5, 10, 25, 50)
"""Miles that the form offers."""

WIDENED = (10, 25, 50)
"""How far a search goes on by itself where nothing is nearer."""


def cell_of(latitude: float, longitude: float) -> int:
    """The number of the cell in which a point lies.

    >>> cell_of(34.05, -118.24) == cell_of(34.06, -118.23)
    True
    """
    row = min(int((latitude + 90) * PER_DEGREE), 180 * PER_DEGREE - 1)
    return row * ACROSS + int((longitude + 180) * PER_DEGREE) % ACROSS


def cells_around(latitude: float, longitude: float, miles: float) -> list[int]:
    """Every cell that a circle touches, also over the line of dates. Bounded: near a pole whole rows of the grid."""
    high = miles / MILES_PER_DEGREE
    wide = min(high / shrink(latitude, high), 180)
    rows = range(
        int((max(latitude - high, -90) + 90) * PER_DEGREE),
        min(int((min(latitude + high, 90) + 90) * PER_DEGREE), 180 * PER_DEGREE - 1) + 1,
    )
    first, last = (math.floor((longitude + side * wide + 180) * PER_DEGREE) for side in (-1, 1))
    columns = {column % ACROSS for column in range(first, min(last, first + ACROSS - 1) + 1)}
    return sorted(row * ACROSS + column for row in rows for column in columns)


def shrink(latitude: float, high: float = 0.0) -> float:
    """How much shorter a degree of longitude is than one of latitude there, `high` degrees further to the pole."""
    return max(math.cos(math.radians(min(abs(latitude) + high, 89.0))), 0.017)


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two (latitude, longitude) over the ground.

    >>> round(miles_between((34.05, -118.24), (37.77, -122.42)))
    347
    """
    (north_1, east_1), (north_2, east_2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((north_2 - north_1) / 2) ** 2
    half += math.cos(north_1) * math.cos(north_2) * math.sin((east_2 - east_1) / 2) ** 2
    return 2 * EARTH_MILES * math.asin(math.sqrt(min(1.0, half)))


def rounded(latitude: float, longitude: float) -> tuple[float, float]:
    """A place of a person to about half a mile: enough to find what is near, too little to find a door."""
    return round(latitude, 2), round(longitude, 2)


def key_of(words: str) -> str:
    """A name of a place as it is looked up: small letters without accents and signs.

    >>> key_of("St. Paul,  MN"), key_of("San José")
    ('st paul mn', 'san jose')
    """
    bare = "".join(one for one in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(one))
    return re.sub(r"[^\w]+", " ", bare).strip()[:100]


@dataclass(frozen=True)
class Place:
    """A city or a postal code with the middle of its meetings."""

    label: str
    key: str
    is_postal: bool
    latitude: float
    longitude: float
    meetings: int


def list_places(rows: Iterable[tuple[str, str, str, float, float]]) -> list[Place]:
    """The places of (city, state, postal code, latitude, longitude) of meetings, each once, in order of their labels.

    One that is written in several ways is called as most of its meetings write it. The middle is the median of each
    coordinate: one meeting with wrong coordinates does not move a city.
    """
    labels: dict[str, Counter[str]] = {}
    found: dict[str, list[tuple[float, float, bool]]] = {}
    for city, state, postal, north, east in rows:
        named = (f"{city}, {state}" if city and state else city, False), (postal.split("-")[0].strip(), True)
        for label, is_postal in named:
            if key := key_of(label):
                labels.setdefault(key, Counter())[label] += 1
                found.setdefault(key, []).append((north, east, is_postal))
    places = []
    for key, points in found.items():
        norths, easts = sorted(one[0] for one in points), sorted(one[1] for one in points)
        middle, label = len(points) // 2, labels[key].most_common(1)[0][0]
        places.append(Place(label[:120], key, points[0][2], norths[middle], easts[middle], len(points)))
    return sorted(places, key=lambda place: (place.label, place.is_postal))
