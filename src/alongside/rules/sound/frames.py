"""MP3: only whole frames of sound are kept, so tags before, between and after them fall away (ID3, APE, Lyrics3).

Source: ISO/IEC 11172-3, 2.4.1.3 and 2.4.2.3 (header of a frame); id3.org, ID3v2.4.0 structure.
"""

from .problem import NotSound

RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""By version: MPEG 1, 2 and 2.5, hertz."""
SPEEDS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
SPEEDS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
LEAST = 3
"""So many frames follow each other at the beginning, else it is something else."""

MOST_BETWEEN = 64 * 1024
"""Bytes that may stand between frames; a tag with a picture stands before the first."""


def is_one(content: bytes) -> bool:
    """Whether it begins with a tag of this kind, or with frames that follow each other."""
    start = _after_tags(content)
    if start:
        return True
    for _ in range(LEAST):
        length = _length(content, start)
        if not length:
            return False
        start += length
    return True


def clean(content: bytes) -> bytes:
    """The frames alone."""
    place, gap, found = _after_tags(content), 0, []
    while place + 4 <= len(content):
        length = _length(content, place)
        # The next frame must begin where this one ends: else this was no frame, but bytes that look like one.
        if length and place + length <= len(content) and _goes_on(content, place + length):
            found.append(content[place : place + length])
            place, gap = place + length, 0
        else:
            nearest = content.find(b"\xff", place + 1)
            step = (nearest if nearest > 0 else len(content)) - place
            place, gap = place + step, gap + step
            if gap > MOST_BETWEEN and place < len(content):
                raise NotSound("broken")
    if len(found) < LEAST:
        raise NotSound("broken")
    return b"".join(found)


def _after_tags(content: bytes) -> int:
    place = 0
    while content[place : place + 3] == b"ID3" and len(content) >= place + 10:
        size = 0
        for byte in content[place + 6 : place + 10]:
            size = size << 7 | (byte & 0x7F)
        place += 10 + size + (10 if content[place + 5] & 0x10 else 0)
    return place


def _goes_on(content: bytes, place: int) -> bool:
    rest = content[place : place + 8]
    is_tag = rest[:3] in (b"TAG", b"ID3") or rest == b"APETAGEX"
    return len(rest) < 4 or is_tag or _length(content, place) > 0


def _length(content: bytes, place: int) -> int:
    """Bytes of the frame that begins here, 0 where none does."""
    header = int.from_bytes(content[place : place + 4], "big")
    version, layer, speed, rate = header >> 19 & 3, header >> 17 & 3, header >> 12 & 15, header >> 10 & 3
    if header >> 21 != 0x7FF or version == 1 or layer != 1 or speed in (0, 15) or rate == 3:
        return 0
    kilobits = (SPEEDS_1 if version == 3 else SPEEDS_2)[speed]
    return (144 if version == 3 else 72) * kilobits * 1000 // RATES[version][rate] + (header >> 9 & 1)
