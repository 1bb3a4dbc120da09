"""A list that is read from its address by itself, as often as staff said. What goes wrong is said and changes nothing.

Such a list is written without a preview: so one that is empty now, or has lost most of what it had, waits for somebody
who says that it is right.
"""

from collections import Counter
from datetime import datetime
from functools import partial
from hashlib import sha256
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.fetching import CSV_KINDS, JSON_KINDS, Fetched, NotFetched, check_url, fetch
from alongside.people.due_feeds import read_each
from alongside.people.models import Program
from alongside.resources.models import Feed, Resource
from alongside.rules.feeds import lost_too_many
from alongside.rules.resources import FileRefused, read
from alongside.rules.resources.found import MOST_UNPACKED

from .importing import get_feed, summarize, write_package
from .in_time import BY_ITSELF, within
from .paging import fetch_rest
from .planning import Plan

KINDS = ("application/zip", "application/x-zip-compressed", *JSON_KINDS, *CSV_KINDS)


class NameTaken(Exception):
    """A list of this name is read from another address already."""


class NotBelieved(Exception):
    """It can be read, and is not taken in: `args[0]` says why."""


@transaction.atomic
def add_source(
    *, program: Program, name: str, url: str, every_hours: int, submit_key: UUID, by, now: datetime | None = None
) -> Feed:
    """Read a list from its address from now on; the same key twice is one (I3). A list that came as files so far may
    get an address. The next tick reads it. Raises `fetching.NotFetched`, `NameTaken`."""
    now = now or timezone.now()
    check_url(url)
    Program.objects.select_for_update(no_key=True).get(pk=program.pk)
    if before := Feed.objects.filter(submit_key=submit_key).first():
        return before
    feed = Feed.objects.select_for_update().get(pk=get_feed(program, name, now).pk)
    if feed.url:
        raise NameTaken
    feed.url, feed.every_hours, feed.next_at, feed.submit_key = url, every_hours, now, submit_key
    feed.save(update_fields=["url", "every_hours", "next_at", "submit_key"])
    record(act="resource.source_added", by=by, program_id=program.pk, object_kind="feed", object_id=feed.pk, now=now)
    return feed


@transaction.atomic
def change_source(*, feed: Feed, url: str, every_hours: int, by, now: datetime | None = None) -> Feed:
    """Another address or rhythm; without an address it comes as files only. Raises `fetching.NotFetched`."""
    if url:
        check_url(url)
    held = Feed.objects.select_for_update().get(pk=feed.pk)
    every_hours = every_hours if url else 0
    changed = [name for name, value in (("url", url), ("every_hours", every_hours)) if getattr(held, name) != value]
    if not changed:
        return held
    if "url" in changed:
        held.etag, held.seen_digest, held.problem, held.problem_about, held.may_lose = "", "", "", {}, False
    held.url, held.every_hours = url, every_hours
    held.next_at = (now or timezone.now()) if url and ("url" in changed or every_hours) else None
    held.save()
    record(act="resource.source_changed", by=by, program_id=held.program_id, object_kind="feed", object_id=held.pk,
           fields=sorted(changed))  # fmt: skip
    return held


@transaction.atomic
def ask_again(*, feed: Feed, by, may_lose: bool = False, now: datetime | None = None) -> None:
    """Let the worker read it as soon as it comes by, whatever it said before.

    `may_lose`: it is right that most of what was listed is there no longer; holds for the next reading alone.
    """
    Feed.objects.filter(pk=feed.pk).exclude(url="").update(
        next_at=now or timezone.now(), etag="", seen_digest="", may_lose=may_lose
    )
    record(act="resource.source_asked", by=by, program_id=feed.program_id, object_kind="feed", object_id=feed.pk)


# --- reading --------------------------------------------------------------------------------------------------------
def read_due(now: datetime, *, allow_loopback: bool = False) -> Counter:
    """Read addresses whose time has come, a few at once. Returns how many were read and how many could not be."""
    return read_each(Feed, partial(read_address, allow_loopback=allow_loopback), _note_fault, now)


def read_address(*, feed: Feed, by, now: datetime | None = None, allow_loopback: bool = False) -> Feed:
    """Fetch a list and take in what it holds: all of it in one transaction, or nothing. The feed says what came of it.

    A list in pages is followed to its end. The same bytes as last time are not read again.
    """
    now = now or timezone.now()
    try:
        got = fetch(feed.url, kinds=KINDS, etag=feed.etag, allow_loopback=allow_loopback)
        pages = feed.counts.get("pages", 1)
        if not got.is_unchanged:
            got, pages = fetch_rest(got, allow_loopback=allow_loopback)
        digest = feed.seen_digest if got.is_unchanged else sha256(got.content).hexdigest()
        if digest and digest == feed.seen_digest:
            return _note(feed, now, is_good=True)
        with transaction.atomic():
            return _take_in(feed, got, digest, pages, by, now)
    except NotFetched as error:
        return _note(feed, now, problem=error.reason)
    except FileRefused as why:
        return _note(feed, now, problem=why.code, about=why.params)
    except NotBelieved as why:
        return _note(feed, now, problem=str(why))


def _take_in(feed: Feed, got: Fetched, digest: str, pages: int, by, now: datetime) -> Feed:
    asked = feed.url
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    if feed.url != asked:
        return feed  # staff gave it another address while the old one answered
    name = unquote(urlsplit(got.url).path).rsplit("/", 1)[-1][:200]
    package = read(got.content, name, source=str(feed.pk), most=MOST_UNPACKED, tick=within(BY_ITSELF))
    listed = Resource.objects.filter(feed=feed, is_listed=True).count()
    if package.refused and not package.services:
        raise NotBelieved("all_refused")
    if listed and not package.services:
        raise NotBelieved("empty_now")

    def check(plan: Plan) -> None:
        if lost_too_many(listed, len(plan.vanished)) and not feed.may_lose:
            raise NotBelieved("most_gone")

    plan = write_package(feed=feed, package=package, is_whole=package.is_whole, by=by, now=now, check=check)
    Feed.objects.filter(pk=feed.pk).update(
        etag=got.etag, seen_digest=digest, may_lose=False, tried_at=now, good_at=now, problem="", problem_about={},
        counts=summarize(package, plan) | {"part": not package.is_whole, "pages": pages},
    )  # fmt: skip
    feed.refresh_from_db()
    return feed


def _note(
    feed: Feed, now: datetime, *, problem: str = "", about: dict[str, object] | None = None, is_good: bool = False
) -> Feed:
    good = {"good_at": now} if is_good else {}
    Feed.objects.filter(pk=feed.pk).update(tried_at=now, problem=problem, problem_about=about or {}, **good)
    feed.refresh_from_db()
    return feed


def _note_fault(feed: Feed, reason: str, now: datetime) -> Feed:
    return _note(feed, now, problem=reason)
