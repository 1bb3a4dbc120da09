"""Who exists and in what capacity."""

from .accounts import HeldForm, Invitation, KnownDevice, Membership, SignIn, User
from .base import ProgramRow, one_of
from .codes import CodeAsk, PaperCode
from .organization import Organization, Program, Site
from .outbox import OutgoingMessage
from .person import Boundary, Episode, Person, SafeContact
from .support import SupportGrant
from .twins import MatchKey, Merge, ToCompare, TwinPair

__all__ = [
    "Boundary",
    "CodeAsk",
    "Episode",
    "HeldForm",
    "Invitation",
    "KnownDevice",
    "MatchKey",
    "Membership",
    "Merge",
    "Organization",
    "OutgoingMessage",
    "PaperCode",
    "Person",
    "Program",
    "ProgramRow",
    "SafeContact",
    "SignIn",
    "Site",
    "SupportGrant",
    "ToCompare",
    "TwinPair",
    "User",
    "one_of",
]
