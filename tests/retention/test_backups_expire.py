"""Backups are removed after their days, so that what was erased does not live on in them; the newest one stays."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from alongside.audit.backup import make_backup, read_header, remove_expired
from alongside.audit.models import Entry
from alongside.commands import backup as command
from alongside.housekeeping import expire_old_backups

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


@pytest.fixture
def folder(settings, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the files are the same; on PostgreSQL making one takes its client programs")
    settings.ALONGSIDE_HOME = tmp_path / "home"
    made = tmp_path / "backups"
    made.mkdir()
    for days in (50, 31, 29, 3):
        make_backup(made / f"b{days}", NOW - timedelta(days=days))
    (made / "notes.txt").write_text("not a backup")
    return made


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_old_ones_go_and_what_is_no_backup_stays(folder):
    assert remove_expired(folder, NOW, 30) == ["b50", "b31"]
    assert names(folder) == {"b29", "b3", "notes.txt"}
    assert remove_expired(folder, NOW, 30) == []


def test_the_newest_stays_however_old_it_is(folder):
    assert remove_expired(folder, NOW + timedelta(days=900), 30) == ["b50", "b31", "b29"]
    assert names(folder) == {"b3", "notes.txt"}


def test_a_changed_or_foreign_one_is_left_alone(folder, settings, tmp_path):
    content = bytearray((folder / "b50").read_bytes())
    content[80] ^= 1
    (folder / "b50").write_bytes(content)
    assert remove_expired(folder, NOW, 30) == ["b31"]


def test_only_the_header_is_read(folder):
    assert read_header(folder / "b3").made_at == (NOW - timedelta(days=3)).isoformat()
    short = folder / "b3short"
    shutil.copy(folder / "b3", short)
    with short.open("r+b") as file:
        file.truncate(short.stat().st_size - 10)
    assert read_header(short).made_at == read_header(folder / "b3").made_at


def test_the_worker_removes_them_and_writes_it_down(folder, settings):
    settings.ALONGSIDE_BACKUP_FOLDER = None
    assert expire_old_backups(NOW) == 0
    settings.ALONGSIDE_BACKUP_FOLDER, settings.ALONGSIDE_BACKUP_DAYS = folder, 30
    assert expire_old_backups(NOW) == 2
    assert Entry.objects.filter(act="backup.expired").count() == 2


def test_the_command_removes_them_once_the_new_one_was_read_back(folder, capsys):
    from argparse import ArgumentParser

    parser = ArgumentParser()
    command.add_arguments(parser)
    assert command.run(parser.parse_args([str(folder / "new"), "--keep-days", "40000"])) == 0
    assert names(folder) == {"b50", "b31", "b29", "b3", "new", "notes.txt"}
    assert command.run(parser.parse_args([str(folder / "newer")])) == 0
    assert "removed b50" in capsys.readouterr().out
    assert names(folder) >= {"newer"} and "b50" not in names(folder)
