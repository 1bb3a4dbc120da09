"""Counting the probabilities of the model: `python -m benchmarks.linkage --learn` prints them for `weights.py`.

m by counting between records of one person, u by counting between records of strangers, each on a labelled set that is
made with another seed than those on which the model is measured. With labels, counting is the estimate of maximum
likelihood that EM approaches without them. Where agreement is too rare to be met by drawing pairs (a phone, a birth
date), all pairs are counted through the values themselves.
"""

from collections import Counter, defaultdict
from itertools import combinations
from random import Random

from alongside.rules.linkage.fields import LEVELS, find_levels
from alongside.rules.linkage.values import Features

from .records import Record, make_records
from .trying import features_of

SEED, PEOPLE, DUPLICATES, STRANGERS = 20_260_301, 30_000, 15_000, 400_000
COUNTED_EXACTLY = ("born", "phone", "email", "zip")


def learn() -> dict[str, dict[str, tuple[float, float]]]:
    """Field to level to (m, u), smoothed by half a sighting, the odds never lower for a stronger agreement."""
    records = make_records(SEED, PEOPLE, DUPLICATES)
    features = [features_of(one) for one in records]
    m = _count(_pairs_of_one_person(records), features)
    rng = Random(SEED)
    drawn = ((rng.randrange(len(records)), rng.randrange(len(records))) for _ in range(STRANGERS))
    u = _count(((a, b) for a, b in drawn if records[a].label != records[b].label), features)
    return {field: _odds_in_order(field, _shares(field, m), _u(field, u, records, features)) for field in LEVELS}


def _pairs_of_one_person(records: list[Record]) -> list[tuple[int, int]]:
    by_label: dict[int, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        by_label[record.label].append(place)
    return [pair for places in by_label.values() for pair in combinations(places, 2)]


def _count(pairs, features: list[Features]) -> dict[str, Counter]:
    counts: dict[str, Counter] = {field: Counter() for field in LEVELS}
    for a, b in pairs:
        for field, level in find_levels(features[a], features[b]).items():
            if level:
                counts[field][level] += 1
    return counts


def _shares(field: str, counts: dict[str, Counter]) -> dict[str, float]:
    total = counts[field].total() + 0.5 * len(LEVELS[field])
    return {level: (counts[field][level] + 0.5) / total for level in LEVELS[field]}


def _u(field: str, counts: dict[str, Counter], records: list[Record], features: list[Features]) -> dict[str, float]:
    shares = _shares(field, counts)
    if field in COUNTED_EXACTLY:
        known = [(getattr(one, field), record.label) for one, record in zip(features, records, strict=True)
                 if getattr(one, field)]  # fmt: skip
        alike = _pairs(Counter(value for value, _ in known)) - _pairs(Counter(known))
        strangers = len(known) * (len(known) - 1) / 2 - _pairs(Counter(label for _, label in known))
        shares["same"] = (alike + 0.5) / strangers
    return shares


def _pairs(counts: Counter) -> float:
    return sum(count * (count - 1) / 2 for count in counts.values())


def _odds_in_order(field: str, m: dict[str, float], u: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Levels next to each other whose odds stand in the wrong order share one weight: agreeing more never costs."""
    pools: list[list[str]] = []
    for level in LEVELS[field]:
        pools.append([level])
        while len(pools) > 1 and _odds(pools[-2], m, u) < _odds(pools[-1], m, u):
            pools[-2:] = [pools[-2] + pools[-1]]
    return {
        level: (round(sum(m[one] for one in pool), 5), float(f"{sum(u[one] for one in pool):.2g}"))
        for pool in pools
        for level in pool
    }


def _odds(pool: list[str], m: dict[str, float], u: dict[str, float]) -> float:
    return sum(m[level] for level in pool) / sum(u[level] for level in pool)
