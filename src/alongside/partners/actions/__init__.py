"""What may be done with pages for partners: made by staff, sent by the worker, opened and answered from outside."""

from .answering import answer_link, say_later
from .ending import end_with_consent, lapse_due, read_ended, stop_link
from .making import make_link, new_code
from .opening import Opened, Partner, open_link
from .sending import send_due
from .signers import NobodyElse, ToSign, answer_signer, ask_signer, link_of, make_code, open_signer, stop_signer

__all__ = [
    "NobodyElse",
    "Opened",
    "Partner",
    "ToSign",
    "answer_link",
    "answer_signer",
    "ask_signer",
    "end_with_consent",
    "lapse_due",
    "link_of",
    "make_code",
    "make_link",
    "new_code",
    "open_link",
    "open_signer",
    "read_ended",
    "say_later",
    "send_due",
    "stop_link",
    "stop_signer",
]
