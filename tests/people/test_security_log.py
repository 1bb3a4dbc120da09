"""What the log keeps of signing in, ended sessions and refused tries: who, how and where, never what was typed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from alongside.audit.models import Entry
from tests.people.test_signing_in import add_app, code_of, sign_in
from tests.story import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def entries(act: str) -> list[tuple]:
    """(account, kind of object, object, reason, outcome) of each entry of an act, the oldest first."""
    names = ("actor_id", "object_kind", "object_id", "reason", "outcome")
    return list(Entry.objects.filter(act=act).order_by("id").values_list(*names))


def test_a_refused_record_is_written_with_its_id(signed_in, rosa, marcus):
    assert signed_in(marcus).get(reverse("record", args=[rosa.person.pk])).status_code == 404
    (entry,) = Entry.objects.filter(act="access.refused")
    assert (entry.actor_id, entry.subject_id, entry.object_id) == (marcus.user.pk, rosa.person.pk, rosa.person.pk)
    assert (entry.object_kind, entry.reason, entry.outcome) == ("record", "not_theirs", "refused")
    assert entry.program_id == marcus.program.pk, "it is the log of whoever tried"


def test_a_page_without_the_right_is_written_too(signed_in, rosa):
    assert signed_in(rosa).get(reverse("users")).status_code == 404
    assert entries("access.refused") == [(rosa.user.pk, "users", None, "not_their_role", "refused")]


def test_what_is_found_and_what_never_was_a_page_is_no_refused_try(client, signed_in, rosa):
    client.get(reverse("record", args=[rosa.person.pk]))
    signed_in(rosa).get(reverse("me_home"))
    signed_in(rosa).get("/wp-admin/")
    assert entries("access.refused") == []


def test_the_person_does_not_read_refused_tries_as_openings(signed_in, rosa, marcus):
    from alongside.audit.queries import list_opened

    signed_in(marcus).get(reverse("record", args=[rosa.person.pk]))
    assert list_opened(rosa.person.pk).rows == []


def test_an_entry_says_by_which_factors_somebody_came_in(client, rosa, carmen):
    sign_in(client, "rosa")
    client.post("/account/sign-out/")
    secret = add_app(carmen.user)
    step = sign_in(client, "carmen")["Location"]
    client.post(step, {"code": code_of(secret)})
    ways = [(entry[0], entry[3]) for entry in entries("account.signed_in")]
    assert ways == [(rosa.user.pk, "password"), (carmen.user.pk, "password.totp")]


def test_a_wrong_code_is_written_without_the_code(client, carmen):
    add_app(carmen.user)
    step = sign_in(client, "carmen")["Location"]
    client.post(step, {"code": "000001"})
    assert entries("account.sign_in_refused") == [(carmen.user.pk, "account", carmen.user.pk, "totp", "refused")]


def test_a_wrong_password_is_written_without_a_name(client, rosa):
    sign_in(client, "rosa", "wrong words entirely")
    assert entries("account.sign_in_refused") == [(None, "account", None, "password", "refused")]


@pytest.mark.parametrize("typed", ["rosa", "nobody-at-all"])
def test_asking_for_a_new_password_is_written_the_same_for_everybody(client, rosa, typed):
    client.post("/account/new-password/", {"email": typed})
    assert entries("account.reset_asked") == [(None, "account", None, "", "done")]


def test_an_ended_session_is_written(client, rosa):
    sign_in(client, "rosa")
    client.post(reverse("end_sign_ins"))
    assert entries("account.session_ended") == [(rosa.user.pk, "account", rosa.user.pk, "", "done")]


def test_ending_sessions_asks_who_it_is_after_five_minutes(client, rosa):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        sign_in(client, "rosa")
        clock.shift(timedelta(minutes=6))
        answer = client.post(reverse("end_sign_ins"))
        assert answer["Location"].startswith("/account/again/")
        assert entries("account.session_ended") == []
        # The press of the button is not lost: it happens once the password is typed.
        client.post(answer["Location"], {"password": PASSWORD}, follow=True)
        assert len(entries("account.session_ended")) == 1
