"""Who may open my record now, and who did: in plain words, complete, and only mine."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import make_persona

from alongside.mentoring import actions as mentoring
from alongside.mentoring.actions import record_contact
from alongside.mentoring.queries import list_contacts_visible_to
from alongside.privacy import actions
from alongside.privacy.queries import get_participant_visible_to
from alongside.workforce.actions import assign_supervisor, create_peer, set_available

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(rosa):
    rosa.user.language = "en"
    rosa.user.save(update_fields=["language"])
    return rosa


@pytest.fixture
def walking_with_cover(program, mentorship, carmen):
    """Sol, who covers for Dante and is supported by Tuyet."""
    sol = make_persona(program, "sol", "peer")
    sol.supervisor = make_persona(program, "tuyet", "supervisor")
    profile = create_peer(person=sol.person, by=carmen.actor, capacity=2)
    assign_supervisor(peer=profile, supervisor=sol.supervisor.person, by=carmen.actor)
    mentoring.set_backup_peer(mentorship=mentorship, backup_peer=profile, by=carmen.actor)
    return sol


def note() -> mentoring.Note:
    return mentoring.Note(submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=5)


def text_of(client) -> str:
    answer = client.get(reverse("me_privacy"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_who_may_open_it_is_named_with_a_reason(signed_in, english, mentorship, carmen, dolores, program):
    sol = make_persona(program, "sol", "peer")
    profile = create_peer(person=sol.person, by=carmen.actor, capacity=2)
    mentoring.set_backup_peer(mentorship=mentorship, backup_peer=profile, by=carmen.actor)
    actions.open_with_reason(participant=english.person, words="You asked me to look.", by=dolores.actor)
    text = text_of(signed_in(english))
    for words in ("Dante", "Walks with you.", "Sol covers when the person who walks with you is away.", "Lien",
                  "Supports Dante", "Carmen", "Coordinates:",
                  "Dolores", "You asked me to look."):  # fmt: skip
        assert words in text


def test_cover_opens_the_record_only_while_the_peer_is_away(
    signed_in, english, walking_with_cover, mentorship, dante, carmen
):
    sol, person = walking_with_cover, english.person
    contact = record_contact(mentorships=[mentorship], note=note(), by=dante.actor)[0]
    url = reverse("record", args=[person.pk])

    def reads() -> tuple:
        seen = list_contacts_visible_to(sol.actor, person.pk)
        supervised = get_participant_visible_to(sol.supervisor.actor, person.pk)
        return signed_in(sol).get(url).status_code, list(seen), supervised

    assert reads() == (404, [], None)
    set_available(peer=dante.profile, available=False, by=dante.actor)
    assert reads() == (200, [contact], person)
    text = text_of(signed_in(english))
    assert "Covers now, because" in text and "Sol covers when" not in text and "Supports Sol" in text
    set_available(peer=dante.profile, available=True, by=dante.actor)
    assert reads() == (404, [], None)
    text = text_of(signed_in(english))
    assert "Covers now" not in text and "Only then may Sol open it." in text and "Supports Sol" not in text


def test_what_has_ended_is_not_on_the_list(signed_in, english, mentorship, dolores, clock):
    actions.open_with_reason(participant=english.person, words="You asked me to look.", by=dolores.actor)
    clock.forward(hours=3)
    text = text_of(signed_in(english))
    assert "You asked me to look." not in text


def test_who_opened_it_is_read_in_words_and_own_visits_are_not(signed_in, english, mentorship, dante, dolores):
    signed_in(dante).get(reverse("record", args=[english.person.pk]))
    signed_in(dante).get(reverse("record", args=[english.person.pk]))
    client = signed_in(dolores)
    client.post(reverse("open_with_reason", args=[english.person.pk]), {"words": "You wrote to me about your bill."})
    client.get(reverse("record", args=[english.person.pk]))
    text = text_of(signed_in(english))
    opened = text[text.index("Who opened it") :]
    assert "Dante" in opened and "2 times that day" in opened and "You wrote to me about your bill." in opened
    assert "Rosa" not in opened


def test_who_saw_the_name_is_one_calm_line_for_each_day(signed_in, english, carmen, dolores):
    client = signed_in(carmen)
    for _each in range(3):
        client.get(reverse("board"))
    signed_in(dolores).post(reverse("open_find"), {"name": "Rosa", "words": "You wrote to me about your bill."})
    text = text_of(signed_in(english))
    seen = text[text.index("Who saw your name") :]
    assert seen.count("Saw you on a list.") == 1 and "3 times that day" in seen and "Carmen" in seen
    assert "Saw your name in a search." in seen and "You wrote to me about your bill." in seen and "Dolores" in seen
    assert "Nobody has opened it yet." in text
    english.user.language = "es"
    english.user.save(update_fields=["language"])
    assert "Vio su nombre en una lista." in text_of(signed_in(english))


def test_a_strange_page_number_is_the_first(signed_in, english):
    for page in ("-1", "x", "99999999999999999999", "2"):
        assert signed_in(english).get(reverse("me_privacy"), {"page": page, "named": page}).status_code == 200


def test_it_costs_the_same_however_often_opened(signed_in, english, mentorship, dante, django_assert_max_num_queries):
    for _each in range(30):
        actions.note_opened(participant_id=english.person.pk, by=dante.actor, page="record")
    client = signed_in(english)
    text_of(client)
    with django_assert_max_num_queries(16):
        text_of(client)


def test_in_spanish(signed_in, rosa, mentorship):
    assert "Le acompaña." in text_of(signed_in(rosa))
