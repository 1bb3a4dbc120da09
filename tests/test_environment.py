"""A secret made at first start: one, whole and readable only by its owner, whoever else starts at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from alongside.settings import environment
from alongside.settings.environment import kept_secret


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "keys" / "secret_key"
    secret = kept_secret(path)
    assert len(secret) > 50 and kept_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600 and path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_first_starts_at_once_keep_one_secret(tmp_path, monkeypatch):
    """All of them look before any writes: the worst moment of the race."""
    starts, looked = 4, Barrier(4)
    write_once = environment._write_once

    def wait_and_write(*args):
        looked.wait(timeout=10)
        write_once(*args)

    monkeypatch.setattr(environment, "_write_once", wait_and_write)
    path = tmp_path / "keys" / "secret_key"
    with ThreadPoolExecutor(starts) as pool:
        kept = list(pool.map(kept_secret, [path] * starts))
    assert len(set(kept)) == 1 and kept[0] == path.read_text()
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_an_empty_file_stops_the_start(tmp_path):
    path = tmp_path / "secret_key"
    path.touch()
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        kept_secret(path)
