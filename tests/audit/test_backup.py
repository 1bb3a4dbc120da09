"""A backup taken while others write, its drill, and the restore (I5)."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from alongside.audit import backup, triggers
from alongside.audit.actions import record
from alongside.audit.backup import (
    BackupFailed,
    DatabaseInUse,
    WouldOverwrite,
    check_backup,
    make_backup,
    restore_backup,
)
from alongside.audit.keys import create_key_ring
from alongside.audit.models import Entry
from alongside.audit.sealed_file import FileRefused, WrongKey, write_sealed
from alongside.audit.sealing import heads, seal_pending, verify

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.ALONGSIDE_HOME = tmp_path / "home"


@pytest.fixture
def sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("This way of restoring is for SQLite; the other has its own test.")


@pytest.fixture
def postgresql(monkeypatch):
    """Client programs at least as new as the server, from the PATH or from a server installed beside Python."""
    if connection.vendor != "postgresql":
        pytest.skip("This way of restoring is for PostgreSQL; the other has its own test.")
    needed = connection.pg_version // 10000
    folders = [
        *os.environ["PATH"].split(os.pathsep),
        *Path(sys.prefix).glob("lib/python*/site-packages/*/pginstall*/bin"),
    ]
    for folder in folders:
        program = shutil.which("pg_dump", path=str(folder))
        if program:
            version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
            if int(version.split()[2].split(".")[0]) >= needed:
                monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
                return
    pytest.skip(f"needs pg_dump and pg_restore {needed} or newer on the PATH")


def _fill(lien, rosa, count=5):
    for n in range(count):
        record(act="record.opened", by=lien, subject=rosa, reason=f"r{n}", words="Dante is away", view=True, now=NOW)
    seal_pending(NOW)


def _open_entries(path):
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT id, reason, reason_words FROM audit_entry ORDER BY id").fetchall()


def test_a_backup_gives_back_every_row(sqlite, tmp_path, lien, rosa):
    _fill(lien, rosa)
    header = make_backup(tmp_path / "b", NOW)
    assert header.tables["audit_entry"] == header.tables["audit_seal"] == 5
    assert b"SQLite" not in (tmp_path / "b").read_bytes()
    drill = check_backup(tmp_path / "b", heads())
    assert drill.header == header and drill.chain.is_sound and drill.chain.checked == 5
    assert restore_backup(tmp_path / "b", tmp_path / "restored.sqlite3") == header
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, reason, reason_words FROM audit_entry ORDER BY id")
        assert _open_entries(tmp_path / "restored.sqlite3") == cursor.fetchall()
    assert list((tmp_path / "home").iterdir()) == []


def test_the_drill_finds_a_tampered_chain(sqlite, tmp_path, lien, rosa):
    _fill(lien, rosa)
    with triggers.suspended(connection):
        Entry.objects.filter(reason="r2").update(role="peer")
    make_backup(tmp_path / "b", NOW)
    assert [p.code for p in check_backup(tmp_path / "b").chain.problems] == ["entry_changed"]


def test_a_backup_is_whole_while_others_write(sqlite, tmp_path, lien, rosa):
    """Two rows are always written together: no backup may hold an odd number."""
    path = tmp_path / "live.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE pairs (id INTEGER PRIMARY KEY, word TEXT)")
    stop, wrote = threading.Event(), threading.Event()

    def write():
        with closing(sqlite3.connect(path, timeout=20)) as database:
            while not stop.is_set():
                with database:
                    database.execute("INSERT INTO pairs (word) VALUES ('x')")
                    database.execute("INSERT INTO pairs (word) VALUES ('y')")
                wrote.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        seen = []
        with closing(sqlite3.connect(path, timeout=20)) as live:
            source = type("Source", (), {"connection": live})
            for n in range(20):
                wrote.clear()
                assert wrote.wait(20), "nobody wrote meanwhile"
                seen.append(backup._copy_sqlite(source, tmp_path / f"copy{n}")["pairs"])
    finally:
        stop.set()
        writer.join()
    assert all(count % 2 == 0 for count in seen) and seen[-1] > seen[0]


def test_an_existing_file_is_only_replaced_by_force(sqlite, tmp_path, lien, rosa):
    _fill(lien, rosa)
    make_backup(tmp_path / "b", NOW)
    with pytest.raises(WouldOverwrite):
        make_backup(tmp_path / "b", NOW)
    into = tmp_path / "restored.sqlite3"
    with closing(sqlite3.connect(into)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        old.execute("CREATE TABLE old (id INTEGER)")
        old.commit()
        with pytest.raises(WouldOverwrite):
            restore_backup(tmp_path / "b", into)
        with pytest.raises(DatabaseInUse):
            restore_backup(tmp_path / "b", into, force=True)
        assert old.execute("SELECT COUNT(*) FROM old").fetchone() == (0,)
    restore_backup(tmp_path / "b", into, force=True)
    assert len(_open_entries(into)) == 5


def test_a_file_that_is_no_database_any_more_is_replaced_by_force(sqlite, tmp_path, lien, rosa):
    _fill(lien, rosa, 1)
    make_backup(tmp_path / "b", NOW)
    into = tmp_path / "restored.sqlite3"
    into.write_bytes(b"no database" * 100)
    Path(f"{into}-wal").write_bytes(b"left over")
    restore_backup(tmp_path / "b", into, force=True)
    assert len(_open_entries(into)) == 1


def test_the_configured_database_is_the_place_by_default(sqlite, tmp_path, settings, monkeypatch, lien, rosa):
    _fill(lien, rosa, 1)
    make_backup(tmp_path / "b", NOW)
    into = tmp_path / "configured.sqlite3"
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(into))
    restore_backup(tmp_path / "b")
    assert len(_open_entries(into)) == 1


def test_a_wrong_key_or_a_flipped_byte_is_refused_and_leaves_nothing(sqlite, tmp_path, settings, lien, rosa):
    _fill(lien, rosa, 1)
    make_backup(tmp_path / "b", NOW)
    whole = (tmp_path / "b").read_bytes()
    changed = bytearray(whole)
    changed[len(changed) // 2] ^= 1
    (tmp_path / "changed").write_bytes(changed)
    for use in (check_backup, lambda path: restore_backup(path, tmp_path / "r")):
        with pytest.raises(FileRefused):
            use(tmp_path / "changed")
    settings.ALONGSIDE_KEY_FILE = tmp_path / "other.json"
    create_key_ring()
    for use in (check_backup, lambda path: restore_backup(path, tmp_path / "r")):
        with pytest.raises(WrongKey):
            use(tmp_path / "b")
    assert not (tmp_path / "r").exists()


def test_a_header_that_promises_something_else_is_refused(tmp_path, lien, rosa):
    from alongside.audit.keys import key_ring

    header = {"made_at": NOW.isoformat(), "vendor": "postgresql", "tables": {}, "size": 1, "sha256": "0" * 64}
    (tmp_path / "content").write_bytes(b"x")
    with (tmp_path / "content").open("rb") as content:
        write_sealed(tmp_path / "b", key_ring().backup, header, content)
    with pytest.raises(FileRefused, match="promises"):
        check_backup(tmp_path / "b")


def test_a_damaged_database_is_not_backed_up_in_silence(tmp_path):
    (tmp_path / "d").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(BackupFailed, match="damaged"):
        backup._inspect_sqlite(tmp_path / "d")
    with closing(sqlite3.connect(tmp_path / "e")) as database:
        database.execute("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT)")
        database.execute("CREATE INDEX by_word ON words (word)")
        database.executemany("INSERT INTO words (word) VALUES (?)", [(f"w{n}",) for n in range(2000)])
        database.commit()
        root = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'by_word'").fetchone()[0]
    damaged = bytearray((tmp_path / "e").read_bytes())
    damaged[(root - 1) * 4096 + 3] ^= 0x01
    (tmp_path / "e").write_bytes(damaged)
    with pytest.raises(BackupFailed, match="damaged"):
        backup._inspect_sqlite(tmp_path / "e")


def test_missing_and_failing_programs_are_named(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BackupFailed, match="pg_dump is not on the PATH"):
        backup._program("pg_dump")
    with pytest.raises(BackupFailed, match="first line"):
        backup._run([sys.executable, "-c", "import sys; sys.exit('first line\\nRosa')"])
    with pytest.raises(BackupFailed, match="no message"):
        backup._run([sys.executable, "-c", "import sys; sys.exit(1)"])


def test_a_backup_of_the_other_database_says_what_is_needed(tmp_path, lien, rosa):
    from alongside.audit.keys import key_ring

    copy = tmp_path / "content"
    with closing(sqlite3.connect(copy)) as database:
        database.execute("CREATE TABLE words (id INTEGER)")
    for vendor, tables in (("sqlite", {"words": 0}), ("postgresql", {})):
        with copy.open("rb") as content:
            sha256 = backup.hashlib.file_digest(content, "sha256").hexdigest()
            content.seek(0)
            header = {"made_at": NOW.isoformat(), "vendor": vendor, "tables": tables, "size": 1, "sha256": sha256}
            write_sealed(tmp_path / vendor, key_ring().backup, header, content)
    with pytest.raises(BackupFailed, match="made from PostgreSQL"):
        restore_backup(tmp_path / "postgresql", tmp_path / "into")
    if connection.vendor == "postgresql":
        with pytest.raises(BackupFailed, match="say into which file"):
            restore_backup(tmp_path / "sqlite")
    restore_backup(tmp_path / "sqlite", tmp_path / "into")


def test_postgresql_gives_back_every_row(postgresql, tmp_path, lien, rosa):
    _fill(lien, rosa)
    before = list(Entry.objects.order_by("id").values())
    header = make_backup(tmp_path / "b", NOW)
    assert header.vendor == "postgresql" and header.tables["audit_entry"] == 5
    assert check_backup(tmp_path / "b").chain is None
    with pytest.raises(WouldOverwrite):
        restore_backup(tmp_path / "b")
    with triggers.suspended(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_seal")
        cursor.execute("DELETE FROM audit_entry")
    restore_backup(tmp_path / "b", force=True)
    assert list(Entry.objects.order_by("id").values()) == before
    assert verify(now=NOW).is_sound and triggers.missing(connection) == []
    with pytest.raises(BackupFailed, match="as many rows"):
        backup._restore_postgresql(*_lying(tmp_path, header))


def _lying(tmp_path, header):
    """The same content under a header that promises another number of rows."""
    values, chunks = backup.read_sealed(tmp_path / "b", backup.key_ring().backups)
    (tmp_path / "copy").write_bytes(b"".join(chunks))
    return tmp_path / "copy", backup.Header(**{**values, "tables": {"audit_entry": 6}}), True


def test_the_password_never_stands_on_the_command_line():
    parameters = {"host": "db", "dbname": "a b", "sslcertmode": "allow"}
    info = type("Info", (), {"get_parameters": lambda: parameters, "password": "secret"})
    database = type("Database", (), {"connection": type("Connection", (), {"info": info})})
    address, env = backup._address(database)
    assert address == "--dbname=host=db dbname='a b'" and env["PGPASSWORD"] == "secret"
