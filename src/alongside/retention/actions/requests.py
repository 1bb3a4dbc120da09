"""The wish to have a record erased: asked by the person or for them, made sure of by one, agreed to by another (D5)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.legal.queries import is_held
from alongside.people.actor import SystemActor
from alongside.people.models import Person, Program
from alongside.people.outbox import queue_notice
from alongside.people.queries import list_others_with
from alongside.rules.access import ACTS
from alongside.rules.exports import TOLD_WHEN_ALONE, opens_at
from alongside.rules.lifecycles import ERASURE
from alongside.rules.retention import Asked, why_not

from ..erasing import ErasureRefused, erase_person, lock_record, works_here
from ..models import Erasure, ErasureRequest, Sealed

OPEN = ("asked", "waiting")


class RequestOver(Exception):
    """Nothing waits for an answer here any more."""


@transaction.atomic
def ask_to_erase(*, person: Person, by, identity: str = "", now: datetime | None = None) -> ErasureRequest:
    """The person asks on their page; staff for them, with how they made sure, which counts as the first of the two.

    Asked twice it is one wish (I3). Raises `ErasureRefused` for somebody who works here.
    """
    now = now or timezone.now()
    person = Person.objects.select_for_update().get(pk=person.pk)
    if works_here(person):
        raise ErasureRefused("works_here")
    request = ErasureRequest.objects.filter(person=person, status__in=OPEN).first()
    if request is None:
        request = ErasureRequest.objects.create(
            program_id=person.program_id, person=person, asked_at=now, asked_role=by.role, asked_by_id=by.user_id
        )
        _log("erasure.asked", request, by)
        if by.person_id == person.pk:
            _tell(request, list_others_with(ACTS["erase_people"], program_id=person.program_id, but=by.user_id), now)
    if by.person_id != person.pk:
        request = _confirm(request, identity, by, now)
    return request


@transaction.atomic
def confirm(*, request: ErasureRequest, identity: str, by, now: datetime | None = None) -> ErasureRequest:
    """The first of two says that it is the person's own wish, and how they know. Raises `RequestOver`."""
    return _confirm(_lock(request), identity, by, now or timezone.now())


def _confirm(request: ErasureRequest, identity: str, by, now: datetime) -> ErasureRequest:
    if request.status != "asked":
        raise RequestOver
    _move(request, "waiting", by)
    request.identity, request.confirmed_by_id, request.confirmed_at = identity.strip(), by.user_id, now
    others = list(list_others_with(ACTS["erase_people"], program_id=request.program_id, but=by.user_id))
    # The rule of large files: nobody waits for somebody who is not there.
    request.opens_at = opens_at(now, others=len(others))
    request.save(update_fields=["status", "identity", "confirmed_by", "confirmed_at", "opens_at"])
    _log("erasure.confirmed", request, by)
    told = others or list_others_with(TOLD_WHEN_ALONE, program_id=request.program_id, but=by.user_id)
    _tell(request, told, now)
    return request


@transaction.atomic
def carry_out(*, request: ErasureRequest, by, now: datetime | None = None) -> ErasureRequest:
    """The second person agrees, or the day is over: the record is erased. Raises `ErasureRefused`, `RequestOver`."""
    now = now or timezone.now()
    request = _lock(request)
    if request.status != "waiting":
        raise RequestOver
    second = "" if by.user_id is None or by.user_id == request.confirmed_by_id else str(by.user_id)
    asked = Asked(
        works_here=works_here(request.person), is_held=is_held(request.person), second=second,
        first=str(request.confirmed_by_id or "gone"), opens_at=request.opens_at,
    )  # fmt: skip
    if code := why_not(asked, now):
        raise ErasureRefused(code)
    if second:
        request.decided_by_id, request.decided_at = by.user_id, now
    _move(request, "done", by)
    request.done_at = now
    request.save(update_fields=["status", "decided_by", "decided_at", "done_at"])
    erase_person(person=request.person, by=by, cause="wish", now=now)
    request.refresh_from_db()
    return request


@transaction.atomic
def decline(*, request: ErasureRequest, words: str, by, now: datetime | None = None) -> ErasureRequest:
    """Not erased, and why, in words that the person reads."""
    request = _lock(request)
    if request.status not in OPEN:
        raise RequestOver
    _move(request, "declined", by)
    request.decided_by_id, request.decided_at, request.answer = by.user_id, now or timezone.now(), words.strip()
    request.save(update_fields=["status", "decided_by", "decided_at", "answer"])
    _log("erasure.declined", request, by)
    return request


@transaction.atomic
def withdraw(*, request: ErasureRequest, by) -> ErasureRequest:
    """The person changed their mind, or told somebody so."""
    request = _lock(request)
    if request.status not in OPEN:
        raise RequestOver
    _move(request, "withdrawn", by)
    request.save(update_fields=["status"])
    _log("erasure.withdrawn", request, by)
    return request


@transaction.atomic
def open_sealed(*, erasure: Erasure, words: str, by) -> list[Sealed]:
    """What the law keeps of an erased person, for a director who says what it is needed for. Written to the log."""
    rows = list(Sealed.objects.filter(erasure=erasure).order_by("since"))
    record(act="sealed.opened", by=by, subject=erasure.person, object_kind="erasure", object_id=erasure.pk, words=words)
    return rows


def carry_out_waiting(now: datetime) -> int:
    """A tick: what waited its day, with nobody there to agree, is carried out. Those under a hold wait on."""
    done = 0
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            # The wish was made sure of by somebody of the staff; the house only ends the wait.
            by = replace(SystemActor(program_id=program.pk), moves_as="staff")
            for request in ErasureRequest.objects.filter(status="waiting", opens_at__lte=now).order_by("opens_at")[:5]:
                try:
                    carry_out(request=request, by=by, now=now)
                except (ErasureRefused, RequestOver):
                    continue
                done += 1
    return done


def _tell(request: ErasureRequest, memberships, now: datetime) -> None:
    users = {one.user_id for one in memberships}
    for person in Person.objects.filter(user__in=users).select_related("program"):
        queue_notice(person, "please_answer", once_key=f"erasure:{request.pk}:{person.pk}:{request.status}", now=now)


def _lock(request: ErasureRequest) -> ErasureRequest:
    """The person first, as everywhere where a record is erased or held."""
    lock_record(request.person_id)
    return ErasureRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)


def _move(request: ErasureRequest, to: str, by) -> None:
    ERASURE.check_move(request.status, to, by=by.moves_as)
    request.status = to


def _log(act: str, request: ErasureRequest, by) -> None:
    record(act=act, by=by, subject=request.person_id, object_kind="erasure_request", object_id=request.pk)
