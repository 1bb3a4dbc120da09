"""The page "Perhaps the same person": who sees which pairs, side by side, one or two, joined and taken apart."""

from datetime import date

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.intake import twin_words
from alongside.mentoring.actions import start_mentorship
from alongside.people.actions import change_person, create_person, move_episode, open_episode
from alongside.people.models import Merge, Person, TwinPair
from alongside.people.near_matches import compare_waiting
from alongside.privacy.actions import open_with_reason
from alongside.rules.linkage.fields import LEVELS

BORN = date(1984, 5, 7)


@pytest.fixture
def again(program, rosa, house):
    """Rosa's second record: day and month of birth the other way round, another name to go by."""
    change_person(person=rosa.person, by=house, legal_name="Rosa Delgado", birth_date=BORN, phone="+12135550142")
    return create_person(program=program, by=house, goes_by="Rosita", legal_name="Rosa Delgado",
                         birth_date=date(1984, 7, 5), phone="+12135550142", external_id="A-17")  # fmt: skip


@pytest.fixture
def pair(again):
    """The pair, as the worker found it."""
    compare_waiting()
    return TwinPair.objects.get()


@pytest.fixture
def at_the_desk(client, signed_in):
    """Somebody signed in a moment ago, so that nothing asks for the password again."""

    def sign_in(persona):
        signed_in(persona)
        session = client.session
        request = type("Request", (), {"session": session})()
        record_authentication(request, persona.user, "password")
        session.save()
        return client

    return sign_in


def of(name: str, *ids) -> str:
    return reverse(name, args=ids)


def told(response) -> str:
    return " ".join(str(one) for one in get_messages(response.wsgi_request))


# --- who sees what ------------------------------------------------------------------------------------------------
def test_a_coordinator_sees_the_pair_with_its_reasons(carmen, signed_in, rosa, pair):
    page = signed_in(carmen).get(of("twins")).content.decode()
    assert "Rosita" in page and "Very likely" in page and "The same phone" in page


def test_a_director_sees_it_only_with_a_reason_for_each_record(carmen, dolores, signed_in, rosa, again, pair):
    client = signed_in(dolores)
    assert "Rosita" not in client.get(of("twins")).content.decode()
    assert client.get(of("twin_pair", pair.pk)).status_code == 404
    open_with_reason(participant=rosa.person, words="a question of hers", by=dolores.actor)
    assert client.get(of("twin_pair", pair.pk)).status_code == 200  # the other record is of nobody served
    open_episode(person=again, by=carmen.actor)
    assert client.get(of("twin_pair", pair.pk)).status_code == 404
    assert client.post(of("twin_decide", pair.pk), {"action": "different"}).status_code == 404


@pytest.mark.parametrize("who", ["dante", "lien", "ada", "rosa"])
def test_nobody_else_does(request, signed_in, rosa, pair, who):
    client = signed_in(request.getfixturevalue(who))
    assert [client.get(of(name, *ids)).status_code for name, ids in
            (("twins", ()), ("twin_pair", (pair.pk,)), ("twin_join", (pair.pk,)))] == [404, 404, 404]  # fmt: skip


def test_another_program_gets_404(marcus, signed_in, pair):
    client = signed_in(marcus)
    assert client.get(of("twin_pair", pair.pk)).status_code == 404
    assert "Rosita" not in client.get(of("twins")).content.decode()


def test_nobody_decides_about_themselves(program, carmen, signed_in, house):
    change_person(person=carmen.person, by=house, legal_name="Carmen Soto", birth_date=BORN, phone="+12135550142")
    create_person(program=program, by=house, goes_by="Carmen", legal_name="Carmen Soto", birth_date=BORN)
    compare_waiting()
    client = signed_in(carmen)
    assert client.get(of("twin_pair", TwinPair.objects.get().pk)).status_code == 404


# --- side by side -------------------------------------------------------------------------------------------------
def test_side_by_side_marks_what_differs_and_is_written_down(carmen, signed_in, rosa, again, pair):
    page = signed_in(carmen).get(of("twin_pair", pair.pk)).content.decode()
    assert "July 5, 1984" in page and "May 7, 1984" in page
    assert "Birth dates with day and month in the other order" in page
    assert "(+" in page and page.count("differs") >= 2
    opened = Entry.objects.filter(act="record.opened", object_kind="compare")
    assert {entry.subject_id for entry in opened} == {rosa.person.pk, again.pk}


def test_every_reason_and_refusal_has_words():
    assert {(field, level) for field, levels in LEVELS.items() for level in levels} == twin_words.LEVELS.keys()


@pytest.mark.parametrize("many", [2, 12])
def test_the_list_needs_the_same_queries_for_any_number_of_pairs(program, carmen, signed_in, house, many):
    for number in range(many):
        for goes_by in ("Ana", "Anita"):
            create_person(
                program=program, by=house, goes_by=goes_by, legal_name=f"Ana Ruiz{'abcdefghijkl'[number] * 9}",
                birth_date=date(1950 + number, 1, 2 + number), phone=f"+1213555{1000 + 77 * number}",
            )  # fmt: skip
    compare_waiting()
    assert TwinPair.objects.count() >= many
    client = signed_in(carmen)
    client.get(of("twins"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(of("twins")).status_code == 200
    assert len(queries) <= 14


# --- decisions ----------------------------------------------------------------------------------------------------
def test_two_people_are_not_asked_about_again_unless_somebody_wants_to(carmen, signed_in, rosa, again, house, pair):
    client = signed_in(carmen)
    client.post(of("twin_decide", pair.pk), {"action": "different"})
    change_person(person=again, by=house, email="rosita@example.org")
    compare_waiting()
    assert "Rosita" not in client.get(of("twins")).content.decode()
    assert "Rosita" in client.get(of("twins") + "?show=different").content.decode()
    client.post(of("twin_decide", pair.pk), {"action": "again"})
    assert "Rosita" in client.get(of("twins")).content.decode()
    assert Entry.objects.filter(act="person.told_apart").count() == 4


def test_later_puts_it_aside(carmen, signed_in, rosa, pair):
    client = signed_in(carmen)
    client.post(of("twin_decide", pair.pk), {"action": "later"})
    assert "Rosita" not in client.get(of("twins")).content.decode()
    assert "Rosita" in client.get(of("twins") + "?show=later").content.decode()


def test_what_must_be_settled_first_is_said_and_nothing_can_be_joined(
    carmen, at_the_desk, rosa, again, pair, mentorship
):
    episode = open_episode(person=again, by=carmen.actor, is_brief=True)
    for state in ("intake", "active"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor)
    client = at_the_desk(carmen)
    page = client.get(of("twin_pair", pair.pk)).content.decode()
    assert "Support has begun in both" in page and of("twin_join", pair.pk) not in page
    assert client.post(of("twin_join", pair.pk), {}).status_code == 302
    assert Person.objects.filter(pk=again.pk).exists()


# --- joining ------------------------------------------------------------------------------------------------------
def test_joining_asks_to_sign_in_again_when_that_was_long_ago(carmen, signed_in, rosa, pair):
    response = signed_in(carmen).get(of("twin_join", pair.pk))
    assert response.status_code == 302 and "again" in response.url


def filled(page, **changes) -> dict:
    form = page.context["form"]
    return {name: field.initial for name, field in form.fields.items() if field.initial} | changes


def test_joined_and_taken_apart(carmen, at_the_desk, rosa, again, pair):
    client = at_the_desk(carmen)
    page = client.get(of("twin_join", pair.pk))
    assert {"goes_by", "birth_date", "language", "readers", "looked"} == page.context["form"].fields.keys()
    assert "The person themself" in page.content.decode()
    unlooked = client.post(of("twin_join", pair.pk), filled(page))
    assert unlooked.status_code == 200 and unlooked.context["form"].errors.keys() == {"looked"}
    done = client.post(of("twin_join", pair.pk), filled(page, looked="on", goes_by=str(again.pk)))
    assert done.status_code == 302 and done.url == of("twins")
    kept = Person.objects.get(pk=rosa.person.pk)
    assert (kept.goes_by, kept.birth_date, kept.external_id) == ("Rosita", BORN, "A-17")
    assert client.get(of("twin_pair", pair.pk)).status_code == 404
    merge = Merge.objects.get()
    assert "Take apart again" in client.get(of("twins") + "?show=joined").content.decode()
    assert client.get(of("twin_apart", merge.pk)).status_code == 200
    assert "two records again" in told(client.post(of("twin_apart", merge.pk)))
    assert Person.objects.get(pk=again.pk).goes_by == "Rosita" and Person.objects.get(pk=kept.pk).goes_by == "Rosa"
    assert client.get(of("twin_apart", merge.pk)).status_code == 404


def test_a_reader_who_came_meanwhile_is_shown_first(carmen, dante, at_the_desk, rosa, again, pair):
    client = at_the_desk(carmen)
    page = client.get(of("twin_join", pair.pk))
    move_episode(episode=rosa.episode, to="offered", by=carmen.actor)
    start_mentorship(episode=rosa.episode, peer=dante.profile, by=carmen.actor)
    refused = client.post(of("twin_join", pair.pk), filled(page, looked="on"))
    assert "changed meanwhile" in told(refused) and Person.objects.filter(pk=again.pk).exists()
    page = client.get(of("twin_join", pair.pk))
    assert "Dante" in page.content.decode()
    assert client.post(of("twin_join", pair.pk), filled(page, looked="on")).url == of("twins")
    assert not Person.objects.filter(pk=again.pk).exists()


def test_only_what_the_form_names_is_taken(carmen, at_the_desk, rosa, again, pair):
    client = at_the_desk(carmen)
    page = client.get(of("twin_join", pair.pk))
    assert client.post(of("twin_join", pair.pk), filled(page, looked="on", phone="1")).status_code == 200
    assert client.post(of("twin_join", pair.pk), filled(page, looked="on", readers="x")).status_code == 200
    assert Person.objects.filter(pk=again.pk).exists()
