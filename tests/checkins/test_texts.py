"""Answers by text message: only from whoever wished it, kept once, and everything else is silent or pointed to help."""

import io
import json

import pytest
from django.db import transaction
from tests.story import make_persona

from alongside.calls.actions import agree, pause
from alongside.checkins import actions
from alongside.checkins.models import CheckIn, Rhythm
from alongside.cli import main
from alongside.council.actions import adopt_policy
from alongside.mentoring.queries import list_who_needs_me
from alongside.people.actions import change_person, set_safe_contact
from alongside.people.models import OutgoingMessage
from alongside.rules.availability import to_hex

pytestmark = pytest.mark.django_db
PHONE = "+1 (213) 555-0142"


def opt_in(persona, phone="+12135550142", **values):
    change_person(person=persona.person, by=persona.actor, phone=phone)
    set_safe_contact(person=persona.person, by=persona.actor, **{"channel": "text", "may_text": True} | values)
    actions.set_wishes(person=persona.person, is_hidden=False, is_reminded=True, answers_by_text=True, by=persona.actor)


def send(words, message="m1", phone=PHONE):
    actions.take_text(phone=phone, words=words, message=message)


def test_numbers_become_a_check_in_once(rosa):
    opt_in(rosa)
    send("4 3 5")
    send("4 3 5")
    made = CheckIn.objects.get()
    assert made.answers == {"mood": 4, "craving": 3, "connection": 5} and made.via == "text"
    send("5", message="m2")
    assert CheckIn.objects.count() == 2


def test_the_order_of_an_answer_by_text_is_that_of_the_policy(rosa, house):
    adopt_policy(program=rosa.program, kind="check_in", values={"questions": ["home", "mood"]}, by=house)
    opt_in(rosa)
    send("5 2")
    send("- 3", message="m2")
    send("4 3 5", message="m3")  # one more than is asked: not understood, and no part of it is kept
    assert [one.answers for one in CheckIn.objects.order_by("at")] == [{"home": 5, "mood": 2}, {"mood": 3}]
    assert OutgoingMessage.objects.filter(template="nobody_reads").count() == 1


def test_a_call_reaches_the_peer(rosa, mentorship, dante):
    opt_in(rosa)
    send("2 llámame")
    ((need, _row),) = list_who_needs_me(dante.actor, dante.program)
    assert need.reasons[0].code == "check_in_call"


def test_a_call_that_nobody_will_see_is_answered_with_whom_to_call(rosa):
    opt_in(rosa)
    send("call")
    row = OutgoingMessage.objects.get(template="nobody_reads")
    assert row.link.endswith("/help/") and row.person_id == rosa.person.pk


def test_a_call_by_text_reaches_the_callers_where_nobody_walks_beside(rosa, program):
    opt_in(rosa)
    set_safe_contact(person=rosa.person, by=rosa.actor, may_call=True, channel="text", may_text=True)
    agreement = agree(
        person=rosa.person, hours=to_hex((1 << 168) - 1), time_zone=program.time_zone, language="en", how="page",
        by=rosa.actor,
    )  # fmt: skip
    send("call")
    agreement.refresh_from_db()
    assert agreement.why == "asked"
    assert not OutgoingMessage.objects.filter(template="nobody_reads").exists()
    pause(agreement=agreement, by=rosa.actor)
    send("call", message="m2")
    assert OutgoingMessage.objects.filter(template="nobody_reads").count() == 1


def test_words_are_kept_nowhere_and_answered_at_once(rosa):
    opt_in(rosa, from_hour=3, until_hour=4)
    send("I cannot go on tonight")
    send("I cannot go on tonight")
    assert OutgoingMessage.objects.filter(template="nobody_reads").count() == 1
    assert not CheckIn.objects.exists()


def test_skip_and_stop(rosa):
    opt_in(rosa)
    send("skip")
    assert not CheckIn.objects.exists()
    send("STOP", message="m2")
    rhythm = Rhythm.objects.get()
    assert not rhythm.answers_by_text and rhythm.next_ask_on is None
    send("4", message="m3")
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("number", ["+12135550143", "", "911", "not a number"])
def test_an_unknown_number_gets_nothing(rosa, number):
    opt_in(rosa)
    send("4", phone=number)
    assert not CheckIn.objects.exists() and not OutgoingMessage.objects.filter(template="nobody_reads").exists()


def test_who_may_not_be_texted_or_shares_a_number_is_not_found(rosa, program, carmen):
    opt_in(rosa)
    set_safe_contact(person=rosa.person, by=carmen.actor, may_text=False)
    send("4")
    set_safe_contact(person=rosa.person, by=carmen.actor, may_text=True)
    from alongside.people.actions import open_episode

    other = make_persona(program, "nia", "participant")
    open_episode(person=other.person, by=carmen.actor)
    opt_in(other)
    send("4", message="m2")
    assert not CheckIn.objects.exists()


def test_the_command_takes_lines_and_tells_nothing_of_them(rosa, monkeypatch, capsys):
    opt_in(rosa)
    lines = [{"from": PHONE, "words": "4 5", "message": "a"}, {"from": "+19995550100", "words": "4", "message": "b"}]
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(one) + "\n" for one in lines)))
    with transaction.atomic():
        assert main(["take-text"]) == 0
    assert capsys.readouterr().out == "taken in: 2\n" and CheckIn.objects.count() == 1


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"from": "1", "words": "secret"}', '{"from":1,"words":"secret","message":"a"}']
)
def test_the_command_refuses_what_is_no_message_and_quotes_nothing(db, line, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
    assert main(["take-text"]) == 1
    assert "secret" not in capsys.readouterr().err
