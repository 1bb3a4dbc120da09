"""A STOP holds for its number: nobody with it is texted any more, nothing that waits leaves; START brings back that."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.checkins.test_texts import PHONE, opt_in
from tests.story import make_persona

from alongside.audit.models import Entry
from alongside.checkins import actions
from alongside.checkins.models import Rhythm
from alongside.people import outbox
from alongside.people.actions import change_person, set_safe_contact
from alongside.people.models import OutgoingMessage, SafeContact
from alongside.people.outbox import queue_notice, send_due
from alongside.people.safe_contact import strictest

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 4, 20, 0, tzinfo=UTC)
"""Noon in Los Angeles."""


def send(words, message="m1", phone=PHONE, now=NOON):
    actions.take_text(phone=phone, words=words, message=message, now=now)


def allow_texts(persona, phone="+12135550142", **rules):
    change_person(person=persona.person, by=persona.actor, phone=phone)
    set_safe_contact(person=persona.person, by=persona.actor, **{"channel": "text", "may_text": True} | rules)
    persona.person.refresh_from_db()


@pytest.fixture
def carrier(settings, tmp_path):
    """What the carrier of texts got: (number, words)."""
    settings.ALONGSIDE_HOME = tmp_path

    def read():
        files = sorted((tmp_path / "texts").iterdir()) if (tmp_path / "texts").exists() else []
        return [tuple(one.read_text().split("\n", 1)) for one in files]

    return read


@pytest.mark.parametrize("words", ["STOP", "stop all", "Unsubscribe", "CANCELAR", "baja", "ALTO", "opt-out", "revoke"])
def test_who_only_gets_notices_ends_them_with_one_word(rosa, carrier, words):
    allow_texts(rosa)
    queue_notice(rosa.person, "something_new", now=NOON)
    send(words)
    rules = SafeContact.objects.get(person=rosa.person)
    assert not rules.may_text and rules.texts_stopped_at == NOON
    assert OutgoingMessage.objects.get(person=rosa.person).status == "dropped"
    assert queue_notice(rosa.person, "something_new", now=NOON) is None
    entry = Entry.objects.get(act="person.texts_stopped")
    assert (entry.subject_id, entry.actor_person_id, entry.fields) == (rosa.person.pk, rosa.person.pk, ["may_text"])
    send(words, message="m2")
    assert send_due(NOON) == {"sent": 1}, "one answer, whoever asks twice"
    ((number, said),) = carrier()
    assert number == "+12135550142" and "START" in said
    assert Entry.objects.filter(act="person.texts_stopped").count() == 1


def test_all_who_share_the_number_are_texted_no_more(rosa, program, elsewhere_nia, carrier):
    other = make_persona(program, "nia", "participant")
    allow_texts(rosa)
    allow_texts(other)
    stranger = make_persona(program, "sol", "participant")
    allow_texts(stranger, phone="+12135550199")
    send("STOP")
    may = dict(SafeContact.objects.values_list("person_id", "may_text"))
    assert (may[rosa.person.pk], may[other.person.pk], may[stranger.person.pk]) == (False, False, True)
    assert not elsewhere_nia().may_text, "another program on this server too"
    # Nobody knows who of them wrote.
    assert set(Entry.objects.filter(act="person.texts_stopped").values_list("actor_person_id", flat=True)) == {None}
    send_due(NOON)
    assert [number for number, _words in carrier()] == ["+12135550142"]


@pytest.fixture
def elsewhere_nia(marcus):
    """Somebody with the same number in another program."""
    from django_scopes import scope

    with scope(program=marcus.program):
        allow_texts(marcus)

    def read():
        with scope(program=marcus.program):
            return SafeContact.objects.get(person=marcus.person)

    return read


def test_what_waits_goes_in_another_way_that_they_allow(rosa, mailoutbox, carrier):
    allow_texts(rosa, may_email=True)
    change_person(person=rosa.person, by=rosa.actor, email="rosa@example.org")
    row = queue_notice(rosa.person, "something_new", now=NOON)
    assert row.channel == "text"
    send("STOP")
    send_due(NOON)
    assert [one.to for one in mailoutbox] == [["rosa@example.org"]]
    assert all("START" in words for _number, words in carrier())


def test_start_brings_back_that_and_nothing_else(rosa):
    opt_in(rosa)
    send("STOP")
    send("START", message="m2", now=NOON + timedelta(days=29))
    rules, rhythm = SafeContact.objects.get(person=rosa.person), Rhythm.objects.get(person=rosa.person)
    assert rules.may_text and rules.texts_stopped_at is None and rules.texts_stopped_number == ""
    assert not rhythm.answers_by_text and rhythm.next_ask_on is None, "those she turns on herself"
    assert Entry.objects.get(act="person.texts_resumed").subject_id == rosa.person.pk


@pytest.mark.parametrize("case", ["never allowed", "too late", "another number", "turned off by staff"])
def test_start_turns_on_nothing_that_a_stop_from_there_did_not_end(rosa, case):
    allow_texts(rosa, may_text=case in ("too late", "another number"))
    later = NOON + timedelta(days=31 if case == "too late" else 1)
    if case != "turned off by staff":
        send("STOP")
    phone = PHONE
    if case == "another number":
        phone = "+12135550177"
        change_person(person=rosa.person, by=rosa.actor, phone=phone)
    send("START", message="m2", phone=phone, now=later)
    assert not SafeContact.objects.get(person=rosa.person).may_text


def test_a_start_that_comes_twice_undoes_no_later_stop(rosa):
    allow_texts(rosa)
    for words, message in (("STOP", "a"), ("START", "b"), ("STOP", "c"), ("START", "b")):
        send(words, message=message)
    assert not SafeContact.objects.get(person=rosa.person).may_text


@pytest.mark.parametrize("word", ["STOP", "START"])
def test_an_answer_tells_nobody_who_is_known_here(rosa, word, carrier):
    allow_texts(rosa)
    send(word, message="a")
    send(word, message="b", phone="+12135550188")
    send(word, message="c", phone="not a number")
    send(word, message="d", phone="911")
    send_due(NOON)
    said = dict(carrier())
    assert set(said) == {"+12135550142", "+12135550188"} and len(set(said.values())) == 1


def test_a_cry_is_no_stop_and_is_answered(rosa):
    opt_in(rosa)
    send("end me")
    assert SafeContact.objects.get(person=rosa.person).may_text
    assert OutgoingMessage.objects.get(template="nobody_reads").person_id == rosa.person.pk


def test_the_database_holds_that_stopped_is_stopped(rosa):
    allow_texts(rosa)
    send("STOP")
    with pytest.raises(IntegrityError), transaction.atomic():
        SafeContact.objects.filter(person=rosa.person).update(may_text=True)
    # At her wish somebody turns them on again.
    set_safe_contact(person=rosa.person, by=rosa.actor, may_text=True)
    assert SafeContact.objects.get(person=rosa.person).texts_stopped_at is None


def test_staff_see_that_the_person_stopped_texts_and_when(rosa, mentorship, dante, carmen, signed_in):
    allow_texts(rosa)
    send("STOP")
    card = unescape(signed_in(dante).get(reverse("record", args=[rosa.person.pk])).content.decode())
    assert "no texts: they stopped them, November 4" in card
    url = reverse("intake_edit", args=[rosa.episode.pk])
    form = unescape(signed_in(carmen).get(url, {"part": "person"}).content.decode())
    assert "They stopped texts themselves" in form


def test_their_own_page_says_it_and_turns_them_on_again(rosa, signed_in):
    allow_texts(rosa)
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    send("STOP")
    page = unescape(signed_in(rosa).get(reverse("me_about"), {"part": "person"}).content.decode())
    assert "You stopped texts (November 4" in page


def test_of_two_records_that_become_one_the_stop_stays():
    stopped = SafeContact(channel="text", texts_stopped_at=NOON, texts_stopped_number="+12135550142")
    allowed = SafeContact(channel="text", may_text=True)
    for one, other in ((stopped, allowed), (allowed, stopped)):
        rules = strictest(one, other)
        assert (rules["may_text"], rules["texts_stopped_at"], rules["texts_stopped_number"]) == (
            False, NOON, "+12135550142",
        )  # fmt: skip
    later = SafeContact(texts_stopped_at=NOON + timedelta(days=2), texts_stopped_number="+12135550199")
    assert strictest(stopped, later)["texts_stopped_number"] == "+12135550199"


def test_what_was_handed_over_before_the_stop_is_not_sent_again_by_text(rosa, monkeypatch):
    """The carrier fails while a STOP comes in: the next try finds that texts have ended."""
    allow_texts(rosa)
    row = queue_notice(rosa.person, "something_new", now=NOON)

    def fails(*_args):
        send("STOP")
        raise OSError

    monkeypatch.setattr(outbox, "_deliver", fails)
    assert send_due(NOON, limit=1) == {"later": 1}
    row.refresh_from_db()
    assert (row.status, row.sent_at) == ("queued", None)
    monkeypatch.undo()
    send_due(NOON + timedelta(minutes=6))
    row.refresh_from_db()
    assert row.status == "dropped"
