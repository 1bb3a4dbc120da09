"""Whether somebody else changed a value while a page that shows it was open, so that no change is lost in silence.

A page carries a short mark for each value it showed. Before a save, under the lock, the marks are compared with those
of the values as they are now. A mark is keyed and belongs to one record: it tells nothing about the value, and the
same value of two people has two marks.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

MARK_BYTES = 9


def mark(value: Any, *, key: bytes, of: str) -> str:
    """A mark of 12 letters for a value of the record `of`. The order of a list does not count: it is a set of choices.

    >>> mark(["es", "en"], key=b"k", of="rosa") == mark(("en", "es"), key=b"k", of="rosa")
    True
    >>> mark("es", key=b"k", of="rosa") == mark("es", key=b"k", of="marcus")
    False
    """
    digest = hmac.new(key, f"{of}\0{_plain(value)}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:MARK_BYTES]).decode()


def marks(values: Mapping[str, Any], *, key: bytes, of: str) -> dict[str, str]:
    """The mark of each value, by its name. The name is part of it: two fields with the same value differ."""
    return {name: mark(value, key=key, of=f"{of}\0{name}") for name, value in values.items()}


def list_changed(seen: Mapping[str, str], now: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Names of values that a save would undo: changed since the page was made, and not to what is wanted now.

    All three are marks. What the page did not show is not compared; two people who made the same change do not clash.

    >>> list_changed({"a": "1", "b": "1"}, {"a": "2", "b": "2"}, {"a": "1", "b": "2"})
    ('a',)
    """
    return tuple(
        name for name in wanted if name in seen and name in now and now[name] not in (seen[name], wanted[name])
    )


def list_touched(seen: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Names of values that somebody changed on their page."""
    return tuple(name for name in wanted if name in seen and seen[name] != wanted[name])


def write(found: Mapping[str, str]) -> str:
    """Marks as one line for a hidden field; `read` gives them back.

    >>> write({"zip": "AAAA", "age": "BBBB"})
    'age.BBBB zip.AAAA'
    """
    return " ".join(f"{name}.{found[name]}" for name in sorted(found))


def read(line: str) -> dict[str, str]:
    """The marks of a line. Whatever is no mark is left out.

    >>> read("age.BBBB nonsense zip.AAAA")
    {'age': 'BBBB', 'zip': 'AAAA'}
    """
    parts = (part.partition(".") for part in line.split())
    return {name: found for name, _dot, found in parts if name and found}


def _plain(value: Any) -> str:
    if isinstance(value, (list, tuple, set, frozenset)):
        return json.dumps(sorted(_plain(one) for one in value))
    return json.dumps(value, default=str, sort_keys=True)
