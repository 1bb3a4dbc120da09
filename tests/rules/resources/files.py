"""The real examples, and small lists made in the tests."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "hsds"
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "hsds"
"""Data that may be read and not be given on; see SOURCES.md there."""


def example(name: str) -> bytes:
    """One example of the standard."""
    return (HERE / "examples" / name).read_bytes()


def tables() -> dict[str, bytes]:
    """The tabular example of the standard, as a folder."""
    return {path.name: path.read_bytes() for path in sorted((HERE / "tables").iterdir())}


def shared(name: str) -> Path:
    """A file that is not in the repository; a test that needs it is skipped, and says so."""
    if not (SHARED / name).exists():
        pytest.skip(f"NOT SHOWN HERE: {name} is not in ../shared/data/hsds beside the repository")
    return SHARED / name


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet(rows: list[dict[str, str]]) -> bytes:
    """A CSV of rows."""
    target = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(target, names)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode()


def services(*values: dict) -> bytes:
    """A JSON list of services."""
    return json.dumps(list(values)).encode()


def uid(number: int) -> str:
    """A UUID that tells its number."""
    return f"00000000-0000-4000-8000-{number:012}"
