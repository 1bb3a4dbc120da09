"""Papers as files: PDF, JPEG and PNG, told by what is in them and read to their last byte; nothing in them is changed.

A paper of a court is evidence: what came is kept byte for byte, also what a camera wrote into it, and its digest with
it. So a file is either whole, of one kind and nothing else, or it is refused. It is never shown inside a page of ours.

Sources: W3C PNG specification, third edition (5.3, 5.5, 8.1, 11.2, 13.1) · ITU-T T.81, annex B (JPEG) · CIPA DC-007
(pictures that follow the first in one file) · ISO 32000-1, 7.5 (PDF: header, trailer, end) · PKWARE APPNOTE 4.3.16.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import jpeg, pdf, png
from .problem import CODES, NotAScan

__all__ = ["CODES", "LARGEST", "TYPES", "NotAScan", "check"]

LARGEST = 20 * 1024 * 1024
"""Bytes. Some hundred pages as an office scans them."""

TYPES: Mapping[str, str] = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
"""Kind to what a browser is told. Nothing is ever sent as another type."""

READERS: Mapping[str, tuple[Callable[[bytes], bool], Callable[[bytes], None]]] = {
    "pdf": (pdf.is_one, pdf.check),
    "jpg": (jpeg.is_one, jpeg.check),
    "png": (png.is_one, png.check),
}

_RUNS = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?xml")


@dataclass(frozen=True)
class Scan:
    """`kind` is a key of `TYPES`; `size` the number of bytes."""

    kind: str
    size: int


def check(content: bytes) -> Scan:
    """What kind of paper this is. Raises `NotAScan`."""
    if len(content) > LARGEST:
        raise NotAScan("large")
    for kind, (is_one, reader) in READERS.items():
        if is_one(content):
            try:
                reader(content)
            except (IndexError, ValueError, struct.error, zlib.error) as error:
                raise NotAScan("broken") from error
            return Scan(kind, len(content))
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    raise NotAScan("drawing" if start.startswith(_RUNS) or b"<svg" in start else "unknown")
