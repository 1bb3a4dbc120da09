"""A home with keys and a made population, on SQLite or on a PostgreSQL of its own; kept from run to run."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import postgres

from alongside.audit.keys import create_key_ring

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "var" / "bench"
DATABASES = ("sqlite", "postgres")


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine to run."""


@dataclass
class House:
    """Where a population lives. `env` is what every process of it is started with: production's settings."""

    size: str
    database: str
    home: Path
    url: str
    loaded_seconds: float | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
        return kept | {
            "ALONGSIDE_HOME": str(self.home),
            "ALONGSIDE_LOG_LEVEL": "ERROR",
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "benchmarks.floor_settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def run(self, *command: str, show: bool = False, given: str | None = None) -> str:
        """Run a Python module in this house; its output. `show` lets it speak to the terminal, `given` is its input."""
        done = subprocess.run(
            [sys.executable, "-m", *command], env=self.env, text=True, check=False, input=given,
            stdout=None if show else subprocess.PIPE,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout}")
        return done.stdout or ""


@contextlib.contextmanager
def open_house(size: str, database: str, *, fresh: bool = False, place: Path = PLACE, seed: int = 1) -> Iterator[House]:
    """The house of this size on this database while the block runs; made first, if it is not there or was changed."""
    folder = place / f"{size}-{database}"
    stamp = folder / "made"
    mark = fingerprint(seed)
    if fresh or not stamp.exists() or not stamp.read_text().startswith(mark):
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        url = f"sqlite:///{folder / 'home' / 'alongside.sqlite3'}"
        if database == "postgres":
            url = stack.enter_context(keep_postgres(folder / "postgres"))
        house = House(size, database, folder / "home", url)
        if not stamp.exists():
            started = time.monotonic()
            if database == "sqlite" and begin_with_copy(house.home):
                create_key_ring(house.home / "keys" / "keyring.json")
            house.run("alongside", "migrate", "--quiet")
            house.run("benchmarks.population.making", "--size", size, "--seed", str(seed), show=True)
            stamp.write_text(f"{mark} {time.monotonic() - started:.1f}")
        house.loaded_seconds = float(stamp.read_text().split()[1])
        yield house


def begin_with_copy(home: Path) -> bool:
    """Where `BENCH_MIGRATED` names an empty, migrated SQLite file, begin with a copy: the tests, which keep one."""
    if migrated := os.environ.get("BENCH_MIGRATED"):
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(migrated, home / "alongside.sqlite3")
    return bool(migrated)


@contextlib.contextmanager
def keep_postgres(keep: Path) -> Iterator[str]:
    """A server with the data of a folder, as durable as in production (fsync on), on a socket only."""
    binaries = postgres.find_binaries()
    if binaries is None:
        raise NoPostgres(postgres.NO_POSTGRES)
    with postgres.running(binaries, keep) as url:
        yield url


def fingerprint(seed: int) -> str:
    """Changes with everything that shapes the rows: the generator, models and migrations."""
    files = [
        *sorted((ROOT / "benchmarks" / "population").glob("*.py")), ROOT / "benchmarks" / "sizes.py",
        *sorted((ROOT / "src" / "alongside").glob("*/migrations/*.py")),
    ]  # fmt: skip
    digest = hashlib.sha256(str(seed).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
