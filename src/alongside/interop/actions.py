"""Asking for a file, agreeing to it, and writing down whom it was about."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record, record_each
from alongside.people.models import Person
from alongside.people.outbox import queue_notice
from alongside.rules import exports as rules
from alongside.rules.lifecycles import EXPORT

from . import queries
from .models import ExportRequest


class TooManyExports(Exception):
    """This account asked for as many files as a day allows."""


class NotYours(Exception):
    """The one who asked agrees, or another takes the file: it takes two different people."""


class ExportOver(Exception):
    """The request is not ready any more: used, declined, withdrawn or too old."""


class MoreThanAgreed(Exception):
    """More people than one person may save alone have come in meanwhile; it waits for a second person now."""


@transaction.atomic
def ask_for_export(
    *, kind: str, scope: str, file_format: str, language: str, words: str, by, now: datetime | None = None
) -> ExportRequest:  # fmt: skip
    """Ask for a file. It is ready at once for few people; for many it waits for a second person. `TooManyExports`."""
    now = now or timezone.now()
    if queries.count_asked_lately(by, now) >= rules.MOST_A_DAY:
        raise TooManyExports
    people = queries.list_people(kind, scope, by).count()
    export = ExportRequest(
        program_id=by.program_id, kind=kind, scope=scope, file_format=file_format, language=language,
        reason_words=words, people=people, asked_by_id=by.user_id, asked_at=now, expires_at=rules.expires_at(now),
    )  # fmt: skip
    if rules.needs_second(people):
        _wait(export, by, now)
    else:
        export.status = "ready"
    export.save(force_insert=True)
    record(act="export.asked", by=by, object_kind="export", object_id=export.pk, reason=kind, words=words)
    return export


def _wait(export: ExportRequest, by, now: datetime) -> None:
    """It waits for a second person, or for a day; whoever should know is told."""
    others = list(queries.list_others_who_may_export(export.program_id, export.asked_by_id))
    export.opens_at = rules.opens_at(now, others=len(others))
    told = others or list(queries.list_who_is_told(export.program_id, export.asked_by_id))
    for person in Person.objects.filter(user__in={one.user_id for one in told}).select_related("program"):
        queue_notice(person, "please_answer", once_key=f"export:{export.pk}:{person.pk}:{now:%Y%m%d%H%M}", now=now)


@transaction.atomic
def answer_export(*, export: ExportRequest, agree: bool, by, now: datetime | None = None) -> ExportRequest:
    """A second person agrees or declines. Raises `NotYours` for the one who asked, `ExportOver`."""
    now = now or timezone.now()
    export = _lock(export)
    if export.asked_by_id == by.user_id:
        raise NotYours
    if export.status != "waiting" or export.expires_at <= now:
        raise ExportOver
    _move(export, "ready" if agree else "declined", by)
    export.decided_by_id, export.decided_at = by.user_id, now
    export.save(update_fields=["status", "decided_by", "decided_at"])
    act = "export.approved" if agree else "export.declined"
    record(act=act, by=by, object_kind="export", object_id=export.pk, reason=export.kind)
    return export


@transaction.atomic
def withdraw_export(*, export: ExportRequest, by) -> ExportRequest:
    """The one who asked does not need it any more."""
    export = _lock(export)
    if export.asked_by_id != by.user_id:
        raise NotYours
    if export.status not in ("waiting", "ready"):
        raise ExportOver
    _move(export, "withdrawn", by)
    export.save(update_fields=["status"])
    record(act="export.withdrawn", by=by, object_kind="export", object_id=export.pk, reason=export.kind)
    return export


def start_export(*, export: ExportRequest, by, now: datetime | None = None) -> ExportRequest:
    """The file leaves now, once. Raises `NotYours`, `ExportOver`, and `MoreThanAgreed` where it takes two by now."""
    now = now or timezone.now()
    with transaction.atomic():
        export = _lock(export)
        if export.asked_by_id != by.user_id:
            raise NotYours
        if export.status != "ready" or export.expires_at <= now:
            raise ExportOver
        alone = export.decided_at is None and export.opens_at is None
        people = queries.list_people(export.kind, export.scope, by).count() if alone else 0
        grown = rules.needs_second(people)
        if grown:
            _move(export, "waiting", by)
            export.people = people
            _wait(export, by, now)
            export.save(update_fields=["status", "people", "opens_at"])
            record(act="export.asked", by=by, object_kind="export", object_id=export.pk, reason=export.kind)
        else:
            _move(export, "used", by)
            export.used_at = now
            export.save(update_fields=["status", "used_at"])
            record(act="export.started", by=by, object_kind="export", object_id=export.pk, reason=export.kind)
    if grown:
        raise MoreThanAgreed
    return export


def note_exported(*, export: ExportRequest, people: Sequence[Person], fields: Sequence[str], by) -> None:
    """Write whose data leaves, with the reason that they will read, before the bytes do (G1)."""
    with transaction.atomic():
        record_each(
            [person.pk for person in people], act="record.exported", by=by, view=True, object_kind="export",
            object_id=export.pk, fields=fields, reason=export.kind, words=export.reason_words,
        )  # fmt: skip


def end_exports(*, now: datetime, by) -> int:
    """In the current program: open what waited its day with nobody to ask, and let lapse what is too old."""
    ended = 0
    for found in ExportRequest.objects.filter(status__in=["waiting", "ready"]):
        with transaction.atomic():
            export = _lock(found)
            if export.status not in ("waiting", "ready"):
                continue
            if export.expires_at <= now:
                _move(export, "lapsed", by)
            elif export.status == "waiting" and export.opens_at and export.opens_at <= now:
                _move(export, "ready", by)
            else:
                continue
            export.save(update_fields=["status"])
            act = "export.lapsed" if export.status == "lapsed" else "export.opened"
            record(act=act, by=by, object_kind="export", object_id=export.pk, reason=export.kind)
            ended += 1
    return ended


def _lock(export: ExportRequest) -> ExportRequest:
    return ExportRequest.objects.select_for_update(of=("self",)).get(pk=export.pk)


def _move(export: ExportRequest, to: str, by) -> None:
    EXPORT.check_move(export.status, to, by=by.moves_as)
    export.status = to
