"""Legal matters: holds, demands with their papers and releases, reports, incidents."""

from .demands import Demand, DemandStep, Paper, Release
from .holds import LegalHold
from .incidents import Affected, Incident, LawDelay, LogSearch, Posting
from .inspections import Inspected, Inspection
from .reports import MandatedReport
from .scans import Scan, ScanPart

__all__ = [
    "Affected",
    "Demand",
    "DemandStep",
    "Incident",
    "Inspected",
    "Inspection",
    "LawDelay",
    "LegalHold",
    "LogSearch",
    "MandatedReport",
    "Paper",
    "Posting",
    "Release",
    "Scan",
    "ScanPart",
]
