"""A secret made at first start: one, whole and readable only by its owner, whoever else starts at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from alongside.settings import environment, texts
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


# --- text messages --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"TEXT_BACKEND": "gateway"}, "TEXT_URL"),
        ({"TEXT_URL": "http://gateway.example.org/"}, "TEXT_URL"),
        ({"TEXT_URL": "https://"}, "TEXT_URL"),
        ({"TEXT_URL": "ftp://127.0.0.1/"}, "TEXT_URL"),
        ({"TEXT_BODY": "{"}, "TEXT_BODY"),
        ({"TEXT_BODY": '{"to": "{to}"}'}, "TEXT_BODY"),
        ({"TEXT_BODY": '{"to": ["{to}"], "text": "{words}"}', "TEXT_FORM": "1"}, "TEXT_BODY"),
        ({"TEXT_AUTHORIZATION": "Basic a\nX: b"}, "TEXT_AUTHORIZATION"),
        ({"TEXT_BACKEND": "mail"}, "TEXT_MAIL"),
        ({"TEXT_BACKEND": "mail", "TEXT_MAIL": "texts@{to}"}, "TEXT_MAIL"),
        ({"TEXT_SECRET": "short"}, "TEXT_SECRET"),
        ({"TEXT_FIELDS": '{"from": "a"}'}, "TEXT_FIELDS"),
    ],
)
def test_text_settings_that_cannot_be_stop_the_start_and_repeat_nothing(values, names, monkeypatch):
    with pytest.raises(ImproperlyConfigured) as refused:
        read_texts(values, monkeypatch)
    assert f"ALONGSIDE_{names}" in str(refused.value) and "short" not in str(refused.value)


@pytest.mark.parametrize(
    ("values", "backend"),
    [
        ({}, "ToFiles"),
        ({"TEXT_BACKEND": "gateway", "TEXT_URL": "https://gateway.example.org/send"}, "ByGateway"),
        ({"TEXT_BACKEND": "gateway", "TEXT_URL": "http://192.168.1.20:8080/message"}, "ByGateway"),
        ({"TEXT_BACKEND": "mail", "TEXT_MAIL": "{to}@texts.example.org"}, "ByMail"),
    ],
)
def test_a_carrier_of_texts_is_chosen_by_a_word_and_none_is_chosen_at_first(values, backend, monkeypatch):
    assert read_texts(values, monkeypatch)["BACKEND"] == f"alongside.people.texts.{backend}"


def read_texts(values: dict[str, str], monkeypatch) -> dict:
    """The module of settings about texts, run anew under these variables."""
    for name, value in values.items():
        monkeypatch.setenv(f"ALONGSIDE_{name}", value)
    spec = spec_from_file_location("alongside.settings.texts_of_a_test", texts.__file__)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)
