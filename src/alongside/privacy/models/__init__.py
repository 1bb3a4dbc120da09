"""Who may read inside the program, and what may leave it."""

from .complaints import Complaint
from .consents import Consent, Disclosure, ProgramLaw
from .donations import NoDonations
from .emergencies import Emergency
from .grants import GRANT_KINDS, Grant
from .notices import LimitsTold, Notice, NoticeOffer
from .passed_on import ListedRecipient, ListRequest
from .providers import ServiceProvider
from .restrictions import KeptFrom, Restriction

__all__ = [
    "GRANT_KINDS",
    "Complaint",
    "Consent",
    "Disclosure",
    "Emergency",
    "Grant",
    "KeptFrom",
    "LimitsTold",
    "ListRequest",
    "ListedRecipient",
    "NoDonations",
    "Notice",
    "NoticeOffer",
    "ProgramLaw",
    "Restriction",
    "ServiceProvider",
]
