"""Threads: opened by the two and by cover, sent once, read marks that are true, closed with the mentorship."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.plugins.clock import MONDAY

from alongside.audit.models import Entry
from alongside.mentoring import actions
from alongside.mentoring.models import Message
from alongside.people.models import OutgoingMessage, SafeContact
from alongside.workforce.models import PeerProfile

pytestmark = pytest.mark.django_db


def url_of(walk, side="thread"):
    return reverse(side, args=[walk.pk])


def send(client, url, body="Hello", key=None):
    return client.post(url, {"body": body, "submit_key": key or str(uuid4())})


def test_each_side_writes_and_the_other_reads(signed_in, english, dante, walking):
    assert send(signed_in(english), url_of(walking, "me_thread"), "Hello Dante").status_code == 302
    assert b"Hello Dante" in signed_in(dante).get(url_of(walking)).content
    assert Message.objects.get().read_at is not None


def test_a_double_tap_is_one_message(signed_in, english, walking):
    client, key = signed_in(english), str(uuid4())
    for _twice in range(2):
        send(client, url_of(walking, "me_thread"), key=key)
    assert Message.objects.count() == 1


def test_a_message_sent_again_after_the_end_was_sent(english, dante, walking):
    sent = {"mentorship": walking, "body": "Hello", "submit_key": uuid4(), "by": english.actor}
    first = actions.send_message(**sent)
    actions.stop_here(episode=english.episode, by=english.actor)
    assert actions.send_message(**sent) == first and Message.objects.count() == 1


def test_an_empty_message_is_asked_for_again(signed_in, english, walking):
    answer = send(signed_in(english), url_of(walking, "me_thread"), "")
    assert b"Write a few words first." in answer.content and not Message.objects.exists()


def test_nobody_else_opens_a_thread(signed_in, walking, sol, lien, carmen, dolores, ada):
    actions.send_message(mentorship=walking, body="Only for Dante", submit_key=uuid4(), by=sol.actor)
    for persona in (sol, lien, carmen, dolores, ada):
        for side in ("thread", "me_thread"):
            answer = signed_in(persona).get(url_of(walking, side))
            assert answer.status_code == 404 and b"Only for Dante" not in answer.content


def test_the_covering_peer_opens_it_only_while_the_peer_is_away(signed_in, walking, dante, sol, carmen):
    actions.set_backup_peer(mentorship=walking, backup_peer=sol.profile, by=carmen.actor)
    assert signed_in(sol).get(url_of(walking)).status_code == 404
    PeerProfile.objects.filter(pk=dante.profile.pk).update(status="unavailable")
    assert signed_in(sol).get(url_of(walking)).status_code == 200


def test_cover_does_not_mark_what_the_participant_has_not_opened(signed_in, walking, dante, sol, carmen):
    actions.set_backup_peer(mentorship=walking, backup_peer=sol.profile, by=carmen.actor)
    actions.send_message(mentorship=walking, body="Rosa?", submit_key=uuid4(), by=dante.actor)
    PeerProfile.objects.filter(pk=dante.profile.pk).update(status="unavailable")
    signed_in(sol).get(url_of(walking))
    assert Message.objects.get().read_at is None


def test_the_page_says_truly_who_reads_it(signed_in, english, walking, dante, sol, carmen):
    text = signed_in(english).get(url_of(walking, "me_thread")).content.decode()
    assert "Only you and Dante open this." in text and "around the clock" in text and "tel:988" in text
    actions.set_backup_peer(mentorship=walking, backup_peer=sol.profile, by=carmen.actor)
    text = signed_in(english).get(url_of(walking, "me_thread")).content.decode()
    assert "Only while Dante is away, Sol reads and answers here." in text


def test_a_closed_thread_stays_with_the_participant_and_takes_nothing_more(signed_in, english, dante, walking):
    actions.send_message(mentorship=walking, body="Take care", submit_key=uuid4(), by=dante.actor)
    actions.stop_here(episode=english.episode, by=english.actor)
    client = signed_in(english)
    text = client.get(url_of(walking, "me_thread")).content.decode()
    assert "Take care" in text and "<textarea" not in text
    assert send(client, url_of(walking, "me_thread")).status_code == 409
    assert Message.objects.count() == 1
    assert signed_in(dante).get(url_of(walking)).status_code == 404


@pytest.mark.parametrize("side", ["thread", "me_thread"])
def test_words_that_came_after_the_end_are_kept_on_the_page(signed_in, english, dante, walking, side, monkeypatch):
    from alongside.mentoring.views import messages as views

    actions.send_message(mentorship=walking, body="Before the end", submit_key=uuid4(), by=english.actor)
    send_now = views.actions.send_message

    def after_they_stop(**values):
        actions.stop_here(episode=english.episode, by=english.actor)
        return send_now(**values)

    monkeypatch.setattr(views.actions, "send_message", after_they_stop)
    answer = send(signed_in(dante if side == "thread" else english), url_of(walking, side), "Came too late")
    text = answer.content.decode()
    assert answer.status_code == 409 and "This was not sent" in text and "Came too late" in text
    assert "<textarea" not in text and ("Before the end" in text) == (side == "me_thread")
    assert Message.objects.count() == 1


def test_looking_for_news_says_204_and_leaves_unread_what_it_shows(signed_in, english, dante, walking):
    client, url = signed_in(english), url_of(walking, "me_thread")
    quiet = {"HX-Request": "true", "X-Quiet": "1"}
    assert client.get(f"{url}?seen=", headers=quiet).status_code == 204
    message = actions.send_message(mentorship=walking, body="News", submit_key=uuid4(), by=dante.actor)
    answer = client.get(f"{url}?seen=", headers=quiet)
    assert b"News" in answer.content and b"<html" not in answer.content
    assert Message.objects.get().read_at is None
    assert client.get(f"{url}?seen={message.pk}", headers=quiet).status_code == 204


def test_the_notice_reveals_nothing_and_comes_once(english, dante, walking):
    SafeContact.objects.filter(person=english.person).delete()
    SafeContact.objects.create(program=english.program, person=english.person, channel="text", may_text=True)
    english.person.phone = "+15550100123"
    english.person.save(update_fields=["phone", "phone_index"])
    walking.refresh_from_db()
    for words in ("One", "Two"):
        actions.send_message(mentorship=walking, body=words, submit_key=uuid4(), by=dante.actor)
    assert [row.template for row in OutgoingMessage.objects.all()] == ["you_have_a_message"]


def test_asking_for_a_call_in_the_evening_counts_for_that_day_of_the_program(english, walking, clock, monkeypatch):
    told = []
    monkeypatch.setattr("alongside.mentoring.actions.messages.queue_notice", lambda **facts: told.append(facts))
    clock.set(datetime(2026, 3, 3, 5, 0, tzinfo=UTC))  # Monday evening in Los Angeles
    actions.ask_for_call(mentorship=walking, by=english.actor)
    assert [facts["once_key"] for facts in told] == [f"call:{walking.pk}:{MONDAY}"]


def test_lists_cost_the_same_however_many(signed_in, dante, walking, django_assert_max_num_queries):
    for _each in range(60):
        actions.send_message(mentorship=walking, body="Hi", submit_key=uuid4(), by=dante.actor)
    client = signed_in(dante)
    client.get(reverse("messages"))
    with django_assert_max_num_queries(12):
        assert client.get(reverse("messages")).status_code == 200
    with django_assert_max_num_queries(16):
        text = client.get(url_of(walking)).content.decode()
    assert "Earlier messages" in text
    assert client.get(f"{url_of(walking)}?page=2").status_code == 200


def test_a_draft_is_kept_until_the_server_has_the_words(signed_in, english, walking):
    client, url = signed_in(english), url_of(walking, "me_thread")
    assert f'data-draft="message-{walking.pk}"' in client.get(url).content.decode()
    send(client, url)
    assert f'content="message-{walking.pk}"' in client.get(url).content.decode()
    assert 'name="draft-saved"' not in client.get(url).content.decode()


def test_somebody_without_a_peer_has_a_kind_empty_page(signed_in, english):
    assert b"Nobody to write to yet" in signed_in(english).get(reverse("me_messages")).content


def test_looking_for_news_keeps_no_session_awake(signed_in, english, walking, clock):
    client, url = signed_in(english), url_of(walking, "me_thread")
    assert client.get(url).status_code == 200
    quiet = {"HX-Request": "true", "X-Quiet": "1"}
    for _minute in range(15):
        clock.forward(minutes=1)
        assert client.get(f"{url}?seen=", headers=quiet).status_code == 204
    clock.forward(minutes=1)
    answer = client.get(f"{url}?seen=", headers=quiet)
    assert answer.status_code != 200 and "_auth_user_id" not in client.session


# --- the log of who opened it --------------------------------------------------------------------------------------
def opened(person) -> int:
    return Entry.objects.filter(act="record.opened", object_kind="thread", subject_id=person.pk).count()


def test_she_reads_that_her_peer_opened_the_thread_once_a_day(clock, signed_in, english, dante, walking):
    page, url = signed_in(dante), url_of(walking)
    for _again in range(3):
        page.get(url)
    page.head(url)
    send(page, url)
    page.get(url, {"seen": "x"}, headers={"hx-request": "true"})
    assert opened(english.person) == 1
    entry = Entry.objects.get(act="record.opened", object_kind="thread")
    assert (entry.actor_person_id, entry.object_id) == (dante.person.pk, walking.pk)
    clock.forward(days=1)
    page.logout()
    assert signed_in(dante).get(url).status_code == 200
    assert opened(english.person) == 2
    text = signed_in(english).get(reverse("me_privacy")).content.decode()
    assert dante.person.goes_by in text[text.index("Who opened it") :]


def test_her_own_opening_is_no_entry_and_a_refused_try_is_none_of_these(signed_in, english, sol, walking):
    signed_in(english).get(url_of(walking, "me_thread"))
    signed_in(sol).get(url_of(walking))
    assert opened(english.person) == 0
