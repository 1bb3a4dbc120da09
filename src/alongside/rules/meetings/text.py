"""Words of a feed made safe to keep: no markup, entities read once, no control signs, never longer than its place."""

import html
import math
import re
from collections.abc import Mapping
from typing import Any

MARKUP = re.compile(
    r"<\s*(?:script|style)\b.*?(?:</\s*(?:script|style)\s*>|$)|<!--.*?(?:-->|$)|</?[a-zA-Z][^<>]*>", re.S
)
BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li)\s*/?>", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Also signs that turn the direction of writing round, and halves of letters, which no database takes."""

NOT_STORED = re.compile(r"[\x00\ud800-\udfff]")
SPACES, LINES = re.compile(r"[ \t\u00a0]+"), re.compile(r"\n{3,}")
ADDRESS = re.compile(
    r"https?://([a-z0-9\u00a1-\uffff](?:[a-z0-9.\u00a1-\uffff_-]*[a-z0-9\u00a1-\uffff])?)(?::\d{1,5})?(?=[/?#]|$)", re.I
)
"""An address with a host by name and nobody's password before it."""

LEGACY = "#@-@#"
"""BMLT once kept a prompt and a value in one field, parted by this, sometimes twice."""


def plain(value: object, longest: int, *, lines: bool = False) -> str:
    """A value as plain text of at most so many letters; "" for what is no text or number.

    >>> plain("Tom&#039;s <b>group</b>", 40)
    "Tom's group"
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    words = str(value)[: longest * 8 + 2000]
    # Markup goes before entities are read: what was written to be shown as signs stays words (and is escaped again).
    words = MARKUP.sub("", BREAKS.sub("\n", words)) if "<" in words else words
    words = _unescaped(words) if "&" in words else words
    words = CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    if lines:
        words = LINES.sub("\n\n", "\n".join(SPACES.sub(" ", line).strip() for line in words.split("\n")))
    else:
        words = " ".join(words.split())
    words = words.strip()
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _unescaped(words: str) -> str:
    try:
        return html.unescape(words)
    except ValueError:  # a number with more digits than one may have
        return words


def storable(value: object) -> Any:
    """A value of JSON as every database takes it: without NUL and halves of letters, and with finite numbers.

    >>> storable({"a": ["x\\x00", float("inf")]})
    {'a': ['x\ufffd', 'inf']}
    """
    if isinstance(value, str):
        return NOT_STORED.sub("\ufffd", value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {NOT_STORED.sub("\ufffd", str(name)): storable(one) for name, one in value.items()}
    return [storable(one) for one in value] if isinstance(value, list) else value


def after_prompt(value: object) -> object:
    """What follows the last marker of an old BMLT field.

    >>> after_prompt("Link#@-@#Address#@-@#https://example.org")
    'https://example.org'
    """
    return value.rsplit(LEGACY, 1)[-1] if isinstance(value, str) else value


def web_address(value: object) -> str:
    """An http(s) address that may stand in a link, or "". Whoever wrote `javascript:` gets nothing.

    >>> web_address("zoom.us/j/1"), web_address("javascript:alert(1)")
    ('https://zoom.us/j/1', '')
    """
    words = plain(value, 2000)
    if not words or any(sign in words for sign in " <>\"'\\`{}|^"):
        return ""
    if "://" not in words and re.match(r"[\w-]+(\.[\w-]+)+(/|$)", words):
        words = f"https://{words}"
    return words if "." in host_of(words) and len(words) <= 1000 else ""


def host_of(address: str) -> str:
    """The host of an http(s) address in small letters, or "".

    >>> host_of("https://US02web.zoom.us:443/j/1"), host_of("https://zoom.us@evil.example/")
    ('us02web.zoom.us', '')
    """
    found = ADDRESS.match(address)
    return found[1].lower() if found else ""


def phone_number(value: object) -> str:
    """A number that a phone can dial, with the pauses and keys that a conference needs: digits and `+ , * #`.

    >>> phone_number("+1 (646) 558-8656,,123#"), phone_number("ask Bill")
    ('+16465588656,,123#', '')
    """
    words = re.sub(r"[^0-9+,*#]", "", plain(value, 120))
    return words[:60] if len(re.sub(r"\D", "", words)) >= 3 else ""
