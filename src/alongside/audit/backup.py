"""Live, encrypted backups, the check that they can be restored, and the restore (I5).

The key is the newest `backup` of the key ring, which is not in the database and not in the backup: keep it elsewhere,
or the backup cannot be read. Each file names its key, and is read while the ring has that. While a backup is made or
checked, an unencrypted copy lies in a private folder of `settings.ALONGSIDE_HOME`, where the database may lie
unencrypted too; never beside the target.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from psycopg.conninfo import make_conninfo

from alongside.rules.retention import expired

from .keys import key_ring
from .sealed_file import FileRefused, read_sealed, write_sealed
from .sealing import Heads, Report, verify

DRILL = "backup_drill"

BEFORE_RESTORE: list[Callable[[Path | None], None]] = []
AFTER_RESTORE: list[Callable[[Path | None], None]] = []
"""Functions of floors above, called around each restore with the file it goes into, None for the configured database:
who was erased since the backup was made must not be back (I6)."""


class BackupFailed(RuntimeError):
    """The backup or the restore could not be done; nothing was left half done."""


class WouldOverwrite(BackupFailed):
    """Something is there already, and nobody said it may be replaced."""


class DatabaseInUse(BackupFailed):
    """The database file is open in another process: stop the server and the worker first."""


@dataclass(frozen=True)
class Header:
    """What a backup says of itself; only readable with the key."""

    made_at: str
    """ISO 8601, UTC."""
    vendor: str
    """"sqlite" or "postgresql"."""
    tables: dict[str, int]
    """Rows in each table."""
    size: int
    """Bytes of the unencrypted copy."""
    sha256: str


@dataclass(frozen=True)
class Drill:
    """What `check_backup` found. `chain` is the verified audit chain of a SQLite backup; None for PostgreSQL, whose
    chain is verified after `restore_backup` into an empty database."""

    header: Header
    chain: Report | None


def make_backup(target: Path, now: datetime) -> Header:
    """Writes an encrypted copy of the whole database, as it is at one moment, to the new file `target`.

    Others go on reading and writing meanwhile. Raises `WouldOverwrite` or `BackupFailed`. The caller records the act.
    """
    target = Path(target)
    if target.exists():
        raise WouldOverwrite(f"{target} is there already.")
    with _private_folder() as folder, _second_connection() as source:
        copy = folder / "copy"
        tables = _copy_sqlite(source, copy) if source.vendor == "sqlite" else _copy_postgresql(source, copy)
        with copy.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
            header = Header(now.isoformat(), source.vendor, tables, copy.stat().st_size, sha256)
            content.seek(0)
            write_sealed(target, key_ring().backup, asdict(header), content)
    return header


def check_backup(path: Path, heads: Heads | None = None) -> Drill:
    """The restore drill: reads the whole file, compares checksum, integrity and rows per table, verifies the chain.

    Raises `sealed_file.FileRefused` (its kind `WrongKey` too) for a file that must not be used.
    """
    with _private_folder() as folder:
        copy = folder / "copy"
        header = _unpack(Path(path), copy)
        if header.vendor != "sqlite":
            _run([_program("pg_restore"), "--list", str(copy)])
            return Drill(header, None)
        with _as_database(copy):
            chain = verify(now=datetime.fromisoformat(header.made_at), heads=heads, using=DRILL)
        return Drill(header, chain)


def restore_backup(path: Path, into: Path | None = None, *, force: bool = False) -> Header:
    """Puts the backup in place, whole or not at all.

    A SQLite backup becomes the file `into` (default: the configured database). `force` allows replacing a file that is
    there, but never one that another process has open (`DatabaseInUse`). A PostgreSQL backup goes into the configured
    database, which must be empty; `force` replaces its tables. Raises `FileRefused`, `WouldOverwrite`, `BackupFailed`.
    """
    configured = Path(settings.DATABASES["default"]["NAME"]) if connection.vendor == "sqlite" else None
    elsewhere = None if into is None or into == configured else into
    if configured is None or configured.exists():  # asking a database that is not there would make an empty one
        for hook in BEFORE_RESTORE:
            hook(elsewhere)
    into = configured if into is None else into
    # Beside the file it becomes, because only within one disk can it take that name in one step.
    with _private_folder(into.parent if into else None) as folder:
        copy = folder / "copy"
        header = _unpack(Path(path), copy)
        if header.vendor == "sqlite":
            if into is None:
                raise BackupFailed("The backup was made from SQLite: say into which file.")
            _swap_in(copy, into, force)
        elif into:
            raise BackupFailed("The backup was made from PostgreSQL: configure an empty PostgreSQL database.")
        else:
            _restore_postgresql(copy, header, force)
    for hook in AFTER_RESTORE:
        hook(elsewhere)
    return header


def read_header(path: Path) -> Header:
    """What a backup says of itself, without reading the rest. Raises `FileRefused`, as for any other file."""
    values, chunks = read_sealed(Path(path), key_ring().backups)
    chunks.close()  # type: ignore[attr-defined]  (a generator that holds the file open)
    return Header(**values)


def list_made(folder: Path) -> dict[str, datetime]:
    """The backups in `folder` that were made with this key ring, and when: name to moment."""
    made_at = {}
    for path in Path(folder).iterdir():
        with suppress(FileRefused, OSError):
            made_at[path.name] = datetime.fromisoformat(read_header(path).made_at)
    return made_at


def remove_expired(folder: Path, now: datetime, days: int) -> list[str]:
    """Remove backups in `folder` that are older than `days`; returns their names. The caller records the act.

    Only files that are backups made with this key ring; others are left alone. The newest one always stays.
    """
    names = expired(list_made(folder), now, days)
    for name in names:
        (Path(folder) / name).unlink(missing_ok=True)
    return names


def _unpack(path: Path, copy: Path) -> Header:
    """Decrypts to `copy` and compares all that the header promises."""
    values, chunks = read_sealed(path, key_ring().backups)
    header, digest = Header(**values), hashlib.sha256()
    with os.fdopen(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != header.sha256 or (header.vendor == "sqlite" and _inspect_sqlite(copy) != header.tables):
        raise FileRefused("The content is not what the backup promises.")
    return header


@contextmanager
def _private_folder(parent: Path | None = None) -> Iterator[Path]:
    parent = parent or settings.ALONGSIDE_HOME
    parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=parent, prefix=".backup-") as folder:
        yield Path(folder)


@contextmanager
def _second_connection() -> Iterator:
    """Beside the caller's connection, so that its open transaction, if any, is not part of the backup."""
    second = connection.copy()
    try:
        second.ensure_connection()
        yield second
    finally:
        second.close()


# --- SQLite -------------------------------------------------------------------------------------------------------


def _copy_sqlite(source, copy: Path) -> dict[str, int]:
    with closing(sqlite3.connect(copy)) as target:
        # All pages in one step: in WAL mode nobody waits, and a busy writer cannot make it start over again and again.
        source.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    return _inspect_sqlite(copy)


def _inspect_sqlite(path: Path) -> dict[str, int]:
    """Rows per table of a database file whose integrity was checked; raises `BackupFailed` if it is broken."""
    with closing(sqlite3.connect(path)) as database:
        try:
            verdict = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlite3.DatabaseError:
            verdict = "not a database"
        if verdict != "ok":
            raise BackupFailed("The database is damaged: PRAGMA integrity_check is not ok.")
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        names = [row[0] for row in database.execute(tables)]
        counted = "SELECT COUNT(*) FROM "  # names come from the catalog
        return {name: database.execute(f'{counted}"{name}"').fetchone()[0] for name in names}


def _swap_in(copy: Path, into: Path, force: bool) -> None:
    if into.exists():
        if not force:
            raise WouldOverwrite(f"{into} is there already.")
        _close_down(into)
    os.replace(copy, into)
    handle = os.open(into.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _close_down(path: Path) -> None:
    """Makes sure that nobody has the old file open, and leaves no write-ahead log that would spoil the new one."""
    connections.close_all()
    # What is no database any more cannot be asked: it is the reason for the restore.
    with closing(sqlite3.connect(path, timeout=1)) as old, suppress(sqlite3.DatabaseError):
        try:
            old.execute("PRAGMA journal_mode = DELETE")
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise DatabaseInUse(f"{path} is open in another process.") from error
    for part in ("-wal", "-shm"):
        Path(f"{path}{part}").unlink(missing_ok=True)


@contextmanager
def _as_database(path: Path) -> Iterator[None]:
    """The file as a second Django database named `DRILL`."""
    settings_dict = {**connection.settings_dict, "NAME": str(path), "OPTIONS": {}, "CONN_HEALTH_CHECKS": False}
    connections[DRILL] = SQLite(settings_dict, alias=DRILL)
    try:
        yield
    finally:
        connections[DRILL].close()
        del connections[DRILL]


# --- PostgreSQL ---------------------------------------------------------------------------------------------------


def _copy_postgresql(source, copy: Path) -> dict[str, int]:
    """Rows are counted in the snapshot that is dumped, so the numbers hold while others write."""
    with source.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        address, env = _address(source)
        _run([_program("pg_dump"), address, "-Fc", f"--snapshot={snapshot}", "-f", str(copy)], env)
        tables = _count_postgresql(cursor)
        cursor.execute("COMMIT")
    return tables


def _restore_postgresql(copy: Path, header: Header, force: bool) -> None:
    with _second_connection() as target:
        with target.cursor() as cursor:
            if _count_postgresql(cursor) and not force:
                raise WouldOverwrite("The configured database is not empty.")
        address, env = _address(target)
        how = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        how += ["--clean", "--if-exists"] if force else []
        _run([_program("pg_restore"), address, *how, str(copy)], env)
        with target.cursor() as cursor:
            found = _count_postgresql(cursor)
    if any(found.get(name) != rows for name, rows in header.tables.items()):
        raise BackupFailed("Some tables do not have as many rows as the backup: somebody writes to the database.")


def _count_postgresql(cursor) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
    counts = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608 (a name from the catalog)
        (counts[name],) = cursor.fetchone()
    return counts


def _address(database) -> tuple[str, dict[str, str]]:
    """The option and the environment that name the database; the password goes by the environment only."""
    info = database.connection.info
    # Other parameters are the driver's own, which older programs do not know.
    address = make_conninfo(**{name: value for name, value in info.get_parameters().items() if name in ADDRESS})
    return f"--dbname={address}", {**os.environ, **({"PGPASSWORD": info.password} if info.password else {})}


ADDRESS = ("host", "hostaddr", "port", "dbname", "user", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey")


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise BackupFailed(f"{name} is not on the PATH: install PostgreSQL's client programs.")
    return found


def _run(command: list[str], env: dict[str, str] | None = None) -> None:
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 (no user input)
    if result.returncode:
        # Only the first line: the next ones may quote rows (G4).
        first = (result.stderr.strip().splitlines() or ["no message"])[0]
        raise BackupFailed(f"{Path(command[0]).name}: {first[:300]}")
