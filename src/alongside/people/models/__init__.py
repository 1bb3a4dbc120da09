"""Who exists and in what capacity."""

from .accounts import HeldForm, Invitation, Membership, SignIn, User
from .base import ProgramRow, one_of
from .organization import Organization, Program, Site
from .outbox import OutgoingMessage
from .person import Boundary, Episode, Person, SafeContact

__all__ = [
    "Boundary",
    "Episode",
    "HeldForm",
    "Invitation",
    "Membership",
    "Organization",
    "OutgoingMessage",
    "Person",
    "Program",
    "ProgramRow",
    "SafeContact",
    "SignIn",
    "Site",
    "User",
    "one_of",
]
