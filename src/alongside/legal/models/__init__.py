"""Legal matters: holds."""

from .holds import LegalHold

__all__ = ["LegalHold"]
