"""A demand for records as it comes, and the steps that follow. None of them discloses anything."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person, Program
from alongside.people.outbox import absolute, queue_duty_notice
from alongside.people.queries import list_others_with
from alongside.rules.disclosure import pass_out
from alongside.rules.legal_letters import VERSION
from alongside.rules.lifecycles import DEMAND

from ..holding import lock_demand, log_demand, log_step
from ..models import Demand
from .holds import open_hold


class DemandRefused(Exception):
    """Nothing was written down. `code`: no_words, not_yet (it has not come yet), over, waiting (a release waits)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def receive_demand(
    *, program: Program, kind: str, sender: str, received_at: datetime, asks: str, submit_key: UUID, by,
    names: str = "", now: datetime | None = None,
) -> Demand:  # fmt: skip
    """Write down what came; directors are told at once. The same `submit_key` is the same demand."""
    now = now or timezone.now()
    if not (sender.strip() and asks.strip()):
        raise DemandRefused("no_words")
    if received_at > now:
        raise DemandRefused("not_yet")
    demand, is_new = Demand.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program": program, "kind": kind, "sender": sender.strip(), "received_at": received_at,
            "asks": asks.strip(), "names": names.strip(), "entered_at": now, "entered_by_id": by.user_id,
        },
    )  # fmt: skip
    if is_new:
        log_step(demand, "received", by=by, now=now)
        record(act="demand.received", by=by, object_kind="demand", object_id=demand.pk, reason=kind)
        tell_directors(program.pk, demand.pk, by=by, now=now, link=reverse("demand", args=[demand.pk]))
    return demand


def tell_directors(program_id: UUID, object_id: UUID, *, by, now: datetime, link: str) -> None:
    """A neutral notice to each director but the one who acts, once for this matter."""
    users = {one.user_id for one in list_others_with(["director"], program_id=program_id, but=by.user_id)}
    for person in Person.objects.filter(user__in=users).select_related("user"):
        queue_duty_notice(person, absolute(link), once_key=f"l:{object_id.hex}:{person.pk.hex[:12]}", now=now)


@transaction.atomic
def hand_letter(*, demand: Demand, by, now: datetime | None = None) -> Demand:
    """The neutral letter is handed out: the same words whoever asks. A second time it is the same one."""
    pass_out("neutral_letter", roles=by.roles)
    now, locked = now or timezone.now(), lock_demand(demand)
    if locked.letter_at is None:
        locked.letter_at, locked.letter_version = now, VERSION
        if locked.status == "received":
            _move(locked, "answered", by)
        locked.save(update_fields=["letter_at", "letter_version", "status"])
        log_step(locked, "letter", by=by, now=now)
        log_demand(locked, "demand.letter", by=by)
    return locked


@transaction.atomic
def name_person(*, demand: Demand, person: Person, words: str, by, now: datetime | None = None) -> Demand:
    """It is about somebody with us: known in here alone. Their record is held from now on. `DemandRefused`."""
    now, locked = now or timezone.now(), lock_demand(demand)
    if locked.closed_at or locked.releases.exists():
        raise DemandRefused("over")
    if not words.strip():
        raise DemandRefused("no_words")
    if locked.person_id != person.pk:
        locked.person = person
        locked.hold = open_hold(person=person, kind="demand", words=words, by=by, now=now)
        locked.save(update_fields=["person", "hold"])
        log_step(locked, "named", by=by, now=now, words=words)
        log_step(locked, "held", by=by, now=now)
        log_demand(locked, "demand.named", by=by)
    return locked


@transaction.atomic
def tell_counsel(*, demand: Demand, counsel: str, told_at: datetime, by, now: datetime | None = None) -> Demand:
    """Counsel knows of it: who, and when. Told again, the latest stands on the demand, and each in its history."""
    now, locked = now or timezone.now(), lock_demand(demand)
    if not counsel.strip():
        raise DemandRefused("no_words")
    if told_at > now:
        raise DemandRefused("not_yet")
    locked.counsel, locked.counsel_told_at = counsel.strip(), told_at
    locked.save(update_fields=["counsel", "counsel_told_at"])
    log_step(locked, "counsel", by=by, now=now, words=counsel)
    log_demand(locked, "demand.counsel", by=by)
    return locked


@transaction.atomic
def add_words(*, demand: Demand, words: str, by, now: datetime | None = None) -> Demand:
    """What else happened, in words."""
    if not words.strip():
        raise DemandRefused("no_words")
    locked = lock_demand(demand)
    log_step(locked, "added", by=by, now=now or timezone.now(), words=words)
    log_demand(locked, "demand.added", by=by)
    return locked


@transaction.atomic
def close_demand(*, demand: Demand, words: str, by, now: datetime | None = None) -> Demand:
    """It is over, and how. The hold goes on until it is ended for itself. Raises `DemandRefused`."""
    now, locked = now or timezone.now(), lock_demand(demand)
    if not words.strip():
        raise DemandRefused("no_words")
    if locked.closed_at:
        raise DemandRefused("over")
    if locked.releases.filter(status__in=["waiting", "ready"]).exists():
        raise DemandRefused("waiting")
    _move(locked, "closed", by)
    locked.closed_at = now
    locked.save(update_fields=["status", "closed_at"])
    log_step(locked, "closed", by=by, now=now, words=words)
    log_demand(locked, "demand.closed", by=by)
    return locked


def _move(demand: Demand, to: str, by) -> None:
    # Whoever stands at the door hands the letter out, also a peer; all else is done by staff.
    DEMAND.check_move(demand.status, to, by="staff" if to == "answered" else by.moves_as)
    demand.status = to
