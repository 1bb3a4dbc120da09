"""The contact note: done once, never lost, read only by those who may."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.mentoring import actions, queries
from alongside.mentoring.models import Contact, Mentorship, NoteDraft
from alongside.workforce.actions import set_available


def note(**values) -> actions.Note:
    defaults = {"submit_key": uuid4(), "happened_at": timezone.now(), "mode": "phone", "reached": True, "minutes": 15,
                "read_together": True}  # fmt: skip
    return actions.Note(**{**defaults, **values})


def typed(**values) -> dict:
    defaults = {"submit_key": str(uuid4()), "outcome": "reached", "mode": "phone", "minutes": "15", "notice": "offered"}
    return {**defaults, "note": "We laughed.", "read_together": "yes", **values}


def test_the_same_submit_twice_is_one_contact(mentorship, dante):
    first = note()
    one = actions.record_contact(mentorships=[mentorship], note=first, by=dante.actor)
    two = actions.record_contact(mentorships=[mentorship], note=first, by=dante.actor)
    assert [each.pk for each in one] == [each.pk for each in two]
    assert Contact.objects.count() == 1


def test_the_first_reached_contact_begins_the_mentorship_and_the_episode(mentorship, dante):
    actions.record_contact(mentorships=[mentorship], note=note(reached=False), by=dante.actor)
    mentorship.refresh_from_db()
    assert mentorship.status == "introduced"
    actions.record_contact(mentorships=[mentorship], note=note(), by=dante.actor)
    mentorship.refresh_from_db()
    assert (mentorship.status, mentorship.episode.status) == ("active", "active")


def test_attempts_count_until_the_person_is_reached(mentorship, dante):
    for _ in range(2):
        actions.record_contact(mentorships=[mentorship], note=note(reached=False), by=dante.actor)
    mentorship.refresh_from_db()
    assert mentorship.attempts_since_reached == 2
    assert mentorship.latest_reached_at is None
    actions.record_contact(mentorships=[mentorship], note=note(), by=dante.actor)
    mentorship.refresh_from_db()
    assert mentorship.attempts_since_reached == 0
    assert mentorship.latest_reached_at is not None


def test_a_promise_tried_twice_gives_way_to_the_rhythm_of_tries(mentorship, dante):
    yesterday = day_there() - timedelta(days=1)
    actions.record_contact(mentorships=[mentorship], note=note(next_step_on=yesterday), by=dante.actor)
    for promised in (yesterday, None):
        mentorship.refresh_from_db()
        assert mentorship.next_step_on == yesterday
        actions.record_contact(mentorships=[mentorship], note=note(reached=False), by=dante.actor)
        mentorship.refresh_from_db()
        assert mentorship.next_step_on == promised


def test_an_older_note_entered_late_does_not_move_the_latest_contact_back(mentorship, dante):
    now = timezone.now()
    actions.record_contact(mentorships=[mentorship], note=note(happened_at=now), by=dante.actor)
    actions.record_contact(mentorships=[mentorship], note=note(happened_at=now - timedelta(days=3)), by=dante.actor)
    mentorship.refresh_from_db()
    assert mentorship.latest_reached_at == now


def test_each_contact_has_its_audit_entry_without_the_words(mentorship, dante):
    (contact,) = actions.record_contact(mentorships=[mentorship], note=note(note="canary words"), by=dante.actor)
    entry = Entry.objects.get(act="contact.completed", object_id=contact.pk)
    assert entry.subject_id == mentorship.participant_id
    assert "canary" not in str(vars(entry))


def test_the_note_is_ciphertext_in_the_database(mentorship, dante):
    from django.db import connection

    actions.record_contact(mentorships=[mentorship], note=note(note="canary words"), by=dante.actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM mentoring_contact")
        assert "canary" not in cursor.fetchone()[0]


def test_a_peer_writes_a_note_on_the_page(signed_in, mentorship, dante):
    client = signed_in(dante)
    url = reverse("contact_new", args=[mentorship.participant_id])
    assert client.get(url).status_code == 200
    answer = client.post(url, typed(kinds_of_support=["emotional"], next_step="Call", next_day="1"))
    assert answer.status_code == 302
    contact = Contact.objects.get()
    assert (contact.status, contact.minutes, contact.note) == ("completed", 15, "We laughed.")
    assert contact.next_step_on == day_there() + timedelta(days=1)


def test_an_attempt_needs_two_taps(signed_in, mentorship, dante):
    url = reverse("contact_new", args=[mentorship.participant_id])
    signed_in(dante).post(url, {"submit_key": str(uuid4()), "outcome": "message_left", "mode": "phone"})
    contact = Contact.objects.get()
    assert (contact.status, contact.message_left, contact.minutes) == ("attempted", True, 0)


def test_a_refused_note_keeps_what_was_typed_and_says_what_to_do(signed_in, mentorship, dante):
    url = reverse("contact_new", args=[mentorship.participant_id])
    answer = signed_in(dante).post(url, typed(minutes="", note="Long and dear words"))
    assert answer.status_code == 200
    assert "Long and dear words" in answer.content.decode()
    assert "Say about how long" in answer.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("days", [1, 400])
def test_a_note_about_a_day_to_come_is_refused(signed_in, mentorship, dante, days):
    url = reverse("contact_new", args=[mentorship.participant_id])
    day = day_there() + timedelta(days=days)
    answer = signed_in(dante).post(url, typed(happened="other", happened_on=day.isoformat()))
    assert "has not come yet" in answer.content.decode()


def test_nobody_else_writes_or_reads_about_her(signed_in, mentorship, rosa, marcus, lien, ada, carmen):
    new, page = reverse("contact_new", args=[rosa.person.pk]), reverse("record", args=[rosa.person.pk])
    for stranger in (marcus, ada, rosa):
        client = signed_in(stranger)
        assert client.get(page).status_code == 404
        assert client.post(new, typed()).status_code == 404
    # They may read, by relation, but a note is written by who was there.
    for reader in (lien, carmen):
        client = signed_in(reader)
        assert client.get(page).status_code == 200
        assert client.post(new, typed()).status_code == 404
    assert not Contact.objects.exists()


def test_opening_a_record_is_written_down_before_the_page_is_sent(signed_in, mentorship, rosa, lien):
    signed_in(lien).get(reverse("record", args=[rosa.person.pk]))
    entry = Entry.objects.get(act="record.opened")
    assert (entry.subject_id, entry.actor_person_id, entry.role) == (rosa.person.pk, lien.person.pk, "supervisor")
    assert entry.request_id


def test_the_draft_is_kept_and_given_back_and_erased_by_saving(signed_in, mentorship, dante):
    client, person = signed_in(dante), mentorship.participant_id
    key = str(uuid4())
    answer = client.post(
        reverse("contact_draft"), {"about": str(person), "submit_key": key, "note": "Half a sent", "mode": "phone"}
    )
    assert (answer.status_code, answer.headers["X-Draft-Saved"]) == (204, f"note-{person}")
    url = reverse("contact_new", args=[person])
    assert "Half a sent" in client.get(url).content.decode()
    client.post(url, typed(submit_key=key))
    assert not NoteDraft.objects.exists()
    assert "Half a sent" not in client.get(url).content.decode()


def test_a_draft_about_a_stranger_is_not_kept(signed_in, mentorship, marcus, dante):
    for about in (uuid4(), "no-id", dante.person.pk):
        assert signed_in(dante).post(reverse("contact_draft"), {"about": str(about), "note": "x"}).status_code == 404
    assert not NoteDraft.objects.exists()


def test_a_note_is_added_to_and_never_changed(signed_in, mentorship, dante, lien):
    (contact,) = actions.record_contact(mentorships=[mentorship], note=note(note="First words"), by=dante.actor)
    url = reverse("contact", args=[mentorship.participant_id, contact.pk])
    answer = signed_in(dante).post(
        url, {"submit_key": str(uuid4()), "words": "And one thing more", "read_together": "on"}, follow=True
    )
    page = answer.content.decode()
    assert "First words" in page
    assert "And one thing more" in page
    assert signed_in(lien).post(url, {"submit_key": str(uuid4()), "words": "not mine"}).status_code == 404


def test_a_return_to_use_brings_the_peer_closer_and_closes_nothing(signed_in, mentorship, dante):
    actions.record_contact(mentorships=[mentorship], note=note(), by=dante.actor)
    url = reverse("support_raised", args=[mentorship.participant_id])
    signed_in(dante).post(url, {"on_day": day_there().isoformat()})
    mentorship = Mentorship.objects.select_related("episode").get(pk=mentorship.pk)
    assert (mentorship.status, mentorship.episode.status) == ("active", "active")
    assert mentorship.episode.returned_to_use_on == day_there()


def test_the_supervisor_reads_the_notes_of_her_peers_only(mentorship, dante, lien, carmen, rosa):
    actions.record_contact(mentorships=[mentorship], note=note(), by=dante.actor)
    assert queries.list_contacts_visible_to(lien.actor, rosa.person.pk).count() == 1
    dante.person.supervisor = None
    dante.person.save()
    assert queries.list_contacts_visible_to(lien.actor, rosa.person.pk).count() == 0
    assert queries.list_contacts_visible_to(carmen.actor, rosa.person.pk).count() == 1


def test_the_coordinator_finds_the_way_to_a_change_from_the_record(signed_in, mentorship, carmen, lien):
    change = reverse("mentorship_change", args=[mentorship.pk])
    page = reverse("record", args=[mentorship.participant_id])
    assert change in signed_in(carmen).get(page).content.decode()
    assert change not in signed_in(lien).get(page).content.decode()


def test_who_covers_writes_while_the_peer_is_away_and_is_led_nowhere_else(signed_in, walking, rosa, dante, sol, carmen):
    actions.set_backup_peer(mentorship=walking, backup_peer=sol.profile, by=carmen.actor)
    client, record = signed_in(sol), reverse("record", args=[rosa.person.pk])
    note = reverse("contact_new", args=[rosa.person.pk])
    thread, change = reverse("thread", args=[walking.pk]), reverse("mentorship_change", args=[walking.pk])
    body = client.get(record).content.decode()
    assert not any(link in body for link in (note, thread, change))
    assert client.get(note).status_code == 404
    set_available(peer=dante.profile, available=False, by=dante.actor)
    body = client.get(record).content.decode()
    assert note in body
    assert thread in body
    assert change not in body
    assert client.get(note).status_code == 200


def test_nobody_writes_about_or_to_somebody_who_stopped_meanwhile(signed_in, mentorship, dante, rosa):
    stale = Mentorship.objects.get(pk=mentorship.pk)
    actions.end_mentorship(mentorship=mentorship, reason="own_wish", by=rosa.actor)
    with pytest.raises(actions.NoteForNobody):
        actions.record_contact(mentorships=[stale], note=note(), by=dante.actor)
    with pytest.raises(actions.ThreadClosed):
        actions.send_message(mentorship=stale, body="Hello?", submit_key=uuid4(), by=dante.actor)
    assert not Contact.objects.exists()


def test_what_was_typed_stays_when_somebody_stopped_meanwhile(signed_in, mentorship, dante, rosa, monkeypatch):
    from alongside.mentoring.views import notes

    client, loaded = signed_in(dante), notes.get_own_walk

    def then_they_stop(request, person_id):
        found = loaded(request, person_id)
        actions.end_mentorship(mentorship=mentorship, reason="own_wish", by=rosa.actor)
        return found

    monkeypatch.setattr(notes, "get_own_walk", then_they_stop)
    answer = client.post(reverse("contact_new", args=[mentorship.participant_id]), typed(note="Dear words"))
    page = answer.content.decode()
    assert "Not saved" in page
    assert "Dear words" in page


def test_one_rest_that_cannot_end_holds_up_no_other(mentorship, dante, rosa, carmen, monkeypatch):
    from alongside.mentoring.actions import leaving

    actions.record_contact(mentorships=[mentorship], note=note(), by=dante.actor)
    mentorship.refresh_from_db()
    actions.pause_mentorship(mentorship=mentorship, by=rosa.actor, until=day_there())
    other = create_waiting(carmen, rosa.program)
    real, tried = leaving.go_on, []

    def fails_once(*, episode, **values):
        tried.append(episode.pk)
        if len(tried) == 1:
            raise RuntimeError
        return real(episode=episode, **values)

    monkeypatch.setattr(leaving, "go_on", fails_once)
    with pytest.raises(RuntimeError):
        leaving.end_rests(timezone.now() + timedelta(days=1))
    assert set(tried) == {mentorship.episode_id, other.pk}


def create_waiting(carmen, program):
    """Somebody else who rests while they wait."""
    from alongside.people.actions import create_person, move_episode, open_episode
    from alongside.people.models import Episode

    person = create_person(program=program, by=carmen.actor, goes_by="Other")
    episode = open_episode(person=person, by=carmen.actor)
    for state in ("intake", "waiting", "paused"):
        episode = move_episode(episode=episode, to=state, by=carmen.actor)
    Episode.objects.filter(pk=episode.pk).update(paused_until=day_there())
    return episode
