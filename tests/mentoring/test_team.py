"""The supervisor's page names the right people, and says thank you."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.calls.conftest import ALL_WEEK, NOON, make_served

from alongside.audit.models import Entry
from alongside.calls.actions import agree, call_soon
from alongside.calls.models import Agreement
from alongside.checkins.actions import check_in
from alongside.mentoring import actions
from alongside.mentoring.models import Contact, Mentorship
from alongside.mentoring.queries.team import list_notes_to_acknowledge, list_silent, list_team, list_wished_calls
from alongside.people.actions import record_boundary
from alongside.people.actor import SystemActor
from alongside.people.events import emit
from alongside.people.models import Episode, OutgoingMessage


def write(mentorship, dante, days_ago: int = 0, **values):
    note = actions.Note(
        submit_key=uuid4(),
        happened_at=timezone.now() - timedelta(days=days_ago),
        mode="phone",
        reached=values.pop("reached", True),
        minutes=10,
        read_together=True,
        **values,
    )
    return actions.record_contact(mentorships=[mentorship], note=note, by=dante.actor)[0]


def test_somebody_nobody_reached_for_fourteen_days_is_named(mentorship, dante, lien):
    write(mentorship, dante, days_ago=15)
    write(mentorship, dante, days_ago=2, reached=False)
    assert [row.id for row in list_silent(lien.actor)] == [mentorship.pk]
    write(mentorship, dante, days_ago=1)
    assert not list_silent(lien.actor)


def test_whoever_rests_or_was_just_introduced_is_not_silent(mentorship, dante, lien, rosa):
    assert not list_silent(lien.actor)
    write(mentorship, dante, days_ago=20)
    actions.pause_mentorship(mentorship=Mentorship.objects.get(), by=rosa.actor)
    assert not list_silent(lien.actor)


def test_only_the_people_of_her_peers_are_named(mentorship, dante, lien):
    write(mentorship, dante, days_ago=20)
    dante.person.supervisor = None
    dante.person.save()
    assert not list_silent(lien.actor)
    assert not list_notes_to_acknowledge(lien.actor)
    assert not list_team(lien.actor)


def test_a_wished_call_nobody_made_reaches_the_supervisor(signed_in, mentorship, dante, lien, rosa, carmen):
    lien.user.email = "lien@example.org"
    lien.user.save()
    now = timezone.now()
    actions.ask_for_call(mentorship=mentorship, by=rosa.actor, now=now - timedelta(hours=25))
    assert actions.tell_unmade_calls(now - timedelta(hours=2)) == 0, "its hours are not over"
    assert [actions.tell_unmade_calls(now) for _again in range(3)] == [1, 0, 0], "told once"
    notice = OutgoingMessage.objects.get(template="please_look_now")
    assert notice.recipient == str(lien.user.pk) and notice.link.endswith(reverse("team"))
    assert [row.id for row in list_wished_calls(lien.actor)] == [mentorship.pk]
    page = signed_in(lien).get(reverse("team")).content.decode()
    assert "Asked for a call, and nobody called yet" in page
    # A try tells nobody that it is over; a talk does.
    write(mentorship, dante, reached=False)
    assert list_wished_calls(lien.actor)
    write(mentorship, dante)
    assert not list_wished_calls(lien.actor) and actions.tell_unmade_calls(now) == 0


def test_of_an_unmade_call_coordinators_hear_where_the_supervisor_may_not(mentorship, dante, lien, rosa, carmen):
    for one in (lien, carmen):
        one.user.email = f"{one.user.username}@example.org"
        one.user.save()
    record_boundary(person=rosa.person, other=lien.person, kind="ex", by=carmen.actor)
    actions.ask_for_call(mentorship=mentorship, by=rosa.actor, now=timezone.now() - timedelta(days=3))
    assert actions.tell_unmade_calls(timezone.now()) == 1
    assert OutgoingMessage.objects.get(template="please_look_now").recipient == str(carmen.user.pk)


def test_a_call_asked_of_callers_that_nobody_made_reaches_the_coordinator(nadia_agreed, carmen):
    carmen.user.email = "carmen@example.org"
    carmen.user.save()
    now = NOON + timedelta(days=30)
    Agreement.objects.update(due_at=now + timedelta(days=6))
    call_soon(agreement=nadia_agreed, why="asked", by=SystemActor(program_id=nadia_agreed.program_id), now=now)
    assert actions.tell_unmade_calls(now) == 0
    later = now + timedelta(hours=25)
    assert [actions.tell_unmade_calls(later) for _again in range(2)] == [1, 0]
    assert OutgoingMessage.objects.get(template="please_look_now").link.endswith(reverse("call_list"))


def test_a_call_that_a_caller_made_ends_a_wish_of_a_check_in_and_no_other(mentorship, dante, rosa):
    def asked():
        mentorship.refresh_from_db()
        return mentorship.asked_for_call_at

    check_in(person=rosa.person, answers={}, wants_call=True, submit_key=uuid4(), by=rosa.actor)
    assert asked()
    emit("call_reached", person=rosa.person, at=timezone.now(), by=dante.actor)
    assert asked() is None
    later = timezone.now() + timedelta(hours=1)
    actions.ask_for_call(mentorship=mentorship, by=rosa.actor, now=later)
    emit("call_reached", person=rosa.person, at=later + timedelta(hours=1), by=dante.actor)
    assert asked() == later, "she asked Dante himself"


@pytest.fixture
def nadia_agreed(program, carmen):
    """Nadia has nobody beside her; callers call her."""
    nadia = make_served(program, "nadia", carmen.actor, phone="+12135550123")
    return agree(
        person=nadia.person, hours=ALL_WEEK, time_zone=program.time_zone, language="es", how="page", by=nadia.actor,
        now=NOON,
    )  # fmt: skip


def test_seen_thank_you_reaches_the_peer(signed_in, mentorship, dante, lien):
    contact = write(mentorship, dante, note="A good walk")
    client = signed_in(lien)
    assert "A good walk" in client.get(reverse("team")).content.decode()
    client.post(reverse("seen", args=[contact.pk]), {"words": "Lovely"})
    contact.refresh_from_db()
    assert (contact.seen_by_id, contact.seen_words) == (lien.person.pk, "Lovely")
    assert "Lovely" in signed_in(dante).get(reverse("record", args=[contact.participant_id])).content.decode()


def test_reading_notes_on_the_team_page_is_written_down(signed_in, mentorship, dante, lien, rosa):
    write(mentorship, dante)
    signed_in(lien).get(reverse("team"))
    entry = Entry.objects.get(act="record.opened")
    assert (entry.subject_id, entry.actor_person_id) == (rosa.person.pk, lien.person.pk)


def test_nobody_thanks_for_a_note_they_may_not_read(signed_in, mentorship, dante, marcus, ada):
    contact = write(mentorship, dante)
    for stranger in (marcus, ada, dante):
        assert signed_in(stranger).post(reverse("seen", args=[contact.pk]), {"words": ""}).status_code == 404
    assert Contact.objects.get().seen_at is None


def test_the_page_has_a_fixed_number_of_queries(signed_in, mentorship, dante, lien, django_assert_max_num_queries):
    for days in range(12):
        write(mentorship, dante, days_ago=days)
    client = signed_in(lien)
    client.get(reverse("team"))
    with django_assert_max_num_queries(16):
        client.get(reverse("team"))


def test_one_button_thanks_for_all_that_were_shown_and_no_more(signed_in, mentorship, dante, lien):
    shown, later = write(mentorship, dante, days_ago=3), write(mentorship, dante)
    signed_in(lien).post(reverse("seen_all"), {"note": [str(shown.pk)]})
    shown.refresh_from_db()
    later.refresh_from_db()
    assert shown.seen_at
    assert later.seen_at is None
    assert signed_in(lien).post(reverse("seen_all"), {"note": ["no-id"]}).status_code == 404


def test_kind_words_are_added_on_the_note(signed_in, mentorship, dante, lien):
    contact = write(mentorship, dante)
    page = signed_in(lien).get(reverse("contact", args=[contact.participant_id, contact.pk])).content.decode()
    assert reverse("seen", args=[contact.pk]) in page


def test_notes_about_somebody_who_stopped_are_closed_here_too(signed_in, mentorship, dante, lien, rosa):
    contact = write(mentorship, dante, note="A good walk")
    actions.stop_here(episode=Episode.objects.get(), by=rosa.actor)
    client = signed_in(lien)
    assert "A good walk" not in client.get(reverse("team")).content.decode()
    assert client.post(reverse("seen", args=[contact.pk]), {"words": ""}).status_code == 404
