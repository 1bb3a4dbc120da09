"""PNG: chunk by chunk with its checksum, one still picture, unpacked to exactly the points that it promises.

Source: W3C PNG specification, third edition: 5.3 (chunks), 8.1 (passes), 11.2 (IHDR, PLTE, IDAT, IEND), 4.10 (moving).
"""

import struct
import zlib
from collections.abc import Iterator

from .problem import NotAScan

START = b"\x89PNG\r\n\x1a\n"
LONGEST, MOST = 20_000, 60_000_000
"""Points along one side, and of the whole: A4 with 600 points to the inch has 35 millions."""

DEPTHS = {0: (1, (1, 2, 4, 8, 16)), 2: (3, (8, 16)), 3: (1, (1, 2, 4, 8)), 4: (2, (8, 16)), 6: (4, (8, 16))}
"""Kind of color: samples of a point, and how many bits one may have."""

PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of an interlaced one: where each pass begins, and its steps, along and down."""

KNOWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
MOVES = frozenset({b"acTL", b"fcTL", b"fdAT"})
UNPACKED_AT_ONCE = 256 * 1024


def is_one(content: bytes) -> bool:
    """Whether it begins as such a picture."""
    return content.startswith(START)


def check(content: bytes) -> None:
    """Raise `NotAScan` unless it is whole, still, and nothing follows it."""
    expected, inflater, got = 0, zlib.decompressobj(), 0
    names: list[bytes] = []
    for name, body, stop in _list_chunks(content):
        if not names and name != b"IHDR":
            raise NotAScan("broken")
        if name in MOVES:
            raise NotAScan("moving")
        if name == b"IHDR":
            if names:
                raise NotAScan("broken")
            expected = _bytes_of(content[body:stop])
        elif name == b"IDAT":
            if b"IDAT" in names and names[-1] != b"IDAT":
                raise NotAScan("broken")
            got = _unpack(inflater, content[body:stop], got, expected)
        elif name not in KNOWN and not name[0] & 0x20:
            raise NotAScan("broken")
        names.append(name)
    got += len(inflater.flush())
    if names[-1] != b"IEND" or got != expected or not inflater.eof or inflater.unused_data:
        raise NotAScan("broken")


def _list_chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, where its content begins, where it ends, until the last. Raises `NotAScan` where one is damaged."""
    at, name = len(START), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        body, stop = at + 8, at + 8 + length
        (checksum,) = struct.unpack_from(">I", content, stop)
        if not name.isalpha() or zlib.crc32(content[at + 4 : stop]) != checksum:
            raise NotAScan("broken")
        yield name, body, stop
        at = stop + 4
    if at != len(content):
        raise NotAScan("more")


def _bytes_of(header: bytes) -> int:
    """How many bytes the picture has unpacked, each row with its filter."""
    width, height, depth, color, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
    samples, depths = DEPTHS.get(color, (0, ()))
    if not width or not height or depth not in depths or packing or filtering or interlaced > 1:
        raise NotAScan("broken")
    if width > LONGEST or height > LONGEST or width * height > MOST:
        raise NotAScan("huge")
    sizes = [(width, height)]
    if interlaced:
        sizes = [(-(-(width - x) // along), -(-(height - y) // down)) for x, y, along, down in PASSES]
    return sum((1 + -(-wide * samples * depth // 8)) * high for wide, high in sizes if wide > 0 and high > 0)


def _unpack(inflater: "zlib._Decompress", packed: bytes, got: int, expected: int) -> int:
    """How much is unpacked with this too. It is thrown away at once, and one byte too much ends it."""
    while packed and not inflater.eof:
        got += len(inflater.decompress(packed, UNPACKED_AT_ONCE))
        if got > expected:
            raise NotAScan("huge")
        packed = inflater.unconsumed_tail
    if packed and inflater.eof and not inflater.unused_data:
        raise NotAScan("broken")
    return got
