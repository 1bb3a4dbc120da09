"""What was erased is gone from the disk as well, not only from the pages: no file of the database holds it (I6)."""

from pathlib import Path

import pytest
from tests.races.house import ON_POSTGRESQL, new_house
from tests.races.worker import Worker

pytestmark = pytest.mark.races


def files_of(home: Path) -> bytes:
    """Every byte of the database: its file, the write-ahead log, and whatever else lies beside."""
    return b"".join(path.read_bytes() for path in sorted(home.glob("alongside.sqlite3*")))


def test_no_byte_of_hers_is_left_in_the_files_of_the_database():
    with new_house() as made:
        stage = Worker(made.env, "tests.retention.stage")
        stage.ask("open_house")
        rosa = stage.ask("somebody_with_a_past")
        secrets = stage.ask("secrets", person=rosa)
        assert len(secrets) > 30 and "Quetzalrosa" in secrets
        stage.ask("settle")
        if ON_POSTGRESQL:
            there = stage.ask("everything")
            assert [one for one in secrets if one not in there] == [], "else the test is blind"
        else:
            there = files_of(made.home)
            # A long token runs over several pages: its beginning is enough.
            assert [one for one in secrets if one[:100].encode() not in there] == [], "else the test is blind"
        stage.ask("erase", person=rosa)
        stage.ask("settle")
        if ON_POSTGRESQL:
            there = stage.ask("everything")
            assert [one for one in secrets if one in there] == []
        else:
            there = files_of(made.home)
            # Also the middle and the end of what ran over.
            parts = [one[start : start + 60] for one in secrets for start in range(0, len(one), 60)]
            assert [part for part in parts if len(part) > 8 and part.encode() in there] == []
            assert b"A person" in there
        stage.end()
