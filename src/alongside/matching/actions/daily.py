"""The run that makes itself once a day, where the council has decided so. It proposes; nothing is sent by it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, QuerySet
from django_scopes import scope

from alongside.council.queries import get_policy_values
from alongside.matching.models import Proposal, Run
from alongside.people.models import Episode, Program
from alongside.rules.matching.daily import DailyPolicy

from .runs import run_matching
from .steps import the_house


def run_daily(now: datetime) -> int:
    """Tick: make the run of today in every program that wants one; returns how many. Safe in several workers."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            done += run_if_due(program=program, now=now) is not None
    return done


def find_due(program: Program, now: datetime, policy: DailyPolicy | None = None) -> tuple[date | None, QuerySet]:
    """Of which day a run is due in the program in scope, and who waits for it; nobody where none is due."""
    policy = policy or DailyPolicy.from_values(get_policy_values("runs"))
    due_on = policy.due_day(now.astimezone(ZoneInfo(program.time_zone)))
    if due_on is None or Run.objects.filter(due_on=due_on).exists():
        return due_on, Episode.objects.none()
    by_hand = Proposal.objects.filter(episode=OuterRef("pk"), is_current=True, run__scope="hand")
    return due_on, Episode.objects.filter(status="waiting").exclude(Exists(by_hand))


def run_if_due(*, program: Program, now: datetime) -> Run | None:
    """Today's run of this program, if it is due, not made yet, and somebody waits; otherwise None.

    Whom a coordinator proposed by hand stays proposed. Two workers may begin; the database keeps one run of a day.
    """
    policy = DailyPolicy.from_values(get_policy_values("runs"))
    due_on, waiting = find_due(program, now, policy)
    if not waiting.exists():
        return None
    try:
        return run_matching(
            program=program, by=the_house(program.pk), episodes=waiting, due_on=due_on, rolling=policy.rolling, now=now
        )
    except IntegrityError:
        if Run.objects.filter(due_on=due_on).exists():
            return None
        raise
