"""A migrated database that others are copied from: migrating takes ten seconds, and many processes need one.

On SQLite it is a file, kept in `var/` from run to run and named after the migrations, so that a changed one is never
used again. On PostgreSQL it is a database of the run, dropped at its end. A lock lets one process make it while the
others wait.
"""

import functools
import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import django
import environ
import fasteners
from django.apps import apps
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "migrated"
HOME = Path(os.environ["ALONGSIDE_TEST_HOME"])
ON_SQLITE = connection.vendor == "sqlite"
RUNS_OWN = f"template_{HOME.name.replace('-', '_').lower()}"
"""The name of the database of this run on PostgreSQL."""


@functools.cache
def template_file() -> Path:
    """Where the file is, or will be, for these migrations and this Django."""
    text = hashlib.sha256(f"{django.VERSION}{settings.INSTALLED_APPS}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        if Path(config.path).is_relative_to(ROOT / "src"):
            for migration in sorted(Path(config.path).glob("migrations/*.py")):
                text.update(migration.read_bytes())
    # Migrations call on these, and may do otherwise when they change.
    for helper in sorted((ROOT / "src" / "alongside" / "audit").glob("*.py")):
        text.update(helper.read_bytes())
    return KEPT / f"{text.hexdigest()[:16]}.sqlite3"


def on_server(statement: str) -> list:
    """Say something to the PostgreSQL of `DATABASE_URL`, outside any transaction; its rows."""
    import psycopg

    config = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    values = {name: config[key] for name, key in names.items() if config.get(key)}
    with psycopg.connect(**values, autocommit=True) as connection:
        found = connection.execute(statement)
        return found.fetchall() if found.description else []


def locked():
    """One process at a time makes the template."""
    KEPT.mkdir(parents=True, exist_ok=True)
    return fasteners.InterProcessLock(KEPT / ("lock" if ON_SQLITE else RUNS_OWN))


def is_made() -> bool:
    """Whether there is a template to copy."""
    if ON_SQLITE:
        return template_file().exists()
    return bool(on_server(f"SELECT 1 FROM pg_database WHERE datname = '{RUNS_OWN}'"))  # noqa: S608


def keep(name: str) -> None:
    """Make the template from a database that was just migrated and that nobody uses."""
    if ON_SQLITE:
        part = template_file().with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(name)) as one, closing(sqlite3.connect(part)) as two:
            one.backup(two)
        for old in KEPT.glob("*.sqlite3"):
            old.unlink()
        part.rename(template_file())
    else:
        on_server(f'CREATE DATABASE "{RUNS_OWN}" TEMPLATE "{name}"')


def copy(name: str) -> None:
    """Make a database of this name, migrated and empty. Whatever had the name is gone."""
    if ON_SQLITE:
        for rest in ("", "-wal", "-shm"):
            Path(f"{name}{rest}").unlink(missing_ok=True)
        shutil.copy(template_file(), name)
    else:
        on_server(f'DROP DATABASE IF EXISTS "{name}"')
        on_server(f'CREATE DATABASE "{name}" TEMPLATE "{RUNS_OWN}"')


def pytest_configure():
    """The database of the tests is a copy where there is something to copy, else what the others copy."""
    creation = type(connection.creation)
    create = creation.create_test_db

    @functools.wraps(create)
    def create_or_copy(self, verbosity=1, autoclobber=False, serialize=True, keepdb=False):
        name = self._get_test_db_name()
        with locked():
            if not is_made():
                made = create(self, verbosity, autoclobber, serialize, keepdb)
                self.connection.close()
                keep(name)
                return made
            copy(name)
        return create(self, verbosity, autoclobber, serialize, keepdb=True)

    creation.create_test_db = create_or_copy


def pytest_unconfigure(config):
    """On PostgreSQL the template goes with the run."""
    if not ON_SQLITE and not hasattr(config, "workerinput"):
        on_server(f'DROP DATABASE IF EXISTS "{RUNS_OWN}"')
        (KEPT / RUNS_OWN).unlink(missing_ok=True)
