"""What leaves: neutral words, only as the person allows at that moment, once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone

from alongside.people import actions, outbox
from alongside.people.models import OutgoingMessage
from alongside.people.notices import NOTICES, words_of
from alongside.people.outbox import BACK_OFF, queue_notice, send_due
from alongside.people.safe_contact import next_allowed
from alongside.rules.neutral import reveals

NOON = datetime(2026, 11, 4, 20, 0, tzinfo=UTC)
"""Noon in Los Angeles."""


@pytest.fixture
def reachable(rosa, carmen):
    """Rosa may be e-mailed from 9 to 20 o'clock."""
    actions.change_person(person=rosa.person, by=carmen.actor, email="rosa@example.org", phone="+13105550100")
    allow(rosa, carmen, channel="email", may_email=True)
    rosa.person.refresh_from_db()
    return rosa


def allow(rosa, carmen, **rules):
    actions.set_safe_contact(person=rosa.person, by=carmen.actor, **rules)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", NOTICES)
def test_no_notice_reveals_anything(code, language):
    assert [reveals(text) for text in words_of(code, language, "https://example.org/")] == [[], [], []]


@pytest.mark.parametrize("code", NOTICES)
def test_notices_differ_between_languages(code):
    assert all(one != other for one, other in zip(words_of(code, "en", "-"), words_of(code, "es", "-"), strict=True))


def test_a_notice_waits_in_the_outbox_and_is_sent_in_her_language(reachable):
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert mail.outbox == []
    assert send_due(NOON) == {"sent": 1}
    (message,) = mail.outbox
    assert message.to == ["rosa@example.org"]
    assert message.subject == words_of("you_have_a_message", "es", "")[0]
    assert send_due(NOON) == {}


def test_what_was_sent_keeps_no_address(reachable):
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    send_due(NOON)
    row = OutgoingMessage.objects.get()
    assert (row.recipient, row.link, row.status) == ("", "", "sent")


def test_addresses_are_stored_encrypted(reachable):
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient, link FROM people_outgoingmessage")
        assert "rosa" not in str(cursor.fetchall())


@pytest.mark.parametrize(
    "rules", [{"channel": "none"}, {"channel": "app"}, {"may_email": False}, {"channel": "phone", "may_email": False}]
)
def test_nothing_is_queued_that_is_not_allowed(reachable, carmen, rules):
    allow(reachable, carmen, **rules)
    assert queue_notice(reachable.person, "something_new", now=NOON) is None
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("rules", [{"channel": "none"}, {"may_email": False}])
def test_rules_are_asked_again_when_sending(reachable, carmen, rules):
    queue_notice(reachable.person, "something_new", now=NOON)
    allow(reachable, carmen, **rules)
    assert send_due(NOON) == {"dropped": 1}
    assert mail.outbox == []


def test_a_new_address_counts_when_sending(reachable, carmen):
    queue_notice(reachable.person, "something_new", now=NOON)
    actions.change_person(person=reachable.person, by=carmen.actor, email="new@example.org")
    send_due(NOON)
    assert mail.outbox[0].to == ["new@example.org"]


def test_the_night_is_quiet(reachable, carmen):
    late = NOON + timedelta(hours=10)  # 10 in the evening
    row = queue_notice(reachable.person, "something_new", now=late)
    assert row.not_before == datetime(2026, 11, 5, 17, 0, tzinfo=UTC)  # 9 in the morning
    assert send_due(late) == {}
    allow(reachable, carmen, from_hour=12, until_hour=14)
    assert send_due(row.not_before) == {"later": 1}
    assert send_due(datetime(2026, 11, 5, 20, 0, tzinfo=UTC)) == {"sent": 1}


class Hours:
    from_hour, until_hour = 9, 20


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            datetime(2026, 3, 8, 5, 0, tzinfo=UTC),
            datetime(2026, 3, 8, 16, 0, tzinfo=UTC),
        ),  # clocks go forward that night
        (datetime(2026, 11, 1, 6, 0, tzinfo=UTC), datetime(2026, 11, 1, 17, 0, tzinfo=UTC)),  # and back
        (datetime(2026, 7, 1, 15, 59, tzinfo=UTC), datetime(2026, 7, 1, 16, 0, tzinfo=UTC)),
        (datetime(2026, 7, 1, 16, 0, tzinfo=UTC), datetime(2026, 7, 1, 16, 0, tzinfo=UTC)),
        (datetime(2026, 7, 2, 2, 59, tzinfo=UTC), datetime(2026, 7, 2, 2, 59, tzinfo=UTC)),
        (datetime(2026, 7, 2, 3, 0, tzinfo=UTC), datetime(2026, 7, 2, 16, 0, tzinfo=UTC)),
    ],
)
def test_hours_are_those_of_the_wall_clock(now, expected):
    assert next_allowed(Hours, now, "America/Los_Angeles") == expected


def test_texts_go_by_the_text_carrier(reachable, carmen, settings, tmp_path):
    settings.ALONGSIDE_HOME = tmp_path
    allow(reachable, carmen, channel="text", may_text=True)
    queue_notice(reachable.person, "you_have_a_message", now=NOON)
    assert send_due(NOON) == {"sent": 1}
    (file,) = (tmp_path / "texts").iterdir()
    assert file.read_text().startswith("+13105550100\n")
    assert file.stat().st_mode & 0o077 == 0


def test_the_same_notice_is_queued_once(reachable):
    for _ in range(3):
        queue_notice(reachable.person, "something_new", once_key="offer:1", now=NOON)
    assert OutgoingMessage.objects.count() == 1


def test_an_unknown_notice_is_refused(reachable):
    with pytest.raises(KeyError):
        queue_notice(reachable.person, "Hello Rosa, your group meets tonight", now=NOON)


def test_a_carrier_that_fails_is_tried_again_and_then_given_up(reachable, monkeypatch, caplog):
    monkeypatch.setattr(outbox, "_deliver", lambda *args: (_ for _ in ()).throw(OSError("rosa@example.org refused")))
    queue_notice(reachable.person, "something_new", now=NOON)
    now, tries = NOON, 0
    while OutgoingMessage.objects.get().status == "queued":
        counts = send_due(now)
        tries += sum(counts.values())
        now = max(now + timedelta(minutes=1), OutgoingMessage.objects.get().not_before)
        now = next_allowed(Hours, now, "America/Los_Angeles")
    assert (tries, OutgoingMessage.objects.get().status) == (len(BACK_OFF), "failed")
    assert "rosa" not in caplog.text


def test_a_library_cannot_send_its_own_words(reachable):
    reachable.user.email = "rosa@example.org"
    reachable.user.save()
    send_mail("Your recovery plan", "Dear Rosa, ...", None, ["rosa@example.org", "stranger@example.org"])
    assert mail.outbox == []
    assert send_due() == {"sent": 1, "dropped": 1}
    assert reveals(mail.outbox[0].subject + mail.outbox[0].body) == []
    assert "Rosa," not in mail.outbox[0].body


def test_a_changed_password_is_told_in_neutral_words(client, carmen):
    carmen.user.email = "carmen@example.org"
    carmen.user.save()
    from allauth.account.adapter import get_adapter

    get_adapter().set_password(carmen.user, "green horses by the river")
    assert send_due() == {"sent": 1}
    assert mail.outbox[0].to == ["carmen@example.org"]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_notice_once(reachable):
    for number in range(20):
        queue_notice(reachable.person, "something_new", once_key=str(number), now=NOON)
    sent, lock, start = [], threading.Lock(), threading.Barrier(3)
    deliver = outbox._deliver

    def slow(row, address, link):
        with lock:
            sent.append(row.pk)

    outbox._deliver = slow
    try:

        def work():
            start.wait()
            try:
                send_due(NOON)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        outbox._deliver = deliver
    assert len(sent) == len(set(sent)) == 20
    assert set(OutgoingMessage.objects.values_list("status", flat=True)) == {"sent"}


def test_default_moment_is_now(reachable):
    row = queue_notice(reachable.person, "account_changed")
    assert abs(row.not_before - timezone.now()) < timedelta(minutes=1)
