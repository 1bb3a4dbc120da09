"""PDF: it begins at the first byte, ends at the last, and is no archive as well. What is in it is not run by us.

Forms of courts hold scripts and locks of their own, so these are no reason to refuse one: it is saved, and opened by
its reader in a viewer, never in a page of ours. Source: ISO 32000-1, 7.5.2 and 7.5.5; PKWARE APPNOTE 4.3.16.
"""

import re
import struct

from .problem import NotAScan

START = re.compile(rb"%PDF-(1\.[0-7]|2\.0)[\r\n\t %]")
END = b"%%EOF"
TABLE = re.compile(rb"startxref[ \t\r\n]+(\d{1,10})[ \t\r\n]+$")
ARCHIVE = b"PK\x05\x06"
FARTHEST = 0xFFFF + 22
"""An archive is looked for so far from the end of a file."""


def is_one(content: bytes) -> bool:
    """Whether it begins as such a file."""
    return content.startswith(b"%PDF-")


def check(content: bytes) -> None:
    """Raise `NotAScan` unless it is whole and nothing else hangs from it."""
    if not START.match(content):
        raise NotAScan("broken")
    end = content.rfind(END)
    if end < 0:
        raise NotAScan("broken")
    if content[end + len(END) :].strip(b"\x00\t\r\n \x1a"):
        raise NotAScan("more")
    table = TABLE.search(content[max(0, end - 64) : end])
    if table is None or not 0 < int(table[1]) < end:
        raise NotAScan("broken")
    place = content[int(table[1]) :].lstrip(b"\x00\t\r\n \x0c")[:32]
    if not place.startswith(b"xref") and not re.match(rb"\d+\s+\d+\s+obj", place):
        raise NotAScan("broken")
    if _is_archive(content) or _runs(content[:1024]):
        raise NotAScan("more")


def _is_archive(content: bytes) -> bool:
    """Whether its end can be read as the end of a ZIP file too, as a hidden comment would make it."""
    tail = content[-FARTHEST:]
    at = tail.find(ARCHIVE)
    while at >= 0:
        if at + 22 <= len(tail) and struct.unpack_from("<H", tail, at + 20)[0] <= len(tail) - at - 22:
            return True
        at = tail.find(ARCHIVE, at + 1)
    return False


def _runs(head: bytes) -> bool:
    """Whether its first lines are a page as well."""
    return re.search(rb"<\s*(html|script|svg|!doctype)\b", head, re.IGNORECASE) is not None
