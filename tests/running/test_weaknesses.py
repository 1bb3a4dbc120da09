"""The look for known weaknesses: a person makes it, and the house reminds of it (K3)."""

from datetime import datetime, time, timedelta
from html import unescape

import pytest
from django.urls import reverse
from tests.story import ZONE, day_there

from alongside.audit.models import Entry
from alongside.people.models import OutgoingMessage
from alongside.running import weaknesses
from alongside.running.models import WeaknessLook

pytestmark = pytest.mark.django_db

NOON = datetime.combine(day_there(), time(12), tzinfo=ZONE)
DAY = timedelta(days=1)


@pytest.fixture
def ada_with_mail(ada, program):
    """The administrator, with an address."""
    ada.user.email = "ada@example.org"
    ada.user.save()
    return ada


def queued() -> int:
    return OutgoingMessage.objects.filter(once_key__startswith="weak:").count()


def test_administrators_are_reminded_once_a_month_by_day(ada_with_mail, dolores):
    assert weaknesses.remind_due(NOON - timedelta(hours=9)) == 0, "not at night"
    assert weaknesses.remind_due(NOON) == 1 and weaknesses.remind_due(NOON + timedelta(hours=1)) == 0
    (notice,) = OutgoingMessage.objects.filter(once_key__startswith="weak:")
    assert notice.recipient == str(ada_with_mail.user.pk) and notice.template == "please_look_now"
    weaknesses.note_look(found=False, by=ada_with_mail.actor, now=NOON)
    for days, more in ((1, 0), (29, 0), (30, 1), (31, 0), (59, 0), (60, 1)):
        assert weaknesses.remind_due(NOON + days * DAY) == more, days


def test_where_one_was_found_they_are_reminded_after_seven_days(ada_with_mail):
    weaknesses.note_look(found=True, by=ada_with_mail.actor, now=NOON)
    assert [weaknesses.remind_due(NOON + days * DAY) for days in (6, 7, 8)] == [0, 1, 0]


def test_the_page_says_how_and_takes_what_came_of_it(signed_in, ada_with_mail, dolores):
    page = reverse("jobs")
    director = signed_in(dolores)
    assert "Nobody has looked yet" in unescape(director.get(page).content.decode())
    assert director.post(reverse("weaknesses_looked"), {"action": "none"}).status_code == 404
    assert not WeaknessLook.objects.exists()
    client = signed_in(ada_with_mail)
    assert "pip-audit" in client.get(page).content.decode()
    assert client.post(reverse("weaknesses_looked"), {"action": "x"}).status_code == 404
    for _twice in range(2):
        assert client.post(reverse("weaknesses_looked"), {"action": "some"}).status_code == 302
    look = WeaknessLook.objects.get()
    assert look.found and look.looked_by == ada_with_mail.user.pk
    assert Entry.objects.get(act="weakness.looked").reason == "found"
    assert "One was found" in unescape(client.get(page).content.decode())
