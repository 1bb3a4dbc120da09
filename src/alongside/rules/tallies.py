"""The figures of the impact page from counts alone, so that sums kept beside the rows show what the rows would show.

A `Tally` says how often each thing was found in one group: `("waited", 6): 4` is four people who waited six days. What
is counted, and every figure made of it, is said once, in `rules.measures`.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from alongside.rules.measures import (
    ALL,
    ENGAGED_DAYS,
    Answer,
    Figure,
    Wait,
    days_to_match,
    merge_small_groups,
    offers_figure,
    publish,
    share,
)

Tally = Counter[tuple[str, int]]
"""(what, value) to how often. The value is days for "waited", "engaged" and "not_due", and 0 for all others."""

WAITS: tuple[Wait, ...] = ("waited", "waiting", "unknown")
ANSWERS: tuple[Answer, ...] = ("accepted", "refused", "open", "nowhere")
KEPT = (*WAITS, "started", "engaged", *ANSWERS)
"""What is kept beside the rows. "not_due" depends on the day of the reader, "tried" and "reached" are of contacts."""


def list_figures(tallies: Mapping[str, Tally]) -> list[dict[str, Figure]]:
    """Every figure for each group and for all, small cells hidden. `tallies` is name of the group to its counts."""
    waits = {name: tally for name, tally in tallies.items() if _waits(tally)}
    tries = {name: tally for name, tally in tallies.items() if tally["tried", 0]}
    offers = {name: tally for name, tally in tallies.items() if any(tally[what, 0] for what in ANSWERS)}
    measures = [
        _by_group(waits, lambda tally: days_to_match(_waits(tally))),
        _by_group(tries, lambda tally: share("contacts_reached", tally["reached", 0], tally["tried", 0])),
        *(_by_group(_walks(tallies), partial(_engaged, day)) for day in ENGAGED_DAYS),
        _by_group(offers, lambda tally: offers_figure({what: tally[what, 0] for what in ANSWERS})),
    ]
    return [publish(figures) for figures in measures]


def _walks(tallies: Mapping[str, Tally]) -> dict[str, Tally]:
    """Groups as the engagement figures show them: all three are about the same people and show the same groups."""
    sizes = {name: tally["started", 0] for name, tally in tallies.items() if tally["started", 0]}
    merged: dict[str, Tally] = {}
    for name, shown_as in merge_small_groups(sizes).items():
        merged.setdefault(shown_as, Counter()).update(tallies[name])
    return merged


def _engaged(day: int, tally: Tally) -> Figure:
    """Share still engaged; "engaged" counts only those whose day has passed."""
    not_due = tally["not_due", day]
    return share(f"engaged_{day}", tally["engaged", day], tally["started", 0] - not_due, not_due=not_due)


def _by_group(tallies: Mapping[str, Tally], measure: Callable[[Tally], Figure]) -> dict[str, Figure]:
    """The measure for each group in order of its name, and for `ALL` last."""
    everybody: Tally = Counter()
    for tally in tallies.values():
        everybody.update(tally)
    return {name: measure(tallies[name]) for name in sorted(tallies)} | {ALL: measure(everybody)}


def _waits(tally: Tally) -> dict[tuple[Wait, int], int]:
    return {(what, days): count for (of, days), count in tally.items() for what in WAITS if of == what and count}
