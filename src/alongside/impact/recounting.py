"""The figures from the rows themselves: slow, plain, and what the sums are held against.

The public page is made of these, once a quarter: only rows can say how things stood at a moment that is over.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.utils import timezone
from django_scopes import scope

from alongside.calls.models import Call
from alongside.matching.models import Offer
from alongside.mentoring.models import Contact
from alongside.people.models import Episode, Program
from alongside.rules.measures import (
    ALL,
    ENGAGED_DAYS,
    EngagementRow,
    Figure,
    OfferRow,
    WaitRow,
    by_group,
    engaged_at,
    merge_small_groups,
    offers_accepted,
    publish,
    share,
    time_to_match,
)

from .marks import IN_A_GROUP, NOT_YET, TRIES
from .queries import NO_SITE, Ask


@dataclass(frozen=True)
class _EpisodeRow:
    pk: UUID
    group: str
    waiting_on: date | None
    matched_on: date | None
    started_on: date | None


def recount(ask: Ask, now: datetime) -> list[dict[str, Figure]]:
    """Every figure of the page for each group and for all, small cells hidden, from every row there is."""
    episodes: list[_EpisodeRow] = []
    reached: dict[UUID, list[date]] = defaultdict(list)
    tries: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    offers: list[OfferRow] = []
    for program in ask.programs:
        zone = ZoneInfo(program.time_zone)
        # A day is a day of the program, wherever the reader sits.
        with scope(program=program), timezone.override(zone):
            rows = _read_episodes(ask, program, zone)
            groups = {row.pk: row.group for row in rows}
            episodes += rows
            _read_reached(ask, rows, zone, reached)
            _count_tries(ask, program, tries)
            offers += _read_offers(ask, groups)
    # `until` begins a quarter of the program and carries its zone; now is the reader's day.
    today = ask.until.date() if ask.until else timezone.localdate(now)
    waits = [WaitRow(row.group, row.waiting_on, row.matched_on) for row in episodes if row.waiting_on]
    walks = [EngagementRow(row.group, row.started_on, tuple(reached[row.pk])) for row in episodes if row.started_on]
    # The three engagement figures are about the same people: they must show the same groups.
    sizes: dict[str, int] = defaultdict(int)
    for walk in walks:
        sizes[walk.group] += 1
    merged = merge_small_groups(sizes)
    walks = [EngagementRow(merged[walk.group], walk.started_on, walk.reached_on) for walk in walks]
    measures = [
        by_group(waits, time_to_match),
        _share_of_tries(tries),
        *(by_group(walks, lambda rows, day=day: engaged_at(rows, day, today)) for day in ENGAGED_DAYS),
        by_group(offers, offers_accepted),
    ]
    return [publish(figures) for figures in measures]


def _read_episodes(ask: Ask, program: Program, zone: ZoneInfo) -> list[_EpisodeRow]:
    rows = Episode.objects.exclude(status__in=NOT_YET)
    if ask.since:
        rows = rows.filter(opened_at__date__gte=ask.since)
    if ask.until:
        rows = rows.filter(opened_at__lt=ask.until)

    def day(moment: datetime | None) -> date | None:
        return moment.astimezone(zone).date() if moment and _is_before(moment, ask) else None

    # With a peer from the match on, reached or not: to start at the first talk would leave out who was never reached.
    return [
        _EpisodeRow(pk, _group(ask, program, site, kind), day(first_waiting), day(matched), day(matched or active))
        for pk, site, kind, first_waiting, matched, active in rows.values_list(
            "pk", "site__name", "kind", "first_waiting_at", "matched_at", "active_since"
        )
    ]


def _is_before(moment: datetime, ask: Ask) -> bool:
    return ask.until is None or moment < ask.until


def _group(ask: Ask, program: Program, site: str | None, kind: str) -> str:
    match ask.grouping:
        case "site":
            return site or NO_SITE
        case "kind":
            return kind
        case "program":
            return program.name
    return "everyone"


def _read_reached(ask: Ask, rows: list[_EpisodeRow], zone: ZoneInfo, into: dict[UUID, list[date]]) -> None:
    """The days on which each person was reached in the first ninety days with a peer; later ones change no figure."""
    started = {row.pk: row.started_on for row in rows if row.started_on}
    if not started:
        return
    contacts = Contact.objects.filter(status="completed").exclude(mode=IN_A_GROUP)
    if ask.until:
        contacts = contacts.filter(happened_at__lt=ask.until, entered_at__lt=ask.until)
    calls = Call.objects.filter(is_reached=True)
    if ask.until:
        calls = calls.filter(called_at__lt=ask.until)
    for rows_of in (
        contacts.values_list("mentorship__episode_id", "happened_at"), calls.values_list("episode_id", "called_at")
    ):  # fmt: skip
        for episode_id, happened_at in rows_of.iterator(chunk_size=5000):
            first = started.get(episode_id)
            day = happened_at.astimezone(zone).date()
            if first and (day - first).days <= max(ENGAGED_DAYS):
                into[episode_id].append(day)


def _count_tries(ask: Ask, program: Program, into: dict[str, list[int]]) -> None:
    contacts = Contact.objects.filter(status__in=TRIES).exclude(mode=IN_A_GROUP)
    if ask.since:
        contacts = contacts.filter(happened_at__date__gte=ask.since)
    if ask.until:
        contacts = contacts.filter(happened_at__lt=ask.until, entered_at__lt=ask.until)
    calls = Call.objects.all()
    if ask.since:
        calls = calls.filter(called_at__date__gte=ask.since)
    if ask.until:
        calls = calls.filter(called_at__lt=ask.until)
    for rows, episode, is_reached in (
        (contacts, "mentorship__episode", Q(status="completed")), (calls, "episode", Q(is_reached=True))
    ):  # fmt: skip
        counted = rows.values(f"{episode}__site__name", f"{episode}__kind").annotate(
            tried=Count("pk"), reached=Count("pk", filter=is_reached)
        )
        for row in counted.order_by():
            group = _group(ask, program, row[f"{episode}__site__name"], row[f"{episode}__kind"])
            into[group][0] += row["reached"]
            into[group][1] += row["tried"]


def _share_of_tries(tries: dict[str, list[int]]) -> dict[str, Figure]:
    figures = {name: share("contacts_reached", reached, tried) for name, (reached, tried) in sorted(tries.items())}
    reached, tried = (sum(pair[at] for pair in tries.values()) for at in (0, 1))
    return figures | {ALL: share("contacts_reached", reached, tried)}


def _read_offers(ask: Ask, groups: dict[UUID, str]) -> list[OfferRow]:
    """Offers of these episodes; one that ended after the moment asked for was still open then."""
    rows = Offer.objects.all()
    if ask.until:
        rows = rows.filter(offered_at__lt=ask.until)
    return [
        OfferRow(groups[episode_id], status if ended_at is None or _is_before(ended_at, ask) else "offered")
        for episode_id, status, ended_at in rows.values_list("episode_id", "status", "ended_at")
        if episode_id in groups
    ]
