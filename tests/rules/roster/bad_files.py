"""Files that would do harm to a careless reader, and a process that reads one and says what that took.

`python -m tests.rules.roster.bad_files < FILE` prints the code it is refused with, its peak memory and its seconds.
"""

import io
import random
import resource
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.rules.roster.unseen.books import ODS_TYPE, archive, by_hand, ods, row, said

from alongside.rules.roster import RosterUnreadable, read_table

MEGABYTE = 1_000_000


def nested_archives() -> bytes:
    """Thirty parts of ten megabytes: small to send, large to open."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(30):
            made.writestr(f"xl/worksheets/sheet{number}.xml", bytes(10 * MEGABYTE))
    return stream.getvalue()


def lying_part() -> bytes:
    """A part that says it unpacks to a few bytes, and unpacks to two hundred megabytes."""
    honest = archive({"xl/workbook.xml": bytes(200 * MEGABYTE)})
    size = struct.pack("<I", 200 * MEGABYTE)
    return honest.replace(size, struct.pack("<I", 500))


def large_directory() -> bytes:
    """A directory of twenty thousand parts without anything in them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(20_000):
            made.writestr(f"{number}", "")
    return stream.getvalue()


def filled(text: str, size: int) -> str:
    """A text repeated to about that many characters, with numbers between, so that it packs less than 100:1."""
    return "".join(f"{text}{number:x}" for number in range(size // (len(text) + 5)))


def entities() -> bytes:
    """A billion laughs."""
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "lol">{lines}]><workbook>&a9;</workbook>'
    return archive({"xl/workbook.xml": text})


def shared_texts() -> bytes:
    """Millions of short shared texts, and every cell of the sheet a reference to a long one."""
    names = "<si><t>Name</t></si><si><t>Phone</t></si>" + "".join(f"<si><t>{n}</t></si>" for n in range(3_000_000))
    return by_hand('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c></row>', names)


def long_text_everywhere() -> bytes:
    """One text of ten thousand letters in every cell: small as XML, gigabytes as cells."""
    cells = "".join(f'<c t="s"><v>2</v></c><c><v>{n}</v></c>' for n in range(90))
    rows = "".join(f'<row r="{n + 2}">{cells}</row>' for n in range(5_000))
    head = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>'
    book = io.BytesIO(
        by_hand(head + rows, f"<si><t>Name</t></si><si><t>Phone</t></si><si><t>{filled('x', 9_900)}</t></si>")
    )
    with zipfile.ZipFile(book, "a") as made:
        # A picture beside it, so that the whole is not packed suspiciously well.
        made.writestr("xl/media/image1.png", random.Random(1).randbytes(200_000))
    return book.getvalue()


def deep() -> bytes:
    """Elements within elements, a million deep."""
    return archive({"xl/workbook.xml": "".join(f"<a{n:x}>" for n in range(MEGABYTE))})


def one_token() -> bytes:
    """A single attribute of five megabytes."""
    return archive({"xl/workbook.xml": f'<workbook a="{filled("x", 5 * MEGABYTE)}"/>'})


def many_columns(kind: str) -> bytes:
    """A million columns in the first row."""
    if kind == "csv":
        return b"Name,Phone" + b",x" * MEGABYTE + b"\nAna,713\n"
    if kind == "xlsx":
        return by_hand(f"<row>{''.join(f'<c><v>{n}</v></c>' for n in range(MEGABYTE))}</row>")
    return ods(("A", row("".join(said(str(n)) for n in range(300_000)))))


def repeated_ods() -> bytes:
    """Two million filled rows in a line, and a cell as wide as the sheet."""
    return ods(("A", row(said("Name"), said("Phone")) + row(said("Ana"), said("713"), times=1 << 31)))


def other_method() -> bytes:
    """A part packed so that unpacking may ask for much memory at once."""
    return archive({"xl/workbook.xml": bytes(1000)}, zipfile.ZIP_LZMA)


CSV_HEAD = b"Name,Phone,Language,Zip\n"
BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "a ZIP bomb": (nested_archives, "too_large_unpacked"),
    "a ZIP bomb of one part": (lambda: archive({"xl/workbook.xml": bytes(240 * MEGABYTE)}), "packed_too_tightly"),
    "a part that lies about its size": (lying_part, "broken_workbook"),
    "a directory of 20,000 parts": (large_directory, "too_many_parts"),
    "entities": (entities, "unsafe_workbook"),
    "three million shared texts": (shared_texts, "read"),
    "a long text in every cell": (long_text_everywhere, "too_large_unpacked"),
    "a million elements deep": (deep, "unsafe_workbook"),
    "a token of five megabytes": (one_token, "unsafe_workbook"),
    "a strange packing method": (other_method, "unsafe_workbook"),
    "a million columns (CSV)": (lambda: many_columns("csv"), "too_many_columns"),
    "a million columns (XLSX)": (lambda: many_columns("xlsx"), "too_many_columns"),
    "300,000 columns (ODS)": (lambda: many_columns("ods"), "too_many_columns"),
    "two billion rows (ODS)": (repeated_ods, "too_many_rows"),
    "ten million blank columns": (lambda: b"Name,Phone" + b"," * 10 * MEGABYTE + b"\nAna,713\n", "too_many_columns"),
    "one line of 24 megabytes": (lambda: CSV_HEAD + b"Ana" + b"a" * 24 * MEGABYTE, "cell_too_long"),
    "a million lines in a cell": (lambda: CSV_HEAD + b'Ana,"' + b"x\n" * MEGABYTE + b'",1,2\n', "broken_quotes"),
    "a quotation mark left open": (lambda: CSV_HEAD + b'Ana,"1,2,3\n' * 1_000_000, "broken_quotes"),
    "24 million line breaks": (lambda: CSV_HEAD + b"\n" * 24 * MEGABYTE, "too_many_rows"),
    "130,000 rows": (lambda: CSV_HEAD + b"Ana,713-555-0101,es,77002\n" * 130_000, "too_many_rows"),
    "24 megabytes of NUL": (lambda: CSV_HEAD + bytes(24 * MEGABYTE), "nul_bytes"),
    "24 megabytes of a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 90_000, "is_picture"),
    "24 megabytes of noise": (lambda: bytes(range(1, 256)) * 90_000, "encoding_unknown"),
    "a sheet of office without content": (lambda: archive({"mimetype": ODS_TYPE}), "broken_workbook"),
}


def read() -> None:
    """Read the file from standard input; print its code ("read" if it was read), the peak in KB, seconds of work."""
    content = sys.stdin.buffer.read()
    try:
        read_table(content)
        code = "read"
    except RosterUnreadable as refused:
        code = refused.code
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(code, peak_kilobytes(), round(used.ru_utime + used.ru_stime, 1))


def peak_kilobytes() -> int:
    """The most memory this process ever had. What `getrusage` says may be that of the process which started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


if __name__ == "__main__":
    read()
