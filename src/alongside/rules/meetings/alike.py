"""The same meeting in two lists: what both say alike, and what they contradict each other in. Neither is hidden."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .places import key_of, miles_between

NEAR_MILES = 0.3
"""Two lists put one door at two points: so far apart it is still one."""

EMPTY_WORDS = frozenset(
    ("the", "a", "of", "group", "groups", "meeting", "meetings", "el", "la", "los", "las", "de", "del", "grupo",
     "grupos", "reunion", "reuniones", "aa", "na", "al", "anon")
)  # fmt: skip


def fold_name(name: str) -> str:
    """A name as two lists would write it alike: without accents, signs and words that say nothing.

    >>> fold_name("The Tuesday Night Group"), fold_name("Tuesday night"), fold_name("The Group")
    ('tuesday night', 'tuesday night', 'the group')
    """
    whole = key_of(name)
    return " ".join(word for word in whole.split() if word not in EMPTY_WORDS) or whole


@dataclass(frozen=True)
class Listed:
    """A meeting on one day as one list has it. `street` as it is looked up, `link` where it is online; "" for none."""

    meeting_id: UUID
    feed_id: UUID
    name_key: str
    fellowship: str
    day: int
    starts: int
    point: tuple[float, float] | None
    street: str
    link: str


@dataclass(frozen=True)
class Other:
    """Another list that has it too, and at which times of that day, in minutes; none where it has it at the same."""

    feed_id: UUID
    day: int
    starts: tuple[int, ...]


def find_others(one: Listed, among: Iterable[Listed]) -> list[Other]:
    """Which other lists have a meeting too. One that has it at the same time too does not contradict."""
    times: dict[UUID, set[int]] = {}
    for other in among:
        if other.feed_id != one.feed_id and is_alike(one, other):
            times.setdefault(other.feed_id, set()).add(other.starts)
    return [
        Other(feed_id, one.day, () if one.starts in starts else tuple(sorted(starts)))
        for feed_id, starts in sorted(times.items())
    ]


def is_alike(one: Listed, other: Listed) -> bool:
    """Whether two entries mean one meeting: its name, its fellowship and its day, in the same place."""
    if (one.name_key, one.fellowship, one.day) != (other.name_key, other.fellowship, other.day):
        return False
    if one.point and other.point:
        return miles_between(one.point, other.point) <= NEAR_MILES
    if one.street and other.street:
        return one.street == other.street
    return bool(one.link) and one.link == other.link
