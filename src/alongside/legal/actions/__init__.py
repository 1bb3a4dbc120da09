"""What may be done in legal matters."""

from .holds import HoldRefused, end_hold, open_hold

__all__ = ["HoldRefused", "end_hold", "open_hold"]
