"""A new key takes over while nothing becomes unreadable."""

import json
from pathlib import Path

import pytest
from django.db import connection

from alongside.audit import rotation
from alongside.audit.fields import CannotDecrypt
from alongside.audit.keys import add_field_key, create_key_ring
from alongside.audit.models import Entry
from alongside.people.models.accounts import User

pytestmark = pytest.mark.django_db


def make_users(count: int) -> None:
    for number in range(count):
        User.objects.create(username=f"user-{number}", email=f"user-{number}@example.org")


def stored_emails() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM people_user ORDER BY username")
        return [row[0] for row in cursor.fetchall()]


def drop_oldest_key(path: Path) -> None:
    ring = json.loads(path.read_text())
    path.write_text(json.dumps({**ring, "fields": ring["fields"][:1], "made": "again"}))


def test_everything_is_read_with_the_new_key_alone(monkeypatch, key_file):
    monkeypatch.setattr(rotation, "BATCH", 2)
    make_users(5)
    add_field_key()
    seen = []
    assert rotation.reencrypt(lambda done, total: seen.append((done, total))) == 5
    assert seen[-1][0] == seen[-1][1] == 5
    drop_oldest_key(key_file)
    assert {user.email for user in User.objects.all()} == {f"user-{number}@example.org" for number in range(5)}


def test_a_second_run_changes_nothing():
    make_users(2)
    add_field_key()
    rotation.reencrypt()
    before = stored_emails()
    assert rotation.reencrypt() == 0
    assert stored_emails() == before


def test_empty_values_stay_empty():
    User.objects.create(username="nobody")
    add_field_key()
    assert rotation.reencrypt() == 0
    assert stored_emails() == [""]


def test_a_value_of_another_key_stops_the_run_without_telling_it(settings, tmp_path):
    make_users(1)
    settings.ALONGSIDE_KEY_FILE = tmp_path / "other" / "keyring.json"
    create_key_ring()
    with pytest.raises(rotation.NotReencrypted) as refused:
        rotation.reencrypt()
    assert "people.User.email" in str(refused.value)
    assert "example.org" not in str(refused.value)
    with pytest.raises(CannotDecrypt):
        _ = User.objects.get().email


def test_the_sealed_log_is_left_as_it_is():
    assert Entry not in [model for model, _ in rotation.list_encrypted()]
    assert User in [model for model, _ in rotation.list_encrypted()]
