"""The clock jumps (I4): back by hours, or it was ahead by days and is put right.

Nothing is sent twice, nothing waits for ever, what has ended stays ended, and the log stays sound.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from alongside import jobs
from alongside.audit import sealing
from alongside.partners import actions as partners
from alongside.people import actions, outbox
from alongside.people.models import OutgoingMessage
from tests.partners.conftest import consent, give, given, no_limits, partner  # noqa: F401  (her page)

pytestmark = pytest.mark.django_db
RAN = []


def tick_that_notes(now):
    """When it ran."""
    RAN.append(now)
    return 1


@pytest.fixture
def reachable(rosa, carmen):
    """Rosa may be e-mailed at any hour."""
    actions.change_person(person=rosa.person, by=carmen.actor, email="rosa@example.org")
    actions.set_safe_contact(
        person=rosa.person, by=carmen.actor, channel="email", may_email=True, from_hour=0, until_hour=24
    )
    rosa.person.refresh_from_db()
    return rosa


def test_what_was_sent_is_not_sent_again_and_what_is_new_goes_at_once(reachable, clock):
    outbox.queue_notice(reachable.person, "you_have_a_message", once_key="a")
    assert outbox.send_due() == {"sent": 1}
    clock.forward(hours=-3)
    assert outbox.send_due() == {}
    outbox.queue_notice(reachable.person, "you_have_a_message", once_key="a")
    outbox.queue_notice(reachable.person, "you_have_a_message", once_key="b")
    assert outbox.send_due() == {"sent": 1} and len(mail.outbox) == 2
    clock.forward(hours=6)
    assert outbox.send_due() == {} and len(mail.outbox) == 2


def test_what_was_queued_by_a_clock_that_was_ahead_does_not_wait_for_that_day(reachable, clock):
    clock.forward(days=30)
    outbox.queue_notice(reachable.person, "you_have_a_message")
    clock.forward(days=-30)
    assert outbox.send_due() == {}
    assert outbox.mend_after_jump(timezone.now()) == 1
    assert outbox.mend_after_jump(timezone.now()) == 0
    assert outbox.send_due() == {"sent": 1}


def test_what_waits_for_its_next_try_is_not_hurried(reachable, clock, monkeypatch):
    def broken(*_words):
        raise OSError("no route")

    outbox.queue_notice(reachable.person, "you_have_a_message")
    monkeypatch.setattr(outbox, "_deliver", broken)
    assert outbox.send_due() == {"later": 1}
    assert outbox.mend_after_jump(timezone.now()) == 0 and outbox.send_due() == {}
    assert OutgoingMessage.objects.get().attempts == 1


def test_ticks_keep_their_pace(monkeypatch, clock, db):
    """They count seconds that only go forward: an hour back stops nothing for an hour, a day ahead rushes nothing."""
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    seconds = [100.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: seconds[0])
    tick, latest = jobs.Tick("notes", f"{__name__}.tick_that_notes", 60), {}
    RAN.clear()
    for jump in (timedelta(), timedelta(hours=-1), timedelta(days=1), timedelta(days=-9)):
        clock.set(clock.now + jump)
        jobs.run_due(latest, (tick,))
        jobs.run_due(latest, (tick,))
        seconds[0] += 61
    assert len(RAN) == 4


def test_a_page_whose_time_was_over_stays_closed(given, partner, clock):  # noqa: F811
    clock.set(given.link.expires_at + timedelta(seconds=1))
    assert partners.lapse_due(timezone.now()) == 1
    clock.forward(days=-5)
    link = given.now()
    assert (link.status, link.content) == ("lapsed", None)
    assert "Rosa" not in partner.get(given.path).content.decode()
    assert partners.lapse_due(timezone.now()) == 0


def test_the_log_is_sound_whatever_the_clock_said(rosa, carmen, clock):
    for jump in (timedelta(), timedelta(hours=-5), timedelta(days=40), timedelta(days=-40)):
        clock.set(clock.now + jump)
        actions.change_person(person=rosa.person, by=carmen.actor, pronouns="ella" if jump else "she")
        sealing.seal_pending(timezone.now())
    assert sealing.verify(now=datetime(2027, 1, 1, tzinfo=UTC)).is_sound
