"""Which places are missing and for whom: found when a run over everybody is made, and kept with it.

It is looked for when a run is made because a page should not cost as much as a run; and it is kept encrypted beside
the answer because groups on a waiting list are small.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alongside.people.models import Episode
from alongside.rules.matching.kept import Inputs

SHORTAGES = "shortages"
MOST_PAIRS = 1_000_000
"""So many pairs of people and peers are gone through in some ten seconds; for a longer list nothing is looked for."""


@dataclass(frozen=True)
class KeptShortage:
    """As `rules.matching.shortages.Shortage`, read back."""

    terms: tuple[tuple[str, str], ...]
    waiting: int
    places: int
    loosened: Mapping[str, int]


def find(inputs: Inputs, episodes: Mapping[str, Episode]) -> dict[str, Any]:
    """What is added to a kept answer; nothing for a list that is too long."""
    if len(inputs.seekers) * len(inputs.peers) > MOST_PAIRS:
        return {}
    from alongside.rules.matching.shortages import find_shortages  # loads NumPy

    labels = {id_: {"site": str(episode.site_id)} for id_, episode in episodes.items() if episode.site_id}
    found = find_shortages(inputs.seekers, inputs.peers, inputs.policy, labels)
    return {SHORTAGES: [[list(map(list, one.terms)), one.waiting, one.places, dict(one.loosened)] for one in found]}


def read(answer: Mapping[str, Any]) -> list[KeptShortage] | None:
    """The shortages of a kept answer, tightest first; None where nothing was looked for."""
    if SHORTAGES not in answer:
        return None
    return [
        KeptShortage(tuple((name, value) for name, value in terms), waiting, places, loosened)
        for terms, waiting, places, loosened in answer[SHORTAGES]
    ]
