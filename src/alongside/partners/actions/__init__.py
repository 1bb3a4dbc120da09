"""What may be done with pages for partners: made by staff, sent by the worker, opened and answered from outside."""

from .answering import answer_link, say_later
from .ending import end_with_consent, lapse_due, read_ended, stop_link
from .making import make_link, new_code
from .opening import Opened, Partner, open_link
from .sending import send_due

__all__ = [
    "Opened",
    "Partner",
    "answer_link",
    "end_with_consent",
    "lapse_due",
    "make_link",
    "new_code",
    "open_link",
    "read_ended",
    "say_later",
    "send_due",
    "stop_link",
]
