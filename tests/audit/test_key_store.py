"""A key ring that comes from a vault: printed by a command, never on the disk, and kept by another command (13.3.1)."""

import json
import shlex
import sys

import pytest

from alongside.audit import keys
from alongside.audit.fields import decrypt, encrypt
from alongside.audit.key_store import KeyRingUnusable
from alongside.audit.keys import KeyRingExists, add_field_key, add_key, create_key_ring, key_ring, newest_key_ring


@pytest.fixture
def vault(settings, key_file, tmp_path):
    """A vault with a ring, reached by real commands; the file with the ring lies where only these look."""
    kept = tmp_path / "inside the vault.json"
    key_file.rename(kept)
    settings.ALONGSIDE_KEY_COMMAND = shlex.join(["cat", str(kept)])
    settings.ALONGSIDE_KEY_STORE_COMMAND = shlex.join(["tee", str(kept)])
    settings.ALONGSIDE_HOME = tmp_path / "home"
    return kept


def test_the_ring_is_what_the_command_prints_and_no_file_holds_it(vault, key_file, settings):
    token = encrypt("rosa", "x")
    assert decrypt(token, "x") == "rosa"
    assert not key_file.exists()
    assert not list(settings.ALONGSIDE_HOME.rglob("*")) if settings.ALONGSIDE_HOME.exists() else True


def test_it_is_asked_once_a_minute_and_not_for_each_field(vault, settings, tmp_path, monkeypatch):
    count = tmp_path / "count"
    script = f"import sys; open({str(count)!r}, 'a').write('x'); sys.stdout.write(open({str(vault)!r}).read())"
    settings.ALONGSIDE_KEY_COMMAND = shlex.join([sys.executable, "-c", script])
    token = encrypt("rosa", "x")
    assert [decrypt(token, "x") for _ in range(50)] == ["rosa"] * 50
    assert count.read_text() == "x"
    now = keys.monotonic()
    monkeypatch.setattr(keys, "monotonic", lambda: now + 61)
    key_ring()
    assert count.read_text() == "xx"


def test_a_changed_ring_is_handed_to_the_vault_and_nowhere_else(vault, settings, key_file):
    before = key_ring()
    for kind in ("fields", "drafts", "backup", "seal", "blind"):
        add_key(kind)
    assert key_ring().fields[1:] == before.fields and key_ring().backups[1:] == before.backups
    assert len(json.loads(vault.read_text())["fields"]) == 2
    found = [path.name for path in settings.ALONGSIDE_HOME.rglob("*")]
    assert found == [".keyring.lock"] and not key_file.exists()
    assert (settings.ALONGSIDE_HOME / ".keyring.lock").read_bytes() == b""


def test_without_a_command_that_keeps_it_nothing_changes(vault, settings):
    settings.ALONGSIDE_KEY_STORE_COMMAND = ""
    before = vault.read_bytes()
    with pytest.raises(KeyRingUnusable, match="ALONGSIDE_KEY_STORE_COMMAND"):
        add_field_key()
    assert vault.read_bytes() == before and len(newest_key_ring().fields) == 1


def test_a_vault_that_keeps_something_else_is_noticed(vault, settings):
    settings.ALONGSIDE_KEY_STORE_COMMAND = "cat"  # takes it and keeps nothing
    with pytest.raises(KeyRingUnusable, match="does not give back"):
        add_field_key()
    assert len(newest_key_ring().fields) == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [("false", "exit code 1"), ("/no/such/command", "FileNotFoundError"), ("echo crimson", "not a key ring"),
     ("'", "ValueError"), ("true", "not a key ring")],
)  # fmt: skip
def test_a_vault_that_fails_is_named_without_what_it_said(vault, settings, command, said):
    settings.ALONGSIDE_KEY_COMMAND = command
    with pytest.raises(KeyRingUnusable, match=said) as refused:
        newest_key_ring()
    assert "crimson" not in str(refused.value) and refused.value.__cause__ is None


def test_a_command_is_no_line_of_a_shell(vault, settings, tmp_path):
    settings.ALONGSIDE_KEY_COMMAND = f"cat {shlex.quote(str(vault))} ; touch {tmp_path / 'made'}"
    with pytest.raises(KeyRingUnusable):
        newest_key_ring()
    assert not (tmp_path / "made").exists()


def test_no_ring_is_made_where_a_vault_is_named(vault, key_file):
    with pytest.raises(KeyRingExists):
        create_key_ring()
    assert not key_file.exists()


def test_a_changed_setting_is_another_ring(vault, settings, tmp_path):
    before = key_ring()
    other = create_key_ring(tmp_path / "other.json")
    settings.ALONGSIDE_KEY_COMMAND = shlex.join(["cat", str(other)])
    assert key_ring().seal != before.seal
