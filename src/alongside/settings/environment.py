"""Reading settings from the environment, failing loudly on a strange value.

Everything an operator may set is named `ALONGSIDE_…` (or `DATABASE_URL`) and listed in docs/run/settings.md.
"""

import ipaddress
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no setting. A typo stops the start instead of silently meaning no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: use 1 or 0")


def text(name: str, default: str = "") -> str:
    """A text setting."""
    return os.environ.get(name, default)


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r}: use a whole number")
    return int(value)


def number_between(name: str, default: int, least: int, most: int) -> int:
    """A whole number within limits; another one stops the start."""
    found = number(name, default)
    if not least <= found <= most:
        raise ImproperlyConfigured(f"{name}={found}: use {least} to {most}")
    return found


def words(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def json_file(path: str) -> object:
    """What a JSON file holds; an empty object where no file is named. One that cannot be read stops the start."""
    if not path:
        return {}
    try:
        return json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error


def json_text(name: str, default: str) -> object:
    """What a setting written as JSON holds; one that cannot be read stops the start, and is not repeated."""
    try:
        return json.loads(os.environ.get(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: no JSON") from error


def safe_address(name: str) -> str:
    """A web address: https, or http on this machine or in a network of one's own. Empty where none is set."""
    value = text(name)
    parts = urlsplit(value)
    if value and not (
        parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and _is_near(parts.hostname)))
    ):
        raise ImproperlyConfigured(f"{name}: use an address that begins with https://")
    return value


def _is_near(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return False


def kept_secret(path: Path) -> str:
    """A secret made on first use and kept in a file that only its owner reads.

    Two first starts at once keep one secret: the file appears whole under its name or not at all, and whoever comes
    second reads what the first one wrote. An empty file stops the start: ImproperlyConfigured.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, secrets.token_urlsafe(50))
    secret = path.read_text().strip()
    if not secret:
        raise ImproperlyConfigured(f"{path} is empty: restore it from a backup, or remove it to have a new one made")
    return secret


def _write_once(path: Path, words: str) -> None:
    """Write a file that did not exist; somebody who was quicker wins. Its name is given only when all is written."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
