"""Who may read inside the program, and what may leave it."""

from .consents import Consent, Disclosure, ProgramLaw
from .grants import GRANT_KINDS, Grant

__all__ = ["GRANT_KINDS", "Consent", "Disclosure", "Grant", "ProgramLaw"]
