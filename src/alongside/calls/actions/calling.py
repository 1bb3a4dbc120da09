"""Taking a call, giving it back, and what it came to. Several callers at once never call one person twice."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.calls.holding import lock, log_agreement, move, set_next
from alongside.calls.models import Agreement, Call, Caller, Claim
from alongside.calls.queries import (
    course_of,
    get_phone_policy,
    list_open_to,
    may_be_called,
    times_of,
)
from alongside.council.queries import get_cadence_policy
from alongside.people.events import emit
from alongside.people.models import Episode
from alongside.rules.phone_support import REACHED, after_call
from alongside.safety.actions import raise_escalation

from .late import find_taken_at, is_overtaken


class NotFree(Exception):
    """This call is not theirs to take: it is done, somebody has it, or it never was there for them. All look alike."""


class PerhapsCalled(Exception):
    """Somebody else took this call, their time ran out, and nobody wrote down what came of it. Carries when and who."""

    def __init__(self, claim: Claim):
        super().__init__()
        self.at, self.name = claim.taken_at, claim.caller.goes_by


class ClaimLost(Exception):
    """Their time ran out and somebody else has the call now."""


@transaction.atomic
def take_call(
    *, agreement_id: UUID | None, caller: Caller, by, all_the_same: bool = False, now: datetime | None = None
) -> Claim:
    """Have somebody to oneself for a while, and learn who it is. What the caller held before is given back.

    Raises `NotFree`, and `PerhapsCalled` where somebody took it before, unless `all_the_same`. Everything is asked
    again under the lock: that they agree, that it is due, and their hours.
    """
    now = now or timezone.now()
    policy = get_phone_policy()
    if not Agreement.objects.filter(pk=agreement_id).exists():
        raise NotFree
    lock(agreement_id)
    agreement = list_open_to(caller, now).filter(pk=agreement_id).first()
    if agreement is None or not may_be_called(agreement.person.safe_contact, agreement.person.phone):
        raise NotFree
    if not times_of(agreement, policy, agreement.person.safe_contact).hold(now):
        raise NotFree
    mine = Claim.objects.filter(caller_id=caller.person_id)
    before = Claim.objects.filter(agreement=agreement).exclude(caller_id=caller.person_id).select_related("caller")
    if not all_the_same and (perhaps := before.first()) is not None:
        raise PerhapsCalled(perhaps)
    if (held := mine.filter(agreement=agreement, until__gt=now).first()) is not None:
        return held
    mine.delete()
    Claim.objects.filter(agreement=agreement, until__lte=now).delete()
    until = now + timedelta(minutes=policy.claim_minutes)
    try:
        with transaction.atomic():
            claim = Claim.objects.create(
                program_id=agreement.program_id, agreement=agreement, caller_id=caller.person_id, taken_at=now,
                until=until,
            )  # fmt: skip
    except IntegrityError as error:
        raise NotFree from error
    log_agreement("call.taken", agreement, by=by, now=now)
    return claim


@transaction.atomic
def keep_call(*, claim: Claim, by, now: datetime | None = None) -> Claim:
    """Still talking: it stays theirs for a while longer. Raises `ClaimLost` once somebody else has taken it."""
    now = now or timezone.now()
    lock(claim.agreement_id)
    kept = Claim.objects.select_for_update().filter(pk=claim.pk, caller_id=by.person_id).first()
    if kept is None:
        raise ClaimLost
    kept.until = max(kept.until, now + timedelta(minutes=get_phone_policy().claim_minutes))
    kept.save(update_fields=["until"])
    log_agreement("call.kept", kept.agreement, by=by)
    return kept


@transaction.atomic
def give_back(*, claim: Claim, by) -> None:
    """Somebody else calls: no reason is asked for."""
    count, _rows = Claim.objects.filter(pk=claim.pk, caller_id=by.person_id).delete()
    if count:
        log_agreement("call.given_back", claim.agreement, by=by)


@transaction.atomic
def record_call(
    *, agreement_id: UUID, outcome: str, submit_key: UUID, by, note: str = "",
    wished_every_days: int | None = None, now: datetime | None = None,
) -> Call:  # fmt: skip
    """Write down what a call came to; the same key twice is one (I3). The next one follows by the rule.

    `wished_every_days`: how often they want to be called from now on, as they said in this call.

    "worried" raises a worry with the note as its words; "asked_to_stop" ends the agreement; "wrong_number" pauses it
    until there is another number. Whoever had the call and wrote too late, because another took it over, is heard all
    the same; the other keeps their claim. Raises `ClaimLost` for a call that was never theirs, or long ago, and
    ValueError for a worry without words.
    """
    now = now or timezone.now()
    before = Call.objects.filter(submit_key=submit_key, caller_id=by.person_id).first()
    if before:
        return before
    if outcome == "worried" and not note.strip():
        raise ValueError("words")
    # A claim whose time ran out is still theirs until somebody else took it: the call was made.
    mine = Claim.objects.filter(agreement=agreement_id, caller_id=by.person_id)
    found = Agreement.objects.filter(pk=agreement_id).first()
    if found is None or not (mine.exists() or find_taken_at(found, by, now)):
        raise ClaimLost
    # The episode first, as whoever ends support does: two orders would wait for each other.
    episode = Agreement.objects.filter(pk=agreement_id).values("episode")
    list(Episode.objects.select_for_update().filter(pk__in=episode).values_list("pk"))
    agreement = lock(agreement_id)
    # The same call twice at the same moment: the other one was first.
    if before := Call.objects.filter(submit_key=submit_key, caller_id=by.person_id).first():
        return before
    taken_at = None if mine.exists() else find_taken_at(agreement, by, now)
    is_late = taken_at is not None
    if not (is_late or mine.exists()):
        raise ClaimLost
    is_old = is_late and is_overtaken(agreement, by, taken_at)
    call = Call.objects.create(
        program_id=agreement.program_id, agreement=agreement, person_id=agreement.person_id,
        episode_id=agreement.episode_id, caller_id=by.person_id, called_at=now, why=agreement.why, outcome=outcome,
        is_reached=outcome in REACHED, note=note, submit_key=submit_key,
    )  # fmt: skip
    if call.is_reached:
        agreement.episode.note_call_reached(now)
        emit("call_reached", person=agreement.person, at=now, by=by)
    if not is_late:
        Claim.objects.filter(agreement=agreement).delete()
    record(
        act="call.made", by=by, subject=agreement.person_id, object_kind="call", object_id=call.pk, reason=outcome
    )  # fmt: skip
    if wished_every_days is not None and call.is_reached and agreement.wished_every_days != wished_every_days:
        agreement.wished_every_days = wished_every_days
        agreement.save(update_fields=["wished_every_days"])
        log_agreement("calls.changed", agreement, by=by, fields=["wished_every_days"])
    # Where somebody wrote after them already, the next call follows from that; what the person decided holds anyway.
    if outcome in DECIDED or not is_old:
        _follow(agreement, outcome, by=by, now=now)
    if outcome == "worried":
        raise_escalation(
            person=agreement.person, words=note, source="call", submit_key=uuid5(submit_key, "worry"), by=by, now=now
        )
    return call


DECIDED = frozenset({"asked_to_stop", "wrong_number"})
"""After these nobody is called, whoever called meanwhile."""


def _follow(agreement: Agreement, outcome: str, *, by, now: datetime) -> None:
    """What the call changes. Whoever stopped or paused while it lasted has stopped or paused."""
    if agreement.status != "agreed":
        return
    if outcome == "asked_to_stop":
        move(agreement, "ended", by=by)
        agreement.ended_at, agreement.end_reason = now, "in_a_call"
        log_agreement("calls.ended", agreement, by=by, reason="in_a_call")
    elif outcome == "wrong_number":
        move(agreement, "paused", by=by)
        agreement.pause_reason = "wrong_number"
        log_agreement("calls.paused", agreement, by=by, reason="wrong_number")
    else:
        policy = get_phone_policy()
        times = times_of(agreement, policy, agreement.person.safe_contact)
        set_next(agreement, after_call(outcome, course_of(agreement), policy, get_cadence_policy(), times, now))
    if outcome == "more":
        agreement.wants_more_at = now
    agreement.save()
