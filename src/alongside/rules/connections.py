"""The people, groups and places in a life: where each is drawn, what changed, and a next small step to widen it.

The picture has three rings around the person, as maps of social identity do in recovery research (Beckwith and others
2019, SIM-AR). What matters is that some support recovery (Litt and others 2009, Network Support), that they are of more
than one kind, and that not everything hangs on one person. Nothing is scored, and nobody is called bad.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, pi, sin

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

RADIUS: Mapping[str, int] = {"close": 56, "around": 100, "far": 142}
MOST = 60
"""Ties of one person; each ring holds a third of them legibly, and the list holds them all."""

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
    for turn, ring in enumerate(RINGS):
        inside = [tie for tie in ties if tie.ring == ring]
        for index, tie in enumerate(inside):
            # Each ring begins a little further on, so that no straight line of names goes outward.
            angle = 2 * pi * (index / len(inside)) - pi / 2 + turn * 0.4
            x, y = SIZE / 2 + RADIUS[ring] * cos(angle), SIZE / 2 + RADIUS[ring] * sin(angle)
            found.append(Spot(tie.key, len(found) + 1, round(x, 1), round(y, 1)))
    return tuple(found)


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
