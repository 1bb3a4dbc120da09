"""What may be done in legal matters."""

from .demands import (
    DemandRefused,
    add_words,
    close_demand,
    hand_letter,
    name_person,
    receive_demand,
    tell_counsel,
)
from .holds import HoldRefused, end_hold, open_hold
from .incidents import (
    IncidentRefused,
    add_affected,
    assess,
    change_letter,
    close_incident,
    note_authority_told,
    open_incident,
    reopen_incident,
    search_log,
    strike_affected,
)
from .inspections import InspectionRefused, NotInspected, agree_inspection, end_inspection, let_look
from .looking import look_after_due
from .papers import PaperRefused, end_paper, file_mandate, file_order, set_telling
from .posting import NamesSomebody, note_delay, post_notice, take_down
from .releases import NotReleased, Released, answer_release, ask_release, release_records, withdraw_release
from .reports import NotReported, get_lists, is_as_reported, note_report
from .scans import ScanRefused, add_scan, read_scan, take_scan_away
from .telling import tell_affected

__all__ = [
    "DemandRefused",
    "HoldRefused",
    "IncidentRefused",
    "InspectionRefused",
    "NamesSomebody",
    "NotInspected",
    "NotReleased",
    "NotReported",
    "PaperRefused",
    "Released",
    "ScanRefused",
    "add_affected",
    "add_scan",
    "add_words",
    "agree_inspection",
    "answer_release",
    "ask_release",
    "assess",
    "change_letter",
    "close_demand",
    "close_incident",
    "end_hold",
    "end_inspection",
    "end_paper",
    "file_mandate",
    "file_order",
    "get_lists",
    "hand_letter",
    "is_as_reported",
    "let_look",
    "look_after_due",
    "name_person",
    "note_authority_told",
    "note_delay",
    "note_report",
    "open_hold",
    "open_incident",
    "post_notice",
    "read_scan",
    "receive_demand",
    "release_records",
    "reopen_incident",
    "search_log",
    "set_telling",
    "strike_affected",
    "take_down",
    "take_scan_away",
    "tell_affected",
    "tell_counsel",
    "withdraw_release",
]
