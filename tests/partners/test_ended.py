"""When Rosa stops sharing, whoever read a page is mailed that it ended; who read nothing is not told (B4)."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.privacy.consents import signed
from tests.waits import waits

from alongside.partners.actions import make_link, open_link, send_due
from alongside.partners.actions.ending import ENDED_SALT
from alongside.people import outbox
from alongside.people.actions import change_person, set_safe_contact
from alongside.people.models import OutgoingMessage
from alongside.privacy.actions import disclose, expire_due, note_told, remind_untold, stop_sharing

pytestmark = pytest.mark.django_db
ANA, BEN = "ana@clinic.example.org", "ben@clinic.example.org"
LINK = re.compile(r"http\S+/page/over/\S+")


@pytest.fixture
def consent(rosa):
    change_person(person=rosa.person, by=rosa.actor, language="en", birth_date=date(1984, 5, 17))
    rosa.person.refresh_from_db()
    return signed(rosa.person, rosa.actor)


@pytest.fixture
def page(consent, carmen):
    """`page(address, read)`: a page for somebody, and whether they opened it."""

    def page(address: str, *, read: bool, now=None):
        sent: list[str] = []
        link, code = make_link(consent=consent, address=address, submit_key=uuid4(), by=carmen.actor, now=now)
        send_due(now, deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
        if read:
            assert open_link(token=sent[0], code=code, now=now) is not None
        return link

    return page


def told() -> list[str]:
    mail.outbox.clear()
    outbox.send_due()
    return sorted(address for one in mail.outbox for address in one.to if "clinic" in address)


def test_who_read_it_is_told_once_and_who_did_not_is_not(consent, page, rosa):
    page(ANA, read=True)
    page(ANA.upper(), read=True)
    page(BEN, read=False)
    stop_sharing(consent=consent, by=rosa.actor)
    assert told() == [ANA]
    assert told() == [], "once"
    row = OutgoingMessage.objects.get(template="page_ended")
    assert (row.status, row.recipient, row.link) == ("sent", "", ""), "the address is not kept a second time"


def test_the_mail_is_neutral_and_its_page_says_the_number_and_looks_nothing_up(consent, page, rosa):
    page(ANA, read=True)
    stop_sharing(consent=consent, by=rosa.actor)
    told()
    body = mail.outbox[-1].body
    assert consent.number not in body and "Rosa" not in body and "permission" not in body.lower()
    path = urlsplit(LINK.search(body)[0]).path
    answer = Client().get(path, HTTP_ACCEPT_LANGUAGE="en")
    text = answer.content.decode()
    assert consent.number in text and "has ended" in text and "Rosa" not in text and "Dr. Ana Ito" not in text


def test_its_link_ends_after_two_weeks_and_a_made_up_one_is_no_page(consent):
    from django.core import signing
    from time_machine import travel

    token = signing.dumps(consent.number, salt=ENDED_SALT)
    for wrong in (f"{token}x", signing.dumps(consent.number), consent.number):
        assert Client().get(f"/page/over/{wrong}/").status_code == 404
    for days, status in ((13, 200), (15, 404)):
        with travel(timezone.now() + timedelta(days=days)):
            assert Client().get(f"/page/over/{token}/").status_code == status


def test_what_ended_by_its_own_day_is_told_by_nobody(rosa, carmen, page, consent):
    page(ANA, read=True)
    expire_due(timezone.now() + timedelta(days=91))
    consent.refresh_from_db()
    assert consent.status == "expired" and told() == []


def test_an_address_that_is_no_mail_gets_none(consent, rosa, carmen):
    disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor)
    stop_sharing(consent=consent, by=rosa.actor)
    assert not OutgoingMessage.objects.filter(template="page_ended").exists()


@pytest.fixture
def reachable(carmen):
    carmen.user.email = "carmen@example.org"
    carmen.user.save(update_fields=["email"])
    set_safe_contact(person=carmen.person, by=carmen.actor, channel="email", may_email=True)


def reminders() -> int:
    return OutgoingMessage.objects.filter(once_key__startswith="untold:").count()


def test_after_two_days_staff_are_reminded_once_of_whom_nobody_told(consent, rosa, carmen, reachable):
    disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor)
    stop_sharing(consent=consent, by=rosa.actor)
    now = timezone.now()
    assert remind_untold(now + timedelta(hours=47)) == 0 and reminders() == 0
    assert waits("remind_untold", carmen.program, now + timedelta(hours=49)) == 1
    assert remind_untold(now + timedelta(hours=49)) == 1 and reminders() == 1
    assert waits("remind_untold", carmen.program, now + timedelta(hours=49)) == 0
    assert remind_untold(now + timedelta(days=9)) == 0 and reminders() == 1


@pytest.mark.parametrize("what", ["told", "nothing left"])
def test_nobody_is_reminded_where_there_is_nothing_to_tell(consent, rosa, carmen, reachable, what):
    if what == "told":
        disclose(consent=consent, way="printed", submit_key=uuid4(), by=carmen.actor)
    stop_sharing(consent=consent, by=rosa.actor)
    if what == "told":
        consent.refresh_from_db()
        note_told(consent=consent, by=carmen.actor)
    assert remind_untold(timezone.now() + timedelta(days=9)) == 0 and reminders() == 0
