"""Neutral notices about offers (E1): that there is something to see or to answer, never what or from whom.

Somebody without an account gets none: the coordinator tells them in the way they asked for.
"""

from datetime import datetime

from alongside.people.models import Episode, Person
from alongside.people.outbox import queue_notice


def tell_participant(episode: Episode, about: str, *, key, now: datetime) -> None:
    """There is something new for this person. `about` and `key` make the notice go out once."""
    _tell(episode.person, "something_new", f"{about}:{key}", now)


def tell_peer(person: Person, *, key, now: datetime) -> None:
    """Somebody hopes for an answer from this peer."""
    _tell(person, "please_answer", f"asked:{key}", now)


def _tell(person: Person, template: str, once_key: str, now: datetime) -> None:
    if person.user_id:
        queue_notice(person, template, once_key=once_key, now=now)
