"""The figures of the page from the sums kept beside the rows: a few queries, however many years there are."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django_scopes import scope

from alongside.people.models import Program, Site
from alongside.rules import tallies
from alongside.rules.measures import ENGAGED_DAYS, Figure, first_not_due
from alongside.rules.tallies import Tally

from .counting import adds, next_month
from .models import EVER, ContactTally, Counted, EpisodeTally, Standing

GROUPINGS = ("all", "site", "kind", "program")
PERIODS = {"90": 90, "365": 365, "all": None}
NO_SITE = "no_site"
TRIES_TO_READ = 20


class StillCounting(Exception):
    """Everything is being counted anew: there is nothing right to show for some minutes."""


@dataclass(frozen=True)
class Ask:
    """What the page asks for: which programs, grouped by what, since when, and as things stood at which moment."""

    programs: tuple[Program, ...]
    grouping: str = "all"
    since: date | None = None
    until: datetime | None = None


def since_of(period: str, today: date) -> date | None:
    """The first day of a period, or None for everything."""
    days = PERIODS.get(period)
    return today - timedelta(days=days) if days else None


def quarter_start(now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment of the current quarter. Public figures change only then: from figures renewed daily, the one
    person who came yesterday could be found by subtraction (C8)."""
    here = now.astimezone(zone)
    return datetime(here.year, here.month - (here.month - 1) % 3, 1, tzinfo=zone)


def list_figures(ask: Ask, now: datetime) -> list[dict[str, Figure]]:
    """Every figure of the page for each group and for all, small cells hidden: what was counted so far.

    Equal to `recounting.recount` once nothing is marked any more (`actions.catch_up`). `until` is no part of it.
    Raises `StillCounting`.
    """
    if ask.until is not None:
        raise ValueError("sums know only how things are now")
    today = timezone.localdate(now)
    groups: dict[str, Tally] = defaultdict(Counter)
    for program in ask.programs:
        with scope(program=program):
            for name, tally in _read_at_one_moment(ask, program, today).items():
                groups[name].update(tally)
    return tallies.list_figures(groups)


def _read_at_one_moment(ask: Ask, program: Program, today: date) -> dict[str, Tally]:
    """Read again while somebody folds in between: sums of two moments could show more reached than tried."""
    before = _version()
    for _ in range(TRIES_TO_READ):
        key = (program.pk, before, ask.grouping, ask.since, today)
        if key in _kept and not connection.in_atomic_block:
            return _kept[key]
        found = _read(ask, program, today)
        after = _version()
        if before == after:
            # Inside a transaction what was read may yet be undone, and its version given to something else.
            if before and ask.grouping in KEPT_GROUPINGS and not connection.in_atomic_block:
                _keep(key, found)
            return found
        before = after
    raise StillCounting


KEPT_GROUPINGS = ("all", "kind")
"""Whose groups do not depend on a name that somebody may change."""
MOST_KEPT = 100

_kept: dict[tuple, dict[str, Tally]] = {}
"""Sums as they were read, by what they depend on: while nothing is folded in, they are the same. Counts only."""


def _keep(key: tuple, found: dict[str, Tally]) -> None:
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = found


def _version() -> tuple[UUID, int] | None:
    standing = Standing.objects.first()
    if standing is None:
        return None
    if standing.is_renewing:
        raise StillCounting
    return standing.pk, standing.version


def _read(ask: Ask, program: Program, today: date) -> dict[str, Tally]:
    """One tally for each group: whole months from their sums, the days before the first whole month one by one."""
    by = {"site": ("site",), "kind": ("kind",)}.get(ask.grouping, ())
    groups = _Groups(ask, program)
    since = ask.since
    whole = next_month(since) if since and since.day > 1 else since
    _add_contacts(groups, by, since, whole)
    months = Q(month=EVER) if whole is None else Q(month__gte=whole)
    sums = EpisodeTally.objects.filter(months).values(*by, "what", "value").order_by().annotate(count=Sum("count"))
    for row in sums:
        groups.of(row)[row["what"], row["value"]] += row["count"]
    if since != whole:
        for row in Counted.objects.filter(is_counted=True, opened_on__gte=since, opened_on__lt=whole):
            groups.of({"site": row.site, "kind": row.kind}).update(adds(row))
    _take_out_not_due(groups, by, since, today)
    return groups.tallies


class _Groups:
    """The tallies by the name of their group."""

    def __init__(self, ask: Ask, program: Program):
        self.grouping, self.program = ask.grouping, program
        self.sites = dict(Site.objects.values_list("pk", "name")) if ask.grouping == "site" else {}
        self.tallies: dict[str, Tally] = defaultdict(Counter)

    def of(self, row: Mapping[str, object]) -> Tally:
        """The tally to which a row of sums belongs."""
        match self.grouping:
            case "site":
                return self.tallies[self.sites.get(row["site"], NO_SITE)]
            case "kind":
                return self.tallies[str(row["kind"])]
            case "program":
                return self.tallies[self.program.name]
        return self.tallies["everyone"]


def _add_contacts(groups: _Groups, by: tuple[str, ...], since: date | None, whole: date | None) -> None:
    spans = Q(span="month")
    if since and whole:
        days = Q(span="day", starts_on__gte=since, starts_on__lt=whole)
        spans = days | Q(span="month", starts_on__gte=whole)
    sums = {"tried": Sum("tried"), "reached": Sum("reached")}
    if by:
        rows = ContactTally.objects.filter(spans).values(*by).order_by().annotate(**sums)
    else:
        rows = [ContactTally.objects.filter(spans).aggregate(**sums)]
    for row in rows:
        for what in sums:
            groups.of(row)[what, 0] += row[what] or 0


def _take_out_not_due(groups: _Groups, by: tuple[str, ...], since: date | None, today: date) -> None:
    """Who started lately is in the sums, but their day has not passed: they are told apart, engaged already or not."""
    young = Counted.objects.filter(is_counted=True, started_on__gte=first_not_due(max(ENGAGED_DAYS), today))
    if since:
        young = young.filter(opened_on__gte=since)
    counts = {}
    for day in ENGAGED_DAYS:
        not_due = Q(started_on__gte=first_not_due(day, today))
        counts[f"not_due_{day}"] = Count("pk", filter=not_due)
        counts[f"too_early_{day}"] = Count("pk", filter=not_due & Q(**{f"engaged_{day}": True}))
    rows = young.values(*by).order_by().annotate(**counts) if by else [young.aggregate(**counts)]
    for row in rows:
        tally = groups.of(row)
        for day in ENGAGED_DAYS:
            tally["not_due", day] += row[f"not_due_{day}"]
            tally["engaged", day] -= row[f"too_early_{day}"]
