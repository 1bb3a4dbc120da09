"""The participant's first page: calm, true to where things stand, neutral outside, and only their own."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import make_persona

from alongside.mentoring import actions, home
from alongside.mentoring.models import Mentorship
from alongside.people.actions import move_episode
from alongside.rules.neutral import reveals as find_telling

pytestmark = pytest.mark.django_db


def page(client, name="me_home", *args) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_somebody_who_waits_reads_when_they_asked_and_what_comes_next(signed_in, english):
    text = page(signed_in(english))
    assert "We are looking for people who fit" in text and "You asked on" in text


def test_somebody_with_a_peer_reads_their_name_and_may_ask_for_a_call(signed_in, english, mentorship):
    client = signed_in(english)
    assert "Dante said yes" in page(client)
    for _twice in range(2):
        assert client.post(reverse("me_call")).status_code == 302
    mentorship.refresh_from_db()
    assert mentorship.asked_for_call_at is not None
    assert "You asked for a call" in page(client)


@pytest.mark.parametrize("state", home.STATES)
def test_every_state_has_its_page(state, rf):
    from django.template.loader import get_template

    assert get_template(f"mentoring/me/_{state}.html")


@pytest.mark.parametrize(
    ("episode_status", "walk_status", "state"),
    [("intake", None, "asked"), ("waiting", None, "waiting"), ("offered", None, "offered"), ("paused", None, "resting"),
     ("matched", "introduced", "walking"), ("active", "active", "walking"), ("paused", "paused", "resting"),
     ("waiting", "handing_over", "changing"), ("active", None, "parted"), ("closed", None, "closed")],
)  # fmt: skip
def test_the_state_follows_from_what_is_open(rosa, episode_status, walk_status, state):
    rosa.episode.status = episode_status
    walk = Mentorship(status=walk_status) if walk_status else None
    assert home.get_state(rosa.episode, walk, None) == state


def test_nobody_with_another_role_finds_the_pages(signed_in, dante, carmen, dolores, ada):
    for persona in (dante, carmen, dolores, ada):
        client = signed_in(persona)
        for name in ("me_home", "me_messages", "me_notes", "me_times", "me_change", "me_privacy"):
            assert client.get(reverse(name)).status_code == 404, name


def test_a_visitor_is_led_to_sign_in(client, program):
    assert client.get(reverse("me_home")).status_code == 302


def test_pages_say_nothing_outside(signed_in, english, mentorship):
    client = signed_in(english)
    for name in ("me_home", "me_notes", "me_times", "me_time_new", "me_change", "me_privacy"):
        text = page(client, name)
        title = text[text.index("<title>") : text.index("</title>")]
        assert not find_telling(title) and not find_telling(reverse(name)), name
        assert "data-quick-exit" in text


def test_rosa_reads_it_in_spanish(signed_in, rosa, mentorship):
    client = signed_in(rosa)
    for name in ("me_home", "me_notes", "me_times", "me_time_new", "me_change", "me_privacy"):
        assert '<html lang="es"' in page(client, name)
    assert "Hola, Rosa" in page(client)


def test_a_loved_one_has_the_same_door_and_own_words(signed_in, program, carmen):
    from alongside.people.actions import open_episode

    mai = make_persona(program, "mai", "participant")
    episode = open_episode(person=mai.person, by=carmen.actor, kind="loved_one")
    for state in ("intake", "waiting"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor)
    assert "with someone they love" in page(signed_in(mai))


def test_the_page_costs_the_same_with_many_notes(signed_in, english, dante, mentorship, django_assert_max_num_queries):
    for _each in range(12):
        note = actions.Note(submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, minutes=5)
        actions.record_contact(mentorships=[mentorship], note=note, by=dante.actor)
        actions.send_message(mentorship=mentorship, body="Hi", submit_key=uuid4(), by=dante.actor)
    client = signed_in(english)
    page(client)
    with django_assert_max_num_queries(22):
        text = page(client)
    assert "12 new notes about you" in text and "12 new messages" in text
