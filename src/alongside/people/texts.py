"""Carriers of text messages. One ships: it writes files, for trying out. Another is a class with the same method."""

import uuid
from typing import Protocol

from django.conf import settings


class TextBackend(Protocol):
    """What `OUTBOX_TEXT_BACKEND` names. `send` raises whatever it likes when it fails; the outbox tries again."""

    def send(self, to: str, words: str) -> None:
        """Send these words to this phone number."""


class ToFiles:
    """Writes each message to a file of its own under `ALONGSIDE_HOME/texts`."""

    def send(self, to: str, words: str) -> None:
        """One file per message; only its owner reads it."""
        folder = settings.ALONGSIDE_HOME / "texts"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = folder / f"{uuid.uuid4()}.txt"
        file.touch(mode=0o600)
        file.write_text(f"{to}\n{words}\n")
