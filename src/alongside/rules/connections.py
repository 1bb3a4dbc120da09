"""The people, groups and places in a life: where each is drawn, what changed, and a next small step to widen it.

The picture has three rings around the person, as maps of social identity do in recovery research (Beckwith and others
2019, SIM-AR). What matters is that some support recovery (Litt and others 2009, Network Support), that they are of more
than one kind, and that not everything hangs on one person. Nothing is scored, and nobody is called bad.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import asin, ceil, cos, pi, sin

KINDS = ("person", "group", "place")
RINGS = ("close", "around", "far")
"""How near it is: very close, part of my life, now and then."""

SUPPORTS = ("yes", "sometimes", "no", "unsure")
"""Whether it is good for one's recovery, as the person says it."""

WHATS = ("added", "changed", "ended", "back")

LONGEST = 60
"""Letters of a name."""

SIZE = 320
"""The picture is so many units wide and high."""

RADIUS: Mapping[str, float] = {"close": 56, "around": 100, "far": 142}
"""Where each ring lies while all marks of each find room on one line."""

APART = 24.2
"""Between the middles of two marks, which are 24 wide; a little more, for places are rounded."""

LINES: tuple[float, ...] = tuple(25 + APART * number for number in range(6))
"""Where marks lie when a ring needs more than one line: the lines are shared by the rings, from inside to outside."""

MOST = 60
"""Ties of one person: however they lie on the rings, no two marks of the picture overlap; the list holds them all."""

FEW = 2


@dataclass(frozen=True)
class Tie:
    """Somebody or something in a life."""

    key: str
    kind: str
    ring: str
    support: str


@dataclass(frozen=True)
class Spot:
    """Where a tie stands in the picture, and its number there and in the list."""

    key: str
    number: int
    x: float
    y: float


def place(ties: Sequence[Tie]) -> tuple[Spot, ...]:
    """Each on its ring, evenly around, beginning at the top; numbers go ring by ring, in the order given."""
    found: list[Spot] = []
    lines_of = find_lines(ties)
    for turn, ring in enumerate(RINGS):
        inside = [tie for tie in ties if tie.ring == ring]
        for tie, (radius, part) in zip(inside, _share(len(inside), lines_of[ring]), strict=True):
            # Each ring begins a little further on, so that no straight line of names goes outward.
            angle = 2 * pi * part - pi / 2 + turn * 0.4
            x, y = SIZE / 2 + radius * cos(angle), SIZE / 2 + radius * sin(angle)
            found.append(Spot(tie.key, len(found) + 1, round(x, 1), round(y, 1)))
    return tuple(found)


def find_lines(ties: Collection[Tie]) -> dict[str, tuple[float, ...]]:
    """The lines of each ring, as radii from inside to outside. One each while there is room."""
    counts = {ring: sum(tie.ring == ring for tie in ties) for ring in RINGS}
    if all(counts[ring] <= _room(RADIUS[ring]) for ring in RINGS):
        return {ring: (RADIUS[ring],) for ring in RINGS}
    close = _fewest(LINES, counts["close"])
    far = _fewest(LINES[::-1], counts["far"])
    return {"close": LINES[:close], "around": LINES[close : len(LINES) - far], "far": LINES[len(LINES) - far :]}


def _room(radius: float) -> int:
    """How many marks find room on a line."""
    return int(pi / asin(APART / 2 / radius))


def _fewest(lines: Sequence[float], count: int) -> int:
    """How many of these lines hold so many, one at least."""
    return next(number for number in range(1, len(lines) + 1) if sum(map(_room, lines[:number])) >= count)


def _share(count: int, lines: Sequence[float]) -> list[tuple[float, float]]:
    """So many places on these lines, as much on each as its room is of theirs: (radius, part of the way around)."""
    found: list[tuple[float, float]] = []
    for number, radius in enumerate(lines):
        here = ceil((count - len(found)) * _room(radius) / sum(map(_room, lines[number:])))
        found += [(radius, index / here) for index in range(here)]
    return found


@dataclass(frozen=True)
class Count:
    """How many there are, and how many of each kind are good for one's recovery."""

    all_of_them: int
    people: int
    groups: int
    places: int

    @property
    def supporting(self) -> int:
        """Those that support recovery, of every kind."""
        return self.people + self.groups + self.places


def count(ties: Collection[Tie]) -> Count:
    """Counted; "sometimes" counts as support, for it is."""
    good = [tie.kind for tie in ties if tie.support in ("yes", "sometimes")]
    return Count(len(ties), *(good.count(kind) for kind in KINDS))


STEPS = ("begin", "somebody", "nearer", "second", "group", "place", "beside", "keep")


def suggest(ties: Collection[Tie]) -> str:
    """One next small step, a code of `STEPS`: what is missing most, never what is wrong with anybody.

    begin: nothing is written yet · somebody: nobody supports recovery · nearer: those who do are far · second: it all
    hangs on one · group: no group among them · place: no place · beside: somebody close does not support it, so who
    could be beside you there · keep: it is broad; keep it up.
    """
    if not ties:
        return "begin"
    good = [tie for tie in ties if tie.support in ("yes", "sometimes")]
    people = [tie for tie in good if tie.kind == "person"]
    if not good:
        return "somebody"
    if all(tie.ring == "far" for tie in good):
        return "nearer"
    if len(people) < FEW:
        return "second"
    for kind in ("group", "place"):
        if not any(tie.kind == kind for tie in good):
            return kind
    if any(tie.support == "no" and tie.ring == "close" for tie in ties):
        return "beside"
    return "keep"


@dataclass(frozen=True)
class Turn:
    """One entry of the history: from then on the tie stood so; `ring` is "" once it ended."""

    key: str
    at: datetime
    kind: str
    ring: str
    support: str


def ties_at(turns: Sequence[Turn], moment: datetime) -> tuple[Tie, ...]:
    """Who and what was there at a moment, by the history alone (in the order of time), as they stood then."""
    standing: dict[str, Tie] = {}
    for turn in turns:
        if turn.at > moment:
            break
        if turn.ring:
            standing[turn.key] = Tie(turn.key, turn.kind, turn.ring, turn.support)
        else:
            standing.pop(turn.key, None)
    return tuple(standing.values())
