"""The page of the install says whether it works and how it is set: no secret, and nothing of anybody."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from alongside.audit import keys
from alongside.audit.backup import make_backup
from alongside.running import install

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[2] / "docs" / "run" / "settings.md"
SECRETS = ("PASSWORD", "SECRET", "AUTHORIZATION", "USER", "DATABASE", "REDIS", "KEY_FILE", "TEXT_URL", "HOME")


def page_of(client) -> str:
    answer = client.get(reverse("install"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_setting_is_shown_or_only_named_and_none_is_forgotten():
    told = re.findall(r"^\| `([A-Z_]+)` \|", PAGE.read_text(), re.MULTILINE)
    assert sorted((*install.SHOWN, *install.ONLY_WHETHER)) == sorted(told) and len(told) > 30
    assert not set(install.SHOWN) & set(install.ONLY_WHETHER)
    assert [name for name in install.SHOWN if any(part in name for part in SECRETS)] == []


def test_values_are_shown_and_secrets_only_as_set(signed_in, ada, monkeypatch):
    for name in install.ONLY_WHETHER:
        monkeypatch.setenv(name, "saffron-secret")
    monkeypatch.setenv("ALONGSIDE_EMAIL_HOST", "mail.example.org")
    monkeypatch.delenv("ALONGSIDE_TEXT_BACKEND", raising=False)
    text = page_of(signed_in(ada))
    assert "saffron-secret" not in text and "mail.example.org" in text
    assert text.count("is set</p>") == len(install.ONLY_WHETHER)
    row = text.partition("<code>ALONGSIDE_TEXT_BACKEND</code>")[2].partition("</li>")[0]
    assert "not set: as it comes" in row


def test_it_says_what_is_not_well(signed_in, ada, monkeypatch, settings):
    client = signed_in(ada)
    well = page_of(client)
    assert "Up to date." in well and "The key ring can be read." in well and "It answers." in well
    assert "No worker was seen" in well and "No folder is named" in well
    settings.OUTBOX_EMAIL_BACKEND = "alongside.people.mail_files.EmailBackend"
    monkeypatch.setattr(install, "key_ring", lambda: (_ for _ in ()).throw(keys.KeyRingMissing("gone")))
    monkeypatch.setattr(cache, "get", lambda *_args, **_more: (_ for _ in ()).throw(ConnectionError("gone")))
    state = install.look()
    assert (state.has_keys, state.cache_answers, state.mail_leaves) == (False, False, False)


def test_a_migration_that_is_missing_is_named(monkeypatch):
    from django.db.migrations.executor import MigrationExecutor

    def lacking(self, targets):
        return [(self.loader.get_migration("people", "0008_support_grants"), False)]

    assert install.look().not_applied == ()
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lacking)
    assert install.look().not_applied == ("people.0008_support_grants",)


@pytest.mark.django_db(transaction=True)
def test_the_latest_backup_is_read_from_its_own_words(tmp_path, settings):
    settings.ALONGSIDE_BACKUP_FOLDER = tmp_path / "not-there"
    assert (install.look().watches_backups, install.look().latest_backup) == (True, None)
    settings.ALONGSIDE_BACKUP_FOLDER = tmp_path
    now = timezone.now().replace(microsecond=0)
    for days in (3, 1, 2):
        make_backup(tmp_path / f"made-{days}", now - timedelta(days=days))
    (tmp_path / "something-else").write_text("no backup")
    assert install.look().latest_backup == now - timedelta(days=1)


def test_who_keeps_no_system_gets_no_such_page(signed_in, carmen, rosa, lien):
    for one in (carmen, rosa, lien):
        assert signed_in(one).get(reverse("install")).status_code == 404
