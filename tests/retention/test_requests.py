"""Erasing takes the person's wish and two others who look at it; one and a day where there is nobody else (D5)."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from tests.interop.test_exports import just_signed_in

from alongside.audit.models import Entry
from alongside.jobs import TICKS
from alongside.legal.actions import end_hold, open_hold
from alongside.people.models import OutgoingMessage, Person
from alongside.people.names import ERASED
from alongside.retention.actions import RequestOver, ask_to_erase, carry_out, confirm, decline, withdraw
from alongside.retention.actions.requests import carry_out_waiting
from alongside.retention.erasing import ErasureRefused
from alongside.retention.models import ErasureRequest
from alongside.rules.lifecycles import MoveNotAllowed

pytestmark = pytest.mark.django_db
SURE = "They sat with me and showed an ID."


def is_erased(persona) -> bool:
    return Person.objects.get(pk=persona.person.pk).goes_by == ERASED


def test_the_wish_of_a_person_takes_two_others(rosa, carmen, dolores):
    wish = ask_to_erase(person=rosa.person, by=rosa.actor)
    assert wish.status == "asked"
    with pytest.raises(RequestOver):
        carry_out(request=wish, by=dolores.actor)
    wish = confirm(request=wish, identity=SURE, by=carmen.actor)
    assert (wish.status, wish.opens_at) == ("waiting", None)
    with pytest.raises(ErasureRefused, match="waits"):
        carry_out(request=wish, by=carmen.actor)
    assert not is_erased(rosa)
    wish = carry_out(request=wish, by=dolores.actor)
    assert wish.status == "done" and is_erased(rosa)
    assert (wish.identity, wish.answer) == ("", ""), "its words go with the record"
    acts = Entry.objects.filter(subject_id=rosa.person.pk).values_list("act", flat=True)
    assert {"erasure.asked", "erasure.confirmed", "person.erased"} <= set(acts)


def test_staff_who_write_it_down_are_the_first_of_the_two(rosa, carmen, dolores):
    wish = ask_to_erase(person=rosa.person, identity=SURE, by=carmen.actor)
    assert (wish.status, wish.identity) == ("waiting", SURE)
    with pytest.raises(ErasureRefused):
        carry_out(request=wish, by=carmen.actor)
    assert carry_out(request=wish, by=dolores.actor).status == "done"


def test_where_nobody_else_may_agree_a_day_passes(rosa, carmen):
    wish = ask_to_erase(person=rosa.person, identity=SURE, by=carmen.actor)
    assert wish.opens_at - wish.confirmed_at == timedelta(hours=24)
    assert carry_out_waiting(wish.opens_at - timedelta(minutes=1)) == 0
    assert not is_erased(rosa)
    assert carry_out_waiting(wish.opens_at) == 1
    assert is_erased(rosa)


def test_where_somebody_else_is_there_time_alone_erases_nobody(rosa, carmen, dolores):
    ask_to_erase(person=rosa.person, identity=SURE, by=carmen.actor)
    assert carry_out_waiting(timezone.now() + timedelta(days=90)) == 0
    assert not is_erased(rosa)


def test_the_second_person_is_told_neutrally(rosa, carmen, dolores):
    from alongside.people.actions import change_person, set_safe_contact

    person = change_person(person=dolores.person, by=dolores.actor, email="dolores@example.org")
    set_safe_contact(person=person, by=dolores.actor, channel="email", may_email=True)
    ask_to_erase(person=rosa.person, identity=SURE, by=carmen.actor)
    assert OutgoingMessage.objects.get(person=dolores.person).template == "please_answer"


def test_asked_twice_is_one_wish(rosa, carmen):
    first = ask_to_erase(person=rosa.person, by=rosa.actor)
    assert ask_to_erase(person=rosa.person, by=rosa.actor).pk == first.pk
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.create(
            program_id=first.program_id, person=rosa.person, asked_at=timezone.now(), asked_role="participant"
        )


def test_it_can_be_taken_back_until_it_is_done(rosa, carmen, dolores):
    wish = ask_to_erase(person=rosa.person, identity=SURE, by=carmen.actor)
    assert withdraw(request=wish, by=rosa.actor).status == "withdrawn"
    with pytest.raises(RequestOver):
        carry_out(request=wish, by=dolores.actor)
    assert not is_erased(rosa)


def test_who_declines_says_why_to_the_person(rosa, dolores):
    wish = ask_to_erase(person=rosa.person, by=rosa.actor)
    wish = decline(request=wish, words="We could not reach you to make sure.", by=dolores.actor)
    assert (wish.status, wish.answer) == ("declined", "We could not reach you to make sure.")
    with pytest.raises(RequestOver):
        withdraw(request=wish, by=rosa.actor)


def test_a_participant_decides_about_no_wish(rosa):
    wish = ask_to_erase(person=rosa.person, by=rosa.actor)
    with pytest.raises(MoveNotAllowed):
        confirm(request=wish, identity=SURE, by=rosa.actor)


def test_a_hold_waits_and_tells_the_person_nothing(rosa, carmen, dolores, signed_in):
    wish = ask_to_erase(person=rosa.person, by=rosa.actor)
    before = signed_in(rosa).get(reverse("me_erase")).content.decode()
    hold = open_hold(person=rosa.person, kind="demand", words="A subpoena names her", by=dolores.actor)
    after = signed_in(rosa).get(reverse("me_erase")).content.decode()

    def words(page):
        return page.partition("<main")[2].partition("</main")[0].split("csrfmiddlewaretoken")[0]

    assert words(before) == words(after) and len(words(after)) > 500
    wish = confirm(request=wish, identity=SURE, by=carmen.actor)
    with pytest.raises(ErasureRefused, match="held"):
        carry_out(request=wish, by=dolores.actor)
    wish.refresh_from_db()
    assert wish.status == "waiting" and not is_erased(rosa)
    end_hold(hold=hold, words="Quashed", by=dolores.actor)
    assert carry_out(request=wish, by=dolores.actor).status == "done"


def test_the_database_wants_two_people(rosa, carmen):
    wish = ask_to_erase(person=rosa.person, identity=SURE, by=carmen.actor)
    rows, now = ErasureRequest.objects.filter(pk=wish.pk), timezone.now()
    for change in (
        {"status": "done", "done_at": now, "opens_at": None},
        {"status": "done", "done_at": now, "decided_at": now, "decided_by": carmen.user},
        {"status": "done", "done_at": now, "opens_at": now + timedelta(hours=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_the_ticks_are_in_the_list():
    names = {tick.function for tick in TICKS}
    assert {
        "alongside.retention.actions.requests.carry_out_waiting", "alongside.retention.actions.erase_due",
        "alongside.retention.restoring.keep_ledger", "alongside.housekeeping.expire_old_backups",
    } <= names  # fmt: skip
    assert all(tick.load() for tick in TICKS)


# --- on the pages -------------------------------------------------------------------------------------------------
def test_from_the_wish_to_the_end_on_the_pages(rosa, carmen, dolores, client):
    just_signed_in(client, rosa)
    page = client.get(reverse("me_erase")).content.decode()
    assert "45 CFR 164.530" not in page, "she signed nothing, so nothing is kept of that"
    assert client.post(reverse("me_erase"), {}).status_code == 200  # not without having read
    assert not ErasureRequest.objects.exists()
    assert client.post(reverse("me_erase"), {"understood": "on"}).status_code == 302
    wish = ErasureRequest.objects.get()
    client.logout()
    just_signed_in(client, carmen)
    assert "Rosa" in client.get(reverse("erasures")).content.decode()
    agree = reverse("erasure_agree", args=[wish.pk])
    assert client.post(agree, {"words": "yes"}).status_code == 200  # no sentence
    assert client.post(agree, {"words": SURE}).status_code == 302
    client.post(agree)
    assert not is_erased(rosa), "the same person twice is one person"
    client.logout()
    just_signed_in(client, dolores)
    page = client.get(reverse("erasure", args=[wish.pk])).content.decode()
    assert SURE in page
    client.post(agree)
    assert is_erased(rosa)
    assert client.get(reverse("erasure", args=[wish.pk])).status_code == 200


def test_who_they_are_is_asked_again(rosa, carmen, client):
    just_signed_in(client, rosa)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        answer = client.post(reverse("me_erase"), {"understood": "on"})
        assert answer.status_code == 302 and answer["Location"].startswith("/account/again/")
    assert not ErasureRequest.objects.exists()


def test_nobody_decides_about_their_own_wish(program, rosa, carmen, dolores, signed_in):
    wish = ask_to_erase(person=rosa.person, by=rosa.actor)
    ErasureRequest.objects.filter(pk=wish.pk).update(person=carmen.person)
    assert signed_in(carmen).get(reverse("erasure", args=[wish.pk])).status_code == 404
    assert "Carmen" not in signed_in(carmen).get(reverse("erasures")).content.decode().partition("<main")[2]
