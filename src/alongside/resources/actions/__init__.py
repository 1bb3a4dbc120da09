"""What may be done with the directory: each function one transaction, with its entry in the log."""

from .exporting import export
from .importing import ListSettled, forget_lists, import_list, leave_list, send_list, write_list
from .keeping import NotOurs, mark_checked, set_aside, take_newer, write_by_hand
from .reading import NameTaken, add_source, ask_again, change_source, read_address, read_due
from .reporting import report, settle_report

__all__ = [
    "ListSettled", "NameTaken", "NotOurs", "add_source", "ask_again", "change_source", "export", "forget_lists",
    "import_list", "leave_list", "mark_checked", "read_address", "read_due", "report", "send_list", "set_aside",
    "settle_report", "take_newer", "write_by_hand", "write_list",
]  # fmt: skip
