"""The life of a request for the list of an intermediary (§2.24): sent, its clock, answered with lines, reminded of."""

import hashlib
import json
from datetime import date, datetime, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.people.actor import SystemActor
from alongside.people.models import OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_notice
from alongside.rules.access import may
from alongside.rules.lifecycles import LIST_REQUEST
from alongside.rules.passed_on import due_on, is_within, reminder_for

from ..models import Consent, ListedRecipient, ListRequest
from ..queries import list_staff_who_may_see

STAFF = "help_with_sharing"


class NotOwed(Exception):
    """Nobody owes such a list under this permission, or it is not theirs to ask, to enter or to end."""


class DayCannotBe(Exception):
    """A day that lies before what it follows, or has not come yet. `field` names it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class LinesDiffer(Exception):
    """It was said to be a list and has no line, or to be none and has one."""


@transaction.atomic
def ask_for_list(
    *, consent: Consent, asked_on: date, sent_how: str, submit_key: UUID, by, now: datetime | None = None
) -> ListRequest:
    """Write down that the letter went, and begin the clock. A stopped permission takes nothing away from this right.

    One that is open already is the same one; so is the same `submit_key`. Raises `NotOwed`, `DayCannotBe`.
    """
    now = now or timezone.now()
    locked = Consent.objects.select_for_update(of=("self",)).select_related("program").get(pk=consent.pk)
    is_own = by.person_id == locked.person_id
    if locked.kind != "intermediary" or locked.signed_at is None or not (is_own or may(STAFF, by.roles)):
        raise NotOwed
    known = ListRequest.objects.filter(consent=locked)
    if found := known.filter(submit_key=submit_key).first() or known.filter(status="asked").first():
        return found
    where = ZoneInfo(locked.program.time_zone)
    if not is_within(asked_on, signed_on=_day(locked.signed_at, where), today=_day(now, where)):
        raise DayCannotBe("asked_on")
    request = ListRequest.objects.create(
        program_id=locked.program_id, person_id=locked.person_id, consent=locked, sent_how=sent_how, asked_on=asked_on,
        asked_at=now, asked_by_id=by.user_id, submit_key=submit_key,
        due_on=due_on(asked_on=asked_on, sent_how=sent_how), owner_id=None if is_own else by.user_id,
    )  # fmt: skip
    _log("list.asked", request, by, reason=sent_how)
    return request


@transaction.atomic
def note_received(*, request: ListRequest, received_on: date, by, now: datetime | None = None) -> ListRequest:
    """Write down, once, on which day they got the letter: the thirty days run from it. Raises as `add_line` does."""
    locked = _lock(request, by)
    if locked.received_on == received_on:
        return locked
    if locked.received_on is not None:
        raise DayCannotBe("received_on")
    if not locked.asked_on <= received_on <= _today(locked, now):
        raise DayCannotBe("received_on")
    locked.received_on = received_on
    locked.due_on = due_on(asked_on=locked.asked_on, sent_how=locked.sent_how, received_on=received_on)
    locked.save(update_fields=["received_on", "due_on"])
    _log("list.received", locked, by)
    return locked


@transaction.atomic
def take_list(*, request: ListRequest, by) -> ListRequest:
    """Look after it from now on: whoever does is reminded. Raises `NotOwed`."""
    locked = _lock(request, by)
    if locked.owner_id != by.user_id:
        locked.owner_id = by.user_id
        locked.save(update_fields=["owner"])
        _log("list.taken", locked, by)
    return locked


@transaction.atomic
def add_line(
    *, request: ListRequest, recipient: str, disclosed_on: date, what: str, submit_key: UUID, by,
    now: datetime | None = None,
) -> ListedRecipient:  # fmt: skip
    """One line of their list, as it stands on their paper. The same `submit_key` is the same line.

    Raises `NotOwed`, `DayCannotBe`.
    """
    locked = _lock(request, by)
    if found := ListedRecipient.objects.filter(request=locked, submit_key=submit_key).first():
        return found
    where = ZoneInfo(locked.program.time_zone)
    if not is_within(disclosed_on, signed_on=_day(locked.consent.signed_at, where), today=_today(locked, now)):
        raise DayCannotBe("disclosed_on")
    line = ListedRecipient.objects.create(
        program_id=locked.program_id, request=locked, recipient=recipient.strip(), what=what.strip(),
        disclosed_on=disclosed_on, facts_digest=digest_of(recipient, what), entered_at=now or timezone.now(),
        entered_by_id=by.user_id, submit_key=submit_key,
    )  # fmt: skip
    _log("list.line_added", locked, by)
    return line


@transaction.atomic
def remove_line(*, request: ListRequest, line_id: UUID, by) -> None:
    """Take a line away that was typed wrongly, before the answer is whole. Twice is once. Raises `NotOwed`."""
    locked = _lock(request, by)
    if ListedRecipient.objects.filter(request=locked, pk=line_id).delete()[0]:
        _log("list.line_removed", locked, by)


@transaction.atomic
def answer_list(
    *, request: ListRequest, answered_on: date, answered_how: str, by, words: str = "", now: datetime | None = None
) -> ListRequest:
    """Their answer is whole: with the lines that were entered, or without any. The person reads it from now on.

    Raises `NotOwed`, `DayCannotBe`, `LinesDiffer`, `MoveNotAllowed`.
    """
    locked = _lock(request, by, is_open=False)
    LIST_REQUEST.check_move(locked.status, "answered", by=by.moves_as)
    if not locked.asked_on <= answered_on <= _today(locked, now):
        raise DayCannotBe("answered_on")
    if (answered_how == "list") != ListedRecipient.objects.filter(request=locked).exists():
        raise LinesDiffer
    locked.status, locked.answered_on, locked.answered_how = "answered", answered_on, answered_how
    locked.answer_words, locked.ended_at, locked.ended_by_id = words.strip(), now or timezone.now(), by.user_id
    locked.save(
        update_fields=["status", "answered_on", "answered_how", "answer_words", "ended_at", "ended_by"]
    )  # fmt: skip
    _log("list.answered", locked, by, reason=answered_how)
    _tell_person(locked, f"list:{locked.pk}:answered", now)
    return locked


@transaction.atomic
def withdraw_list(*, request: ListRequest, by, now: datetime | None = None) -> ListRequest:
    """It is no longer wanted, by the person or by staff who heard it from them. Twice is once. Raises `NotOwed`."""
    locked = ListRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if by.person_id != locked.person_id and not may(STAFF, by.roles):
        raise NotOwed
    if locked.status == "withdrawn":
        return locked
    LIST_REQUEST.check_move(locked.status, "withdrawn", by=by.moves_as)
    ListedRecipient.objects.filter(request=locked).delete()
    locked.status, locked.ended_at, locked.ended_by_id = "withdrawn", now or timezone.now(), by.user_id
    locked.save(update_fields=["status", "ended_at", "ended_by"])
    _log("list.withdrawn", locked, by)
    return locked


def remind_lists(now: datetime) -> int:
    """Tick: remind whoever looks after a request before its day and after it; returns of how many requests.

    One that nobody took is told to all who may. The person reads once that it is late, and what they can do.
    """
    done = 0
    for program in Program.objects.order_by("created_at"):
        today = _day(now, ZoneInfo(program.time_zone))
        with scope(program=program):
            done += sum(_remind(pk, code, program, now) for pk, code in _list_due(today))
    return done


def _list_due(today: date) -> list[tuple[UUID, str]]:
    """Requests of which it is time to remind, each with the reminder."""
    waiting = ListRequest.objects.filter(status="asked").order_by("due_on", "pk").values_list("pk", "due_on")
    return [(pk, code) for pk, day in waiting if (code := reminder_for(today, day))]


def count_lists_due(program: Program, now: datetime) -> int:
    """Of how many requests nobody was reminded yet, though it is time. The program is in scope."""
    due = _list_due(_day(now, ZoneInfo(program.time_zone)))
    people = ListRequest.objects.filter(pk__in=[pk for pk, _code in due]).values_list("person_id", flat=True)
    done = Entry.objects.filter(act="list.reminded", subject_id__in=list(people))
    return len(set(due) - set(done.values_list("object_id", "reason")))


@transaction.atomic
def _remind(pk: UUID, code: str, program: Program, now: datetime) -> bool:
    request = ListRequest.objects.select_for_update().get(pk=pk)
    if request.status != "asked":
        return False
    staff = list_staff_who_may_see(program.pk, request.person_id)
    mine = list(staff.filter(user_id=request.owner_id)) if request.owner_id else []
    told = False
    # An owner who left, or whose role ended, is nobody to remind: then all who may see to it are.
    for one in mine or _owner(request, program) or list(staff):
        key = f"list:{request.pk}:{code}:{one.pk}"
        if OutgoingMessage.objects.filter(once_key=key).exists():
            continue
        whole = Person.objects.select_related("program", "user").get(pk=one.pk)
        told |= queue_notice(whole, "something_new", absolute(reverse("owed_lists")), key, now) is not None
    if code == "late":
        _tell_person(request, f"list:{request.pk}:late", now)
    if told:
        record(act="list.reminded", by=SystemActor(program_id=program.pk), subject=request.person_id,
               program_id=program.pk, object_kind="list", object_id=request.pk, reason=code)  # fmt: skip
    return told


def _owner(request: ListRequest, program: Program) -> list[Person]:
    """The peer who asked for it with the person, while they still walk with them."""
    found = Person.objects.filter(user_id=request.owner_id, user__is_active=True, grants_held__kind="mentorship")
    walks = found.filter(grants_held__participant_id=request.person_id, grants_held__ends_at=None)
    return list(walks.distinct()) if request.owner_id else []


def _tell_person(request: ListRequest, key: str, now: datetime | None) -> None:
    person = Person.objects.select_related("program").get(pk=request.person_id)
    if not OutgoingMessage.objects.filter(once_key=key).exists():
        queue_notice(person, "something_new", absolute(reverse("me_sent")), key, now)


def digest_of(recipient: str, what: str) -> str:
    """64 hex digits over what is kept encrypted: another word, another digest."""
    return hashlib.sha256(json.dumps([recipient.strip(), what.strip()], ensure_ascii=False).encode()).hexdigest()


def _lock(request: ListRequest, by, *, is_open: bool = True) -> ListRequest:
    """The request, locked, for staff: what came from outside is entered by those who help with sharing."""
    found = ListRequest.objects.select_for_update(of=("self",)).select_related("program", "consent")
    locked = found.get(pk=request.pk)
    if not may(STAFF, by.roles) or by.person_id == locked.person_id or (is_open and locked.status != "asked"):
        raise NotOwed
    return locked


def _today(request: ListRequest, now: datetime | None) -> date:
    return _day(now or timezone.now(), ZoneInfo(request.program.time_zone))


def _day(moment: datetime, where: tzinfo) -> date:
    return timezone.localtime(moment, where).date()


def _log(act: str, request: ListRequest, by, **details) -> None:
    record(act=act, by=by, subject=request.person_id, program_id=request.program_id, object_kind="list",
           object_id=request.pk, **details)  # fmt: skip
