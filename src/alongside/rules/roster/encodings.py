"""Which letters a text file is written in; looked at piece by piece, so that a large file is never in memory twice."""

import codecs
import io
import re

from alongside.rules.roster.problems import RosterUnreadable

_PIECE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


def find_encoding(content: bytes) -> str:
    """The codec of a file: by its byte-order mark, else UTF-8, else UTF-16 by its zero bytes, else Windows-1252.

    The whole file was decoded once with it. Raises `RosterUnreadable`: `nul_bytes`, `encoding_unknown`, `not_text`.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _only(content, encoding)
    if b"\0" in content:
        for encoding, zeros in (("utf-16-le", content[1::2]), ("utf-16-be", content[::2])):
            if zeros.count(0) > len(zeros) * 0.6:
                return _only(content, encoding)
        raise RosterUnreadable("nul_bytes")
    try:
        _check(content, "utf-8")
    except UnicodeDecodeError:
        return _only(content, "cp1252")
    return "utf-8"


def open_text(content: bytes, encoding: str) -> io.TextIOWrapper:
    """The text of a file from its beginning; line ends stay as they are."""
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _only(content: bytes, encoding: str) -> str:
    try:
        _check(content, encoding)
    except UnicodeDecodeError as error:
        raise RosterUnreadable("encoding_unknown") from error
    return encoding


def _check(content: bytes, encoding: str) -> None:
    length = strange = 0
    with open_text(content, encoding) as stream:
        while piece := stream.read(_PIECE):
            if "\0" in piece:
                raise RosterUnreadable("nul_bytes")
            length += len(piece)
            strange += len(_CONTROL.findall(piece))
    # A stray control character happens; more than one in a thousand is no spreadsheet.
    if strange > 2 + length // 1000:
        raise RosterUnreadable("not_text")
