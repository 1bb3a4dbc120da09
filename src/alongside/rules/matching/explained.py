"""A whole run in counts, for who knows no mathematics: why people have no place, and what would have to change.

Counts and codes only, of the whole list: no ids, and nothing by which secret rules could be told apart (D7). It is made
once, when a run is made, because looking at a page should not cost as much as the run.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from alongside.rules.matching.comparison import Loads, measure_loads
from alongside.rules.matching.kept import Inputs
from alongside.rules.matching.proofs import ServedProof, prove_served
from alongside.rules.matching.results import NO_PLACE_LEFT, Result, Unmatched


@dataclass(frozen=True, slots=True)
class Explained:
    """`proposed`: people with at least one peer on their list. `why`: main reason to people without a place, each once.

    `alone`: code to people for whom it is the only thing in the way of some peer; one person may be in several.
    `competing` (people, peers, places): who could only go to peers whose places are all given, `proof` leaving out
    those whom nobody fits. `before` and `after`: loads without and with what is proposed.
    """

    proposed: int
    why: dict[str, int]
    alone: dict[str, int]
    proof: ServedProof
    competing: tuple[int, int, int]
    before: Loads
    after: Loads

    def as_counts(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "proposed": self.proposed,
            "why": self.why,
            "alone": self.alone,
            "served_most": self.proof.is_most,
            "served_by_priority": self.proof.is_by_priority,
            "competing": list(self.competing),
            "loads": [[round(share, 4) for share in (one.least, one.mean, one.most)]
                      for one in (self.before, self.after)],
        }  # fmt: skip


def explain(result: Result, inputs: Inputs) -> Explained:
    """What a run came to, with the proof that nobody could have been served more."""
    given = {one.seeker_id: one.peer_id for one in result.assignments}
    proof = prove_served(given, inputs.seekers, inputs.peers, inputs.policy, inputs.exclusions)
    fits_nobody = sum(not one.feasible for one in result.unmatched)
    return Explained(
        proposed=sum(bool(listed) for listed in result.shortlists.values()),
        why=_in_order(Counter(map(main_reason, result.unmatched))),
        alone=_in_order(Counter(code for one in result.unmatched for code in one.refused_only_by)),
        proof=proof,
        competing=(proof.people - fits_nobody, proof.peers, proof.places),
        before=measure_loads(inputs.peers, {}),
        after=measure_loads(inputs.peers, Counter(given.values())),
    )


def main_reason(one: Unmatched) -> str:
    """What binds most for one person: a place where somebody fits; otherwise what alone keeps most peers away."""
    if one.code == NO_PLACE_LEFT or not one.refused:
        return one.code
    return min(one.refused, key=lambda code: (-one.refused_only_by.get(code, 0), -one.refused[code], code))


def _in_order(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
