"""What may be done about keeping and erasing."""

from .requests import RequestOver, ask_to_erase, carry_out, confirm, decline, open_sealed, withdraw
from .schedule import erase_due
from .takeout import note_given, note_taken

__all__ = [
    "RequestOver", "ask_to_erase", "carry_out", "confirm", "decline", "erase_due", "note_given", "note_taken",
    "open_sealed", "withdraw",
]  # fmt: skip
