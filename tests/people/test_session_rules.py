"""Sessions and factors as docs/security-decisions.md says: what ends them, how often they work, who is asked again."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa import app_settings as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import signing
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.people.outbox import reset_link
from alongside.people.views.account import CONFIRM_SALT, CONFIRM_SECONDS
from tests.people.test_signing_in import add_app, code_of, follow, sign_in
from tests.story import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "otros caballos verdes"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def is_in(client) -> bool:
    return client.get(reverse("account_settings")).status_code == 200


def test_a_changed_password_ends_the_sessions_elsewhere(client, rosa):
    elsewhere = Client()
    sign_in(elsewhere, "rosa")
    sign_in(client, "rosa")
    words = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), words).status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)


def test_a_new_password_wants_the_current_one(client, rosa):
    sign_in(client, "rosa")
    words = {"oldpassword": "wrong words entirely", "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), words).status_code == 200
    rosa.user.refresh_from_db()
    assert rosa.user.check_password(PASSWORD)


def test_a_new_secret_key_signs_everybody_out(client, rosa, settings):
    sign_in(client, "rosa")
    assert is_in(client)
    settings.SECRET_KEY = "another secret of forty characters and more"
    assert not is_in(client)


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "change_email"]
)  # fmt: skip
def test_whatever_changes_how_one_signs_in_asks_who_it_is_after_five_minutes(client, rosa, name):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, "rosa")
        add_app(rosa.user)  # backup codes stand beside an app
        if name == "mfa_activate_totp":
            Authenticator.objects.filter(user=rosa.user).delete()
        clock.shift(timedelta(minutes=6))
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/again/")


# --- each factor works once ---------------------------------------------------------------------------------------
def test_a_code_of_the_app_works_once(rosa):
    secret = add_app(rosa.user)
    app = TOTP(Authenticator.objects.get(user=rosa.user, type="totp"))
    with time_machine.travel(timezone.now(), tick=False):
        assert app.validate_code(code_of(secret))
        assert not app.validate_code(code_of(secret))


def test_a_code_of_the_app_lives_thirty_seconds(rosa):
    secret = add_app(rosa.user)
    app = TOTP(Authenticator.objects.get(user=rosa.user, type="totp"))
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False) as clock:
        code = code_of(secret)
        clock.shift(timedelta(seconds=30))
        assert not app.validate_code(code)
    assert (mfa.TOTP_PERIOD, mfa.TOTP_TOLERANCE) == (30, 0)


def test_a_backup_code_works_once_and_cannot_be_guessed(rosa):
    codes = RecoveryCodes.activate(rosa.user)
    first, second = codes.get_unused_codes()[:2]
    assert codes.validate_code(first)
    assert not codes.validate_code(first)
    assert codes.validate_code(second)
    assert len(first) >= 8, "twenty bits are seven digits"
    assert len(set(codes.generate_codes())) == mfa.RECOVERY_CODE_COUNT


def test_backup_codes_are_not_readable_in_the_database(rosa):
    codes = RecoveryCodes.activate(rosa.user)
    kept = str(Authenticator.objects.get(user=rosa.user, type="recovery_codes").data)
    assert [code for code in codes.generate_codes() if code in kept] == []


# --- links that carry something -----------------------------------------------------------------------------------
def confirm(client, user, email="new@example.org", salt=CONFIRM_SALT, bend=None) -> bool:
    """Whether a link for this address is taken."""
    token = signing.dumps([str(user.pk), email], salt=salt)
    token = bend(token) if bend else token
    client.post(reverse("confirm_email", args=[token]))
    user.refresh_from_db()
    return user.email == email


def test_a_link_for_an_address_is_taken_only_whole_for_its_purpose_and_in_time(client, rosa):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, "rosa")
        assert not confirm(client, rosa.user, salt="alongside.another.purpose")
        assert not confirm(client, rosa.user, bend=lambda token: ("A" if token[0] != "A" else "B") + token[1:])
        assert not confirm(client, rosa.user, bend=lambda token: token.rpartition(":")[0] + ":")
        assert confirm(client, rosa.user)
        late = signing.dumps([str(rosa.user.pk), "late@example.org"], salt=CONFIRM_SALT)
        clock.shift(timedelta(seconds=CONFIRM_SECONDS + 1))
        sign_in(client, "rosa")
        client.post(reverse("confirm_email", args=[late]))
        rosa.user.refresh_from_db()
        assert rosa.user.email == "new@example.org"


def test_a_link_for_a_new_password_works_once_and_for_a_day(client, rosa):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        first, second = reset_link(rosa.user), reset_link(rosa.user)
        assert client.post(follow(client, first), {"password1": NEW, "password2": NEW}).status_code == 302
        assert b"password1" not in client.get(second.partition("8000")[2], follow=True).content
        rosa.user.refresh_from_db()
        late = reset_link(rosa.user)
        assert b"password1" in Client().get(late.partition("8000")[2], follow=True).content
        clock.shift(timedelta(hours=25))
        assert b"password1" not in Client().get(late.partition("8000")[2], follow=True).content


# --- the way out --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["rosa", "dante", "lien", "carmen", "dolores", "ada"])
def test_every_signed_in_page_has_the_way_to_sign_out(request, signed_in, mentorship, who):
    from alongside.people.context import home_of

    persona = request.getfixturevalue(who)
    client = signed_in(persona)
    for path in (home_of(persona.actor.roles), reverse("account_settings")):
        assert f'action="{reverse("account_logout")}"' in client.get(path).content.decode(), path
