"""Recordings: what kind a file is by what is in it, and the same sound without anything that tells who made it where.

WebM, Ogg, MP3, MP4 (m4a) and WAV are read as far as needed to take out titles, dates, places, pictures and names of
devices. What cannot be read whole, holds more than sound, or is of another kind is refused. The sound itself is not
looked at: it is played by browsers only, as the kind named here.

Sources: RFC 9559 and RFC 8794 (Matroska, EBML) · RFC 3533 and RFC 7845 (Ogg, Opus) · ISO/IEC 11172-3 with the ID3 and
APE tag descriptions (MP3) · ISO/IEC 14496-12 (boxes of MP4) · Microsoft RIFF specification (WAV).
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import boxes, frames, matroska, pages, riff
from .problem import NotSound

__all__ = ["LARGEST", "TYPES", "NotSound", "Sound", "clean", "read_range"]

LARGEST = 10 * 1024 * 1024
"""Bytes. Twenty minutes of speech as a telephone records it."""

TYPES: Mapping[str, str] = {
    "webm": "audio/webm", "ogg": "audio/ogg", "mp3": "audio/mpeg", "m4a": "audio/mp4", "wav": "audio/wav",
}  # fmt: skip
"""Kind to what a browser is told. Nothing is ever sent as another type."""

READERS: Mapping[str, tuple[Callable[[bytes], bool], Callable[[bytes], bytes]]] = {
    "webm": (matroska.is_one, matroska.clean),
    "ogg": (pages.is_one, pages.clean),
    "m4a": (boxes.is_one, boxes.clean),
    "wav": (riff.is_one, riff.clean),
    "mp3": (frames.is_one, frames.clean),  # the last: its mark is only eleven bits
}


@dataclass(frozen=True)
class Sound:
    """`kind` is a key of `TYPES`; `content` the cleaned file."""

    kind: str
    content: bytes


def clean(content: bytes) -> Sound:
    """The recording without what tells of its maker. Raises `NotSound` with a code of `problem.CODES`."""
    if len(content) > LARGEST:
        raise NotSound("large")
    for kind, (is_one, reader) in READERS.items():
        if is_one(content):
            try:
                return Sound(kind, reader(content))
            except (IndexError, ValueError, OverflowError, struct.error) as error:
                raise NotSound("broken") from error
    raise NotSound("unknown")


def read_range(header: str, size: int, most: int) -> tuple[int, int] | None:
    """The first and last byte that a `Range` header asks for, at most so many; None where it asks for nothing we have.

    >>> read_range("bytes=0-", 100, 40), read_range("bytes=-10", 100, 40), read_range("bytes=100-", 100, 40)
    ((0, 39), (90, 99), None)
    """
    unit, _, asked = header.partition("=")
    first, dash, last = asked.strip().partition("-")
    if unit.strip() != "bytes" or not dash or not all(one == "" or _is_number(one) for one in (first, last)):
        return None
    if first == "":
        if last == "" or int(last) == 0:
            return None
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (start, min(end, start + most - 1)) if start <= end and start < size else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
