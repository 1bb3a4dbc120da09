"""The page of jobs: what runs by itself, what waits, what failed; and nothing about anybody."""

from collections import Counter
from datetime import timedelta
from html import unescape
from threading import Event

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.story import day_there
from tests.waits import waits

from alongside import jobs
from alongside.audit import heads_away
from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.audit.sealing import seal_pending
from alongside.legal.queries import held_people
from alongside.mentoring.actions import end_rests
from alongside.people import outbox
from alongside.people.actions import change_person, move_episode, set_safe_contact
from alongside.people.models import Episode, OutgoingMessage
from alongside.people.texts import PerhapsTaken
from alongside.retention.due import count_all_due, count_due
from alongside.retention.periods import get_periods
from alongside.running import actions, advisories, queries
from alongside.running.models import Failure, Job, Worker
from alongside.running.waiting import AT_ITS_HOUR, WAITING
from alongside.running.wording import JOBS

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def tick_that_does(now):
    """Three things."""
    return 3


def tick_that_counts(now):
    """Four things of two kinds."""
    return Counter(sent=1, later=3)


def tick_that_rests(now):
    """Nothing was due."""
    return 0


def tick_that_fails(now):
    """With words that must stay nowhere."""
    raise ValueError("crimson canary")


WAITED, BEGUN, RUNS = Event(), Event(), []


def tick_that_waits(now):
    """As long as somebody else's site takes."""
    RUNS.append("begun")
    BEGUN.set()
    WAITED.wait(10)
    RUNS.append("done")


def a_tick(function, every_seconds=60):
    return jobs.Tick(function, f"{__name__}.{function}", every_seconds)


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """The worker closes its connection now and then; a test keeps the one that its transaction is in."""
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)


@pytest.fixture
def notes():
    """A worker's notes."""
    return actions.Notes()


def test_every_job_has_a_name_and_says_what_waits_or_that_nothing_does():
    functions = {tick.function for tick in jobs.TICKS}
    assert functions == JOBS.keys()
    assert functions == WAITING.keys() | AT_ITS_HOUR and not WAITING.keys() & AT_ITS_HOUR


def test_runs_are_noted_with_what_they_did(notes):
    ticks = tuple(a_tick(one) for one in ("tick_that_does", "tick_that_counts", "tick_that_rests", "tick_that_fails"))
    jobs.begin(notes, ticks)
    assert jobs.run_due({}, ticks, notes) == 1
    found = {job.function.rpartition(".")[2]: job for job in Job.objects.all()}
    assert (found["tick_that_does"].amount, found["tick_that_counts"].amount) == (3, 4)
    assert found["tick_that_rests"].did_at is None and found["tick_that_rests"].started_at
    assert found["tick_that_fails"].failures == 1 and found["tick_that_fails"].did_at is None
    failure = Failure.objects.get()
    assert (failure.error, failure.worker) == ("ValueError", notes.id)
    assert "canary" not in str([row.__dict__ for row in (*Job.objects.all(), failure)])


def test_failures_in_a_row_end_with_a_run_that_ends_well(notes):
    notes.declare([("x", 5)], now=NOW)
    for _ in range(3):
        notes.failed("x", error="OSError", now=NOW)
    assert Job.objects.get().failures == 3 and Failure.objects.count() == 3
    notes.ran("x", amount=0, now=NOW)
    assert Job.objects.get().failures == 0


def test_a_worker_that_rests_writes_next_to_nothing(notes, django_assert_max_num_queries):
    notes.declare([("x", 5)], now=NOW)
    notes.ran("x", amount=0, now=NOW)
    with django_assert_max_num_queries(2):  # the transaction, with nothing in it
        notes.ran("x", amount=0, now=NOW + timedelta(seconds=20))
    assert Job.objects.get().started_at == NOW
    notes.ran("x", amount=2, now=NOW + timedelta(seconds=25))
    assert Job.objects.get().did_at == NOW + timedelta(seconds=25)


def test_what_is_no_job_any_more_is_gone_and_old_failures_too(notes):
    notes.declare([("x", 5), ("y", 5)], now=NOW)
    notes.failed("x", error="OSError", now=NOW - timedelta(days=40))
    Worker.objects.create(started_at=NOW - timedelta(days=9), seen_at=NOW - timedelta(days=2))
    notes.declare([("y", 9)], now=NOW)
    assert [(job.function, job.every_seconds) for job in Job.objects.all()] == [("y", 9)]
    assert not Failure.objects.exists() and Worker.objects.get().pk == notes.id


def test_where_it_cannot_be_noted_the_jobs_run_all_the_same(notes, monkeypatch, caplog):
    def broken(*_arguments, **_named):
        raise OSError("disk full")

    monkeypatch.setattr(notes, "ran", broken)
    monkeypatch.setattr(notes, "declare", broken)
    jobs.begin(notes, ())
    assert jobs.run_due({}, (a_tick("tick_that_does"),), notes) == 0
    assert "could not note what ran: OSError" in caplog.text and "disk full" not in caplog.text


def test_what_waits_for_the_net_does_not_hold_up_the_others(caplog):
    """A worry that nobody took is told on time, also while a site takes its twenty seconds."""
    slow = jobs.Tick("slow", f"{__name__}.tick_that_waits", 0, reads_the_net=True)
    fails = jobs.Tick("fails", f"{__name__}.tick_that_fails", 0, reads_the_net=True)
    WAITED.clear(), BEGUN.clear()
    beside = jobs.Beside()
    for _round in range(3):
        assert jobs.run_due({}, (slow, fails, a_tick("tick_that_does", 0)), beside=beside) == 0
        assert BEGUN.wait(10)
    assert RUNS == ["begun"], "it is not begun once more while it runs"
    WAITED.set()
    beside.end(10)
    assert RUNS == ["begun", "done"] and "tick failed" in caplog.text and "canary" not in caplog.text


def test_of_all_jobs_those_that_ask_others_stand_beside():
    assert {tick.function.split(".")[1] for tick in jobs.TICKS if tick.reads_the_net} == {
        "audit", "meetings", "resources", "running",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, "never"),
        ({"started_at": NOW}, "well"),
        ({"started_at": NOW, "failures": 2}, "failing"),
        ({"started_at": NOW - timedelta(minutes=2)}, "well"),
        ({"started_at": NOW - timedelta(minutes=4)}, "late"),
        ({"started_at": NOW - timedelta(minutes=4), "every_seconds": 600}, "well"),
        ({"started_at": NOW - timedelta(minutes=31), "every_seconds": 600}, "late"),
    ],
)
def test_how_it_is_with_a_job(values, state):
    assert queries.state_of(Job(function="x", **{"every_seconds": 5} | values), NOW) == state


# --- the page -----------------------------------------------------------------------------------------------------
def page(signed_in, persona):
    answer = signed_in(persona).get(reverse("jobs"))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_before_a_worker_runs_the_page_says_so(program, ada, signed_in):
    assert "No worker was seen" in page(signed_in, ada)


def test_it_shows_what_waits_in_this_program_and_what_failed_by_ids(program, other_program, ada, rosa, marcus, notes,
                                                                    signed_in):  # fmt: skip
    jobs.begin(notes)
    for one, status in ((program, "queued"), (program, "queued"), (other_program, "queued"), (program, "failed")):
        failed = OutgoingMessage.objects.create(
            program=one, recipient="rosa@example.org", template="something_new", status=status, not_before=NOW
        )
    notes.failed("alongside.people.outbox.send_due", error="OSError", now=timezone.now())
    text = page(signed_in, ada)
    assert "2 wait now" in text and "1 worker runs" in text
    assert "failed 1 time in a row" in text and "OSError" in text and str(failed.pk) in text
    assert "Rosa" not in text and "rosa@example.org" not in text


def test_administrators_and_directors_see_it_and_nobody_else(program, ada, dolores, carmen, lien, dante, signed_in):
    for persona in (ada, dolores):
        assert "What runs by itself" in page(signed_in, persona)
    for persona in (carmen, lien, dante):
        assert signed_in(persona).get(reverse("jobs")).status_code == 404


def test_every_count_of_what_waits_can_be_asked(program):
    jobs.begin(actions.Notes())
    found = queries.list_jobs(program, NOW)
    assert len(found) == len(jobs.TICKS)
    assert {one.job.function for one in found if one.waiting is not None} == WAITING.keys()


def test_a_message_that_failed_is_tried_again_and_that_is_in_the_log(program, other_program, ada, carmen, signed_in):
    values = {"recipient": "rosa@example.org", "template": "something_new", "not_before": NOW, "attempts": 6}
    failed = OutgoingMessage.objects.create(program=program, status="failed", **values)
    theirs = OutgoingMessage.objects.create(program=other_program, status="failed", **values)
    sent = OutgoingMessage.objects.create(program=program, status="sent", **values)
    assert "Try again" in page(signed_in, ada)
    client = signed_in(ada)
    assert client.post(reverse("job_again", args=[failed.pk])).status_code == 302
    failed.refresh_from_db()
    assert (failed.status, failed.attempts) == ("queued", 0)
    assert Entry.objects.get(act="message.tried_again").object_id == failed.pk
    for other in (failed, theirs, sent):
        assert client.post(reverse("job_again", args=[other.pk])).status_code == 404
    OutgoingMessage.objects.filter(pk=failed.pk).update(status="failed")
    assert signed_in(carmen).post(reverse("job_again", args=[failed.pk])).status_code == 404


def test_what_failed_keeps_its_way_and_what_perhaps_left_says_so(program, ada, rosa, carmen, signed_in, mailoutbox):
    values = {"program": program, "template": "something_new", "not_before": NOW, "status": "queued", "attempts": 4}
    account = OutgoingMessage.objects.create(recipient=str(ada.user.pk), link="https://example.org/there", **values)
    ada.user.email = "ada@example.org"
    ada.user.save()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "_deliver", lambda *_row: (_ for _ in ()).throw(OSError))
        assert outbox.send_due(NOW) == {"failed": 1}
    text = page(signed_in, ada)
    assert "A message could not be sent" in text and "Perhaps sent" not in text
    assert outbox.try_again(message_id=account.pk, program=program, by=ada.actor, now=NOW)
    assert outbox.send_due(NOW) == {"sent": 1} and "https://example.org/there" in mailoutbox[0].body

    # A worker died after it handed a text over; somebody looks, and lets it go once more.
    change_person(person=rosa.person, by=carmen.actor, phone="+12135550142")
    set_safe_contact(person=rosa.person, by=carmen.actor, channel="text", may_text=True, from_hour=0, until_hour=24)
    OutgoingMessage.objects.create(
        person=rosa.person, channel="text", recipient="+12135550142", sent_at=NOW, **values | {"attempts": 1}
    )
    assert outbox.send_due(NOW) == {"perhaps": 1}
    assert "Perhaps sent" in page(signed_in, ada)
    text = OutgoingMessage.objects.get(channel="text")
    assert outbox.try_again(message_id=text.pk, program=program, by=ada.actor, now=NOW)
    assert outbox.send_due(NOW) == {"sent": 1}


def test_a_text_that_the_carrier_was_silent_about_is_not_sent_twice(program, rosa, carmen, monkeypatch):
    change_person(person=rosa.person, by=carmen.actor, phone="+12135550142")
    set_safe_contact(person=rosa.person, by=carmen.actor, channel="text", may_text=True, from_hour=0, until_hour=24)

    def is_silent(*_row):
        raise PerhapsTaken

    monkeypatch.setattr(outbox, "_deliver", is_silent)
    rosa.person.refresh_from_db()
    for template, answer in (("something_new", "perhaps"), ("nobody_reads", "later")):
        outbox.queue_notice(rosa.person, template, now=NOW)
        assert outbox.send_due(NOW) == {answer: 1}
    assert outbox.send_due(NOW) == {}


def test_of_each_job_that_did_its_work_nothing_waits(program, settings, monkeypatch):
    """Of those whose own tests do not ask it."""
    settings.ALONGSIDE_HEADS_TO = settings.ALONGSIDE_ADVISORIES = "https://list.example.org/"
    settings.ALONGSIDE_BACKUP_FOLDER = None
    when = NOW + timedelta(days=1 if day_there().weekday() == 0 else 0)  # not a Monday before its hour
    monkeypatch.setattr(heads_away, "_carry", lambda *_sent: None)
    monkeypatch.setattr(advisories, "find", lambda *_asked, **_how: [])
    seal_pending(timezone.now())
    old = OutgoingMessage.objects.create(
        program=program, recipient="1", template="something_new", status="sent", not_before=NOW
    )
    OutgoingMessage.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=9000))
    ahead = OutgoingMessage.objects.create(
        program=program, recipient="1", template="something_new", not_before=NOW + timedelta(days=30)
    )
    OutgoingMessage.objects.filter(pk=ahead.pk).update(created_at=NOW + timedelta(days=30))
    past = count_due(when, get_periods(), held_people(program))
    assert sum(past.values()) == count_all_due(when, get_periods(), held_people(program)) == 1
    for name in ("mend_after_jump", "make_due", "hold_quarter", "erase_due", "publish_due", "look_due"):
        (tick,) = [one for one in jobs.TICKS if one.function.endswith(name)]
        assert waits(name, program, when) == 1, name
        tick.load()(when)
        assert waits(name, program, when) == 0, name
    assert waits("expire_old_backups", program, when) == 0


def test_rests_that_end_today_wait_also_of_who_has_no_peer(program, rosa, carmen):
    rosa.episode = move_episode(episode=rosa.episode, to="paused", by=carmen.actor)
    Episode.objects.filter(pk=rosa.episode.pk).update(paused_until=day_there())
    count = WAITING["alongside.mentoring.actions.end_rests"]
    assert count(program, timezone.now()) == 1
    assert end_rests(timezone.now()) == 1 and count(program, timezone.now()) == 0


def test_what_the_seal_waits_for_is_counted(program, ada):
    seal_pending(timezone.now())
    count = WAITING["alongside.audit.sealing.seal_pending"]
    assert count(program, timezone.now()) == 0
    record(act="rota.changed", by=ada.actor, object_kind="turn", object_id=program.pk)
    assert count(program, timezone.now()) == 1
    seal_pending(timezone.now())
    assert count(program, timezone.now()) == 0
