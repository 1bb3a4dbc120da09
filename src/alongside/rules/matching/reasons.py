"""From a fit to reasons for and against, the most important first.

A reason is built only from contributions and from the seeker's own wishes, so nothing secret can get in.
"""

from typing import Final

from alongside.rules.matching.preferences import group_wishes
from alongside.rules.matching.results import Contribution, Fit, Params, Reason
from alongside.rules.matching.values import Seeker

GOOD_ENOUGH: Final = 0.5
"""From this value on a feature speaks for the pair; below, against it."""

CODES: Final[dict[str, tuple[str, str]]] = {
    "life_stage": ("shared_life_stage", "no_shared_life_stage"),
    "pathway": ("shared_pathway", "no_shared_pathway"),
    "availability": ("many_shared_hours", "few_hours"),
    "age": ("close_in_age", "far_in_age"),
    "need": ("knows_this_need", "need_is_new"),
    "interests": ("shared_interests", "no_shared_interests"),
    "distance": ("nearby", "far_away"),
    "experience": ("shared_experience", "no_shared_experience"),
}
"""Feature to its code for and its code against."""

ALL_CODES: Final = frozenset(code for pair in CODES.values() for code in pair) | {
    "preferred_language", "not_preferred_language", "known_from_before", "wish_met", "wish_not_met", "must_met",
}  # fmt: skip
"""Every code a reason can have: each needs its sentence in every language."""


def list_reasons(fit: Fit, seeker: Seeker) -> tuple[Reason, ...]:
    """Reasons in order of importance: points given (for) or points not reached (against). Ties in feature order.

    What had to be (musts) comes first: it is met in every pair that is proposed. A new face is no reason against.
    """
    musts = [
        Reason("must_met", True, {"wishes": tuple(f"{p.feature}:{p.value}" for p in group)})
        for group in group_wishes(seeker, "must")
    ]
    total = sum(contribution.weight for contribution in fit.contributions)
    ranked: list[tuple[float, Reason]] = []
    for contribution in fit.contributions:
        share = contribution.weight / total
        ranked.extend((share * strength, reason) for strength, reason in _speak(contribution))
    ranked.sort(key=lambda item: -item[0])  # stable: ties stay in feature order
    return (*musts, *(reason for _, reason in ranked))


def _speak(contribution: Contribution) -> list[tuple[float, Reason]]:
    """(strength 0..1 within the feature, reason) for one contribution."""
    value, params = contribution.value, contribution.params
    match contribution.feature:
        case "wishes":
            return _speak_of_wishes(params)
        case "language":
            # Half a point for another language they share is a thing to know, not a thing in favor.
            if value == 1:
                return [(1.0, Reason("preferred_language", True, params))]
            return [(1 - value, Reason("not_preferred_language", False, params))]
        case "continuity":
            return [(1.0, Reason("known_from_before", True, params))] if value else []
    code_for, code_against = CODES[contribution.feature]
    if value >= GOOD_ENOUGH:
        return [(value, Reason(code_for, True, params))]
    return [(1 - value, Reason(code_against, False, params))]


def _speak_of_wishes(params: Params) -> list[tuple[float, Reason]]:
    met, not_met = params["met"], params["not_met"]
    assert isinstance(met, tuple) and isinstance(not_met, tuple)  # noqa: S101 — `measure_wishes` gives tuples
    share = 1 / (len(met) + len(not_met))
    return [
        *((share, Reason("wish_met", True, {"wishes": tuple(wish.split("|"))})) for wish in met),
        *((share, Reason("wish_not_met", False, {"wishes": tuple(wish.split("|"))})) for wish in not_met),
    ]
