"""Whether the values of a policy can be in force: the pure rule that uses them answers, never this package."""

from collections.abc import Callable, Mapping
from typing import Any

from alongside.rules import matching
from alongside.rules.cadence import CadencePolicy
from alongside.rules.check_in import CheckInPolicy
from alongside.rules.escalation import SafetyPolicy
from alongside.rules.handover import HandoverPolicy
from alongside.rules.instruments import MeasuresPolicy
from alongside.rules.matching.daily import DailyPolicy
from alongside.rules.note_modes import NotePolicy
from alongside.rules.offers import OfferPolicy
from alongside.rules.phone_support import PhoneSupportPolicy
from alongside.rules.policy_values import PolicyInvalid
from alongside.rules.report_lists import ReportPolicy

__all__ = ["PolicyInvalid", "check_values", "read_matching"]


def read_matching(values: Mapping[str, Any], *, version: str = "draft") -> matching.Policy:
    """The engine's policy from its JSON form `{"weights": {"pathway": 20, …}, "session_hours": 1, …}`.

    Raises `PolicyInvalid` with `not_an_object`, `weights_missing` or `refused_by_matching`.
    """
    if not isinstance(values, Mapping) or not isinstance(values.get("weights", {}), Mapping):
        raise PolicyInvalid("not_an_object", "")
    if not values.get("weights"):
        # Without a single weight nobody would be preferred over anybody, and no reason could be given.
        raise PolicyInvalid("weights_missing", "weights")
    try:
        return matching.Policy(version=version, **values)
    except (TypeError, ValueError) as error:
        raise PolicyInvalid("refused_by_matching", str(error)) from error


READERS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "matching": read_matching,
    "runs": DailyPolicy.from_values,
    "cadence": CadencePolicy.from_values,
    "offers": OfferPolicy.from_values,
    "check_in": CheckInPolicy.from_values,
    "measures": MeasuresPolicy.from_values,
    "safety": SafetyPolicy.from_values,
    "notes": NotePolicy.from_values,
    "phone_support": PhoneSupportPolicy.from_values,
    "reports": ReportPolicy.from_values,
    "handover": HandoverPolicy.from_values,
}


def check_values(kind: str, values: Mapping[str, Any]) -> None:
    """Raise `PolicyInvalid` (with a code and the field) unless these values can be in force. KeyError: no such kind."""
    READERS[kind](values)
