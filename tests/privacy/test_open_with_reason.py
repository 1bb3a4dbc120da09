"""A director opens one record for two hours, with words that the person reads; nobody else has this door."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.outside import without_ids

from alongside.audit.models import Entry
from alongside.mentoring.actions import Note, record_contact
from alongside.people.actions import set_roles
from alongside.privacy.models import Grant

pytestmark = pytest.mark.django_db
WHY = "You asked the office to look at your note."


def test_a_record_is_closed_to_a_director_until_there_is_a_reason(signed_in, dolores, rosa, mentorship, clock):
    client, record = signed_in(dolores), reverse("record", args=[rosa.person.pk])
    assert client.get(record).status_code == 404
    url = reverse("open_with_reason", args=[rosa.person.pk])
    assert b"Rosa" not in client.get(url).content
    assert client.post(url, {"words": "because"}).status_code == 200
    assert not Grant.objects.filter(kind="reason").exists()
    assert client.post(url, {"words": WHY})["Location"] == record
    assert client.get(record).status_code == 200
    opened = Entry.objects.filter(act="record.opened", subject_id=rosa.person.pk).latest("id")
    assert opened.reason_words == WHY
    clock.forward(minutes=10)
    assert client.get(record).status_code == 200
    clock.forward(hours=2)
    client.logout()
    assert signed_in(dolores).get(record).status_code == 404


def test_a_double_press_is_one_opening(signed_in, dolores, rosa):
    client, url = signed_in(dolores), reverse("open_with_reason", args=[rosa.person.pk])
    for _twice in range(2):
        client.post(url, {"words": WHY})
    assert Grant.objects.filter(kind="reason").count() == 1


def test_a_search_asks_the_reason_first_and_shows_names_only(signed_in, dolores, rosa, dante, mentorship):
    note = Note(submit_key=uuid4(), happened_at=timezone.now(), mode="phone", reached=True, note="A secret",
                read_together=True)  # fmt: skip
    record_contact(mentorships=[mentorship], by=dante.actor, note=note)
    client, url = signed_in(dolores), reverse("open_find")
    answer = client.post(url, {"name": "ros", "words": ""})
    assert b"Open with this reason" not in answer.content
    answer = client.post(url, {"name": "ROS", "words": WHY})
    text = without_ids(answer.content.decode())
    assert "Rosa" in text and "secret" not in text and "555" not in text
    assert "Dante" not in client.post(url, {"name": "dante", "words": WHY}).content.decode()
    found = Entry.objects.get(act="record.searched")
    assert (found.subject_id, found.reason_words) == (rosa.person.pk, WHY)


def test_nobody_goes_by_such_a_name(signed_in, dolores, rosa):
    answer = signed_in(dolores).post(reverse("open_find"), {"name": "zz", "words": WHY})
    assert b"Nobody goes by" in answer.content and not Entry.objects.filter(act="record.searched").exists()


def test_only_a_director_has_this_door(signed_in, rosa, dante, lien, carmen, ada, marcus):
    for persona in (rosa, dante, lien, carmen, ada, marcus):
        client = signed_in(persona)
        assert client.get(reverse("open_find")).status_code == 404
        assert client.post(reverse("open_with_reason", args=[rosa.person.pk]), {"words": WHY}).status_code == 404
    assert not Grant.objects.filter(kind="reason").exists()


def test_a_person_who_is_no_participant_or_of_another_program_is_not_there(signed_in, dolores, dante, marcus):
    for person in (dante.person, marcus.person, dolores.person):
        assert signed_in(dolores).get(reverse("open_with_reason", args=[person.pk])).status_code == 404


def test_a_reason_ends_with_the_role(signed_in, program, ada, dolores, rosa, mentorship):
    client = signed_in(dolores)
    client.post(reverse("open_with_reason", args=[rosa.person.pk]), {"words": WHY})
    set_roles(user=dolores.user, program=program, roles=["peer"], by=ada.actor)
    assert client.get(reverse("record", args=[rosa.person.pk])).status_code == 404
