"""Counts what was marked again: reads rows, says what they add, and brings the sums to it. Called by `actions` only.

Rows that are named by their ids are read without the program's scope (`by_id`). With it, SQLite would rather read every
row of the program by its index than a few hundred by their ids: half a second at 200,000 contacts, five at two million.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django_scopes import scopes_disabled

from alongside.calls.models import Call
from alongside.matching.models import Offer
from alongside.mentoring.models import Contact
from alongside.people.models import Episode, Program
from alongside.people.prepared import ask
from alongside.rules.measures import ENGAGED_DAYS, answer_of, is_engaged, wait_of
from alongside.rules.tallies import ANSWERS, Tally

from .marks import IN_A_GROUP, NOT_YET, TRIES
from .models import EVER, NO_SITE_ID, ContactTally, Counted, EpisodeTally

ADD = """
    INSERT INTO impact_episodetally (id, program_id, month, site, kind, what, value, count)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (program_id, month, site, kind, what, value)
    DO UPDATE SET count = impact_episodetally.count + excluded.count
"""
KEPT_FIELDS = [field.name for field in Counted._meta.concrete_fields if not field.primary_key]


def zone_of(program: Program) -> ZoneInfo:
    """The zone in which this program's days begin."""
    return ZoneInfo(program.time_zone)


@contextmanager
def by_id() -> Iterator[None]:
    """Queries in here name rows by ids that marks of this program gave; the marks were read in its scope."""
    with scopes_disabled():
        yield


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return month_of(month_of(day) + timedelta(days=32))


# --- episodes -----------------------------------------------------------------------------------------------------
@by_id()
def read_episodes(program: Program, ids: Iterable[UUID]) -> dict[UUID, Counted]:
    """What each of these episodes adds, from its rows as they are now; one that is gone is left out."""
    zone, ids = zone_of(program), list(ids)
    found = {
        row.pk: _begin(program, row, zone)
        for row in Episode.objects.filter(pk__in=ids).only(
            "site_id", "kind", "status", "opened_at", "first_waiting_at", "matched_at", "active_since", "program_id"
        )
        if row.program_id == program.pk
    }
    started = [pk for pk, row in found.items() if row.started_on]
    reached: dict[UUID, list[date]] = defaultdict(list)
    notes = Contact.objects.filter(mentorship__episode__in=started, status=TRIES[0]).exclude(mode=IN_A_GROUP)
    for pk, moment in notes.values_list("mentorship__episode_id", "happened_at"):
        reached[pk].append(moment.astimezone(zone).date())
    calls = Call.objects.filter(episode__in=started, is_reached=True)
    for pk, moment in calls.values_list("episode_id", "called_at"):
        reached[pk].append(moment.astimezone(zone).date())
    for pk in started:
        row = found[pk]
        row.engaged_30, row.engaged_60, row.engaged_90 = (
            is_engaged(row.started_on, reached[pk], day) for day in ENGAGED_DAYS
        )
    counted = [pk for pk, row in found.items() if row.is_counted]
    for pk, status in Offer.objects.filter(episode__in=counted).order_by().values_list("episode_id", "status"):
        answer = answer_of(status)
        setattr(found[pk], answer, getattr(found[pk], answer) + 1)
    return found


def _begin(program: Program, row: Episode, zone: ZoneInfo) -> Counted:
    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment else None

    counted = Counted(
        episode=row.pk, program=program, site=row.site_id or NO_SITE_ID, kind=row.kind,
        is_counted=row.status not in NOT_YET, opened_on=day(row.opened_at),
    )  # fmt: skip
    if counted.is_counted:
        matched_on = day(row.matched_at)
        if row.first_waiting_at:
            counted.wait, counted.waited_days = wait_of(day(row.first_waiting_at), matched_on)
        counted.started_on = matched_on or day(row.active_since)
    return counted


def adds(row: Counted) -> Tally:
    """What one episode adds to the sums of its month."""
    tally: Tally = Counter()
    if not row.is_counted:
        return tally
    if row.wait:
        tally[row.wait, row.waited_days] = 1
    if row.started_on:
        tally["started", 0] = 1
        for day in ENGAGED_DAYS:
            tally["engaged", day] = int(getattr(row, f"engaged_{day}"))
    for answer in ANSWERS:
        tally[answer, 0] = getattr(row, answer)
    return tally


@by_id()
def count_episodes(program: Program, ids: set[UUID]) -> set[UUID]:
    """Bring the sums to what these episodes are now; answers with those whose contacts belong to another group now."""
    new, old = read_episodes(program, ids), Counted.objects.in_bulk(ids)
    changes: Counter[tuple[date, UUID, str, str, int]] = Counter()
    changed = [row for pk, row in new.items() if pk not in old or not are_same(row, old[pk])]
    gone = [row for pk, row in old.items() if pk not in new]
    for sign, rows in ((1, changed), (-1, gone), (-1, [old[row.pk] for row in changed if row.pk in old])):
        for row in rows:
            for (what, value), count in adds(row).items():
                for month in (month_of(row.opened_on), EVER):
                    changes[month, row.site, row.kind, what, value] += sign * count
    Counted.objects.filter(pk__in=[row.pk for row in gone]).delete()
    Counted.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["episode"], update_fields=KEPT_FIELDS, batch_size=500
    )
    _add(program, changes)
    return {row.pk for row in changed if row.pk in old and _group(row) != _group(old[row.pk])}


def are_same(one: Counted, other: Counted) -> bool:
    """Whether an episode adds the same as it did."""
    return all(getattr(one, name) == getattr(other, name) for name in KEPT_FIELDS if name != "program")


def _group(row: Counted) -> tuple[UUID, str]:
    return row.site, row.kind


def _add(program: Program, changes: Mapping[tuple[date, UUID, str, str, int], int]) -> None:
    fields = [EpisodeTally._meta.get_field(name) for name in ("id", "program", "month", "site")]
    rows = []
    for (month, site, *rest), count in sorted(changes.items(), key=lambda change: change[0]):
        if count:
            ready = zip(fields, (uuid4(), program.pk, month, site), strict=True)
            rows.append((*(field.get_db_prep_save(value, connection) for field, value in ready), *rest, count))
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(ADD, rows)


# --- contacts -----------------------------------------------------------------------------------------------------
def read_day(program: Program, day: date) -> dict[tuple[UUID, str], tuple[int, int]]:
    """Tries and reached of one day, for each site and kind, from the contacts and calls as they are now."""
    zone = zone_of(program)
    begins, ends = (datetime.combine(each, time.min, tzinfo=zone) for each in (day, day + timedelta(days=1)))
    found: dict[tuple[UUID, str], tuple[int, int]] = {}
    for rows in (_groups_between, _calls_between):
        for row in ask(rows, begins=begins, ends=ends):
            tried, reached = found.get(group := (row.site or NO_SITE_ID, row.kind), (0, 0))
            found[group] = (tried + row.tried, reached + row.reached)
    return found


def _calls_between(begins: datetime, ends: datetime) -> QuerySet:
    rows = Call.objects.filter(called_at__gte=begins, called_at__lt=ends).order_by()
    groups = rows.values(site=F("episode__site_id"), kind=F("episode__kind"))
    return groups.annotate(tried=Count("pk"), reached=Count("pk", filter=Q(is_reached=True)))


def _groups_between(begins: datetime, ends: datetime) -> QuerySet:
    rows = Contact.objects.filter(happened_at__gte=begins, happened_at__lt=ends, status__in=TRIES).order_by()
    rows = rows.exclude(mode=IN_A_GROUP)
    groups = rows.values(site=F("mentorship__episode__site_id"), kind=F("mentorship__episode__kind"))
    return groups.annotate(tried=Count("pk"), reached=Count("pk", filter=Q(status=TRIES[0])))


def count_days(program: Program, days: set[date]) -> None:
    """Bring the sums of these days, and of their months, to what the contacts are now."""
    rows = [
        ContactTally(program=program, span="day", starts_on=day, site=site, kind=kind, tried=tried, reached=reached)
        for day in sorted(days)
        for (site, kind), (tried, reached) in read_day(program, day).items()
    ]
    _replace("day", days, rows)
    months = {month_of(day) for day in days}
    _replace("month", months, [
        ContactTally(program=program, span="month", starts_on=month, **group)
        for month in sorted(months)
        for group in ContactTally.objects.filter(
            span="day", starts_on__gte=month, starts_on__lt=next_month(month)
        ).values("site", "kind").order_by().annotate(tried=Sum("tried"), reached=Sum("reached"))
    ])  # fmt: skip


def _replace(span: str, starts: set[date], rows: list[ContactTally]) -> None:
    ContactTally.objects.filter(span=span, starts_on__in=starts).delete()
    ContactTally.objects.bulk_create(rows, batch_size=500)


@by_id()
def list_days(program: Program, **which: Iterable[UUID]) -> set[date]:
    """The days on which there is a contact of these (`mentorship__in` or `mentorship__episode__in`)."""
    zone = zone_of(program)
    moments = Contact.objects.filter(**which).order_by().values_list("happened_at", flat=True)
    return {moment.astimezone(zone).date() for moment in moments}


@by_id()
def list_days_of_calls(program: Program, episodes: Iterable[UUID]) -> set[date]:
    """The days on which somebody was called in one of these episodes."""
    zone = zone_of(program)
    moments = Call.objects.filter(episode__in=episodes).order_by().values_list("called_at", flat=True)
    return {moment.astimezone(zone).date() for moment in moments}
