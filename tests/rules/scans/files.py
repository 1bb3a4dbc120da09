"""Small papers of each kind, made byte by byte as their standards say."""

import struct
import zlib

CANARY = b"canary 37.7749,-122.4194"


def chunk(name: bytes, body: bytes = b"") -> bytes:
    """A chunk of PNG with its checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    width: int = 5, height: int = 3, *, depth: int = 8, color: int = 0, interlaced: int = 0, rows: bytes | None = None,
    extra: bytes = b"",
) -> bytes:  # fmt: skip
    """A gray picture; `rows` are its bytes before packing, `extra` stands before them."""
    rows = (b"\0" + b"\x80" * width) * height if rows is None else rows
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND")


def segment(marker: int, body: bytes) -> bytes:
    """A segment of JPEG."""
    return bytes([0xFF, marker]) + struct.pack(">H", 2 + len(body)) + body


def frame(width: int = 8, height: int = 8, marker: int = 0xC0) -> bytes:
    """The size of a gray picture."""
    return segment(marker, struct.pack(">BHHB", 8, height, width, 1) + bytes([1, 0x11, 0]))


def jpeg(extra: bytes = b"", size: bytes | None = None) -> bytes:
    """A picture as its parts stand in a file; what is painted is a few bytes."""
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0])) + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + extra + segment(0xDB, bytes(65)) + (size or frame()) + scan + b"\xff\xd9"


def telling_jpeg() -> bytes:
    """With what a camera writes into it."""
    return jpeg(segment(0xE1, b"Exif\0\0" + CANARY) + segment(0xFE, b"<script>alert(1)</script>"))


def pdf(body: bytes = b"1 0 obj\n<< /Type /Catalog >>\nendobj\n", after: bytes = b"\n") -> bytes:
    """A file with one object and a table of it."""
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + body
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R >>\n"
    return head + table + b"startxref\n%d\n%%%%EOF" % len(head) + after
