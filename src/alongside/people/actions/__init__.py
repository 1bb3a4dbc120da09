"""What may be done about people, episodes and accounts. One function, one transaction, with its audit entry."""

from .episodes import EpisodeAlreadyOpen, move_episode, note_return_to_use, open_episode
from .persons import change_person, create_person, record_boundary, set_safe_contact

__all__ = [
    "EpisodeAlreadyOpen",
    "change_person",
    "create_person",
    "move_episode",
    "note_return_to_use",
    "open_episode",
    "record_boundary",
    "set_safe_contact",
]
