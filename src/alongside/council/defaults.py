"""What a new program starts with, until its council decides otherwise. Each number says where it comes from.

matching: the weights of `rules.matching` with their sources (field notes, section (d), consequence 2).
runs: none by itself; a coordinator asks for each (decision 0025).
cadence: `rules.cadence` (weekly for 90 days, tighter in the first month; field notes, standards, S7).
safety: `rules.escalation` (a quarter of an hour to take a worry; the same day to resolve it).
offers: a week to choose because nobody should be hurried in the first days; two days for a peer to answer because a
person who has chosen is waiting; up to three peers (tenet 1 and journey step 4).
check_in: seven questions, once a week for whoever wishes a reminder; the numbers of `rules.pulse` with what they cost.
notes: words are read together before they are kept (`rules.note_modes`; field notes, (b) 4).
phone_support: weekly for twelve weeks, then as the person wishes; two more tries in seven days; what a caller says.
reports: the lists of federal law alone; a program whose state wants more names the statute (`rules.report_lists`).
handover: a call together, a name to ask for, a day, a ride, papers, and asked how it went (`rules.handover`).
measures: resources for recovery each quarter, feeling alone every six weeks, readiness monthly; nothing of a clinic.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from alongside.rules.cadence import CadencePolicy
from alongside.rules.check_in import CheckInPolicy
from alongside.rules.escalation import SafetyPolicy
from alongside.rules.handover import HandoverPolicy
from alongside.rules.instruments import MeasuresPolicy
from alongside.rules.matching import DEFAULT_POLICY
from alongside.rules.matching.daily import DailyPolicy
from alongside.rules.note_modes import NotePolicy
from alongside.rules.offers import OfferPolicy
from alongside.rules.phone_support import PhoneSupportPolicy
from alongside.rules.report_lists import ReportPolicy


def _matching() -> dict[str, Any]:
    values = asdict(DEFAULT_POLICY)
    del values["version"]
    return values | {"weights": dict(DEFAULT_POLICY.weights)}


DEFAULT_VALUES: Mapping[str, dict[str, Any]] = {
    "matching": _matching(),
    "runs": DailyPolicy().to_values(),
    "cadence": CadencePolicy().to_values(),
    "offers": OfferPolicy().to_values(),
    "check_in": CheckInPolicy().to_values(),
    "measures": MeasuresPolicy.from_values({}).to_values(),
    "safety": SafetyPolicy().to_values(),
    "notes": NotePolicy().to_values(),
    "phone_support": PhoneSupportPolicy().to_values(),
    "reports": ReportPolicy().to_values(),
    "handover": HandoverPolicy().to_values(),
}
