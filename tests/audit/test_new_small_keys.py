"""New keys for drafts, backups, the ledger and second factors: what was made before is still read."""

import base64
import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet

from alongside.audit import resealing, rotation
from alongside.audit.backup import check_backup, make_backup, read_header
from alongside.audit.fields import CannotDecrypt, decrypt, encrypt
from alongside.audit.keys import add_key, draft_key, draft_keys, key_ring, newest_key_ring
from alongside.audit.sealed_file import WrongKey
from alongside.people.models.accounts import User
from alongside.retention import ledger

NOW = datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def without_older(path, kind: str) -> None:
    """The ring with the newest key of a kind alone."""
    ring = json.loads(path.read_text())
    path.write_text(json.dumps({**ring, kind: ring[kind][:1], "made": "again"}))
    newest_key_ring()


def test_a_page_gets_the_keys_of_drafts_newest_first():
    rosa = UUID(int=4)
    before = draft_key(rosa)
    assert draft_keys(rosa) == base64.b64encode(before).decode()
    add_key("drafts")
    new, old = draft_keys(rosa).split()
    assert base64.b64decode(old) == before != base64.b64decode(new) == draft_key(rosa)


@pytest.mark.django_db(transaction=True)
def test_a_backup_names_its_key(tmp_path, key_file):
    make_backup(tmp_path / "before", NOW)
    add_key("backup")
    make_backup(tmp_path / "after", NOW)
    assert check_backup(tmp_path / "before").header.made_at == check_backup(tmp_path / "after").header.made_at
    without_older(key_file, "backup")
    assert read_header(tmp_path / "after").made_at == NOW.isoformat()
    with pytest.raises(WrongKey):
        read_header(tmp_path / "before")


def a_line() -> ledger.Line:
    return ledger.Line(uuid4(), uuid4(), NOW, "wish")


@pytest.mark.django_db
def test_the_ledger_is_read_by_both_keys_and_never_goes_back(own_ledger, key_file):
    one, two, three = a_line(), a_line(), a_line()
    ledger.add([one])
    add_key("seal")
    resealing.go_over(NOW, sleep=lambda seconds: None)
    ledger.add([two])
    assert ledger.read() == [one, two]
    ledger.add([three])
    # A line by the old key behind one by the new: whoever has a stolen ring makes nobody go.
    lines = own_ledger.read_text().splitlines()
    before = json.loads(lines[-1])["mac"]
    made_up = a_line()
    mac = ledger.mac_of(made_up, before, key_ring().seals[1].key)
    values = {"program": str(made_up.program), "person": str(made_up.person), "at": made_up.at.isoformat(),
              "cause": made_up.cause, "mac": mac}  # fmt: skip
    own_ledger.write_text("\n".join([*lines, json.dumps(values)]) + "\n")
    with pytest.raises(ledger.LedgerDamaged):
        ledger.read()


@pytest.mark.django_db
def test_secrets_of_second_factors_are_encrypted_again(key_file):
    where = "mfa.Authenticator.data"
    user = User.objects.create(username="lien")
    old = Fernet(key_ring().fields[0]).encrypt(b"JBSWY3DP").decode()
    made = Authenticator.objects.create(user=user, type="totp", data={"secret": old})
    passkey = Authenticator.objects.create(user=user, type="webauthn", data={"name": "phone", "credential": {"a": 1}})
    add_key("fields")
    assert rotation.reencrypt() >= 1
    without_older(key_file, "fields")
    made.refresh_from_db()
    assert decrypt(made.data["secret"], where) == "JBSWY3DP"
    passkey.refresh_from_db()
    assert passkey.data == {"name": "phone", "credential": {"a": 1}}


@pytest.mark.django_db
def test_tokens_of_versions_before_are_read_and_renewed_without_a_new_key():
    user = User.objects.create(username="rosa", email="rosa@example.org")
    old = Fernet(key_ring().fields[0]).encrypt(b"rosa@example.org").decode()
    from alongside.audit.fields import Token

    User.objects.filter(pk=user.pk).update(email=Token(old))
    assert User.objects.get().email == "rosa@example.org"
    assert rotation.reencrypt() == 1 and rotation.reencrypt() == 0
    assert User.objects.get().email == "rosa@example.org"


def test_a_token_is_of_its_column_alone():
    token = encrypt("rosa", "people.Person.legal_name")
    assert decrypt(token, "people.Person.legal_name") == "rosa"
    for where in ("people.Person.phone", "people.User.email", ""):
        with pytest.raises(CannotDecrypt):
            decrypt(token, where)


@pytest.mark.parametrize("change", ["a2.", "a2.short", "a2.AAAAAAAA", "a2.AAAAAAAA!!!!", "a3.", "gAAAAA", "\x00"])
def test_what_is_no_token_is_refused_kindly(change):
    with pytest.raises(CannotDecrypt) as refused:
        decrypt(change, "people.Person.legal_name")
    assert refused.value.__cause__ is None


def test_every_bit_of_a_token_counts():
    token = encrypt("rosa", "x")
    start = len("a2.")
    for place in range(start, len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        if base64.urlsafe_b64decode(changed[start:]) == base64.urlsafe_b64decode(token[start:]):
            continue  # the last letter has bits that mean nothing
        with pytest.raises(CannotDecrypt):
            decrypt(changed, "x")
