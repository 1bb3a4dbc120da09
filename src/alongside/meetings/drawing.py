"""A map of what was found, drawn here: places by their coordinates, without anybody's tiles. The list says it all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.rules.meetings.places import MILES_PER_DEGREE, shrink

WIDE, HIGH, EDGE, NEAR = 360, 270, 30, 13
RINGS = 6
SCALES = (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)

CLOSEST = 0.0015
"""Degrees that the picture shows at least, about a tenth of a mile: nearer, no scale would fit."""


@dataclass(frozen=True)
class Mark:
    """One spot: the numbers of the list that are there."""

    x: float
    y: float
    numbers: str
    radius: float


@dataclass(frozen=True)
class Map:
    """Marks, the place somebody asked for (or None) with rings around it, and a scale: its miles and its length."""

    marks: tuple[Mark, ...]
    here: tuple[float, float] | None
    scale_miles: float
    scale_length: float
    rings: tuple[float, ...] = ()
    wide: int = WIDE
    high: int = HIGH


def draw(points: Sequence[tuple[int, float, float]], here: tuple[float, float] | None) -> Map | None:
    """The map of (number, latitude, longitude); None without two different spots.

    Spots that would cover each other are one mark with both numbers.
    """
    spots = [(north, east) for _number, north, east in points] + ([here] if here else [])
    if len({(round(north, 4), round(east, 4)) for north, east in spots}) < 2:
        return None
    north_mid = (min(one for one, _ in spots) + max(one for one, _ in spots)) / 2
    flat = shrink(north_mid)
    ups, rights = [north for north, _ in spots], [east * flat for _, east in spots]
    tall, broad = max(ups) - min(ups), max(rights) - min(rights)
    zoom = min((HIGH - 2 * EDGE) / max(tall, CLOSEST), (WIDE - 2 * EDGE) / max(broad, CLOSEST))
    left, top = (WIDE - broad * zoom) / 2, (HIGH - tall * zoom) / 2

    def at(north: float, east: float) -> tuple[float, float]:
        return (east * flat - min(rights)) * zoom + left, (max(ups) - north) * zoom + top

    groups: list[tuple[float, float, list[int]]] = []
    for number, north, east in points:
        x, y = at(north, east)
        near = next((one for one in groups if math.hypot(one[0] - x, one[1] - y) < 2 * NEAR), None)
        if near:
            near[2].append(number)
        else:
            groups.append((x, y, [number]))
    marks = tuple(Mark(round(x, 1), round(y, 1), _numbers(some), NEAR if len(some) == 1 else NEAR + 6)
                  for x, y, some in groups)  # fmt: skip
    per_mile = zoom / MILES_PER_DEGREE
    miles = next((one for one in SCALES if one * per_mile >= 40), SCALES[-1])
    length = round(miles * per_mile, 1)
    rings = tuple(round(length * number, 1) for number in range(1, RINGS + 1)) if here else ()
    return Map(marks, at(*here) if here else None, miles, length, rings)


def _numbers(some: list[int]) -> str:
    """Numbers as they fit into a mark: `3`, `3, 7`, `3–5`, else the first and how many more."""
    if len(some) == 1:
        return str(some[0])
    if some == list(range(some[0], some[-1] + 1)):
        return f"{some[0]}–{some[-1]}"
    return ", ".join(map(str, some)) if len(some) == 2 else f"{some[0]} +{len(some) - 1}"
