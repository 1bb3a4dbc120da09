"""JPEG: segment by segment to the end of the picture. Only whole pictures of the same kind may follow it.

Telephones put small or brighter copies behind the first (CIPA DC-007), which is fine; a moving picture with its sound,
or an archive, is more than a paper. What is painted is not unpacked here: a viewer takes no more room than the size.
Source: ITU-T T.81, B.1 and B.2.
"""

import re
import struct

from .problem import NotAScan

LONGEST, MOST = 20_000, 60_000_000
SIZES = frozenset({0xC0, 0xC1, 0xC2})
"""Frames: baseline, extended, progressive. Others (without loss, arithmetic, in parts) no browser shows."""
OTHER_SIZES = frozenset({0xC3, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The first marker after what is painted: there 0xFF is followed by 0, or begins over after a while."""


def is_one(content: bytes) -> bool:
    """Whether it begins as such a picture."""
    return content.startswith(b"\xff\xd8\xff")


def check(content: bytes) -> None:
    """Raise `NotAScan` unless it is whole and only such pictures follow it."""
    at = _end_of_picture(content, 0)
    while at < len(content):
        rest = content.find(b"\xff\xd8\xff", at)
        if content[at : rest if rest >= 0 else None].strip(b"\x00"):
            raise NotAScan("more")
        if rest < 0:
            return
        at = _end_of_picture(content, rest)


def _end_of_picture(content: bytes, at: int) -> int:
    """Where the picture that begins here ends."""
    at, sized, painted = at + 2, False, False
    while True:
        if content[at] != 0xFF:
            raise NotAScan("broken")
        while content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        at += 2
        if marker == 0xD9:
            if not (sized and painted):
                raise NotAScan("broken")
            return at
        if marker in ALONE:
            continue
        if marker == 0xD8 or marker == 0x00 or marker in OTHER_SIZES:
            raise NotAScan("broken")
        (length,) = struct.unpack_from(">H", content, at)
        if length < 2 or at + length > len(content):
            raise NotAScan("broken")
        if marker in SIZES:
            if sized:
                raise NotAScan("broken")
            _check_size(content[at + 2 : at + length])
            sized = True
        at += length
        if marker == 0xDA:
            found = NEXT.search(content, at)
            if not sized or found is None:
                raise NotAScan("broken")
            painted, at = True, found.start()


def _check_size(frame: bytes) -> None:
    _depth, height, width, parts = struct.unpack_from(">BHHB", frame)
    if not width or not height or not 1 <= parts <= 4 or len(frame) != 6 + 3 * parts:
        raise NotAScan("broken")
    if width > LONGEST or height > LONGEST or width * height > MOST:
        raise NotAScan("huge")
