"""What those on duty do with a worry: take it, hand it over, resolve it, and look after the one who raised it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.models import Person, Program
from alongside.people.outbox import queue_notice
from alongside.privacy.queries import list_kept_from
from alongside.rules.escalation import CONFIRMED, MEASURES, is_overdue, needs_why
from alongside.rules.lifecycles import ESCALATION
from alongside.safety.holding import lock, log_happening
from alongside.safety.models import Escalation, Measure
from alongside.safety.queries import (
    OWNERS,
    get_safety_policy,
    list_escalations_visible_to,
    list_others,
    list_who_talk,
)

from .ladder import is_told, tell


class NotTheirs(Exception):
    """Somebody would do with a worry what is not theirs to do, or no longer."""


class NotLeastFirst(Exception):
    """Something less invasive was left out, or the police was called, and it does not say why (J2)."""


class NotConfirmed(Exception):
    """A worry ends only with words and with a contact that somebody confirmed (J2)."""


def _hold(escalation: Escalation, by, *, owning: bool = False) -> Escalation:
    """The worry, locked, for somebody who may read it and holds a role that may own one; asked under each save (D4)."""
    held = lock(escalation.pk)
    if not by.has(*OWNERS) or not list_escalations_visible_to(by).filter(pk=held.pk).exists():
        raise NotTheirs
    # The page looked before it locked: whoever was shut out meanwhile has it no more (B7).
    if list_kept_from(held.person_id).filter(account=by.user_id).exists():
        raise NotTheirs
    if owning and held.owner_id != by.person_id:
        raise NotTheirs
    return held


@transaction.atomic
def take(*, escalation: Escalation, by, now: datetime | None = None) -> Escalation:
    """ "I have it": the actor is the owner, and the clock of resolving runs. Doing so twice is doing it once.

    One that is overdue may be taken over from its owner. Raises `NotTheirs` when somebody else has it in time.
    """
    now = now or timezone.now()
    held = _hold(escalation, by)
    if held.owner_id == by.person_id:
        return held
    policy, what = get_safety_policy(), "taken"
    if held.status == "open":
        ESCALATION.check_move("open", "owned", by=by.moves_as)
    elif is_overdue(held.status, now, acknowledge_by=held.acknowledge_by, resolve_by=held.resolve_by):
        what = "taken_over"
    else:
        raise NotTheirs
    held.status, held.owner_id, held.owned_at = "owned", by.person_id, now
    held.resolve_by = held.look_at = policy.resolve_by(now)
    held.handed_to, held.handed_at = None, None
    held.save()
    log_happening(held, what, by=by, now=now)
    _tell_raiser(held, what, by, now)
    return held


@transaction.atomic
def hand_to(*, escalation: Escalation, other: Person, by, words: str = "", now: datetime | None = None) -> Escalation:
    """Ask another to take it. It stays with its owner, clock and all, until the other says that they have it."""
    now = now or timezone.now()
    held = _hold(escalation, by, owning=True)
    program = Program.objects.get(pk=held.program_id)
    if held.status != "owned" or other.pk not in {one.pk for one in list_others(held, program, held.owner_id)}:
        raise NotTheirs
    if held.handed_to_id == other.pk:
        return held
    held.handed_to, held.handed_at = other, now
    held.look_at = min(held.look_at, get_safety_policy().acknowledge_by(now))
    held.save(update_fields=["handed_to", "handed_at", "look_at"])
    happening = log_happening(held, "handed", by=by, now=now, words=words, to_person=other.pk)
    tell(held, other, key=str(happening.pk), now=now)
    return held


@transaction.atomic
def take_handed(*, escalation: Escalation, by, now: datetime | None = None) -> Escalation:
    """The other has it now. The time in which it is to be resolved goes on; it does not begin anew."""
    now = now or timezone.now()
    held = _hold(escalation, by)
    if held.owner_id == by.person_id:
        return held
    if held.handed_to_id != by.person_id:
        raise NotTheirs
    before, held.owner_id, held.owned_at = held.owner, by.person_id, now
    held.handed_to, held.handed_at = None, None
    held.look_at = max(held.resolve_by, now)
    held.save()
    happening = log_happening(held, "hand_taken", by=by, now=now, to_person=before.pk)
    tell(held, before, key=str(happening.pk), now=now)
    return held


@transaction.atomic
def add_words(*, escalation: Escalation, words: str, by, now: datetime | None = None) -> None:
    """Add to a worry that one may read: who raised it too. Nothing that stood there is changed; its owner is told."""
    now = now or timezone.now()
    held = lock(escalation.pk)
    if not list_escalations_visible_to(by).filter(pk=held.pk).exists():
        raise NotTheirs
    happening = log_happening(held, "added", by=by, now=now, words=words)
    if held.owner_id and held.owner_id != by.person_id:
        tell(held, held.owner, key=str(happening.pk), now=now)


@transaction.atomic
def ask_to_talk(*, escalation: Escalation, words: str, by, now: datetime | None = None) -> None:
    """Whoever raised it would like to talk about how it was: the owner and their own supervisor are told, at once.

    Raises `NotTheirs` for anybody else. Asked again within an hour, it is asked once.
    """
    now = now or timezone.now()
    held = lock(escalation.pk)
    if held.raised_by_id != by.person_id or not list_escalations_visible_to(by).filter(pk=held.pk).exists():
        raise NotTheirs
    key = f"talk:{now:%Y%m%d%H}"
    people = list_who_talk(held)
    if any(is_told(held, one, key=key) for one in people):
        return
    log_happening(held, "added", by=by, now=now, words=words)
    for one in people:
        tell(held, one, key=key, now=now)


@transaction.atomic
def note_measure(
    *, escalation: Escalation, measure: str, why_not_less: str = "", by, now: datetime | None = None
) -> Measure:
    """Write down what was done toward the person. The same measure without new words is written once.

    Raises `NotLeastFirst` where it has to say why nothing less was enough and does not, `NotTheirs` once it is over.
    """
    now = now or timezone.now()
    held = _hold(escalation, by)
    if held.status not in ("open", "owned"):
        raise NotTheirs
    return _note(held, measure, why_not_less, by, now)


def _note(held: Escalation, measure: str, why_not_less: str, by, now: datetime) -> Measure:
    before = list(Measure.objects.filter(escalation=held))
    if needs_why(measure, [one.what for one in before]) and not why_not_less.strip():
        raise NotLeastFirst
    for one in before:
        if one.what == measure and one.why_not_less == why_not_less.strip():
            return one
    made = Measure.objects.create(
        program_id=held.program_id, escalation=held, what=measure, rank=MEASURES.index(measure),
        why_not_less=why_not_less.strip(), at=now, by_person=by.person_id, by_role=by.role,
    )  # fmt: skip
    record(
        act="escalation.measured", by=by, subject=held.person_id, object_kind="escalation", object_id=held.pk,
        reason=measure, now=now,
    )  # fmt: skip
    return made


@transaction.atomic
def resolve(
    *, escalation: Escalation, words: str, confirmed: str, by, measure: str = "", why_not_less: str = "",
    now: datetime | None = None,
) -> Escalation:  # fmt: skip
    """End it, with how contact was confirmed, what was agreed and what was done in the end (`measure`).

    Raises `NotConfirmed` without the first two, or where nothing was ever written down as done; `NotLeastFirst`.
    """
    now = now or timezone.now()
    held = _hold(escalation, by, owning=True)
    if held.status in ("resolved", "debriefed"):
        return held
    if confirmed not in CONFIRMED or not words.strip():
        raise NotConfirmed
    if measure:
        _note(held, measure, why_not_less, by, now)
    elif not Measure.objects.filter(escalation=held).exists():
        raise NotConfirmed
    ESCALATION.check_move(held.status, "resolved", by=by.moves_as)
    held.status, held.confirmed, held.resolved_at, held.look_at = "resolved", confirmed, now, None
    held.handed_to, held.handed_at = None, None
    held.save()
    log_happening(held, "resolved", by=by, now=now, words=words)
    _tell_raiser(held, "resolved", by, now)
    return held


@transaction.atomic
def debrief(*, escalation: Escalation, words: str, by, now: datetime | None = None) -> Escalation:
    """Somebody sat down with the one who raised it: how they are, what they need. The owner or their supervisor may."""
    now = now or timezone.now()
    held = _hold(escalation, by)
    if held.status == "debriefed":
        return held
    if not words.strip():
        raise NotConfirmed
    ESCALATION.check_move(held.status, "debriefed", by=by.moves_as)
    held.status, held.debriefed_at = "debriefed", now
    held.save(update_fields=["status", "debriefed_at"])
    log_happening(held, "debriefed", by=by, now=now, words=words)
    return held


def _tell_raiser(escalation: Escalation, what: str, by, now: datetime) -> None:
    """Who raised it hears that there is something new: they are not left alone with it."""
    if escalation.raised_by_id != by.person_id:
        queue_notice(
            escalation.raised_by,
            "something_new",
            once_key=f"w:{escalation.pk.hex}:{what}:{now.timestamp():.0f}",
            now=now,
        )
