"""In which capacity somebody acts. One account may be a participant here and a peer or staff too."""

from dataclasses import replace

from .actor import Actor


def as_participant(by: Actor) -> Actor:
    """The same person acting for themself: the state tables and the log see the participant."""
    return replace(by, roles=frozenset({"participant"}))


def as_peer(by: Actor) -> Actor:
    """The same person acting in their own mentorships: the state tables and the log see the peer."""
    return replace(by, roles=frozenset({"peer"}))
