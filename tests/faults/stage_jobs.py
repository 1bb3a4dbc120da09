"""Work that is due in the house of the kill test: reminders, calls whose pause is over, notices. Runs in that house."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.calls.actions import agree, pause
from alongside.calls.models import Agreement
from alongside.checkins.models import Rhythm
from alongside.people.actor import Actor
from alongside.people.models import OutgoingMessage
from alongside.running.models import Failure, Job
from tests.faults.stage import let_be_told_by_mail
from tests.races.scenes import make_episode, open_house, program, scene

__all__ = ["open_house"]


@scene
@transaction.atomic
def set_due(people: int) -> None:
    """So many people of whom each wishes a reminder today, and whose calls were paused until yesterday."""
    today = timezone.now().astimezone(ZoneInfo(program().time_zone)).date()
    carmen = Actor(program_id=program().pk, roles=frozenset({"coordinator"}))
    for _ in range(people):
        person = make_episode("active").person
        let_be_told_by_mail(person)
        agreement = agree(
            person=person, hours="f" * 42, time_zone="UTC", language="en", how="spoken", phone="+12135550123",
            may_voicemail=False, by=carmen,
        )  # fmt: skip
        pause(agreement=agreement, by=carmen, until=today - timedelta(days=1))
        Rhythm.objects.create(program=program(), person=person, next_ask_on=today)


@scene
def count_done() -> int:
    """How much the workers did so far."""
    return Entry.objects.filter(act__in=["check_in.asked", "calls.gone_on"]).count()


@scene
def judge() -> dict:
    """What is wrong: something done twice, by half, or not at all."""
    today = timezone.now().astimezone(ZoneInfo(program().time_zone)).date()
    asked = Counter(Entry.objects.filter(act="check_in.asked").values_list("object_id", flat=True))
    gone_on = Counter(Entry.objects.filter(act="calls.gone_on").values_list("object_id", flat=True))
    notices = Counter(
        OutgoingMessage.objects.filter(once_key__startswith="check-in:").values_list("person_id", flat=True)
    )  # fmt: skip
    wrong = {"doubled": [], "half": [], "left": []}
    for rhythm in Rhythm.objects.all():
        times, sent = asked[rhythm.pk], notices[rhythm.person_id]
        if times > 1 or sent > 1:
            wrong["doubled"].append(f"asked {times}, notices {sent}")
        if times != sent or (rhythm.next_ask_on > today) != bool(times):
            wrong["half"].append(str(rhythm.pk))
        if not times:
            wrong["left"].append(str(rhythm.pk))
    for agreement in Agreement.objects.all():
        times = gone_on[agreement.pk]
        if times > 1:
            wrong["doubled"].append(f"went on {times}")
        if (agreement.status == "agreed") != bool(times):
            wrong["half"].append(str(agreement.pk))
        if not times:
            wrong["left"].append(str(agreement.pk))
    return {
        "wrong": {name: found for name, found in wrong.items() if found and name != "left"},
        "left": len(wrong["left"]),
        "done": sum(asked.values()) + sum(gone_on.values()),
        "jobs": Job.objects.exclude(started_at=None).count(),
        "failures": list(Failure.objects.values_list("function", "error")),
    }
