"""In which capacity somebody touches an offer. One account may be a peer here, a participant there, and staff."""

from dataclasses import replace

from alongside.people.actor import Actor


class NotTheirs(Exception):
    """Neither the person whose offer it is, nor somebody who may act for them."""


def as_participant(by, person_id):
    """`by` as the participant themself, or as the coordinator (or the house) who records it for them.

    Raises `NotTheirs`. The log and the state tables then see the role that really acted.
    """
    if by.person_id == person_id and isinstance(by, Actor):
        return replace(by, roles=frozenset({"participant"}))
    return as_coordinator(by)


def as_peer(by, peer_id):
    """`by` as the asked peer, or as the coordinator who records the peer's answer. Raises `NotTheirs`."""
    if by.person_id == peer_id and isinstance(by, Actor):
        return replace(by, roles=frozenset({"peer"}))
    return as_coordinator(by)


def as_coordinator(by):
    """`by`, who must be a coordinator or the house itself. Raises `NotTheirs`."""
    if not by.has("coordinator"):
        raise NotTheirs
    return by
