"""Ties as a picture, a list, and how it was before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alongside.rules import connections as rules

from . import wording
from .models import Tie
from .queries import as_rule

BEFORE = (("now", 0), ("month", 30), ("quarter", 91), ("half_year", 182))
"""Moments that are compared, in days before now."""


def show_map(ties: Sequence[Tie]) -> dict:
    """{spots, rings, listed, marks, size, middle, step, …}: the picture, and the same in words, numbered alike."""
    by_key = {str(tie.pk): tie for tie in ties}
    known = [as_rule(tie) for tie in ties]
    spots, lines = rules.place(known), rules.find_lines(known)
    rows = [
        {
            "number": spot.number, "tie": by_key[spot.key], "x": spot.x, "y": spot.y,
            "kind": wording.KINDS[by_key[spot.key].kind], "good": wording.GOOD[by_key[spot.key].support],
        }
        for spot in spots
    ]  # fmt: skip
    listed = [
        {"name": wording.RINGS[ring][0], "rows": [row for row in rows if row["tie"].ring == ring]}
        for ring in rules.RINGS
    ]
    middle, step = rules.SIZE // 2, rules.suggest(known)
    return {
        "spots": rows, "rings": [lines[ring][-1] for ring in reversed(rules.RINGS)], "listed": listed,
        "marks": [{"support": one, "words": wording.MARKS[one]} for one in rules.SUPPORTS],
        "size": rules.SIZE, "middle": middle, "step": wording.STEPS[step],
        "leads_out": step in ("group", "place", "somebody", "second"),
    }  # fmt: skip


def show_before(turns: Sequence[rules.Turn], now: datetime) -> list[dict]:
    """How many there were at each moment, as far as the history reaches back: [{at, count}], the latest first."""
    if not turns:
        return []
    moments = [now - timedelta(days=days) for _name, days in BEFORE]
    reached = [moment for moment in moments if moment >= turns[0].at]
    return [{"at": moment, "count": rules.count(rules.ties_at(turns, moment))} for moment in reached]
