"""A list comes in: read, compared, shown; written all at once when somebody says so, or left."""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Program
from alongside.resources.columns import COLUMNS, OUT, columns_of
from alongside.resources.models import Feed, Leftover, ListFile, Record, Resource
from alongside.rules.lifecycles import RESOURCE_LIST, STAFF, SYSTEM
from alongside.rules.resources import Document, Package, read
from alongside.rules.resources.found import MOST_BYTES
from alongside.rules.resources.twins import world_id

from . import twins
from .in_time import BY_ITSELF, ON_A_PAGE, within
from .planning import Plan, make_plan

BATCH = 500
KEPT_PROBLEMS = 1000
KEPT_HOURS = 24
"""How long a file waits for somebody to say what becomes of it."""


class ListSettled(Exception):
    """The list was written or left before."""


@transaction.atomic
def send_list(
    *, program: Program, feed_name: str, content: bytes, file_name: str, by, now: datetime | None = None
) -> ListFile:
    """Read a file and keep it until somebody says what becomes of it. Raises `rules.resources.FileRefused`."""
    now = now or timezone.now()
    feed = get_feed(program, feed_name, now)
    package = read(content, file_name, source=str(feed.pk), tick=within(ON_A_PAGE))
    plan = make_plan(feed, package, is_whole=package.is_whole)
    sent = ListFile.objects.create(
        program=program, feed=feed, file_name=file_name[:200], content=base64.b64encode(content).decode(),
        counts=summarize(package, plan), problems=_problems(package), refused=_refused(package),
        is_whole=package.is_whole, sent_at=now, sent_by_id=by.user_id,
    )  # fmt: skip
    record(act="resource.list_sent", by=by, program_id=program.pk, object_kind="list_file", object_id=sent.pk, now=now)
    return sent


def get_feed(program: Program, name: str, now: datetime) -> Feed:
    """The feed of this name, or a new one."""
    return Feed.objects.get_or_create(program=program, name=name.strip()[:100], defaults={"made_at": now})[0]


@transaction.atomic
def write_list(*, file: ListFile, is_whole: bool, by, now: datetime | None = None) -> ListFile:
    """Bring the list in: all of it or nothing. Compared once more, as it is now. Raises `ListSettled`."""
    now = now or timezone.now()
    held = _held(file)
    RESOURCE_LIST.check_move(held.status, "written", by=STAFF)
    content = base64.b64decode(held.content)
    package = read(
        content, held.file_name, source=str(held.feed_id), tick=within(BY_ITSELF)
    )  # it was read in time before
    plan = write_package(feed=held.feed, package=package, is_whole=is_whole, by=by, now=now)
    held.status, held.settled_at, held.content, held.is_whole = "written", now, "", is_whole
    held.counts, held.problems, held.refused = summarize(package, plan), _problems(package), _refused(package)
    held.save()
    return held


@transaction.atomic
def leave_list(*, file: ListFile, by, now: datetime | None = None) -> None:
    """Nothing of it comes in, and the file is erased. Raises `ListSettled`."""
    _leave(_held(file), by=by, now=now or timezone.now(), who=STAFF)


def _leave(file: ListFile, *, by, now: datetime, who: str) -> None:
    RESOURCE_LIST.check_move(file.status, "left", by=who)
    file.status, file.settled_at, file.content, file.problems, file.refused = "left", now, "", [], []
    file.save()
    record(act="resource.list_left", by=by, program_id=file.program_id, object_kind="list_file", object_id=file.pk)


def _held(file: ListFile) -> ListFile:
    held = ListFile.objects.select_for_update(of=("self",)).select_related("feed").get(pk=file.pk)
    if held.status != "previewed":
        raise ListSettled
    return held


@transaction.atomic
def forget_lists(*, now: datetime, by) -> int:
    """Files that nobody settled for a day are left, as if somebody had said so. Returns how many."""
    due = ListFile.objects.select_for_update().filter(status="previewed", sent_at__lt=now - timedelta(hours=KEPT_HOURS))
    files = list(due)
    for file in files:
        _leave(file, by=by, now=now, who=SYSTEM)
    return len(files)


@transaction.atomic
def import_list(
    *, program: Program, feed_name: str, content: bytes | Mapping[str, bytes], file_name: str, by,
    is_whole: bool | None = None, write: bool = True, most: int = MOST_BYTES, now: datetime | None = None,
) -> tuple[Package, Plan]:  # fmt: skip
    """Read and write at once, for the command line; with `write` False only compare.

    `is_whole` None: as the file says. Raises `rules.resources.FileRefused`, and then nothing was written.
    """
    now = now or timezone.now()
    feed = get_feed(program, feed_name, now)
    package = read(content, file_name, source=str(feed.pk), most=most, tick=within(BY_ITSELF))
    whole = package.is_whole if is_whole is None else is_whole
    if not write:
        plan = make_plan(feed, package, is_whole=whole)
        transaction.set_rollback(True)
        return package, plan
    return package, write_package(feed=feed, package=package, is_whole=whole, by=by, now=now)


def write_package(
    *, feed: Feed, package: Package, is_whole: bool, by, now: datetime, check: Callable[[Plan], None] | None = None
) -> Plan:
    """Write what differs. Inside the caller's transaction; the feed is held, so that two lists come one by one.

    `check` looks at what would happen and may raise: then nothing is written.
    """
    # All lists of a program, in one order: two that bring the same place come one after the other.
    feeds = Feed.objects.select_for_update().filter(program_id=feed.program_id).order_by("pk")
    (feed,) = (one for one in feeds if one.pk == feed.pk)
    plan = make_plan(feed, package, is_whole=is_whole)
    if check:
        check(plan)
    touched = [world_id(document.identity) for document in plan.documents]
    shared = _shared_with_others(feed, touched)
    _write_new(feed, plan.new, shared, now)
    _write_changed(plan, shared, now)
    for keys in _parts(plan.vanished):
        rows = Resource.objects.filter(pk__in=keys)
        touched += rows.values_list("world_id", flat=True)
        rows.update(is_listed=False, is_shown=False, is_copy=False, gone_at=now)
    twins.settle(touched)
    _write_leftovers(feed, plan)
    feed.imported_at = now
    feed.title, feed.license = package.title or feed.title, package.license or feed.license
    feed.save(update_fields=["imported_at", "title", "license"])
    record(act="resource.imported", by=by, program_id=feed.program_id, object_kind="feed", object_id=feed.pk, now=now)
    return plan


def _parts(rows: list, size: int = BATCH):
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _shared_with_others(feed: Feed, ids: list[UUID | None]) -> set[UUID]:
    """Those of these ids that another list has too, or somebody wrote here."""
    own = Resource.objects.filter(feed=feed).values("pk")
    return twins.shared_ids(ids, besides=own)


def _write_new(feed: Feed, documents: list[Document], shared: set[UUID], now: datetime) -> None:
    for part in _parts(documents):
        rows = [
            Resource(
                program_id=feed.program_id, feed=feed, identity=document.identity, came_at=now,
                digest=document.digest, world_id=world_id(document.identity), **columns_of(document.values),
            )
            for document in part
        ]  # fmt: skip
        twins.hide(rows, shared)
        Resource.objects.bulk_create(rows)
        Record.objects.bulk_create(
            Record(program_id=feed.program_id, resource=row, document=document.values)
            for row, document in zip(rows, part, strict=True)
        )


def _hold(keys: Iterable[UUID]) -> QuerySet[Resource]:
    """Those rows, held: whoever mends one now waits, and mends what the list made of it."""
    return Resource.objects.select_for_update().filter(pk__in=keys).order_by("pk")


def _write_changed(plan: Plan, shared: set[UUID], now: datetime) -> None:
    for part in _parts([*plan.changed, *plan.back]):
        wanted = dict(part)
        rows = list(_hold(wanted).defer("searched", "found_at"))
        for row in rows:
            document = wanted[row.pk]
            columns = {**columns_of(document.values), "digest": document.digest}
            if row.mended_at:  # only listed again: what was mended stays
                columns = {"is_listed": True, "gone_at": None, "is_shown": columns["is_shown"], "digest": row.digest}
            for name, value in columns.items():
                setattr(row, name, value)
        twins.hide(rows, shared)
        fresh = [row for row in rows if not row.mended_at]
        Resource.objects.bulk_update(fresh, COLUMNS)
        Resource.objects.bulk_update(
            [row for row in rows if row.mended_at], ["is_listed", "gone_at", "is_shown", "digest"]
        )
        _write_records({row.pk: wanted[row.pk].values for row in fresh}, "document")
    for part in _parts(plan.held):
        wanted = dict(part)
        rows = list(_hold(wanted))
        for row in rows:
            row.digest, row.is_held, row.is_listed, row.gone_at = wanted[row.pk].digest, True, True, None
            row.is_shown = row.status not in OUT
        twins.hide(rows, shared)
        Resource.objects.bulk_update(rows, ["digest", "is_held", "is_listed", "gone_at", "is_shown"])
        _write_records({row.pk: wanted[row.pk].values for row in rows}, "newer")


def _write_records(wanted: Mapping[Any, dict], field: str) -> None:
    records = list(Record.objects.filter(resource_id__in=wanted))
    for one in records:
        setattr(one, field, wanted[one.resource_id])
    Record.objects.bulk_update(records, [field])


def _write_leftovers(feed: Feed, plan: Plan) -> None:
    Leftover.objects.bulk_create(
        (
            Leftover(
                program_id=feed.program_id, feed=feed, table=document.table, identity=identity,
                document=document.values, digest=document.digest,
            )
            for identity, document in plan.new_leftovers
        ),
        batch_size=BATCH,
    )  # fmt: skip
    for key, document in plan.changed_leftovers:
        Leftover.objects.filter(pk=key).update(document=document.values, digest=document.digest)
    for keys in _parts(plan.gone_leftovers):
        Leftover.objects.filter(pk__in=keys).delete()


def summarize(package: Package, plan: Plan) -> dict:
    """What came of a list, in numbers: for the page about it."""
    notes = Counter((one.code, one.field.rsplit(".", 1)[-1]) for one in package.problems if not one.refuses)
    return {
        **plan.counts, "shared": plan.shared, "refused": len(package.refused) + sum(
            1 for one in package.problems if one.refuses and one.code in ("not_an_object", "kind_unknown")),
        "beside": len(package.others), "rows": dict(sorted(package.rows.items())),
        "notes": [[code, name, count] for (code, name), count in notes.most_common(40)],
    }  # fmt: skip


def _problems(package: Package) -> list[list]:
    """Those that keep a row out first."""
    ordered = sorted(package.problems, key=lambda one: not one.refuses)[:KEPT_PROBLEMS]
    return [[one.code, one.file, one.row, one.field, one.value, one.refuses] for one in ordered]


def _refused(package: Package) -> list[dict]:
    return [{"file": one.file, "row": one.row, "values": one.values} for one in package.refused[:KEPT_PROBLEMS]]
