"""Small recordings of each kind, made byte by byte as their standards say, with a canary wherever one may be told."""

import math
import struct

from alongside.rules.sound.pages import check_sum

CANARY = b"canary 37.7749,-122.4194"


def tone(count: int = 800) -> bytes:
    """So many samples of a tone, 16 bit, little-endian."""
    return b"".join(struct.pack("<h", int(9000 * math.sin(number / 6))) for number in range(count))


def wav(extra: bytes = b"", samples: bytes | None = None) -> bytes:
    """A WAV file, 8000 Hz, with what `extra` adds before the sound."""
    samples = tone() if samples is None else samples
    form = struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16)
    body = b"WAVE" + _chunk(b"fmt ", form) + extra + _chunk(b"data", samples)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def telling_wav() -> bytes:
    """With what recorders write beside the sound."""
    told = _chunk(b"LIST", b"INFO" + _chunk(b"IART", CANARY)) + _chunk(b"bext", CANARY) + _chunk(b"id3 ", CANARY)
    return wav(told)


def frame(number: int = 0) -> bytes:
    """A frame of MPEG 1, layer III, 128 kbit/s, 44100 Hz: 417 bytes."""
    return b"\xff\xfb\x90\x00" + bytes([number % 7]) * 413


def mp3(count: int = 6) -> bytes:
    """Frames alone."""
    return b"".join(frame(number) for number in range(count))


def telling_mp3() -> bytes:
    """With tags before, after and between."""
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(CANARY)]) + CANARY
    ape = b"APETAGEX" + CANARY.ljust(64, b"\0")
    return tag + mp3() + tag + mp3() + ape + b"TAG" + CANARY.ljust(125, b"\0")


def box(name: bytes, *bodies: bytes) -> bytes:
    """A box of MP4."""
    body = b"".join(bodies)
    return struct.pack(">I", 8 + len(body)) + name + body


def m4a(handler: bytes = b"soun", told: bytes = b"") -> bytes:
    """As a telephone writes it: with the day, the place and the name of the device."""
    made = struct.pack(">III", 0, 3_900_000_000, 3_900_000_001)
    files = box(b"dref", bytes(4), struct.pack(">I", 1), box(b"alis", b"\0\0\0\1", told))  # a disk and its folders
    inside = box(b"minf", box(b"stbl"), box(b"dinf", files))
    track = box(b"trak", box(b"tkhd", made, bytes(72)), box(b"mdia", box(b"mdhd", made, bytes(12)),
                box(b"hdlr", bytes(8), handler, bytes(12), told, b"\0"), inside), box(b"name", told))  # fmt: skip
    user = box(b"udta", box(b"\xa9xyz", told), box(b"meta", bytes(4), told)) if told else b""
    movie = box(b"moov", box(b"mvhd", made, bytes(88)), track, user, box(b"uuid", bytes(16), told) if told else b"")
    return box(b"ftyp", b"M4A ", bytes(4), b"isom") + movie + box(b"free", told) + box(b"mdat", tone(100))


def page(body: bytes, number: int, flags: int = 0, stream: int = 77, lacing: bytes | None = None) -> bytes:
    """A page of Ogg with its sum."""
    lacing = lacing if lacing is not None else bytes([255] * (len(body) // 255) + [len(body) % 255])
    head = struct.pack("<4sBBqII", b"OggS", 0, flags, number * 960, stream, number)
    rest = bytes([len(lacing)]) + lacing + body
    return head + struct.pack("<I", check_sum(head + bytes(4) + rest)) + rest


def ogg(told: bytes = b"", stream: int = 77, codec: bytes = b"OpusHead") -> bytes:
    """Opus in Ogg, with comments of its maker over two pages."""
    comment = b"LOCATION=" + told
    tags = b"OpusTags" + struct.pack("<I", 4) + b"told" + struct.pack("<II", 1, len(comment)) + comment + bytes(600)
    first, rest = tags[:510], tags[510:]
    return b"".join([
        page(codec + bytes([1, 1]) + bytes(9), 0, 2, stream),
        page(first, 1, 0, stream, bytes([255, 255])), page(rest, 2, 1, stream),
        *(page(bytes([number]) * 100, number, 4 if number == 6 else 0, stream) for number in range(3, 7)),
    ])  # fmt: skip


def element(code: int, body: bytes, *, unknown: bool = False) -> bytes:
    """An element of EBML."""
    name = code.to_bytes((code.bit_length() + 7) // 8, "big")
    return name + (b"\x01" + b"\xff" * 7 if unknown else (len(body) | 1 << 28).to_bytes(4, "big")) + body


def webm(told: bytes = b"", *, track_type: int = 2, codec: bytes = b"A_OPUS", unknown: bool = True,
         private: bytes | None = None) -> bytes:  # fmt: skip
    """As a browser records it, with names and tags that editors add."""
    head = element(0x1A45DFA3, element(0x4286, b"\x01") + element(0x4282, b"webm") + element(0xEC, told))
    names = element(0x4D80, b"Maker " + told) + element(0x5741, b"Writer " + told) + element(0x7BA9, told)
    info = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40") + names + element(0x4461, bytes(8)))
    heard = element(0x9F, b"\x01") + element(0xEC, told)
    track = element(0xAE, element(0xD7, b"\x01") + element(0x73C5, b"\x01") + element(0x83, bytes([track_type]))
                    + element(0x86, codec) + (b"" if private is None else element(0x63A2, private))
                    + element(0x536E, told) + element(0xE1, heard))  # fmt: skip
    group = element(0xA0, element(0xA1, b"\x81\0\0\0" + tone(20)) + element(0x75A1, told))
    cluster = element(0xE7, b"\0") + element(0xA3, b"\x81\0\0\x80" + tone(50)) + group
    tags = element(0x1254C367, told) + element(0x1941A469, told)
    clusters = element(0x1F43B675, cluster, unknown=unknown) + element(0x1F43B675, cluster, unknown=unknown)
    tracks = element(0x1654AE6B, track + element(0xEC, told))
    return head + element(0x18538067, info + tracks + clusters + tags, unknown=unknown)


TELLING = {
    "wav": telling_wav(),
    "mp3": telling_mp3(),
    "m4a": m4a(told=CANARY),
    "ogg": ogg(CANARY),
    "webm": webm(CANARY),
}
"""One of each kind that tells who made it where."""
