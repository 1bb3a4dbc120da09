"""A participant reads everything written about them, and answers it once."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.urls import reverse
from django_scopes import scope

from alongside.mentoring import actions
from alongside.mentoring.models import Addition, Contact

from .conftest import write_note

pytestmark = pytest.mark.django_db


def test_every_note_is_shown_in_plain_words_and_then_counts_as_read(signed_in, english, dante, walking):
    write_note(walking, dante.actor, words="We walked along the river.")
    write_note(walking, dante.actor, words="", reached=False)
    client = signed_in(english)
    text = client.get(reverse("me_notes")).content.decode()
    assert "We walked along the river." in text and "Dante tried to reach you" in text and ">new<" in text
    assert not Contact.objects.filter(read_at=None).exists()
    assert ">new<" not in client.get(reverse("me_notes")).content.decode()


def test_an_answer_stands_beside_the_note_once(signed_in, english, dante, walking):
    note = write_note(walking, dante.actor)
    client, url = signed_in(english), reverse("me_note", args=[note.pk])
    typed = {"words": "It was good.", "submit_key": str(uuid4())}
    for _twice in range(2):
        assert client.post(url, typed).status_code == 302
    assert [(one.words, one.is_answer) for one in Addition.objects.all()] == [("It was good.", True)]
    assert b"It was good." in client.get(url).content
    assert actions.mark_answers_read(contact=note, by=dante.actor) == 1
    assert b"Dante read it" in client.get(url).content


def test_an_empty_answer_and_an_unknown_field_are_refused(signed_in, english, dante, walking):
    note = write_note(walking, dante.actor)
    client, url = signed_in(english), reverse("me_note", args=[note.pk])
    for typed in ({"words": " "}, {"words": "Hi", "is_answer": "0"}):
        assert client.post(url, {**typed, "submit_key": str(uuid4())}).status_code == 200
    assert not Addition.objects.exists()


def test_nobody_reads_or_answers_the_notes_of_another(signed_in, program, carmen, dante, walking):
    from tests.story import make_persona

    note = write_note(walking, dante.actor)
    stranger = make_persona(program, "ines", "participant")
    url = reverse("me_note", args=[note.pk])
    for persona in (stranger, dante, carmen):
        client = signed_in(persona)
        assert client.get(url).status_code == 404
        assert client.post(url, {"words": "Hi", "submit_key": str(uuid4())}).status_code == 404
    assert Contact.objects.get().read_at is None


def test_reading_costs_the_same_however_many(signed_in, english, dante, walking, django_assert_max_num_queries):
    for _each in range(15):
        write_note(walking, dante.actor)
    client = signed_in(english)
    client.get(reverse("me_notes"))
    with django_assert_max_num_queries(14):
        client.get(reverse("me_notes"))


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_are_one(program, english, dante, walking):
    note, key, actor = write_note(walking, dante.actor), uuid4(), english.actor

    def answer(_number) -> str:
        try:
            with scope(program=program):
                return str(actions.add_to_note(contact=note, words="Yes", submit_key=key, by=actor, is_answer=True).pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(answer, range(4)))
    assert len(made) == Addition.objects.count() == 1
    connection.ensure_connection()
