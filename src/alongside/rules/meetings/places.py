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


def place_keys(city: str, state: str, postal: str) -> tuple[str, str]:
    """The keys of the two places in which a meeting is: its city with its state, and its postal code; "" for none.

    >>> place_keys("St. Paul", "MN", "55101-2000"), place_keys("", "MN", "")
    (('st paul mn', '55101'), ('', ''))
    """
    return key_of(_city_label(city, state)), key_of(_postal_label(postal))


def bare_key(label: str) -> str:
    """The key of a city without its state: so is written what names none.

    >>> bare_key("St. Paul, MN"), bare_key("55101")
    ('st paul', '55101')
    """
    return key_of(label.rpartition(", ")[0] or label)


def _city_label(city: str, state: str) -> str:
    return f"{city}, {state}" if city and state else city


def _postal_label(postal: str) -> str:
    return postal.split("-")[0].strip()


@dataclass(frozen=True)
class Place:
    """A city or a postal code with the middle of its meetings; None where not one of them says where it is."""

    label: str
    key: str
    is_postal: bool
    latitude: float | None
    longitude: float | None
    meetings: int

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it is, if anybody said."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


class _Heap:
    """The meetings of one place while they are counted."""

    def __init__(self, *, is_postal: bool, bare: str):
        self.is_postal, self.bare, self.meetings = is_postal, bare, 0
        self.labels: Counter[str] = Counter()
        self.norths: list[float] = []
        self.easts: list[float] = []

    def add(self, other: "_Heap") -> None:
        """Those of a city that somebody wrote without its state."""
        self.meetings += other.meetings
        self.norths += other.norths
        self.easts += other.easts

    def as_place(self, key: str) -> Place:
        """With the median of each coordinate: one meeting with wrong coordinates does not move a city."""
        label, middle = self.labels.most_common(1)[0][0], len(self.norths) // 2
        north, east = (sorted(self.norths)[middle], sorted(self.easts)[middle]) if self.norths else (None, None)
        return Place(label[:120], key, self.is_postal, north, east, self.meetings)


def list_places(rows: Iterable[tuple[str, str, str, float | None, float | None]]) -> list[Place]:
    """The places of (city, state, postal code, latitude, longitude) of meetings, each once, in order of their labels.

    One that is written in several ways is called as most of its meetings write it. A city without a state is that city
    whose state others name; where that may be several, it is none of its own unless somebody says where it is.
    """
    heaps: dict[str, _Heap] = {}
    for city, state, postal, north, east in rows:
        for label, is_postal in ((_city_label(city, state), False), (_postal_label(postal), True)):
            if key := key_of(label):
                bare = key_of(city) if not is_postal and state else ""
                heap = heaps.setdefault(key, _Heap(is_postal=is_postal, bare=bare))
                heap.labels[label] += 1
                heap.meetings += 1
                if north is not None and east is not None:
                    heap.norths.append(north)
                    heap.easts.append(east)
    whole: dict[str, list[str]] = {}
    for key, heap in heaps.items():
        if heap.bare and heap.bare != key and heap.bare in heaps:
            whole.setdefault(heap.bare, []).append(key)
    for bare, keys in whole.items():
        if len(keys) == 1:
            heaps[keys[0]].add(heaps.pop(bare))
        elif not heaps[bare].norths:
            del heaps[bare]
    places = [heap.as_place(key) for key, heap in heaps.items()]
    return sorted(places, key=lambda place: (place.label, place.is_postal))


class Middles:
    """Where something is of which only the city or the postal code is known."""

    def __init__(self, places: Iterable[Place]):
        self._points = {place.key: place.point for place in places if place.point}
        self._wholes: dict[str, set[str]] = {}
        for place in places:
            if not place.is_postal:
                self._wholes.setdefault(bare_key(place.label), set()).add(place.key)

    def find(self, city_key: str, postal_key: str) -> tuple[float, float] | None:
        """The middle of the postal code, else of the city, else of the only city of that name; None if nobody knows."""
        found = self._points.get(postal_key) or self._points.get(city_key)
        if found is None and len(keys := self._wholes.get(city_key, set())) == 1:
            (key,) = keys
            found = self._points.get(key)
        return found
