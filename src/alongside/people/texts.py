"""Carriers of text messages. By default they are files, for trying out: nothing leaves until an operator chooses one.

`ToFiles` writes files. `ByGateway` asks any gateway that takes one HTTP request for each message: a company's, or a
telephone of the program's own. `ByMail` writes to the e-mail address under which a company delivers texts. Another one
is a class with the same method. Words are neutral whoever carries them (E1), and leave by the gate (C1).
"""

import json
import re
import uuid
from http.client import HTTPException, HTTPResponse
from typing import Protocol
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string

from alongside.rules.disclosure import pass_out

SECONDS = 15
"""As long as a gateway may take; the worker sends nothing else meanwhile."""


class NotTaken(Exception):
    """The gateway did not take the message. Says the status and nothing of what was sent (G4)."""


class PerhapsTaken(Exception):
    """The gateway got the whole request and said nothing: nobody knows whether the message left (0064)."""


class TextBackend(Protocol):
    """What `OUTBOX_TEXT_BACKEND` names. `send` raises whatever it likes when it fails; the outbox tries again.

    It raises `PerhapsTaken` where nobody knows. One that drops a message it had before says so by a function
    `takes_ids()`, and its `send` takes the id as `key`.
    """

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


class _GoNowhereElse(HTTPRedirectHandler):
    """A gateway that points elsewhere would have numbers and password sent there."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


class ByGateway:
    """One POST for each message to `TEXT_URL`: `TEXT_BODY` filled in, as JSON or, with `TEXT_FORM`, as form fields.

    Where `{id}` stands in the body, the gateway is trusted to drop a second message of the same id.
    """

    @staticmethod
    def takes_ids() -> bool:
        """Whether its body names the message."""
        return "{id}" in json.dumps(settings.TEXT_BODY)

    def send(self, to: str, words: str, key: str = "") -> None:
        """Raises `NotTaken` unless the gateway answers 2xx (or 409: it had this id), `PerhapsTaken` when it got all and
        is silent, and OSError when it cannot be reached."""
        pass_out("notice")
        filled = fill(settings.TEXT_BODY, {"{to}": to, "{words}": words, "{id}": key})
        kind, body = (
            ("application/x-www-form-urlencoded", urlencode(filled).encode())
            if settings.TEXT_FORM
            else ("application/json", json.dumps(filled).encode())
        )
        headers = {"Content-Type": kind, "User-Agent": "texts"}
        if settings.TEXT_AUTHORIZATION:
            headers["Authorization"] = settings.TEXT_AUTHORIZATION
        request = Request(settings.TEXT_URL, body, headers)  # noqa: S310  (the settings let http and https through only)
        opener = build_opener(_GoNowhereElse)
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                status = answer.status if isinstance(answer, HTTPResponse) else 200
        except URLError as error:  # it said no, or the request did not reach it
            status = getattr(error, "code", None)
            if status is None:
                raise
        except (OSError, HTTPException) as error:
            raise PerhapsTaken from error
        if not 200 <= status < 300 and not (status == 409 and self.takes_ids()):
            raise NotTaken(f"status {status}")


class ByMail:
    """One e-mail for each message to the address that `TEXT_MAIL` makes of a number, through the carrier of mail."""

    def send(self, to: str, words: str) -> None:
        """Without a subject: companies put it before the words. `{to}` are the digits of the number."""
        pass_out("notice")
        address = settings.TEXT_MAIL.replace("{to}", "".join(one for one in to if one.isdigit()))
        by = get_connection(settings.OUTBOX_EMAIL_BACKEND)
        EmailMessage("", words, settings.DEFAULT_FROM_EMAIL, [address], connection=by).send()


def takes_ids() -> bool:
    """Whether the carrier that is set drops a message it had before, by its id."""
    return getattr(import_string(settings.OUTBOX_TEXT_BACKEND), "takes_ids", lambda: False)()


def fill(pattern: object, values: dict[str, str]) -> object:
    """The same JSON with each `{to}`, `{words}` and `{id}` replaced inside its texts, whatever stands in the values.

    >>> fill({"to": ["{to}"], "text": "{words}", "flash": False}, {"{to}": "+1", "{words}": "{to}"})
    {'to': ['+1'], 'text': '{to}', 'flash': False}
    """
    if isinstance(pattern, dict):
        return {name: fill(one, values) for name, one in pattern.items()}
    if isinstance(pattern, list):
        return [fill(one, values) for one in pattern]
    if isinstance(pattern, str):
        return "".join(values.get(piece, piece) for piece in _pieces(pattern))
    return pattern


def _pieces(text: str) -> list[str]:
    """The text, cut before and after each name in braces: what is filled in is never looked at again."""
    return re.split(r"(\{to\}|\{words\}|\{id\})", text)
