"""What a page may cost, and whether it does: the goals of the project, judged by what was measured in one run."""

from collections.abc import Sequence

from .client import median
from .pages import Page

OF_CONSTANTS, OF_CONSTANTS_WITH_AUDIT = 1.3, 1.6
OF_EMPTY = 2.5
LIST_ROWS = 30
"""From so many rows on, a page counts as a long list."""
NOTES_OF_DATABASE = 0.5
IMPACT_MS = 300
SEARCH_MS = 20
"""Of 95 of 100 searches near a place among 200,000 meetings."""
GROWTH = 1.2
FIRST_ANSWER_SECONDS = 2.0
WORKER_MB = 150


def ratio(found: dict, one: str, other: str, place: int = 1) -> float:
    """How many times the other: the middle of the ratios of each round, so that drift between rounds does not count.

    `place`: 1 for p95, 0 for answers per second.
    """
    pairs = zip(found[one]["rounds"], found[other]["rounds"], strict=True)
    return median([a[place] / b[place] for a, b in pairs])


def limit_of(page: Page) -> float:
    """How many times its constants page a page may take."""
    return OF_CONSTANTS_WITH_AUDIT if page.writes_audit else OF_CONSTANTS


def judge(value: float, limit: float, *, at_least: bool = False) -> str:
    """`met` or `missed`."""
    return "met" if (value >= limit if at_least else value <= limit) else "**missed**"


def tally(values: Sequence[tuple[str, float, float]]) -> str:
    """In words, of several pages each with its value and its limit: how many kept it, and which did not."""
    if not values:
        return "not measured"
    missed = [f"{name} {value:.2f}" for name, value, limit in values if value > limit]
    if not missed:
        return f"met by all {len(values)}"
    return f"**missed** by {len(missed)} of {len(values)}: {', '.join(missed)}"
