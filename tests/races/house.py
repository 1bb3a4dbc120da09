"""A house of its own for tests with real processes: a home, keys, and a migrated database, of the vendor under test.

SQLite by default; PostgreSQL when `DATABASE_URL` names one, where each house is a database of its own.
"""

import atexit
import functools
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import environ

from tests.plugins import template
from tests.plugins.template import on_server

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("DATABASE_URL", "")
ON_POSTGRESQL = SERVER.startswith("postgres")


class House:
    """A home with keys and a database. `env` is what its processes are started with."""

    def __init__(self, home: Path, database_url: str):
        self.home, self.database_url = home, database_url
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))
        }
        self.env = kept | {
            "ALONGSIDE_HOME": str(home),
            "ALONGSIDE_DEMO": "1",  # plain HTTP on this machine
            "ALONGSIDE_LOG_LEVEL": "ERROR",
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "alongside.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def run(self, *arguments: str, **options) -> subprocess.CompletedProcess:
        """Run `alongside` with these arguments in this house."""
        return subprocess.run(
            [sys.executable, "-m", "alongside", *arguments], env=self.env, text=True, capture_output=True, **options
        )

    def copy(self, name: str) -> str:
        """A copy of the database beside this one, while nobody is connected to it; its `NAME` for Django."""
        if ON_POSTGRESQL:
            source = _config(self.database_url)["NAME"]
            on_server(f'CREATE DATABASE "{source}_{name}" TEMPLATE "{source}"')
            return f"{source}_{name}"
        target = self.home / f"{name}.sqlite3"
        with (
            closing(sqlite3.connect(_config(self.database_url)["NAME"])) as one,
            closing(sqlite3.connect(target)) as two,
        ):
            one.backup(two)
        return str(target)

    @property
    def name(self) -> str:
        """The `NAME` of this database for Django."""
        return _config(self.database_url)["NAME"]


@contextmanager
def new_house():
    """A migrated house, removed afterwards: a copy of the first of this process, for a migration takes many seconds."""
    first = _first_house()
    with _place() as (home, url):
        shutil.copytree(first.home, home, dirs_exist_ok=True)
        if ON_POSTGRESQL:
            on_server(f'CREATE DATABASE "{_config(url)["NAME"]}" TEMPLATE "{first.name}"')
        yield House(home, url)


@functools.cache
def _first_house() -> House:
    """Migrated, with its keys, and never used: the others are copied from it."""
    from alongside.audit.keys import create_key_ring

    stack = ExitStack()
    atexit.register(stack.close)
    house = House(*stack.enter_context(_place()))
    create_key_ring(house.home / "keys" / "keyring.json")
    with template.locked():
        is_new = not template.is_made()
        if not is_new:
            template.copy(house.name)
        elif ON_POSTGRESQL:
            on_server(f'CREATE DATABASE "{house.name}" TEMPLATE template0')
        house.run("migrate", "--quiet", check=True)
        if is_new:
            template.keep(house.name)
    return house


@contextmanager
def _place():
    """A folder, and the address of a database that is made there or on the server; both are removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="house-"))
    url, name = f"sqlite:///{home / 'alongside.sqlite3'}", f"house_{secrets.token_hex(6)}"
    if ON_POSTGRESQL:
        url = f"{SERVER.rsplit('/', 1)[0]}/{name}"
    try:
        yield home, url
    finally:
        if ON_POSTGRESQL:
            for found in on_server(f"SELECT datname FROM pg_database WHERE datname LIKE '{name}%'"):  # noqa: S608
                on_server(f'DROP DATABASE IF EXISTS "{found[0]}" WITH (FORCE)')
        shutil.rmtree(home, ignore_errors=True)


def _config(url: str) -> dict:
    return environ.Env.db_url_config(url)
