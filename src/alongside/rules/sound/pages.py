"""Ogg with Opus or Vorbis: the page of comments is made anew without any; the sound keeps its pages, counted anew.

Source: RFC 3533 (pages and their sum), RFC 7845, 5.2 (comments of Opus), Vorbis I specification, 5.2.
"""

import struct
import zlib
from dataclasses import dataclass, replace

from .problem import NotSound

BITS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
MAKER = b"Alongside"
BEGINS, ENDS, GOES_ON = 2, 4, 1
LONGEST_HEADER = 2 * 1024 * 1024


@dataclass(frozen=True)
class Page:
    """One page: flags, position, stream, its number, and the pieces of packets in it."""

    flags: int
    position: int
    stream: int
    number: int
    lacing: bytes
    body: bytes


def is_one(content: bytes) -> bool:
    """Whether it begins with a page."""
    return content[:4] == b"OggS"


def clean(content: bytes) -> bytes:
    """The pages with empty comments. One stream of sound only."""
    found = _read(content)
    if {page.stream for page in found} != {found[0].stream} or sum(bool(page.flags & BEGINS) for page in found) != 1:
        raise NotSound("more")
    first = found[0].body
    if first.startswith(b"OpusHead"):
        packets, rest = _take(found[1:], 1)
        if not packets[0].startswith(b"OpusTags"):
            raise NotSound("broken")
        headers = [b"OpusTags" + struct.pack("<I", len(MAKER)) + MAKER + struct.pack("<I", 0)]
    elif first.startswith(b"\x01vorbis"):
        packets, rest = _take(found[1:], 2)
        if not packets[0].startswith(b"\x03vorbis") or not packets[1].startswith(b"\x05vorbis"):
            raise NotSound("broken")
        headers = [b"\x03vorbis" + struct.pack("<I", len(MAKER)) + MAKER + struct.pack("<I", 0) + b"\x01", packets[1]]
    else:
        raise NotSound("more")
    if not rest:
        raise NotSound("broken")
    made = [found[0], *_write(headers, found[0].stream), *rest]
    return b"".join(_as_bytes(replace(page, number=number)) for number, page in enumerate(made))


def _read(content: bytes) -> list[Page]:
    found: list[Page] = []
    place = 0
    while place < len(content):
        if content[place : place + 5] != b"OggS\0" or place + 27 > len(content):
            if found and content.find(b"OggS", place) < 0:
                break  # a recording that was cut off
            raise NotSound("broken")
        flags, position, stream, number, _sum, count = struct.unpack_from("<BqIIIB", content, place + 5)
        lacing = content[place + 27 : place + 27 + count]
        start = place + 27 + count
        body = content[start : start + sum(lacing)]
        if len(lacing) < count or len(body) < sum(lacing):
            break
        found.append(Page(flags, position, stream, number, lacing, body))
        place = start + len(body)
    if not found:
        raise NotSound("broken")
    return found


def _take(found: list[Page], count: int) -> tuple[list[bytes], list[Page]]:
    """The first packets, and the pages after them; packets of sound begin on a page of their own."""
    packets: list[bytes] = []
    packet, size = b"", 0
    for index, page in enumerate(found):
        at = 0
        for length in page.lacing:
            packet += page.body[at : at + length]
            at += length
            size += length
            if size > LONGEST_HEADER:
                raise NotSound("broken")
            if length < 255:
                packets.append(packet)
                packet = b""
        if len(packets) >= count:
            if len(packets) > count or packet:
                raise NotSound("broken")
            return packets, found[index + 1 :]
    raise NotSound("broken")


def _write(packets: list[bytes], stream: int) -> list[Page]:
    pieces: list[bytes] = []
    for packet in packets:
        pieces += [packet[at : at + 255] for at in range(0, len(packet) + 1, 255)]
    found, goes_on = [], False
    for at in range(0, len(pieces), 255):
        part = pieces[at : at + 255]
        ends_here = any(len(piece) < 255 for piece in part)
        found.append(Page(GOES_ON if goes_on else 0, 0 if ends_here else -1, stream, 0,
                          bytes(len(piece) for piece in part), b"".join(part)))  # fmt: skip
        goes_on = len(part[-1]) == 255
    return found


def _as_bytes(page: Page) -> bytes:
    head = struct.pack("<4sBBqII", b"OggS", 0, page.flags, page.position, page.stream, page.number)
    rest = bytes([len(page.lacing)]) + page.lacing + page.body
    return head + struct.pack("<I", check_sum(head + b"\0\0\0\0" + rest)) + rest


def check_sum(content: bytes) -> int:
    """The sum of a page: CRC-32 with the bits the other way round from zlib's, begun and ended without ones."""
    turned = zlib.crc32(content.translate(BITS), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)
