"""The matching engine: people and peers in, pairs with reasons out.

It owns what must never be broken, how fit is measured, and the best answer over a whole list. It does not own who may
see a proposal, how an offer travels, or any sentence: it answers with codes and params.
"""

from alongside.rules.matching.constraints import check_pair
from alongside.rules.matching.engine import DuplicateIds, propose, shortlist
from alongside.rules.matching.errors import ListTooLarge
from alongside.rules.matching.fit import score_pair
from alongside.rules.matching.results import (
    Assignment,
    Candidate,
    Contested,
    Contribution,
    Fit,
    Reason,
    Refusal,
    RefusedPeer,
    Result,
    Shortlist,
    Stage,
    Unmatched,
)
from alongside.rules.matching.values import (
    DEFAULT_POLICY,
    DEFAULT_WEIGHTS,
    Exclusions,
    Limit,
    Peer,
    Policy,
    Preference,
    Seeker,
)

__all__ = [
    "DEFAULT_POLICY",
    "DEFAULT_WEIGHTS",
    "Assignment",
    "Candidate",
    "Contested",
    "Contribution",
    "DuplicateIds",
    "Exclusions",
    "Fit",
    "Limit",
    "ListTooLarge",
    "Peer",
    "Policy",
    "Preference",
    "Reason",
    "Refusal",
    "RefusedPeer",
    "Result",
    "Seeker",
    "Shortlist",
    "Stage",
    "Unmatched",
    "check_pair",
    "propose",
    "score_pair",
    "shortlist",
]
