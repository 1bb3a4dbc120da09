"""MP4 (m4a): boxes of names, places and pictures are made empty where they stand; every other byte keeps its place.

Source: ISO/IEC 14496-12, 4.2 (boxes), 8.10 (user data), 8.11 (metadata).
"""

import struct
from collections.abc import Iterator

from .problem import NotSound

OPENED = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf"})
TOP = frozenset({b"ftyp", b"styp", b"sidx", b"moov", b"mdat", b"moof", b"mfra"})
NEEDED = frozenset({
    b"smhd", b"nmhd", b"gmhd", b"elst", b"stsd", b"stts", b"ctts", b"stss", b"stsc", b"stsz", b"stz2", b"stco", b"co64",
    b"sbgp", b"sgpd", b"saiz", b"saio", b"iods", b"tref", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun",
})  # fmt: skip
"""What lies inside the others and is needed to play it. Any other box, known or not, is made empty."""
FILES = b"dref"
"""Where the sound lies: in this same file. An entry may name a disk and its folders."""
TIMED = frozenset({b"mvhd", b"tkhd", b"mdhd"})
"""They hold when it was made and changed, in their first eight or sixteen bytes after version and flags."""

BRANDS = frozenset({b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"dash", b"3gp4",
                    b"3gp5", b"3gp6", b"qt  "})  # fmt: skip
DEEPEST = 8


def is_one(content: bytes) -> bool:
    """Whether it begins as a file of this family."""
    return content[4:8] == b"ftyp" and content[8:12] in BRANDS


def clean(content: bytes) -> bytes:
    """The same with all that is not needed to play it written over with nothing."""
    made = bytearray(content)
    handlers: list[bytes] = []
    seen = _walk(made, 0, len(made), 0, handlers)
    if not {b"moov", b"mdat"} <= seen or not handlers:
        raise NotSound("broken")
    if set(handlers) != {b"soun"}:
        raise NotSound("more")
    return bytes(made)


def _walk(made: bytearray, start: int, end: int, depth: int, handlers: list[bytes]) -> set[bytes]:
    if depth > DEEPEST:
        raise NotSound("broken")
    seen: set[bytes] = set()
    for name, body, stop in _list_boxes(made, start, end):
        seen.add(name)
        if name in OPENED and (depth or name in TOP):
            _walk(made, body, stop, depth + 1, handlers)
        elif depth and name in TIMED:
            _forget_times(made, body, stop)
        elif depth and name == FILES:
            for _name, inner, end_of_entry in _list_boxes(made, body + 8, stop):
                made[inner + 4 : end_of_entry] = bytes(max(0, end_of_entry - inner - 4))
        elif depth and name == b"hdlr":
            handlers.append(bytes(made[body + 8 : body + 12]))
            made[body + 24 : stop] = bytes(max(0, stop - body - 24))
        elif name not in (NEEDED if depth else TOP):
            _rename(made, name, body)
            made[body:stop] = bytes(stop - body)
    return seen


def _list_boxes(made: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, where its content begins, where it ends. Raises `NotSound` where one is longer than what holds it."""
    while start < end:
        if start + 8 > end:
            raise NotSound("broken")
        size, name = struct.unpack_from(">I4s", made, start)
        body = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", made, body)
            body += 8
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            raise NotSound("broken")
        yield name, body, start + size
        start += size


def _rename(made: bytearray, name: bytes, body: int) -> None:
    """Call the box `free`: its name stands eight bytes before a long box's content, four before a short one's."""
    for place in (body - 4, body - 12):
        if place >= 0 and made[place : place + 4] == name:
            made[place : place + 4] = b"free"
            return


def _forget_times(made: bytearray, body: int, stop: int) -> None:
    length = 16 if made[body] == 1 else 8
    if body + 4 + length > stop:
        raise NotSound("broken")
    made[body + 4 : body + 4 + length] = bytes(length)
