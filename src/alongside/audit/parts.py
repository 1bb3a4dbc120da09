"""Bytes of a file as texts that an encrypted column takes: in parts, so that none is read whole for a little of it."""

import base64
from collections.abc import Iterable, Iterator

PART_BYTES = 192 * 1024
"""A part is 256 kB as base 64, and is read whole: small enough for a seek, large enough for few rows."""


def split(content: bytes) -> Iterator[tuple[int, str]]:
    """Number and text of each part: 0, 1, 2, …"""
    for number, at in enumerate(range(0, len(content), PART_BYTES)):
        yield number, base64.b64encode(content[at : at + PART_BYTES]).decode()


def join(texts: Iterable[str]) -> bytes:
    """The bytes of parts that follow each other."""
    return b"".join(base64.b64decode(text) for text in texts)
