"""Damage many rosters in many ways and read each: `python -m tests.rules.roster.fuzz --files 100000 --seed 1`.

Each file must become a table, or be refused with a reason, within a second or so and within bounded memory. What does
neither is kept under the folder given, with the seed that makes it again. CI runs the same over a few hundred files.
"""

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.rules.roster.bad_files import peak_kilobytes
from tests.rules.roster.rosters import DATA, TODAY, county_workbook
from tests.rules.roster.unseen.books import BOOKS
from tests.rules.roster.unseen.kept_by_hand import KEPT_BY_HAND
from tests.rules.roster.unseen.refused import REFUSED_FILES
from tests.rules.roster.unseen.systems import SYSTEMS

from alongside.rules.roster import (
    KnownPeople,
    Options,
    RosterUnreadable,
    decide_all,
    guess_kind,
    guess_table,
    mapping_of,
    read_rows,
    read_table,
)

SECONDS, MEGABYTES = 20.0, 600
"""What one file may take. The files are small, so this is far above what they need."""
SMALL = 200_000
"""Larger files begin nothing: damage to the first megabyte says no more than damage to the first kilobyte."""

PIECES = (
    b'"', b'""', b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff",
    b"=1+1", b"@SUM(A1)", b"-1", b"+1", b"'", b"\x80", b"\xff", "ñ".encode(), "\u202e".encode(), "٣".encode(),
    b"<", b">", b"&amp;", b"&#0;", b"</row>", b"<row>", b"<!DOCTYPE x>", b"<![CDATA[", b"]]>", b't="s"', b't="e"',
    b"1e309", b"99999999999999999999", b"-0", b"NaN", b"2026-02-30", b"31/12/99", b"02/03/04", b"0", b" ", b"\xc2\xa0",
)  # fmt: skip
"""What careless programs and careful attackers put into files."""


def starts() -> list[bytes]:
    """The files from which damage begins: those of the tests, good and bad."""
    known = [one.file for one in (*SYSTEMS, *KEPT_BY_HAND, *BOOKS, *REFUSED_FILES)]
    known += [path.read_bytes() for path in sorted(DATA.iterdir()) if path.is_file()]
    return [content for content in (*known, county_workbook()) if len(content) <= SMALL]


def damaged(content: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    """The file after one to five accidents; of a workbook usually to a part of it, so that it still unpacks."""
    if content.startswith(b"PK") and rng.random() < 0.8:
        return _damaged_workbook(content, others, rng)
    for _ in range(rng.randint(1, 5)):
        content = _accident(content, others, rng)
    return content


def _accident(content: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    end = min(len(content), start + int(rng.expovariate(0.1)))
    match rng.randrange(8):
        case 0:
            return content[:start] + content[end:]
        case 1:
            return content[:start] + rng.randbytes(rng.randint(1, 4)) + content[end:]
        case 2 | 3:
            return content[:start] + rng.choice(PIECES) * rng.choice((1, 1, 1, 2, 50)) + content[start:]
        case 4:
            return content[:end] + content[start:end] * rng.randint(1, 30) + content[end:]
        case 5:
            return content[:start]
        case 6:
            other = rng.choice(others)
            place = rng.randint(0, len(other))
            return content[:start] + other[place : place + rng.randint(1, 400)] + content[end:]
        case _:
            encoding = rng.choice(("utf-16", "utf-8-sig", "cp1252", "utf-16-be"))
            return content.decode("utf-8", "replace").encode(encoding, "replace")


def _damaged_workbook(content: bytes, others: Sequence[bytes], rng: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = {name: book.read(name) for name in book.namelist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return _accident(content, others, rng)
    for _ in range(rng.randint(1, 3)):
        if parts:
            name = rng.choice(sorted(parts))
            parts[name] = _accident(parts[name], others, rng)
            if rng.random() < 0.05:
                del parts[name]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return stream.getvalue()


def read_or_refuse(content: bytes) -> str:
    """Read a file down to the decisions; the reason of its refusal, or `read`. Whatever else is raised is a defect."""
    try:
        table = read_table(content)
    except RosterUnreadable as refused:
        return refused.code
    assert all(len(row.cells) == len(table.headers) for row in table.rows)
    kind, sureness = guess_kind(table.headers, table.title)
    assert 0 <= sureness <= 1
    rows = read_rows(table, mapping_of(guess_table(table, kind)), Options(TODAY))
    assert [row.number for row in rows] == [row.number for row in table.rows]
    assert len(decide_all(rows, KnownPeople())) == len(rows)
    return "read"


@dataclass
class Found:
    """What a run came to: how often each answer was given, and the files that got none, by their number."""

    answers: Counter = field(default_factory=Counter)
    broken: dict[int, str] = field(default_factory=dict)
    slowest: float = 0.0


def fuzz(files: int, seed: int, keep: Path | None = None) -> Found:
    """Read so many damaged files. File `n` of a seed is always the same; those that break are written to `keep`."""
    others, found = starts(), Found()
    for number in range(files):
        rng = random.Random(f"{seed}/{number}")
        content = damaged(rng.choice(others), others, rng)
        before = time.process_time()
        try:
            answer = read_or_refuse(content)
        except Exception as reason:
            answer = f"{type(reason).__name__}: {reason}"[:200]
            found.broken[number] = answer
        took = time.process_time() - before
        found.slowest = max(found.slowest, took)
        found.answers[answer] += 1
        if took > SECONDS:
            found.broken[number] = f"took {took:.1f} s"
        if keep and number in found.broken:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{seed}-{number}").write_bytes(content)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Run, and say what came of it; 1 when a file was neither read nor refused, or the memory grew too far."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=None, help="folder for the files that break the reader")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    found = fuzz(options.files, options.seed, options.keep)
    for answer, times in found.answers.most_common():
        print(f"{times:8,}  {answer}")
    for number, reason in found.broken.items():
        print(f"BROKEN  {options.seed}-{number}: {reason}")
    megabytes = peak_kilobytes() // 1000
    print(
        f"{options.files:,} files in {time.monotonic() - started:.0f} s, slowest {found.slowest:.1f} s of processor, "
        f"at most {megabytes} MB; {len(found.broken)} broken"
    )
    return 1 if found.broken or megabytes > MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main())
