"""Backup codes: shown once, kept as slow hashes, each used once (ASVS 6.5.2)."""

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from django.utils import timezone

from alongside.housekeeping import keep_house
from alongside.people.accounts.backup_codes import hash_waiting
from alongside.people.models import User
from tests.people.test_session_rules import add_app

PASSWORD = "a sentence of rosa that is long"


@pytest.fixture
def made(rosa):
    """Rosa's codes, made and not looked at: (what is stored, the codes)."""
    add_app(rosa.user)
    codes = RecoveryCodes.activate(rosa.user)
    return codes.instance, codes.get_unused_codes()


@pytest.fixture
def at_her_account(signed_in, rosa, made):
    """Rosa's browser, in which she has just shown who she is."""
    rosa.user.set_password(PASSWORD)
    rosa.user.save()
    client, page = signed_in(rosa), reverse("mfa_view_recovery_codes")
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": page}).url == page
    return client


def look(client) -> list[str]:
    """The codes on their page."""
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert page.status_code == 200
    return re.findall(r"<code>([^<]+)</code>", page.content.decode())


def stored(user) -> str:
    return json.dumps(Authenticator.objects.get(user=user, type="recovery_codes").data)


def test_they_are_shown_once_and_then_only_counted(at_her_account, made):
    client = at_her_account
    assert look(client) == made[1]
    assert look(client) == []
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert "Quedan 10 códigos" in page and "****" not in page and not any(code in page for code in made[1])


def test_after_that_the_database_has_hashes_and_no_seed(at_her_account, rosa, made):
    look(at_her_account)
    kept = Authenticator.objects.get(user=rosa.user, type="recovery_codes").data
    assert set(kept) == {"salt", "hashes", "migrated_codes", "viewed_at"} and len(kept["hashes"]) == 10
    assert not any(code in stored(rosa.user) for code in made[1])
    assert len(set(kept["hashes"])) == 10 and len(kept["salt"]) >= 16


def test_each_works_once_however_it_is_typed(at_her_account, rosa, made):
    look(at_her_account)
    authenticator = Authenticator.objects.get(user=rosa.user, type="recovery_codes")
    first, second = made[1][:2]
    assert authenticator.wrap().validate_code(f" {first[:4]} {first[4:]} ")
    assert not authenticator.wrap().validate_code(first)
    assert authenticator.wrap().validate_code(second)
    for wrong in ("", "00000000", "123456", "ñañañañañ", first + "0", "****"):
        assert not authenticator.wrap().validate_code(wrong), wrong
    assert len(Authenticator.objects.get(pk=authenticator.pk).data["hashes"]) == 8


def test_they_work_before_they_were_looked_at_too(made):
    assert made[0].wrap().validate_code(made[1][3])
    assert not made[0].wrap().validate_code(made[1][3])


def test_new_ones_are_shown_and_the_old_ones_end(at_her_account, rosa, made):
    client = at_her_account
    look(client)
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code in (302, 303)
    new = look(client)
    assert len(new) == 10 and not set(new) & set(made[1])
    authenticator = Authenticator.objects.get(user=rosa.user, type="recovery_codes")
    assert not authenticator.wrap().validate_code(made[1][0])
    assert authenticator.wrap().validate_code(new[0])


def test_what_nobody_looked_at_is_hashed_after_a_day_and_still_works(rosa, made, program):
    assert hash_waiting(timezone.now()) == 0
    assert made[0].wrap().validate_code(made[1][0])
    keep_house(timezone.now() + timedelta(hours=25))
    assert "seed" not in stored(rosa.user)
    authenticator = Authenticator.objects.get(user=rosa.user, type="recovery_codes")
    assert not authenticator.wrap().validate_code(made[1][0]), "it was used before"
    assert authenticator.wrap().validate_code(made[1][1])
    assert hash_waiting(timezone.now() + timedelta(days=3)) == 0


def test_of_two_who_look_at_once_one_sees_them(made):
    one, two = made[0].wrap(), Authenticator.objects.get(pk=made[0].pk).wrap()
    one.mark_as_viewed()
    two.mark_as_viewed()
    assert one.get_unused_codes() == made[1]
    assert set(two.get_unused_codes()) == {"****"}


def test_the_version_before_reads_them_as_used_up(at_her_account, rosa, made):
    look(at_her_account)
    before = RecoveryCodes(Authenticator.objects.get(user=rosa.user, type="recovery_codes"))
    assert before.get_unused_codes() == [] and not before.validate_code(made[1][0])


def test_hashes_are_slow_ones_and_older_costs_are_read(settings, made):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher",
    ]  # fmt: skip
    made[0].wrap().mark_as_viewed()
    authenticator = Authenticator.objects.get(pk=made[0].pk)
    assert all(one.startswith("scrypt$") for one in authenticator.data["hashes"])
    settings.PASSWORD_HASHERS = list(reversed(settings.PASSWORD_HASHERS))
    assert authenticator.wrap().validate_code(made[1][2])
    assert not authenticator.wrap().validate_code("00000000")


def test_signing_in_with_one(client, rosa, made):
    rosa.user.set_password(PASSWORD)
    rosa.user.save()
    made[0].wrap().mark_as_viewed()
    client.post(reverse("account_login"), {"login": rosa.user.username, "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": made[1][4]})
    assert answer.status_code in (302, 303)
    assert client.session.get("_auth_user_id") == str(rosa.user.pk)
    assert User.objects.get(pk=rosa.user.pk).last_login
