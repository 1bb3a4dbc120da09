"""What a file is, by its content."""

import zipfile

from alongside.rules.roster.archives import open_archive
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import RosterUnreadable

# First bytes of a file -> why it is refused.
# fmt: off
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "is_picture"), (b"\xff\xd8\xff", "is_picture"), (b"GIF8", "is_picture"), (b"BM", "is_bitmap"),
    (b"II*\0", "is_picture"), (b"MM\0*", "is_picture"), (b"RIFF", "is_picture"), (b"%PDF", "is_pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is_old_excel"), (b"{\\rtf", "is_word_document"), (b"\x1f\x8b", "is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "is_archive"), (b"Rar!\x1a", "is_archive"),
    (b"BZh", "is_archive"), (b"\xfd7zXZ", "is_archive"), (b"PK\x05\x06", "is_archive"),
)
_MARKUP: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "is_web_page"), (b"<html", "is_web_page"), (b"<table", "is_web_page"),
    (b"<head", "is_web_page"), (b"<meta", "is_web_page"), (b"<style", "is_web_page"), (b"<tr", "is_web_page"),
    (b"<?xml", "is_other_data"), (b"{\"", "is_other_data"), (b"[{", "is_other_data"), (b"begin:v", "is_other_data"),
    (b"%!ps", "is_pdf"),
)
# fmt: on


def kind_of(content: bytes, limits: Limits) -> str:
    """`xlsx`, `ods` or `text`; raises `RosterUnreadable` for every other known kind and for no content."""
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise RosterUnreadable("empty_file" if not content.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe") else "nul_bytes")
    if content.startswith(b"PK\x03\x04"):
        with open_archive(content, limits) as archive:
            return _kind_of_archive(archive)
    for start, code in _STARTS:
        if content.startswith(start):
            if code == "is_bitmap":
                # A header may begin with the letters BM; a bitmap also has four zero bytes at place 6.
                if content[6:10] != b"\0\0\0\0":
                    continue
                code = "is_picture"
            if code == "is_old_excel" and "EncryptedPackage".encode("utf-16-le") in content:
                code = "is_locked_workbook"
            raise RosterUnreadable(code)
    # Two-byte letters look the same as one-byte letters once the zero bytes are gone.
    opening = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip().lower()
    for start, code in _MARKUP:
        if opening.replace(b" ", b"").startswith(start.replace(b" ", b"")):
            raise RosterUnreadable(code)
    return "text"


def _kind_of_archive(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    mimetype = _beginning(archive, "mimetype")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise RosterUnreadable("is_binary_excel")
    if b"spreadsheet" in mimetype:
        if "encrypted-package" in names or b"encryption-data" in _beginning(archive, "META-INF/manifest.xml"):
            raise RosterUnreadable("is_locked_workbook")
        return "ods"
    if b"opendocument" in mimetype or any(name.startswith("word/") for name in names):
        raise RosterUnreadable("is_word_document")
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        raise RosterUnreadable("is_apple_numbers")
    # Some writers name the workbook otherwise; the content types say so.
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise RosterUnreadable("is_archive")


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as part:
            return part.read(1_000_000)
    except KeyError:
        return b""
    except Exception as error:
        # zipfile raises many kinds on damaged input; each means the same to whoever sent the file.
        raise RosterUnreadable("broken_workbook") from error
