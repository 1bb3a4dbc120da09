"""Signing in: by user name or e-mail, one answer for all that does not fit, a second step for staff."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from alongside.people.models import User
from alongside.people.outbox import reset_link, send_due
from tests.story import PASSWORD, make_persona

SIGN_IN, RESET = "/account/sign-in/", "/account/new-password/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def add_app(user) -> str:
    """Set up a code app for the account; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str) -> str:
    """The code of this half minute; of the next where this one is as good as over before anything is sent."""
    if (left := 30 - time.time() % 30) < 1:
        time.sleep(left)
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def test_sign_in_page_shows(client, db):
    page = client.get(SIGN_IN)
    assert page.status_code == 200
    assert b"/demo/" not in page.content


@pytest.mark.parametrize("typed", ["rosa", "ROSA", " Rosa ", "Rosa@Example.org"])
def test_signs_in_by_name_or_mail_in_any_case(client, rosa, typed):
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    response = sign_in(client, typed)
    assert (response.status_code, response["Location"]) == (302, "/home/")


def test_sign_in_gets_a_new_session_id(client, rosa):
    client.get("/account/sign-in/passkey/", headers={"accept": "application/json"})
    before = client.session.session_key
    sign_in(client, "rosa")
    assert before and client.session.session_key != before


def answers(client, names, ask):
    """(status, length, body with the typed name taken out) for each name."""
    found = set()
    for name in names:
        cache.clear()
        client.cookies.clear()
        response = ask(name)
        body = response.content.replace(name.encode(), b"x" * 4)
        for token in _tokens(body):
            body = body.replace(token, b"token")
        found.add((response.status_code, response.headers.get("Location", ""), len(body), body))
    return found


def _tokens(body: bytes) -> set[bytes]:
    import re

    return set(re.findall(rb'name="csrfmiddlewaretoken" value="(\w+)"', body)) | set(
        re.findall(rb'"X-CSRFToken": "(\w+)"', body)
    )


@pytest.fixture
def four_names(rosa, carmen, marcus):
    """Existing, former (no role left), disabled, of another program, unknown."""
    carmen.user.memberships.all().delete()
    disabled = User.objects.create_user("gone", PASSWORD, is_active=False, email="gone@example.org")
    return ["rosa", "carmen", disabled.username, "marcus", "nobody", "gone@example.org", "none@example.org"]


def test_wrong_password_answers_the_same_for_everybody(client, four_names):
    assert len(answers(client, four_names, lambda name: sign_in(client, name, "wrong words entirely"))) == 1


def test_right_password_of_a_disabled_account_answers_like_a_wrong_one(client, four_names):
    ask = {"gone": PASSWORD, "nobody": "wrong words entirely"}
    assert len(answers(client, ask, lambda name: sign_in(client, name, ask[name]))) == 1


def test_asking_for_a_new_password_answers_the_same_for_everybody(client, four_names):
    assert len(answers(client, four_names, lambda name: client.post(RESET, {"email": name}))) == 1


def test_unknown_account_costs_a_hash_too(rf, rosa, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    from alongside.people.accounts import Backend

    made = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *a, **k: made.append(1) or encode(self, *a, **k))
    for name in ("rosa", "nobody"):
        made.clear()
        assert Backend().authenticate(rf.get("/"), username=name, password="wrong words entirely") is None
        assert len(made) == 1, name


def test_many_wrong_tries_are_slowed_down_for_that_name_only(client, rosa, dante):
    for _ in range(5):
        sign_in(client, "rosa", "wrong words entirely")
    assert b"wait five minutes" in sign_in(client, "rosa").content
    assert sign_in(client, "dante").status_code == 302


def test_nobody_signs_up(client, db):
    for path in ("/account/signup/", "/account/sign-up/", "/account/login/code/"):
        assert client.get(path).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


# --- the second step ----------------------------------------------------------------------------------------------


def test_staff_without_a_second_step_are_led_to_set_one_up(client, carmen):
    sign_in(client, "carmen")
    assert client.get("/home/")["Location"] == "/account/second-step/"
    assert client.get("/account/")["Location"] == "/account/second-step/"
    assert client.get("/settings/people/")["Location"] == "/account/second-step/"
    assert client.get("/account/second-step/").status_code == 200
    assert client.get("/account/app/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_house_and_gives_backup_codes(client, carmen):
    sign_in(client, "carmen")
    client.get("/account/app/")
    secret = client.session["mfa.totp.secret"]
    response = client.post("/account/app/", {"code": code_of(secret)})
    assert response["Location"] == "/account/codes/"
    assert b"<code>" in client.get("/account/codes/").content
    assert client.get("/account/").status_code == 200


def test_secrets_of_the_second_step_are_encrypted(client, carmen):
    secret = add_app(carmen.user)
    kept = Authenticator.objects.get(user=carmen.user).data["secret"]
    assert kept != secret
    assert kept.startswith("a2.")


def test_password_alone_does_not_open_an_account_with_a_second_step(client, carmen):
    secret = add_app(carmen.user)
    response = sign_in(client, "carmen")
    assert response["Location"].startswith("/account/sign-in/second-step/")
    assert client.get("/account/")["Location"].startswith("/account/sign-in/")
    assert client.get(response["Location"]).status_code == 200
    assert client.post(response["Location"], {"code": code_of(secret)})["Location"] == "/home/"
    assert client.get("/account/").status_code == 200


def test_a_session_that_never_passed_the_step_is_asked_for_it(client, carmen):
    add_app(carmen.user)
    client.force_login(carmen.user)
    response = client.get("/account/")
    assert response["Location"].startswith("/account/again/code/")
    assert client.get("/account/app/")["Location"].startswith("/account/again/code/")


def test_staff_cannot_remove_their_only_second_step(client, carmen):
    secret = add_app(carmen.user)
    step = sign_in(client, "carmen")["Location"]
    client.post(step, {"code": code_of(secret)})
    client.post("/account/again/", {"password": PASSWORD})
    client.post("/account/app/end/")
    assert Authenticator.objects.filter(user=carmen.user, type="totp").exists()


def test_participants_need_no_second_step(client, rosa):
    sign_in(client, "rosa")
    assert client.get("/account/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_council_needs_one_where_it_reads_what_was_confided(client, program):
    make_persona(program, "cleo", "council")
    sign_in(client, "cleo")
    assert client.get("/account/").status_code == 200
    assert client.get("/stories/to-read/")["Location"] == "/account/second-step/"
    client.get("/account/app/")
    client.post("/account/app/", {"code": code_of(client.session["mfa.totp.secret"])})
    assert client.get("/stories/to-read/").status_code == 200


# --- a new password -----------------------------------------------------------------------------------------------


def follow(client, link: str) -> str:
    """Open the link of a message; returns the path of the form."""
    response = client.get(link.partition("8000")[2])
    assert response.status_code == 302
    return response["Location"]


def test_reset_sends_one_neutral_mail_and_does_not_sign_in(client, rosa):
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    rosa.person.safe_contact.may_email = True
    rosa.person.safe_contact.save()
    client.post(RESET, {"email": "rosa"})
    assert mail.outbox == []
    assert send_due() == {"sent": 1}
    (message,) = mail.outbox
    assert message.to == ["rosa@example.org"]
    link = next(word for word in message.body.split() if word.startswith("http"))
    form = follow(client, link)
    client.get(form)
    response = client.post(form, {"password1": "otros caballos verdes", "password2": "otros caballos verdes"})
    assert response["Location"] == "/account/new-password/done/"
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "rosa").status_code == 200
    assert sign_in(client, "rosa", "otros caballos verdes").status_code == 302
    assert client.get(link.partition("8000")[2]).status_code == 200


def test_reset_never_skips_the_second_step(client, carmen):
    add_app(carmen.user)
    form = follow(client, reset_link(carmen.user))
    client.post(form, {"password1": "neue gruene pferde", "password2": "neue gruene pferde"})
    response = sign_in(client, "carmen", "neue gruene pferde")
    assert response["Location"].startswith("/account/sign-in/second-step/")
    assert "_auth_user_id" not in client.session


def test_reset_for_nobody_is_dropped_by_the_worker(client, rosa):
    for name in ("nobody", "rosa"):
        client.post(RESET, {"email": name})
    assert send_due() == {"dropped": 2}
    assert mail.outbox == []


def test_a_link_changes_nothing_by_being_opened(client, rosa):
    before = rosa.user.password
    client.get(follow(client, reset_link(rosa.user)))
    rosa.user.refresh_from_db()
    assert rosa.user.password == before


def test_too_many_requests_get_a_kind_page_with_help(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    client.post(RESET, {"email": "nobody"})
    response = client.post(RESET, {"email": "nobody"})
    assert response.status_code == 429
    assert b"tel:988" in response.content


def test_signing_in_and_out_is_written_down_without_what_was_typed(client, rosa):
    from alongside.audit.models import Entry

    sign_in(client, "rosa", "wrong words entirely")
    sign_in(client, "rosa")
    client.post("/account/sign-out/")
    acts = Entry.objects.filter(act__startswith="account.").order_by("at").values_list("act", "outcome")
    assert list(acts) == [
        ("account.sign_in_refused", "refused"),
        ("account.signed_in", "done"),
        ("account.signed_out", "done"),
    ]


def test_what_was_typed_is_not_kept_in_the_session(client, rosa):
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    sign_in(client, "rosa@example.org")
    assert "rosa" not in str(dict(client.session))
