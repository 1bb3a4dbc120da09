"""Whether the outbox may hand something to who carries it: outside companies only with a written agreement (C7).

Which agreements there are, a floor above knows and tells with `ask`. What somebody needs to sign in, and what leads to
help, is never held: those wait for nobody's paper (I4, E9).
"""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from .models import OutgoingMessage
from .notices import NOTICES

AT_HOME = frozenset({
    "alongside.people.mail_files.EmailBackend", "django.core.mail.backends.filebased.EmailBackend",
    "django.core.mail.backends.locmem.EmailBackend", "django.core.mail.backends.console.EmailBackend",
    "django.core.mail.backends.dummy.EmailBackend", "alongside.people.texts.ToFiles",
})  # fmt: skip
"""Carriers by which nothing leaves this machine."""

HERE = {"", "localhost", "127.0.0.1", "::1"}

NEVER_HELD = frozenset({"invitation", "nobody_reads"}) | {code for code, one in NOTICES.items() if one.any_hour}
"""Signing in, the worry of who is on duty, and whom to call."""

HOLD = timedelta(hours=1)
LONGEST = timedelta(days=7)
"""A notice that was held so long tells nothing new any more."""

_agreed: Callable[[UUID, str], bool] = lambda program_id, service: True  # noqa: E731  (until a floor above says more)


def ask(function: Callable[[UUID, str], bool]) -> None:
    """Say who knows whether a program has an agreement for "mail" or "text"."""
    global _agreed
    _agreed = function


def list_in_use() -> list[str]:
    """Which carriers hand something to somebody outside: "mail", "text"."""
    named = {"mail": settings.OUTBOX_EMAIL_BACKEND, "text": settings.OUTBOX_TEXT_BACKEND}
    return [service for service, backend in named.items() if backend not in AT_HOME]


def is_elsewhere(host: str) -> bool:
    """Whether a host is another machine; a Unix socket is this one."""
    return host not in HERE and not host.startswith("/")


def list_outside() -> list[tuple[str, str]]:
    """To which other machines this installation hands something, by its settings: (service, host), each once.

    The database and Redis are computers on which it runs; a gateway or relay of one's own network is named too.
    """
    found = [("host", settings.DATABASES["default"].get("HOST", ""))]
    cache = urlsplit(str(settings.CACHES["default"]["LOCATION"]))
    if cache.scheme in ("redis", "rediss"):
        found.append(("host", cache.hostname or ""))
    if settings.OUTBOX_EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        found.append(("mail", settings.EMAIL_HOST))
    if settings.OUTBOX_TEXT_BACKEND.endswith(".ByGateway"):
        found.append(("text", urlsplit(settings.TEXT_URL).hostname or ""))
    if settings.OUTBOX_TEXT_BACKEND.endswith(".ByMail"):
        found.append(("text", settings.TEXT_MAIL.partition("@")[2]))
    return list(dict.fromkeys((service, host) for service, host in found if is_elsewhere(host)))


def is_held(row: OutgoingMessage) -> bool:
    """Whether this notice waits, because whoever would carry it has no agreement on file."""
    if not settings.ALONGSIDE_HOLD_WITHOUT_AGREEMENT or row.program_id is None or row.template in NEVER_HELD:
        return False
    service = "text" if row.channel == "text" else "mail"
    return service in list_in_use() and not _agreed(row.program_id, service)
