"""What may be done at intake. One function, one transaction, with its audit entry."""

from .applications import accept_application, move_application, receive_application
from .asks import list_who_it_may_be, receive_ask, set_aside, take_up
from .wishes import Wish, come_back, finish_intake, save_wishes, start_intake

__all__ = [
    "Wish",
    "accept_application",
    "come_back",
    "finish_intake",
    "list_who_it_may_be",
    "move_application",
    "receive_application",
    "receive_ask",
    "save_wishes",
    "set_aside",
    "start_intake",
    "take_up",
]
