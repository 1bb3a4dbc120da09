"""Looks into files that are packed: a word in an archive stands in none of its bytes."""

import gzip
import io
import zipfile

DEEPEST = 3
"""An archive in an archive is looked into, and one in that."""


def unpacked(content: bytes, deep: int = DEEPEST) -> bytes:
    """An archive (zip, a workbook, gzip) as its names and what is in them; anything else as it is."""
    if deep and content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(one.filename.encode(), unpacked(archive.read(one), deep - 1)) for one in archive.infolist()]
        return b"\n".join(part for pair in parts for part in pair)
    if deep and content.startswith(b"\x1f\x8b"):
        return unpacked(gzip.decompress(content), deep - 1)
    return content
