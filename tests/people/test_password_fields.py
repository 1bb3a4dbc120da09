"""Passwords as they are typed and checked: masked, pasted, taken exactly, never out of date; no account by itself."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from alongside.people.actions import create_invitation
from alongside.people.forms import EmailForm
from alongside.people.models import User
from alongside.people.outbox import reset_link
from tests.people.test_signing_in import follow, sign_in
from tests.story import PASSWORD

pytestmark = pytest.mark.django_db
FIELD = re.compile(r"<input\b[^>]*\bname=\"(?:password\d?|oldpassword)\"[^>]*>")


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def pages(client, rosa, carmen) -> dict[str, str]:
    """Every page on which a password is typed."""
    _invitation, token = create_invitation(program=rosa.program, roles=["peer"], by=carmen.actor)
    found = {
        "sign in": client.get(reverse("account_login")),
        "join": client.get(reverse("join", args=[token])),
        "from a link": client.get(follow(client, reset_link(rosa.user))),
    }
    sign_in(client, "rosa")
    found["change"] = client.get(reverse("account_change_password"))
    found["again"] = client.get(reverse("account_reauthenticate"))
    return {name: answer.content.decode() for name, answer in found.items()}


def test_what_is_typed_is_masked_and_may_be_pasted_and_filled_in(client, rosa, carmen):
    for name, page in pages(client, rosa, carmen).items():
        fields = FIELD.findall(page)
        assert fields, name
        for field in fields:
            assert 'type="password"' in field, name
            assert re.search(r'autocomplete="(?:new|current)-password"', field), name
            assert "onpaste" not in field and "readonly" not in field, name
            length = re.search(r'maxlength="(\d+)"', field)
            assert length is None or int(length[1]) >= 128, name


@pytest.mark.parametrize("near", [PASSWORD.upper(), PASSWORD + " ", " " + PASSWORD, PASSWORD[:-1], PASSWORD.title()])
def test_a_password_counts_exactly_as_it_was_chosen(client, rosa, near):
    assert sign_in(client, "rosa", near).status_code == 200
    assert sign_in(client, "rosa").status_code == 302


def test_a_long_password_counts_to_its_last_character(client, rosa):
    long = "ein langer satz mit vielen worten " * 3 + "und dem ende: ja"
    rosa.user.set_password(long)
    rosa.user.save()
    assert 64 < len(long) <= 128
    assert sign_in(client, "rosa", long[:-1] + "o").status_code == 200
    assert sign_in(client, "rosa", long).status_code == 302


def test_a_password_does_not_grow_old(client, rosa):
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365), tick=False):
        assert sign_in(client, "rosa")["Location"] == "/home/"


def test_there_is_no_account_by_itself():
    assert not User.objects.exists()


def test_a_session_is_named_by_chance(client, rosa):
    names = set()
    for _ in range(20):
        client.cookies.clear()
        sign_in(client, "rosa")
        names.add(client.session.session_key)
    assert len(names) == 20
    assert {len(name) for name in names} == {32}, "32 of 36 signs are 165 bits"


@pytest.mark.parametrize("typed", ["a@b.org\nBcc: all@b.org", "a@b.org\r\nSubject: x", "a@b.org,c@d.org", "a b@c.org"])
def test_an_address_brings_no_header_and_no_second_address(typed):
    assert not EmailForm({"email": typed}).is_valid()
