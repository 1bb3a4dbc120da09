"""A peer sends a place that helps to somebody they walk with, as a message like any other."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alongside.mentoring.models import Message
from alongside.resources.actions import set_aside, write_by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def pantry(program, carmen):
    values = {"name": "Moss pantry", "phone": "213-555-0150", "needs": ["food"]}
    return write_by_hand(program=program, values=values, by=carmen.actor)


def test_a_peer_sends_a_place(signed_in, english, dante, walking, pantry):
    client = signed_in(dante)
    choose = f"{reverse('messages')}?place={pantry.pk}"
    assert choose in client.get(reverse("place", args=[pantry.pk])).content.decode()
    thread = f"{reverse('thread', args=[walking.pk])}?place={pantry.pk}"
    assert thread in client.get(choose).content.decode()
    body = f"Moss pantry\n213-555-0150\nhttp://testserver{reverse('place', args=[pantry.pk])}"
    assert body in client.get(thread).content.decode().replace("\r", "")
    client.post(thread, {"body": body, "submit_key": uuid4()})
    assert Message.objects.get().body.replace("\r", "") == body
    page = signed_in(english).get(reverse("place", args=[pantry.pk]))
    assert page.status_code == 200 and "Send it to somebody" not in page.content.decode()


def test_a_place_that_is_not_there_begins_nothing(signed_in, dante, walking, pantry, carmen):
    set_aside(resource=pantry, by=carmen.actor)
    for place in (pantry.pk, uuid4(), "x"):
        page = signed_in(dante).get(reverse("thread", args=[walking.pk]), {"place": place})
        assert page.status_code == 200 and "Moss pantry" not in page.content.decode()
