"""`kill -9` at each step of what must not be lost: a worry from end to end, reminders, mails and texts.

A child process does the act and kills itself at the n-th step, for every n until it comes through (`steps`). What it
left is nothing or the whole, never half; and when somebody presses again, or the worker comes by, all is as if nothing
had happened. What leaves is the one thing that no transaction takes back. A mail leaves at least once, and twice at the
worst, under the same Message-ID. A text leaves once; where nobody knows whether it did, that is written down (0064).
"""

import itertools
from collections import Counter
from datetime import datetime, time, timedelta
from email import message_from_bytes
from functools import partial
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from alongside.assessments import asking
from alongside.assessments.models import Asking
from alongside.audit.models import Entry
from alongside.checkins.actions import remind_due, set_wishes
from alongside.checkins.models import Rhythm
from alongside.people import outbox
from alongside.people.actions import set_safe_contact
from alongside.people.models import Episode, OutgoingMessage, Person
from alongside.safety import actions
from alongside.safety.actions import raising
from alongside.safety.actions.ladder import climb
from alongside.safety.models import Escalation, Happening, Told
from alongside.safety.queries import get_safety_policy
from tests.faults.steps import each_step, is_killed
from tests.safety.conftest import duty, worried  # noqa: F401  (fixtures)
from tests.story import day_there

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.once, pytest.mark.timeout(900)]
NOW = timezone.now().replace(microsecond=0)


# --- a worry, from the first word to the talk afterwards ------------------------------------------------------------
def shape(worry: Escalation | None) -> tuple | None:
    """All that there is of a worry, without ids and moments."""
    if worry is None:
        return None
    rows = Happening.objects.filter(escalation=worry).values_list("what", flat=True)
    told = Told.objects.filter(escalation=worry).values_list("rung", "is_reached")
    notices = OutgoingMessage.objects.filter(once_key__contains=worry.pk.hex).count()
    entries = Entry.objects.filter(object_id=worry.pk).values_list("act", flat=True)
    handed = bool(worry.handed_to_id)
    owner = worry.owner_id and str(worry.owner_id)
    return worry.status, worry.rung, owner, handed, Counter(rows), Counter(told), notices, Counter(entries)


def get(key) -> Escalation | None:
    return Escalation.objects.filter(submit_key=key).first()


def after(**passed) -> datetime:
    return NOW + timedelta(**passed)


def list_acts(worried, lien, carmen) -> dict:  # noqa: F811
    """What happens to one worry, in order: each is given its key."""
    look = actions.look_after_due
    return {
        "raise": lambda key: worried(key=key, now=NOW),
        "nobody takes it": lambda key: look(after(minutes=20)),
        "take": lambda key: actions.take(escalation=get(key), by=lien.actor, now=after(minutes=21)),
        "hand over": lambda key: actions.hand_to(
            escalation=get(key), other=carmen.person, by=lien.actor, words="You know her.", now=after(minutes=22)
        ),
        "the other does not say that they have it": lambda key: look(after(minutes=40)),
        "it is not resolved in time": lambda key: look(after(hours=5)),
        "resolve": lambda key: actions.resolve(
            escalation=get(key), words="She is home.", confirmed="spoke", measure="own_plan", by=lien.actor,
            now=after(hours=6),
        ),
        "nobody has talked with who raised it": lambda key: look(after(hours=80)),
        "debrief": lambda key: actions.debrief(
            escalation=get(key), words="He is tired.", by=lien.actor, now=after(hours=81)
        ),
    }  # fmt: skip


BY_ITSELF = (
    "raise", "nobody takes it", "the other does not say that they have it", "it is not resolved in time",
    "nobody has talked with who raised it",
)  # fmt: skip
"""A key or the worker does these: done once more they do nothing."""


def test_every_act_on_a_worry_is_whole_or_not_there(program, duty, worried, lien, carmen, dante, dolores):  # noqa: F811
    # Who raised it is supported by another than its owner, so that two are reminded of the talk.
    Person.objects.filter(pk=dante.person.pk).update(supervisor=dolores.person)
    acts = list_acts(worried, lien, carmen)
    reference, shapes = uuid4(), [None]
    for act in acts.values():
        act(reference)
        shapes.append(shape(get(reference)))
        assert shapes[-1] != shapes[-2]
    kills, waits = Counter(), dict.fromkeys(acts)  # `waits`: those with steps at which they were not killed yet
    for number, is_after in each_step():
        key = uuid4()
        for (name, act), earlier, whole in zip(acts.items(), shapes, shapes[1:], strict=False):
            if name not in waits:
                act(key)
                continue
            if is_killed(partial(act, key), number, after=is_after):
                kills[name] += 1
            else:
                del waits[name]
            left = shape(get(key))
            assert left in (earlier, whole), f"half of “{name}” is left after step {number}"
            if left == earlier or name in BY_ITSELF:
                act(key)  # somebody presses again; the worker comes by
            assert shape(get(key)) == whole, f"“{name}” after step {number}"
            if not waits or name == [*waits][-1]:
                break
        # Out of the way of the next one.
        Escalation.objects.filter(submit_key=key, look_at__isnull=False).update(look_at=after(days=999))
        if not waits:
            break
    print(f"killed at each step: {dict(kills)}")
    assert len(kills) == len(acts) and min(kills.values()) > 2


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
    for number, is_after in each_step():
        key = uuid4()
        killed = is_killed(partial(naive, key), number, after=is_after)
        halves += shape(get(key)) not in (None, whole)
        if not killed:
            break
    assert halves > 3


# --- reminders ------------------------------------------------------------------------------------------------------
def test_a_reminder_is_queued_once_whatever_happens(program, mentorship, rosa):
    """Of a check-in, and of questions whose turn has come."""
    noon = datetime.combine(day_there(), time(12), ZoneInfo(program.time_zone))
    set_wishes(person=rosa.person, is_hidden=False, is_reminded=True, answers_by_text=False, by=rosa.actor, now=noon)
    let_be_mailed(rosa)
    began = noon - timedelta(days=8)
    Episode.objects.filter(person=rosa.person).update(matched_at=began, active_since=began)

    def set_check_in(number):
        Rhythm.objects.filter(person=rosa.person).update(next_ask_on=day_there() - timedelta(days=number))

    def set_questions(number):
        Asking.objects.all().delete()

    def is_done_with_check_in():
        return Rhythm.objects.get(person=rosa.person).next_ask_on > day_there()

    def is_done_with_questions():
        row = Asking.objects.get(person=rosa.person)
        return row.reminded_on == row.due_on

    for act, remind, make_due, is_done in (
        ("check_in.asked", remind_due, set_check_in, is_done_with_check_in),
        ("assessment.asked", asking.remind_due, set_questions, is_done_with_questions),
    ):
        kills = 0
        for number, is_after in each_step():
            make_due(2 * number + is_after)
            notices, entries = count_notices(), Entry.objects.filter(act=act).count()
            killed = is_killed(partial(remind, noon), number, after=is_after)
            left = count_notices() - notices, Entry.objects.filter(act=act).count() - entries
            assert left in ((0, 0), (1, 1)), f"{act}: half is left after step {number}"
            remind(noon)
            assert count_notices() == notices + 1 and is_done(), f"{act}, step {number}"
            assert Entry.objects.filter(act=act).count() == entries + 1
            kills += killed
            if not killed:
                break
        print(f"{act}: killed {kills} times")
        assert kills > 3


def count_notices() -> int:
    return OutgoingMessage.objects.filter(template="please_answer").count()


def let_be_mailed(rosa) -> None:
    rosa.user.email = "rosa@example.org"
    rosa.user.save()
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="email", may_email=True)


# --- what leaves ----------------------------------------------------------------------------------------------------
class KnowsIds:
    """A gateway that drops a message which it had: a file for each id."""

    @staticmethod
    def takes_ids() -> bool:
        return True

    def send(self, to: str, words: str, key: str = "") -> None:
        assert key
        folder = Path(django_settings.ALONGSIDE_HOME) / "texts"
        folder.mkdir(exist_ok=True)
        (folder / key).write_text(words)


def send_with_kills(queue, noon, look) -> Counter:
    """Queue, send killed at each step, send later again; `look(row, number)` says what came of it. How often each."""
    seen: Counter = Counter()
    for number, is_after in each_step(both=True):
        name = f"{number}-{is_after}"
        row = queue(name)
        with scopes_disabled():
            killed = is_killed(partial(outbox.send_due, noon + timedelta(hours=1)), number, after=is_after)
            for minutes in (6, 12):
                outbox.send_due(noon + timedelta(hours=1, minutes=minutes))
        row.refresh_from_db()
        seen[look(row, name)] += 1
        seen["kills"] += killed
        if not killed:
            return seen


def test_what_leaves_is_known_or_said_to_be_unknown(program, rosa, settings, tmp_path):
    noon = datetime.combine(day_there(), time(12), ZoneInfo(program.time_zone))  # it goes in the hours she allows
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    let_be_mailed(rosa)
    count = itertools.count()

    def queue(name, template="please_answer"):
        settings.ALONGSIDE_HOME = tmp_path / f"{next(count)}-{template}-{name}"
        settings.ALONGSIDE_HOME.mkdir(parents=True)
        settings.EMAIL_FILE_PATH = settings.ALONGSIDE_HOME / "mail"
        return outbox.queue_notice(rosa.person, template, once_key=settings.ALONGSIDE_HOME.name, now=noon)

    def see_mails(row, name):
        mails = [message_from_bytes(text) for text in read_mails(settings.EMAIL_FILE_PATH)]
        assert row.status == "sent" and row.recipient == "" and 1 <= len(mails) <= 2, name
        assert len({one["Message-ID"] for one in mails}) == len({one.get_payload() for one in mails}) == 1
        return len(mails)

    def see_texts(row, name):
        folder = settings.ALONGSIDE_HOME / "texts"
        return row.status, bool(row.sent_at), len(list(folder.iterdir())) if folder.exists() else 0

    mails = send_with_kills(queue, noon, see_mails)
    assert mails["kills"] > 5 and mails[1] and mails[2]

    Person.objects.filter(pk=rosa.person.pk).update(phone="+12135550142")
    rosa.person.refresh_from_db()
    set_safe_contact(person=rosa.person, by=rosa.actor, channel="text", may_text=True)
    texts = send_with_kills(queue, noon, see_texts)
    sent, unknown, lost = ("sent", True, 1), ("failed", True, 1), ("failed", True, 0)
    assert texts.keys() == {"kills", sent, unknown, lost}, "never twice, and what is unknown is written down"

    to_help = send_with_kills(partial(queue, template="nobody_reads"), noon, see_texts)
    assert to_help.keys() == {"kills", sent, ("sent", True, 2)}, "rather twice than not at all"

    settings.OUTBOX_TEXT_BACKEND, settings.ALONGSIDE_HOLD_WITHOUT_AGREEMENT = f"{__name__}.KnowsIds", False
    known = send_with_kills(queue, noon, see_texts)
    assert known.keys() == {"kills", sent}, "exactly once, where the carrier knows ids"
    print(f"mails {dict(mails)}; texts {dict(texts)}; to help {dict(to_help)}; by ids {dict(known)}")


def read_mails(folder) -> list[bytes]:
    """The mails of a folder of Django's file backend."""
    texts = b"".join(path.read_bytes() for path in sorted(folder.iterdir()))
    return [one for one in texts.split(b"-" * 79 + b"\n") if one.strip()]
