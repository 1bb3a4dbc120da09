"""WAV: only the form of the sound and the sound itself are kept. Source: Microsoft RIFF specification."""

import struct

from .problem import NotSound

KEPT = (b"fmt ", b"fact", b"data")


def is_one(content: bytes) -> bool:
    """Whether it begins as a WAV file."""
    return content[:4] == b"RIFF" and content[8:12] == b"WAVE"


def clean(content: bytes) -> bytes:
    """The file made anew of its three parts; one that ends early is taken as far as it goes."""
    parts: dict[bytes, bytes] = {}
    place = 12
    while place + 8 <= len(content):
        name, (size,) = content[place : place + 4], struct.unpack_from("<I", content, place + 4)
        body = content[place + 8 : place + 8 + size]
        if name in KEPT:
            if name in parts:
                raise NotSound("broken")
            parts[name] = body
        place += 8 + size + size % 2
    if len(parts.get(b"fmt ", b"")) < 16 or not parts.get(b"data"):
        raise NotSound("broken")
    made = b"".join(
        name + struct.pack("<I", len(parts[name])) + parts[name] + b"\0" * (len(parts[name]) % 2)
        for name in KEPT
        if name in parts
    )
    return b"RIFF" + struct.pack("<I", 4 + len(made)) + b"WAVE" + made
