"""`kill -9` before and after each statement and each commit of what must not be lost: a worry, its answers, a reminder.

A child process does the act and kills itself at the n-th step, for every n until it comes through. What it left is
nothing or the whole, never half; and when somebody presses again, or the worker comes by, all is as if nothing had
happened. A mail is the one thing that no transaction takes back: it leaves at least once, and twice at the worst, with
the same neutral words and the same Message-ID, by which mail programs know it again.
"""

import os
import signal
from collections import Counter
from datetime import datetime, time, timedelta
from email import message_from_bytes
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from alongside.audit.models import Entry
from alongside.checkins.actions import remind_due, set_wishes
from alongside.checkins.models import Rhythm
from alongside.people import outbox
from alongside.people.models import OutgoingMessage
from alongside.safety import actions
from alongside.safety.actions import raising
from alongside.safety.actions.ladder import climb
from alongside.safety.models import Escalation, Happening, Told
from alongside.safety.queries import get_safety_policy
from tests.safety.conftest import duty, worried  # noqa: F401  (fixtures)
from tests.story import day_there

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.once, pytest.mark.timeout(900)]
NOW = timezone.now().replace(microsecond=0)
LATER = NOW + timedelta(hours=2)
MOST = 400


class Killer:
    """Counts statements and commits of this process and kills it at one of them, before or after it was done."""

    def __init__(self, number: int, *, after: bool):
        self.left, self.after = number, after

    def __call__(self, execute, sql, params, many, context):
        return self.step(lambda: execute(sql, params, many, context))

    def step(self, do):
        """One statement or commit."""
        self.left -= 1
        if self.left == 0 and not self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        done = do()
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done


def is_killed(act, number: int, *, after: bool) -> bool:
    """Do it in a process that kills itself at this step; False when it came through before."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            killer = Killer(number, after=after)
            connection.ensure_connection()
            commit = connection._commit
            connection._commit = lambda: killer.step(commit)
            with connection.execute_wrapper(killer):
                act()
        except BaseException:
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0 or os.WIFSIGNALED(status), "it failed in another way than by the kill"
    return status != 0


def shape(worry: Escalation | None) -> tuple | None:
    """All that there is of a worry, without ids and moments."""
    if worry is None:
        return None
    rows = Happening.objects.filter(escalation=worry).values_list("what", flat=True)
    told = Told.objects.filter(escalation=worry).values_list("rung", "is_reached")
    notices = OutgoingMessage.objects.filter(once_key__contains=worry.pk.hex).count()
    entries = Entry.objects.filter(object_id=worry.pk).values_list("act", flat=True)
    owner = worry.owner_id and str(worry.owner_id)
    return worry.status, worry.rung, owner, Counter(rows), Counter(told), notices, Counter(entries)


def get(key) -> Escalation | None:
    return Escalation.objects.filter(submit_key=key).first()


STEPS = {
    "raise": (),
    "climb": (),
    "take": (),
    "hand_to": ("take",),
    "resolve": ("take",),
    "debrief": ("take", "resolve"),
}
"""Act: what came before it."""


@pytest.fixture
def acts(duty, worried, lien, carmen):  # noqa: F811
    """`acts(key)[name]()` does it to the worry of this key."""

    def of(key):
        return {
            "raise": lambda: worried(key=key, now=NOW),
            "climb": lambda: actions.look_after_due(LATER),
            "take": lambda: actions.take(escalation=get(key), by=lien.actor, now=NOW),
            "hand_to": lambda: actions.hand_to(
                escalation=get(key), other=carmen.person, by=lien.actor, words="You know her.", now=NOW
            ),
            "resolve": lambda: actions.resolve(
                escalation=get(key), words="She is home.", confirmed="spoke", measure="own_plan", by=lien.actor, now=NOW
            ),
            "debrief": lambda: actions.debrief(escalation=get(key), words="He is tired.", by=lien.actor, now=NOW),
        }

    return of


def close(key) -> None:
    """Out of the way of the next one."""
    Escalation.objects.filter(submit_key=key, look_at__isnull=False).update(look_at=NOW + timedelta(days=999))


@pytest.mark.parametrize("name", STEPS)
def test_an_act_on_a_worry_is_whole_or_not_there(name, acts, program):
    def prepare(key):
        if name != "raise":
            acts(key)["raise"]()
        for earlier in STEPS[name]:
            acts(key)[earlier]()

    reference = uuid4()
    prepare(reference)
    before = shape(get(reference))
    acts(reference)[name]()
    whole = shape(get(reference))
    assert whole != before
    close(reference)
    kills = 0
    for number in range(1, MOST):
        for after in (False, True):
            key = uuid4()
            prepare(key)
            killed = is_killed(acts(key)[name], number, after=after)
            left = shape(get(key))
            assert left in (before, whole), f"half of it is left after step {number}"
            if left == before:
                acts(key)[name]()  # somebody presses again; the worker comes by
            elif name in ("raise", "climb"):
                acts(key)[name]()  # what is done already is not done twice
            assert shape(get(key)) == whole, f"after step {number}"
            close(key)
            kills += killed
        if not killed:
            break
    print(f"{name}: killed {kills} times, at each of {number - 1} steps")
    assert kills > 10 and number < MOST - 1


def test_in_two_transactions_half_a_worry_would_be_seen(worried, duty):  # noqa: F811
    """A worry that is written first and told afterwards: this test would be blind if that were never seen.

    Without any transaction the house does not even begin: an entry of the log outside one is refused.
    """

    def naive(key):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(raising, "climb", lambda *_worry, **_how: None)
            worry = worried(key=key, now=NOW)
        with transaction.atomic():
            climb(worry, from_rung=0, policy=get_safety_policy(), now=NOW)

    reference, halves = uuid4(), 0
    naive(reference)
    whole = shape(get(reference))
    for number in range(1, MOST):
        key = uuid4()
        killed = is_killed(lambda key=key: naive(key), number, after=True)
        halves += shape(get(key)) not in (None, whole)
        if not killed:
            break
    assert halves > 3


def test_a_reminder_is_queued_once_whatever_happens(program, rosa):
    set_wishes(person=rosa.person, is_hidden=False, is_reminded=True, answers_by_text=False, by=rosa.actor, now=NOW)
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    from alongside.people.actions import set_safe_contact

    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    kills = 0
    for number in range(1, MOST):
        for after in (False, True):
            day = day_there() - timedelta(days=2 * number + after)
            Rhythm.objects.filter(person=rosa.person).update(next_ask_on=day)
            before = OutgoingMessage.objects.filter(template="please_answer").count()
            killed = is_killed(lambda: remind_due(NOW), number, after=after)
            remind_due(NOW)
            assert OutgoingMessage.objects.filter(template="please_answer").count() == before + 1, number
            assert Rhythm.objects.get(person=rosa.person).next_ask_on > day_there()
            kills += killed
        if not killed:
            break
    print(f"remind: killed {kills} times, at each of {number - 1} steps")
    assert kills > 10 and number < MOST - 1


def test_a_mail_leaves_at_least_once_and_twice_in_the_same_words_at_worst(program, rosa, settings, tmp_path):
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    from alongside.people.actions import set_safe_contact

    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)
    noon = datetime.combine(day_there(), time(12), ZoneInfo(program.time_zone))  # mail goes in the hours she allows
    kills = twice = 0
    for number in range(1, MOST):
        for after in (False, True):
            settings.EMAIL_FILE_PATH = tmp_path / f"{number}-{after}"
            row = outbox.queue_notice(rosa.person, "please_answer", once_key=f"step:{number}:{after}", now=noon)
            with scopes_disabled():
                killed = is_killed(lambda: outbox.send_due(noon + timedelta(days=1)), number, after=after)
                outbox.send_due(noon + timedelta(days=1, minutes=6))
            row.refresh_from_db()
            assert row.status == "sent" and row.recipient == ""
            mails = [message_from_bytes(text) for text in read_mails(settings.EMAIL_FILE_PATH)]
            assert 1 <= len(mails) <= 2, f"{len(mails)} after step {number}"
            assert len({one["Message-ID"] for one in mails}) == 1
            assert len({one.get_payload() for one in mails}) == 1
            kills, twice = kills + killed, twice + (len(mails) == 2)
        if not killed:
            break
    print(f"send: killed {kills} times, at each of {number - 1} steps; twice the same mail {twice} times")
    assert kills > 5 and number < MOST - 1


def read_mails(folder) -> list[bytes]:
    """The mails of a folder of Django's file backend."""
    texts = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return [one for one in texts.split(b"-" * 79 + b"\n") if one.strip()]
