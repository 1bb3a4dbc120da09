"""What was measured, kept as JSON beside the populations: a run that was cut off goes on where it stopped."""

import json
import os
import platform
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .houses import PLACE, ROOT


def git(*arguments: str) -> str:
    """What git says of this working copy; empty where there is none."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, text=True, capture_output=True, check=False)  # noqa: S607
    return done.stdout.strip() if done.returncode == 0 else ""


def code_mark() -> str:
    """Changes with the product: the tree of `src`, and whether it was changed since its commit."""
    return git("rev-parse", "--short=12", "HEAD:src") + ("+" if git("status", "--porcelain", "src") else "")


class Results:
    """Results of one size: pieces, each with named parts."""

    def __init__(self, size: str, place: Path = PLACE):
        self.folder, self.mark = place / "results" / size, code_mark()

    def all(self, piece: str) -> dict[str, dict]:
        """Every part of a piece, whenever it was measured."""
        try:
            return json.loads((self.folder / f"{piece}.json").read_text())
        except FileNotFoundError:
            return {}

    def found(self, piece: str, part: str) -> Any:
        """What a part found; None where it was not measured, or failed."""
        return self.all(piece).get(part, {}).get("found")

    def is_done(self, piece: str, part: str) -> bool:
        """Whether this part was measured with the code as it is."""
        known = self.all(piece).get(part, {})
        return "found" in known and known["code"] == self.mark

    def keep(self, piece: str, part: str, *, seconds: float, **what: Any) -> None:
        """Keep `found=` or `failed=` of a part."""
        self.folder.mkdir(parents=True, exist_ok=True)
        parts = self.all(piece)
        parts[part] = {
            "code": self.mark, "commit": git("rev-parse", "--short=10", "HEAD"),
            "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
            "seconds": round(seconds, 1), "load_before": round(os.getloadavg()[0], 1), **what,
        }  # fmt: skip
        file = self.folder / f"{piece}.json"
        file.with_suffix(".new").write_text(json.dumps(parts, indent=1))
        file.with_suffix(".new").replace(file)


def machine() -> dict[str, str]:
    """What it ran on, in words without names or places."""
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "processor": model, "cores": str(os.cpu_count()), "memory": f"{memory / 1024 / 1024:.0f} GB",
        "system": platform.system(), "load": f"{os.getloadavg()[0]:.1f}", "versions": _versions(),
    }  # fmt: skip


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def _versions() -> str:
    import sqlite3

    import django
    import gunicorn
    from tests import postgres

    found = [
        f"Python {platform.python_version()}", f"Django {django.__version__}", f"gunicorn {gunicorn.__version__}",
        f"SQLite {sqlite3.sqlite_version}",
    ]  # fmt: skip
    if binaries := postgres.find_binaries():
        said = subprocess.run([binaries / "postgres", "--version"], text=True, capture_output=True, check=False).stdout
        found.append("PostgreSQL " + said.split()[2])
    return ", ".join(found)


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self):
        self.started = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started
