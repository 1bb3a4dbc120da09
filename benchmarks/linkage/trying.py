"""The model on a labelled set: which pairs it compares, what it says of them, and how often it is right."""

import time
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from alongside.rules.linkage import Comparison, Features, block_keys, compare, make_features

from .records import Record

LARGEST_BLOCK = 200
"""A key that more records share than this tells too little; as `people.near_matches.LARGEST_BLOCK`."""


@dataclass(frozen=True)
class Trial:
    """What came out: of `pairs` compared, which `(bits, verdict, is one person)`; `true_pairs` there are in all."""

    records: int
    true_pairs: int
    pairs: int
    found: list[tuple[float, str, bool]]
    families: int
    seconds: float

    def rates(self, chosen) -> tuple[float, float, float]:
        """Precision, recall and F1 of the pairs for which `chosen(bits, verdict)`."""
        right = [same for bits, verdict, same in self.found if chosen(bits, verdict)]
        precision = sum(right) / len(right) if right else 1.0
        recall = sum(right) / self.true_pairs
        return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def features_of(record: Record) -> Features:
    """What the model sees of a record."""
    return make_features(
        legal_name=record.legal_name, goes_by=record.goes_by, born=record.born, phone=record.phone, email=record.email,
        zip=record.zip,
    )  # fmt: skip


def find_pairs(features: list[Features]) -> set[tuple[int, int]]:
    """Places of records that share a key."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(features):
        for key in block_keys(one):
            blocks[key].append(place)
    return {pair for block in blocks.values() if len(block) <= LARGEST_BLOCK for pair in combinations(block, 2)}


def try_model(records: list[Record]) -> Trial:
    """Compare all that share a key."""
    started = time.perf_counter()
    features = [features_of(one) for one in records]
    pairs = sorted(find_pairs(features))
    found, families = [], 0
    for a, b in pairs:
        said: Comparison = compare(features[a], features[b], among=len(records))
        same = records[a].label == records[b].label
        if said.verdict != "no" or same:
            found.append((said.bits, said.verdict, same))
        families += not same and records[a].phone == records[b].phone != "" and said.verdict == "surely"
    seconds = time.perf_counter() - started
    labels: dict[int, int] = defaultdict(int)
    for record in records:
        labels[record.label] += 1
    true_pairs = sum(count * (count - 1) // 2 for count in labels.values())
    return Trial(len(records), true_pairs, len(pairs), found, families, seconds)
