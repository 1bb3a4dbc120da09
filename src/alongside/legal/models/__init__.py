"""Legal matters: holds, demands with their papers and releases, reports, incidents."""

from .demands import Demand, DemandStep, Paper, Release
from .holds import LegalHold
from .incidents import Affected, Incident, LogSearch
from .reports import MandatedReport

__all__ = [
    "Affected",
    "Demand",
    "DemandStep",
    "Incident",
    "LegalHold",
    "LogSearch",
    "MandatedReport",
    "Paper",
    "Release",
]
