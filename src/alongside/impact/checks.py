"""Holds the sums against the rows, for `alongside check` and the tests: what differs, in ids and counts only."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min, Q, Sum
from django.db.models.functions import TruncMonth
from django_scopes import scope

from alongside.mentoring.models import Contact
from alongside.people.models import Episode, Program
from alongside.rules.measures import ENGAGED_DAYS
from alongside.rules.tallies import ANSWERS

from .actions import count_all
from .counting import are_same, by_id, month_of, read_day, read_episodes, zone_of
from .marks import list_missing
from .models import EVER, ContactTally, Counted, EpisodeTally, Mark, Standing

Choose = Callable[[Sequence[Any]], Iterable[Any]]
"""Takes all episodes or all days, and gives those that are looked at."""
AGAIN = 5
BATCH = 500


def list_problems(programs: Iterable[Program], choose: Choose = lambda everything: everything) -> list[str]:
    """What is wrong with the sums of these programs; an empty list is good news.

    Sums are always held against all that they sum up; rows are read again only of the episodes and days that `choose`
    picks. Folds first what is marked. Work beside it makes no false alarm: what differs is looked at again.
    """
    problems = [f"trigger {name} is missing" for name in list_missing(connection)]
    for program in programs:
        for _ in range(AGAIN):
            count_all([program])
            with scope(program=program):
                before = _version()
                found = [*_compare_episodes(program, choose), *_compare_days(program, choose), *_compare_sums()]
                if not found or (before == _version() and not Mark.objects.exists()):
                    break
        problems += [f"program {program.pk}: {problem}" for problem in found]
    return problems


def _version() -> int:
    return Standing.objects.values_list("version", flat=True).first() or 0


def _compare_episodes(program: Program, choose: Choose) -> list[str]:
    """Each chosen episode is counted as its rows say."""
    known = {*Episode.objects.values_list("pk", flat=True), *Counted.objects.values_list("pk", flat=True)}
    chosen = list(choose(sorted(known)))
    problems = []
    for start in range(0, len(chosen), BATCH):
        ids = chosen[start : start + BATCH]
        with by_id():
            now, counted = read_episodes(program, ids), Counted.objects.in_bulk(ids)
        for pk in ids:
            if (pk in now) != (pk in counted) or (pk in now and not are_same(now[pk], counted[pk])):
                problems.append(f"episode {pk} is not counted as it is")
    return problems


def _compare_days(program: Program, choose: Choose) -> list[str]:
    """Each chosen day has the contacts that its sum says."""
    zone = zone_of(program)
    ends = Contact.objects.aggregate(first=Min("happened_at"), latest=Max("happened_at"))
    days = set(ContactTally.objects.filter(span="day").values_list("starts_on", flat=True))
    if ends["first"]:
        first, latest = (ends[name].astimezone(zone).date() for name in ("first", "latest"))
        days |= {first + timedelta(days=number) for number in range((latest - first).days + 1)}
    problems = []
    for day in choose(sorted(days)):
        sums = ContactTally.objects.filter(span="day", starts_on=day).values_list("site", "kind", "tried", "reached")
        if read_day(program, day) != {(site, kind): tuple(counts) for site, kind, *counts in sums}:
            problems.append(f"contacts of {day} are not counted as they are")
    return problems


def _compare_sums() -> list[str]:
    """Months and the whole are the sums of what they are made of."""
    kept = defaultdict(Counter[tuple[UUID, str, str, int]])
    rows = EpisodeTally.objects.values_list("month", "site", "kind", "what", "value", "count")
    for month, *what, count in rows.iterator():
        kept[month][tuple(what)] += count
    made = _sum_episodes()
    made[EVER] = sum(made.values(), Counter())
    problems = [
        f"the sum of episodes of {'all months' if month == EVER else month} is wrong"
        for month in sorted(kept.keys() | made.keys())
        if +kept[month] != +made[month] or min(kept[month].values(), default=0) < 0
    ]
    months: Counter[tuple[date, UUID, str, str]] = Counter()
    for span, starts_on, site, kind, *counts in ContactTally.objects.values_list(
        "span", "starts_on", "site", "kind", "tried", "reached"
    ):
        for what, count in zip(("tried", "reached"), counts, strict=True):
            months[month_of(starts_on), site, kind, what] += count if span == "month" else -count
    wrong = sorted({month for (month, *_), count in months.items() if count})
    return [*problems, *(f"the sum of contacts of {month} is wrong" for month in wrong)]


def _sum_episodes() -> dict[date, Counter[tuple[UUID, str, str, int]]]:
    """The sums of each month, made by the database from what each episode was counted as."""
    rows = Counted.objects.filter(is_counted=True).annotate(month=TruncMonth("opened_on"))
    rows = rows.values("month", "site", "kind").order_by()
    made: dict[date, Counter[tuple[UUID, str, str, int]]] = defaultdict(Counter)
    waits = rows.exclude(wait="").values("month", "site", "kind", "wait", "waited_days").annotate(count=Count("pk"))
    for row in waits:
        made[row["month"]][row["site"], row["kind"], row["wait"], row["waited_days"]] += row["count"]
    counts = {"started": Count("pk", filter=Q(started_on__isnull=False))}
    counts |= {f"engaged_{day}": Count("pk", filter=Q(**{f"engaged_{day}": True})) for day in ENGAGED_DAYS}
    for row in rows.annotate(**counts, **{f"sum_{answer}": Sum(answer) for answer in ANSWERS}):
        group = made[row["month"]]
        group[row["site"], row["kind"], "started", 0] += row["started"]
        for day in ENGAGED_DAYS:
            group[row["site"], row["kind"], "engaged", day] += row[f"engaged_{day}"]
        for answer in ANSWERS:
            group[row["site"], row["kind"], answer, 0] += row[f"sum_{answer}"]
    return made
