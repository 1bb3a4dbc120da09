"""docs/run/recovery.md, performed: each block of its commands, as it stands there and in its order, by real processes.

Only the places are others: `/srv/alongside`, `/safe` and `/safe-keys` are folders of the test, and the service is one
round of the worker.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.races.house import ON_POSTGRESQL, new_house
from tests.races.worker import Worker

PAGE = Path(__file__).resolve().parents[2] / "docs" / "run" / "recovery.md"
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)

pytestmark = [pytest.mark.races, pytest.mark.timeout(1800)]


def blocks() -> dict[str, str]:
    """The heading of each part that has commands, to these commands."""
    parts = SECTION.split(PAGE.read_text())[1:]
    return {
        heading: "".join(BLOCK.findall(text))
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
        if BLOCK.search(text)
    }


class Operator:
    """Somebody at the shell of a machine, who types what the page says."""

    def __init__(self, house, safe: Path):
        self.house, self.safe = house, safe
        self.home = house.home

    def do(self, commands: str) -> subprocess.CompletedProcess:
        """Run a block, until something fails."""
        places = {"/safe-keys": self.safe / "keys", "/safe": self.safe / "data", "/srv/alongside": self.home}
        for place, here in places.items():
            commands = re.sub(rf"(?<![\w/]){place}(?=[/\s])", str(here), commands)
        assert "/srv/" not in commands
        prelude = f"""
            set -eu
            as_alongside() {{ "{sys.executable}" -m alongside "$@"; }}
            systemctl() {{ case "$1" in start|restart) as_alongside work --once ;; stop) ;; *) false ;; esac; }}
        """
        return subprocess.run(
            ["bash", "-c", prelude + commands], env=self.house.env, text=True, capture_output=True, timeout=900
        )

    def must(self, commands: str) -> str:
        """The same, and all of it went well."""
        done = self.do(commands)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def lose_the_machine(self) -> None:
        """All that was on it is gone; a new one has the same settings."""
        shutil.rmtree(self.home)
        self.home.mkdir()


@pytest.fixture
def operator(tmp_path):
    safe = tmp_path / "elsewhere"
    for name in ("keys", "data"):
        (safe / name).mkdir(parents=True)
    with new_house() as house:
        (house.home / "backups").mkdir()
        yield Operator(house, safe)


def test_the_page_has_a_part_for_each_that_can_be_lost():
    assert list(blocks()) == [
        "What must lie elsewhere", "A fresh machine", "The key ring is lost or damaged", "The key ring was stolen",
        "The only administrator or director is gone", "The disk is full",
    ]  # fmt: skip


@pytest.mark.skipif(ON_POSTGRESQL, reason="the home of SQLite is the whole machine; a server of PostgreSQL is another")
def test_every_block_of_the_page_in_its_order(operator):
    page, home = blocks(), operator.home
    stage = Worker(operator.house.env, "tests.running.stage_recovery")
    stage.ask("open_house")
    rosa, marisol = stage.ask("make_person", name="Rosa Delgado"), stage.ask("make_person", name="Marisol Reyes")
    operator.must('echo "a sentence of ada that is long" | as_alongside create-admin ada --program riverbend')
    operator.must("as_alongside work --once")

    operator.must(page["What must lie elsewhere"])
    assert {path.name for path in (operator.safe / "data").iterdir()} == {"nightly", "heads.json"}

    # After the backup somebody is erased; that night only the ledger was copied. Then the machine is gone.
    stage.ask("erase", person=marisol)
    stage.end()
    shutil.copy(home / "erased.jsonl", operator.safe / "data")
    operator.lose_the_machine()
    said = operator.must(page["A fresh machine"])
    assert "FAIL" not in said and "ok   erased records" in said and "ok   audit log" in said
    stage = Worker(operator.house.env, "tests.running.stage_recovery")
    assert stage.ask("names") == {rosa: "Rosa Delgado", marisol: ""}
    assert stage.ask("made_by_commands", act="backup.restored") == 1

    # The ring is gone: nothing works, and no new one is made over what is there.
    (home / "keys" / "keyring.json").unlink()
    for command in ("check", "migrate"):
        refused = operator.do(f"as_alongside {command}")
        assert refused.returncode == 1 and "key ring" in refused.stdout + refused.stderr
    assert not (home / "keys" / "keyring.json").exists()
    operator.must(page["The key ring is lost or damaged"])
    (home / "keys" / "keyring.json").write_text("{")
    assert operator.do("as_alongside check").returncode == 1
    operator.must(page["The key ring is lost or damaged"])

    # The ring is stolen: the thief has it as it is now.
    stolen = json.loads((home / "keys" / "keyring.json").read_text())
    secret = (home / "keys" / "secret_key").read_bytes()
    operator.must(page["The key ring was stolen"])
    now = json.loads((home / "keys" / "keyring.json").read_text())
    for kind in ("fields", "blind", "seal", "drafts", "backup"):
        newest, before = as_keys(now[kind]), as_keys(stolen[kind])
        assert newest[0] not in before and newest[1:] == before, kind
    assert (home / "keys" / "secret_key").read_bytes() != secret
    assert sorted(path.name for path in (home / "backups").iterdir()) == ["new-keys"]
    stage.end()
    stage = Worker(operator.house.env, "tests.running.stage_recovery")
    assert stage.ask("names") == {rosa: "Rosa Delgado", marisol: ""}
    assert stage.ask("is_found", person=rosa)
    assert stage.ask("opens_with", ring=stolen) == {"people": 0, "backup": False}
    assert stage.ask("opens_with", ring=now) == {"people": 1, "backup": True}, "or the look is blind"

    # And a machine that is lost after that comes back as well, from the copies the page had us make.
    stage.end()
    (operator.safe / "data" / "erased.jsonl").write_bytes((home / "erased.jsonl").read_bytes())
    operator.lose_the_machine()
    operator.must(page["A fresh machine"])

    operator.must(page["The only administrator or director is gone"])
    stage = Worker(operator.house.env, "tests.running.stage_recovery")
    assert stage.ask("accounts") == {"ada": False, "nia": True}
    assert stage.ask("made_by_commands", act="account.disabled") == 1
    assert stage.ask("made_by_commands", act="account.created") == 2
    refused = operator.do("as_alongside end-account nobody --program riverbend")
    assert refused.returncode == 1 and "no account" in refused.stderr

    operator.must(page["The disk is full"])
    stage.end()


def as_keys(kind) -> list[str]:
    """The keys of a kind, newest first."""
    return [one["key"] if isinstance(one, dict) else one for one in (kind if isinstance(kind, list) else [kind])]


def test_the_shell_of_the_test_stops_where_something_fails(operator):
    assert operator.do("false\ntrue\n").returncode == 1
    assert operator.do("systemctl frobnicate alongside\ntrue\n").returncode == 1
    assert os.environ.get("ALONGSIDE_HOME") != str(operator.home)
