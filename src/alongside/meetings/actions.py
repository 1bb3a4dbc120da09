"""Adding a feed, reading one, switching it off; writing a meeting of the program's own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.audit.bulk import insert_rows, update_rows
from alongside.fetching import CSV_KINDS, JSON_KINDS, PAGE_KINDS, NotFetched, check_url, fetch
from alongside.people.due_feeds import read_each
from alongside.people.models import Program
from alongside.rules import bounded_json
from alongside.rules.feeds import lost_too_many
from alongside.rules.meetings import bmlt, guide, reading, web_page
from alongside.rules.meetings.entry import Entry, NotAFeed, Reading
from alongside.rules.meetings.text import plain

from .models import FILE, OWN, URL, Feed, Meeting, Slot
from .placing import PIECE, hold, pieces, renew_places
from .rows import meeting_of, slots_of

MOST_REFUSALS = 200
"""Refused entries that are named on the page; all are counted."""

FORMATS, BODIES = "formats", "bodies"
MEANING_COLUMNS = {
    FORMATS: ("id", "key_string", "name_string", "lang", "world_id"), BODIES: ("id", "name", "url"),
}  # fmt: skip
MOST_MEANINGS = 5_000
"""Rows: a server of many languages has a thousand."""
MAY_LOSE = "may_lose"
"""In `counts` until the next reading: somebody said that most of the list may be gone."""

NAMED = "named"
"""In `counts` since the latest problem: the address where the list may be, shown to staff and never asked by itself."""


OF_DAYS = {"days_from_one", "one_is_sunday"}
"""Flags that say how the numbers of days were read."""


class NothingThere(Exception):
    """The feed is empty, or most of it is not there any more; `args[0]` is the reason. Nothing is taken off."""


@transaction.atomic
def add_feed(
    *, program: Program, way: str, name: str, site: str, fellowship: str, url: str, time_zone: str, every_hours: int,
    language: str, submit_key: UUID, by, now: datetime | None = None,
) -> Feed:  # fmt: skip
    """A source more; the same key twice is one (I3). It is read by the next tick. Raises `fetching.NotFetched`."""
    now = now or timezone.now()
    if way == URL:
        check_url(url)
    feed, made = Feed.objects.get_or_create(
        submit_key=submit_key, program=program,
        defaults={
            "way": way, "name": name, "site": site, "fellowship": fellowship, "url": url, "time_zone": time_zone,
            "every_hours": every_hours, "language": language, "made_at": now,
            "next_at": now if way == URL else None,
        },
    )  # fmt: skip
    if made:
        record(act="source.added", by=by, program_id=program.pk, object_kind="feed", object_id=feed.pk)
    return feed


@transaction.atomic
def change_feed(*, feed: Feed, values: Mapping[str, Any], by, now: datetime | None = None) -> Feed:
    """Another name, zone, rhythm. What changes how meetings are found is carried into their rows at once."""
    found = Feed.objects.select_for_update().get(pk=feed.pk)
    changed = [name for name in ("name", "site", "fellowship", "time_zone", "every_hours", "language", "is_on",
                                 "first_day")
               if name in values and getattr(found, name) != values[name]]  # fmt: skip
    if not changed:
        return found
    for name in changed:
        setattr(found, name, values[name])
    if set(changed) & {"every_hours", "is_on"}:
        found.next_at = (now or timezone.now()) if found.way == URL and found.is_on and found.every_hours else None
    found.save()
    record(act="source.changed", by=by, program_id=found.program_id, object_kind="feed", object_id=found.pk,
           fields=sorted(changed))  # fmt: skip
    if "first_day" in changed:
        _read_days_anew(found, now or timezone.now())
    if set(changed) & {"fellowship", "time_zone", "language", "is_on"}:
        _renew_slots(found)
    return found


@transaction.atomic
def ask_again(*, feed: Feed, by, may_lose: bool = False, now: datetime | None = None) -> None:
    """Let the worker read an address as soon as it comes by, whatever it said before.

    `may_lose`: it is right that most of what was listed is there no longer; holds for the next reading alone.
    """
    counts = feed.counts | {MAY_LOSE: may_lose}
    Feed.objects.filter(pk=feed.pk, way=URL).update(next_at=now or timezone.now(), etag="", counts=counts)
    record(act="source.asked", by=by, program_id=feed.program_id, object_kind="feed", object_id=feed.pk)


# --- reading --------------------------------------------------------------------------------------------------------
def read_due(now: datetime, *, allow_loopback: bool = False) -> Counter:
    """Read addresses whose time has come, a few at once. Returns how many were read and how many could not be."""
    return read_each(Feed, partial(read_address, allow_loopback=allow_loopback), _note_fault, now, is_on=True)


def _note_fault(feed: Feed, reason: str, now: datetime) -> Feed:
    return _note_problem(feed, reason, None, now)


def read_address(*, feed: Feed, by, now: datetime | None = None, allow_loopback: bool = False) -> Feed:
    """Fetch a feed and take in what it holds. What goes wrong is written down beside the feed and changes nothing."""
    now = now or timezone.now()
    try:
        kinds = (*JSON_KINDS, *CSV_KINDS, *PAGE_KINDS)
        got = fetch(feed.url, kinds=kinds, etag=feed.etag, allow_loopback=allow_loopback)
        if got.is_unchanged:
            return _note_same(feed, now)
        meanings = _ask_meanings(feed, allow_loopback)
        if any(feed.counts.get(name) and name not in meanings for name in (FORMATS, BODIES)):
            return _note_problem(feed, "no_formats", None, now)
        return take_in(feed=feed, content=got.content, meanings=meanings, etag=got.etag, by=by, now=now)
    except NotFetched as error:
        return _note_instead(feed, error.reason, None, now)


def _ask_meanings(feed: Feed, allow_loopback: bool) -> dict[str, list]:
    """What a BMLT server says of its codes and of who keeps its meetings; what it does not answer is left out."""
    found: dict[str, list] = {}
    if "switcher=GetSearchResults" in feed.url:
        base = feed.url.split("switcher=", 1)[0]
        for name, switcher in ((FORMATS, "GetFormats"), (BODIES, "GetServiceBodies")):
            try:
                told = bounded_json.load(
                    fetch(f"{base}switcher={switcher}", kinds=JSON_KINDS, allow_loopback=allow_loopback).content
                )
            except (NotFetched, bounded_json.NotJson):
                continue
            if isinstance(told, list):
                found[name] = told
    return found


def meaning_rows(told: Mapping[str, Sequence]) -> dict[str, list]:
    """What is kept of the rows that tell meanings: only what is read of them."""
    return {
        name: [
            {column: plain(row[column], 200) for column in MEANING_COLUMNS[name] if column in row}
            for row in told[name][:MOST_MEANINGS] if isinstance(row, Mapping)
        ]
        for name in MEANING_COLUMNS if told.get(name)
    }  # fmt: skip


def take_in(
    *, feed: Feed, content: bytes, by, meanings: Mapping[str, Sequence] | None = None, etag: str = "",
    may_lose: bool = False, now: datetime | None = None,
) -> Feed:  # fmt: skip
    """Take in the bytes of a feed: all of it in one transaction, or nothing. The feed says what came of it.

    `meanings`: the rows of GetFormats and of GetServiceBodies (`FORMATS`, `BODIES`) where a BMLT server told them;
    of files, those that came before count too.
    `may_lose`: somebody said that it is right when most of what was listed is there no longer.
    """
    now = now or timezone.now()
    told = feed.meanings | meaning_rows(meanings or {})
    formats, bodies = bmlt.read_formats(told.get(FORMATS, ())), bmlt.read_bodies(told.get(BODIES, ()))
    try:
        found = reading.read(content, formats=formats, bodies=bodies, first_day=feed.first_day)
        with transaction.atomic():
            if feed.way == FILE and told != feed.meanings:
                # The next file comes without them; an address is asked each time.
                Feed.objects.filter(pk=feed.pk).update(meanings=told)
            counted = {FORMATS: len(formats), BODIES: len(bodies)}
            return _apply(feed, found, etag, by, now, counted=counted, may_lose=may_lose)
    except NotAFeed as error:
        return _note_instead(feed, error.reason, error.row, now, content)
    except NothingThere as error:
        return _note_problem(feed, str(error), None, now)


def _apply(feed: Feed, found: Reading, etag: str, by, now: datetime, *, counted: dict, may_lose: bool) -> Feed:
    read_with, feed = feed.first_day, Feed.objects.select_for_update().get(pk=feed.pk)
    known = {
        key: (pk, digest, gone_at is not None)
        for pk, key, digest, gone_at in Meeting.objects.filter(feed=feed).values_list("pk", "key", "digest", "gone_at")
    }
    shown = {key for key, (_pk, _digest, is_gone) in known.items() if not is_gone}
    if found.refusals and not found.entries:
        raise NotAFeed("all_refused", found.refusals[0].row)
    if not found.entries:
        raise NothingThere("empty_now" if known else "empty_first")
    digests = {entry.key: entry.digest for entry in found.entries}
    added = [entry for entry in found.entries if entry.key not in known]
    back = [entry for entry in found.entries if entry.key in known and known[entry.key][2]]
    changed = [entry for entry in found.entries if entry.key in shown and known[entry.key][1] != digests[entry.key]]
    gone = [known[key][0] for key in shown - digests.keys()]
    if lost_too_many(len(shown), len(gone)) and not (may_lose or feed.counts.get(MAY_LOSE)):
        raise NothingThere("most_gone")
    for some in pieces(added):
        rows = [meeting_of(entry, feed, found.form, now) for entry in some]
        insert_rows(rows)
        insert_rows([slot for row in rows for slot in slots_of(row, feed)])
    for some in pieces([*changed, *back]):
        rows = [meeting_of(entry, feed, found.form, now, pk=known[entry.key][0]) for entry in some]
        _write_again(rows, feed)
    for pks in pieces(gone):
        Slot.objects.filter(meeting__in=pks).delete()
        Meeting.objects.filter(pk__in=pks).update(gone_at=now)
    feed.counts = {
        "read": found.read, "added": len(added), "changed": len(changed), "back": len(back), "gone": len(gone),
        "unchanged": len(found.entries) - len(added) - len(changed) - len(back), "refused": len(found.refusals),
        "flags": dict(Counter(flag for entry in found.entries for flag in entry.flags).most_common()),
        "reasons": dict(Counter(one.reason for one in found.refusals).most_common()),
        "own_codes": list(found.own_codes), "days_from_one": found.days_from_one, **counted,
    }  # fmt: skip
    feed.refusals = [[one.row, one.key, one.name, one.reason] for one in found.refusals[:MOST_REFUSALS]]
    feed.form, feed.etag, feed.problem, feed.problem_row = found.form, etag, "", None
    feed.tried_at = feed.good_at = now
    feed.zones = sorted({entry.zone or feed.time_zone for entry in found.entries})
    feed.save()
    if feed.first_day != read_with:  # somebody said it while the list was on its way
        _read_days_anew(feed, now)
    if added or changed or back or gone:
        record(act="source.read", by=by, program_id=feed.program_id, object_kind="feed", object_id=feed.pk)
        renew_places(feed.program_id)
    return feed


COPIED = [
    field.name
    for field in Meeting._meta.concrete_fields
    if field.name not in ("id", "program", "feed", "key", "shows", "seen_at")
]


def _write_again(rows: Sequence[Meeting], feed: Feed) -> None:
    update_rows(rows, COPIED)
    Slot.objects.filter(meeting__in=[row.pk for row in rows]).delete()
    insert_rows([slot for row in rows for slot in slots_of(row, feed)])


def _note_same(feed: Feed, now: datetime) -> Feed:
    feed.tried_at = feed.good_at = now
    feed.problem, feed.problem_row = "", None
    feed.save(update_fields=["tried_at", "good_at", "problem", "problem_row"])
    return feed


def _note_instead(feed: Feed, reason: str, row: int | None, now: datetime, content: bytes = b"") -> Feed:
    """What came is no list: say what it is, and where the list may be."""
    found = web_page.explain(reason, content, feed.url or feed.site)
    return _note_problem(feed, found.reason, row if found.reason == reason else None, now, named=found.address)


def _note_problem(feed: Feed, reason: str, row: int | None, now: datetime, *, named: str = "") -> Feed:
    feed.refresh_from_db()
    feed.tried_at, feed.problem, feed.problem_row = now, reason, row
    feed.counts = {name: told for name, told in feed.counts.items() if name != NAMED}
    if named:
        feed.counts[NAMED] = named
    feed.save(update_fields=["tried_at", "problem", "problem_row", "counts"])
    return feed


def _read_days_anew(feed: Feed, now: datetime) -> None:
    """Somebody said which day the list calls 1: its meetings are read once more as they came, without asking for it.

    The next reading of the same list finds all as it was. What came as a file has no address to be asked again.
    """
    rows = Meeting.objects.filter(feed=feed, gone_at__isnull=True).exclude(form=reading.BMLT)
    raws = rows.values_list("raw", flat=True).iterator(PIECE)
    days_from_one = not feed.first_day and guide.counts_from_one(raws)
    own_codes = feed.counts.get("own_codes", ())
    for pks in pieces(list(rows.values_list("pk", flat=True))):
        changed = []
        for row in Meeting.objects.filter(pk__in=pks):
            entry = guide.read_entry(
                row.raw, own_codes=own_codes, days_from_one=days_from_one, one_is_sunday=feed.first_day == "sunday"
            )
            if isinstance(entry, Entry) and entry.digest != row.digest:
                row.days, row.digest, row.changed_at = list(entry.days), entry.digest, now
                row.flags = [*(flag for flag in row.flags if flag not in OF_DAYS), *(set(entry.flags) & OF_DAYS)]
                row.feed = feed
                changed.append(row)
        if changed:
            _write_again(changed, feed)
    flags = Counter(flag for told in rows.values_list("flags", flat=True) for flag in told)
    feed.counts |= {"days_from_one": days_from_one, "flags": dict(flags.most_common())}
    feed.save(update_fields=["counts"])


def _renew_slots(feed: Feed) -> None:
    """The rows by which meetings are found, made anew from the meetings."""
    Slot.objects.filter(meeting__feed=feed).delete()
    if feed.is_on:
        meetings = Meeting.objects.filter(feed=feed, gone_at__isnull=True).defer("raw")
        zones = set()
        for row in meetings.iterator(PIECE):
            insert_rows(slots_of(row, feed))
            zones.add(row.zone or feed.time_zone)
        Feed.objects.filter(pk=feed.pk).update(zones=sorted(zones))
    renew_places(feed.program_id)


# --- the program's own ----------------------------------------------------------------------------------------------
@transaction.atomic
def write_own(
    *, program: Program, told: Mapping[str, Any], by, meeting: Meeting | None = None, submit_key: UUID | None = None,
    shows: UUID | None = None, now: datetime | None = None,
) -> Meeting:  # fmt: skip
    """A meeting of the program's own, new or changed, from the fields of a Meeting Guide entry without its slug.

    The same key twice is one (I3). `shows`: the group that a new one follows.
    Raises ValueError with the reason where nobody could go there.
    """
    now = now or timezone.now()
    hold(program.pk)
    feed = Feed.objects.filter(way=OWN).first()
    if feed is None:
        feed = Feed.objects.create(
            program=program, way=OWN, name=program.name, fellowship="own", time_zone=program.time_zone, made_at=now,
            submit_key=uuid4(),
        )  # fmt: skip
    key = meeting.key if meeting else str(submit_key or uuid4())
    before = Meeting.objects.filter(feed=feed, key=key).first()
    if before and not meeting:
        return before
    entry = guide.read_entry({**told, "slug": key, "timezone": program.time_zone})
    if not isinstance(entry, Entry):
        raise ValueError(entry)
    row = meeting_of(entry, feed, reading.GUIDE, now, pk=before.pk if before else None)
    if before:
        _write_again([row], feed)
    else:
        row.shows = shows
        row.save(force_insert=True)
        insert_rows(slots_of(row, feed))
    _count_own(feed, now)
    record(act="meeting.written", by=by, program_id=program.pk, object_kind="meeting", object_id=row.pk)
    return row


@transaction.atomic
def take_off(*, meeting: Meeting, by, for_now: bool = False, now: datetime | None = None) -> bool:
    """A meeting of the program's own is no longer held; `for_now`: its group may bring it back. Whether it was held."""
    now = now or timezone.now()
    hold(meeting.program_id)
    found = Meeting.objects.select_for_update().filter(pk=meeting.pk, feed__way=OWN, gone_at__isnull=True).first()
    if found is None:
        return False
    found.gone_at = now
    if not for_now:
        found.shows = None
    found.save(update_fields=["gone_at", "shows"])
    Slot.objects.filter(meeting=found).delete()
    _count_own(found.feed, now)
    record(act="meeting.taken_off", by=by, program_id=found.program_id, object_kind="meeting", object_id=found.pk)
    return True


def _count_own(feed: Feed, now: datetime) -> None:
    # Each was written in the zone of the program of that day, which may have been another.
    zones = list(Meeting.objects.filter(feed=feed, gone_at__isnull=True).values_list("zone", flat=True))
    feed.counts, feed.zones, feed.good_at = {"read": len(zones)}, sorted({*zones, feed.time_zone}), now
    feed.save(update_fields=["counts", "zones", "good_at"])
    renew_places(feed.program_id)
