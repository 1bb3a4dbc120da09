"""`python -m benchmarks --quick` runs for real on the database under test, and what it writes is whole."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from benchmarks.meetings import ASKED
from benchmarks.pages import PAGES, QUICK

from tests.plugins.template import template_file
from tests.races.house import ON_POSTGRESQL, ROOT

pytestmark = pytest.mark.once

DATABASE, NAME = ("postgres", "PostgreSQL") if ON_POSTGRESQL else ("sqlite", "SQLite")


@pytest.fixture(scope="module")
def place(django_db_setup):
    """A folder that the server's own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="bench", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def bench(place: Path, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "benchmarks", "--place", str(place), "--database", DATABASE, *options]
    env = os.environ | ({} if ON_POSTGRESQL else {"BENCH_MIGRATED": str(template_file())})
    return subprocess.run(command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def tables(text: str) -> dict[str, list[list[str]]]:
    """The cells of the first table under each heading."""
    found: dict[str, list[list[str]]] = {}
    for part in text.split("\n## ")[1:]:
        lines = [line for line in part.splitlines() if line.startswith("|")]
        if lines:
            found[part.splitlines()[0]] = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return found


@pytest.mark.races
@pytest.mark.timeout(900)  # half a minute where nothing else runs
def test_a_quick_run_writes_a_whole_document(place):
    done = bench(place, "--quick")
    assert done.returncode == 0, done.stdout[-3000:]
    text = (place / "tiny-report" / "benchmarks.md").read_text()
    found = tables(text)
    for cells in found.values():
        assert {len(row) for row in cells} == {len(cells[0])}
    pages = found["Pages"][2:]
    assert [(row[0], row[1]) for row in pages] == [(PAGES[name].title, NAME) for name in QUICK]
    for row in pages:
        assert float(row[2]) > 0
        assert 0 < float(row[3]) <= float(row[4].split()[0])
        assert int(row[6]) >= 1
        assert re.fullmatch(r"\d+\.\d\d of 1\.[36] (met|\*\*missed\*\*)", row[8])
    (note,) = found["A contact note saved"][2:]
    assert float(note[1]) > 0
    assert int(note[8]) >= 3  # the contact, its entry, the mentorship
    apart = tables((place / "tiny-report" / "meetings-benchmarks.md").read_text())
    assert re.fullmatch(r"\d+\.\d ms among 5,000 (met|\*\*missed\*\*)", apart["Goals"][2][1])
    searches = apart["Finding a meeting"][2:]
    assert [row[1:4] for row in searches] == [[NAME, "5,000", "60"]] * len(ASKED)
    assert all(0 < float(row[4]) <= float(row[5]) <= float(row[6]) for row in searches)
    assert "80 participants, 16 peers, 1,200 contacts" in text
    ElementTree.parse(place / "tiny-report" / "benchmarks.svg")  # noqa: S314  (drawn just now)

    # What is kept is enough to write the document again; a part that failed is named, not left out.
    kept = place / "results" / "tiny" / "pages.json"
    parts = json.loads(kept.read_text())
    del parts["today"]["found"]
    kept.write_text(json.dumps(parts | {"today": parts["today"] | {"failed": "LoadFailed: 500"}}))
    assert bench(place, "--report", "--size", "tiny").returncode == 0
    text = (place / "tiny-report" / "benchmarks.md").read_text()
    assert "- `pages today`: LoadFailed: 500" in text
    assert [row[0] for row in tables(text)["Pages"][2:]] == [PAGES[name].title for name in QUICK if name != "today"]
