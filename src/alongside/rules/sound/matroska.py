"""WebM: elements of titles, tags, dates, pictures and programs are made empty where they stand (element `Void`).

Source: RFC 8794 (EBML: numbers of any length, 6.2 unknown sizes), RFC 9559 (Matroska elements), Matroska codec
specifications, A_VORBIS (the three headers of Vorbis are the private data of the codec), Vorbis I specification, 5.2.
"""

import struct
from collections.abc import Iterator

from .problem import NotSound

EBML, SEGMENT, INFO, TRACKS, CLUSTER, TRACK = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675, 0xAE
VOID = 0xEC
DOC_TYPE, TRACK_TYPE, CODEC, PRIVATE, SOUND = 0x4282, 0x83, 0x86, 0x63A2, 2
BLOCK_GROUP, BLOCK, SIMPLE_BLOCK, AUDIO = 0xA0, 0xA1, 0xA3, 0xE1
KEPT_IN = {
    EBML: {0x4286, 0x42F7, 0x42F2, 0x42F3, DOC_TYPE, 0x4287, 0x4285},
    # Cues and seek heads name places in the file, which do not move.
    SEGMENT: {INFO, TRACKS, CLUSTER, 0x114D9B74, 0x1C53BB6B},
    INFO: {0x2AD7B1, 0x4489},
    TRACK: {0xD7, 0x73C5, TRACK_TYPE, CODEC, PRIVATE, 0x56AA, 0x56BB, AUDIO, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383},
    TRACKS: {TRACK},
    AUDIO: {0xB5, 0x78B5, 0x9F, 0x6264, 0x52F1},
    CLUSTER: {0xE7, SIMPLE_BLOCK, BLOCK_GROUP, 0xA7, 0xAB, 0xBF},
    BLOCK_GROUP: {BLOCK, 0x9B, 0xFB, 0x75A2},
}
"""What is needed to play: scale and length of time; number, kind, codec and form of the track; time and blocks."""

TOP_LEVEL = frozenset({0x114D9B74, INFO, TRACKS, CLUSTER, 0x1C53BB6B, 0x1941A469, 0x1043A770, 0x1254C367})
VORBIS = b"A_VORBIS"
CODECS = (b"A_OPUS", VORBIS)
HEADERS = (b"\x01vorbis", b"\x03vorbis", b"\x05vorbis")


def is_one(content: bytes) -> bool:
    """Whether it begins as a file of this family."""
    return content[:4] == b"\x1a\x45\xdf\xa3"


def clean(content: bytes) -> bytes:
    """The same with everything else written over with nothing. One track of sound only."""
    made = bytearray(content)
    tops = list(_children(made, 0, len(made), 0))
    if [one[0] for one in tops[:2]] != [EBML, SEGMENT] or len(tops) != 2:
        raise NotSound("broken")
    kinds = [bytes(made[body:end]) for code, _at, body, end in _keep(made, *tops[0][2:], EBML) if code == DOC_TYPE]
    if [kind.rstrip(b"\0") for kind in kinds] not in ([b"webm"], [b"matroska"]):
        raise NotSound("more")
    tracks, clusters = 0, 0
    for code, _at, body, end in _keep(made, *tops[1][2:], SEGMENT):
        if code == INFO:
            list(_keep(made, body, end, INFO))
        elif code == CLUSTER:
            clusters += 1
            for child, _start, inner, stop in _keep(made, body, end, CLUSTER):
                if child == BLOCK_GROUP:
                    list(_keep(made, inner, stop, BLOCK_GROUP))
        elif code == TRACKS:
            for _child, _start, inner, stop in _keep(made, body, end, TRACKS):
                tracks += 1
                _look_at_track(made, inner, stop)
    if tracks != 1:
        raise NotSound("more" if tracks else "broken")
    if not clusters:
        raise NotSound("broken")
    return bytes(made)


def _look_at_track(made: bytearray, body: int, end: int) -> None:
    kept = [(code, start, stop) for code, _at, start, stop in _keep(made, body, end, TRACK)]
    values = {code: bytes(made[start:stop]) for code, start, stop in kept}
    if len(values) < len(kept):
        raise NotSound("broken")  # which of two counts, players do not agree
    kind, codec = int.from_bytes(values.get(TRACK_TYPE, b""), "big"), values.get(CODEC, b"").rstrip(b"\0")
    if kind != SOUND or codec not in CODECS:
        raise NotSound("more")
    for code, start, stop in kept:
        if code == AUDIO:
            list(_keep(made, start, stop, AUDIO))
    if codec == VORBIS:
        start, stop = next(((start, stop) for code, start, stop in kept if code == PRIVATE), (body, body))
        _empty_comments(made, start, stop)


def _empty_comments(made: bytearray, body: int, end: int) -> None:
    """Of the three headers of Vorbis the second holds titles and places: it keeps its length and says nothing."""
    place, lengths = body + 1, [0, 0]
    if body == end or made[body] != len(lengths):
        raise NotSound("broken")
    for number in range(len(lengths)):
        more = True
        while more:
            if place >= end:
                raise NotSound("broken")
            lengths[number] += made[place]
            more, place = made[place] == 255, place + 1
    second, third = place + lengths[0], place + sum(lengths)
    begins = tuple(bytes(made[at : at + len(HEADERS[0])]) for at in (place, second, third))
    silence = lengths[1] - len(HEADERS[1]) - 9  # two numbers and the last bit stand around the name of the maker
    if begins != HEADERS or third >= end or silence < 0:
        raise NotSound("broken")
    said = struct.pack("<I", silence) + b" " * silence + struct.pack("<I", 0) + b"\x01"
    made[second + len(HEADERS[1]) : third] = said


def _keep(made: bytearray, body: int, end: int, parent: int) -> Iterator[tuple[int, int, int, int]]:
    """The children that are needed; any other becomes `Void` with nothing in it."""
    for code, at, start, stop in _children(made, body, end, parent):
        if code in KEPT_IN[parent]:
            yield code, at, start, stop
        else:
            _empty(made, at, stop)


def _empty(made: bytearray, at: int, stop: int) -> None:
    """Write a `Void` of the same length, with its size in as many bytes as fit."""
    length = stop - at
    if length < 2:
        raise NotSound("broken")
    width = 8 if length >= 9 else 1
    size = length - 1 - width
    made[at] = VOID
    made[at + 1 : at + 1 + width] = (size | 1 << 7 * width).to_bytes(width, "big")
    made[at + 1 + width : stop] = bytes(size)


def _children(made: bytearray, place: int, end: int, parent: int) -> Iterator[tuple[int, int, int, int]]:
    """(code, where it begins, where its content begins, where it ends) of each element."""
    while place < end:
        code, body = _number(made, place, end, keep_mark=True)
        if parent == CLUSTER and code in TOP_LEVEL:
            raise NotSound("broken")
        size, body = _number(made, body, end, keep_mark=False)
        if size < 0:
            stop = _end_of_unknown(made, body, end, code)
        else:
            stop = body + size
        if stop > end:
            if code not in (CLUSTER, SEGMENT, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK):
                raise NotSound("broken")
            stop = end  # a recording that was cut off
        yield code, place, body, stop
        place = stop


def _end_of_unknown(made: bytearray, body: int, end: int, code: int) -> int:
    """A segment of unknown length goes to the end, a cluster to the next element of the segment."""
    if code == SEGMENT:
        return end
    if code != CLUSTER:
        raise NotSound("broken")
    place = body
    while place < end:
        child, inner = _number(made, place, end, keep_mark=True)
        if child in TOP_LEVEL:
            return place
        size, inner = _number(made, inner, end, keep_mark=False)
        if size < 0:
            raise NotSound("broken")
        place = inner + size
    return end


def _number(made: bytearray, place: int, end: int, *, keep_mark: bool) -> tuple[int, int]:
    """A number of one to eight bytes (a code: four) and the place after it; a size of ones only is unknown: -1."""
    first = made[place]
    width = 9 - first.bit_length()
    if first == 0 or place + width > end or (keep_mark and width > 4):
        raise NotSound("broken")
    value = int.from_bytes(made[place : place + width], "big")
    if keep_mark:
        return value, place + width
    value &= (1 << 7 * width) - 1
    return (-1 if value == (1 << 7 * width) - 1 else value), place + width
