"""docs/proofs.md: the last whole runs of what K1 asks, written by the tools that made them and by nobody's hand.

A row is of one module (deliberate faults) or one part (lines and branches), with a digest of the code it was made with:
when that changes, the row says nothing any more, and only this module or part has to be run again. Standard library
only, as `dev.py` writes here too.
"""

import ast
import hashlib
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "proofs.md"
WHATS = ("coverage", "faults", "steps")
STEPS = 1_000_000
"""So many steps of each machine a deep run takes on each database."""
HEAD = """# What was measured last

Privacy rule K1: every line and branch of what people's safety hangs on is run by its tests, and nine of ten deliberate
faults in it are seen by them. Each row is written by the tool that measured it, whole and not by lot:
`python3 dev.py coverage --write` and `python -m tests.mutants SUBJECT --write` (with `--changed` only of modules whose
row is missing or of other code; with `--unseen` only what the latest run did not see, as on the other database, where
some code runs alone). Steps are those of `python3 dev.py deep --write`, of every machine on each database, in which
nothing left that should not have: a million is asked for, in one run or in several of the same code, which add up.
`tests/promises/test_proofs.py` compares the digests with the code there is: a row of other code counts for nothing.

| what | of | seen | of all | commit | day | digest of the code |
|---|---|---|---|---|---|---|
"""
ROW = re.compile(
    r"^\| (coverage|faults|steps) \| `([\w./]+)` \| (\d+) \| (\d+) \| ([0-9a-f]{12}|-) \| (\d{4}-\d\d-\d\d) "
    r"\| `([0-9a-f]{32})` \|$",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Row:
    """So many of so many, measured with this code."""

    what: str
    of: str
    seen: int
    total: int
    commit: str
    day: str
    digest: str

    @property
    def share(self) -> float:
        """From 0 to 1; of nothing there is nothing to see."""
        return self.seen / self.total if self.total else 1.0


def digest_of(files: Iterable[Path]) -> str:
    """32 hex digits over what the code of these files does: another word of a comment changes nothing."""
    whole = hashlib.sha256()
    for file in sorted(files):
        tree = ast.parse(file.read_text())
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list):
                node.body = [ast.Pass() if _is_words(one) else one for one in body]
        whole.update(f"{file.name}\n{ast.dump(tree)}\n".encode())
    return whole.hexdigest()[:32]


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def file_of(module: str) -> Path:
    """Of a module below `alongside`, its file."""
    return ROOT.joinpath("src", "alongside", *module.split(".")).with_suffix(".py")


def files_of(places: Iterable[str]) -> list[Path]:
    """Of places as `dev.WHOLE` names them (files and folders), every file."""
    found = [ROOT / place for place in places]
    return [file for place in found for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]


def read_rows(page: Path = PAGE) -> dict[tuple[str, str], Row]:
    """(what, of) to its row."""
    text = page.read_text() if page.exists() else ""
    rows = [Row(one[0], one[1], int(one[2]), int(one[3]), *one[4:]) for one in ROW.findall(text)]
    return {(row.what, row.of): row for row in rows}


def write_row(what: str, of: str, seen: int, total: int, files: Iterable[Path], page: Path = PAGE) -> Row:
    """Put the row in the place of the earlier one of the same."""
    assert what in WHATS and 0 <= seen <= total, (what, seen, total)
    row = Row(what, of, seen, total, _commit(), f"{datetime.now(UTC):%Y-%m-%d}", digest_of(files))
    rows = read_rows(page) | {(what, of): row}
    page.write_text(HEAD + "".join(f"{_write(rows[key])}\n" for key in sorted(rows)))
    return row


def add_steps(of: str, steps: int, files: Iterable[Path], page: Path = PAGE) -> Row:
    """Add the steps of a run in which nothing was found to those of earlier ones of the same code."""
    files = list(files)
    earlier = read_rows(page).get(("steps", of))
    before = earlier.seen if earlier and is_of_this_code(earlier, files) else 0
    return write_row("steps", of, min(before + steps, STEPS), STEPS, files, page)


def is_of_this_code(row: Row | None, files: Iterable[Path]) -> bool:
    """Whether there is a row, and it was measured with the code there is."""
    return row is not None and row.digest == digest_of(files)


def _write(row: Row) -> str:
    return (
        f"| {row.what} | `{row.of}` | {row.seen} | {row.total} | {row.commit} | {row.day} | `{row.digest}` |"
    )  # fmt: skip


def _commit() -> str:
    """The commit the working copy stands on; `-` where there is no repository."""
    try:
        command = ["git", "rev-parse", "HEAD"]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "-"
    return said.strip()[:12]
