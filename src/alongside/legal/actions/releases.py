"""Records go out under an order and a mandate: asked by a director, agreed to by a second, once (§2.61, D5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import Person
from alongside.people.outbox import absolute, queue_notice
from alongside.privacy.items import gather
from alongside.privacy.writing import get_posture
from alongside.rules import exports
from alongside.rules.disclosure import Asked, MayNotLeave, decide
from alongside.rules.legal_demand import may_tell, why_not
from alongside.rules.legal_letters import VERSION, write_cover
from alongside.rules.lifecycles import DEMAND, RELEASE

from ..frozen import freeze
from ..holding import digest, lock_demand, log_demand, log_step
from ..models import Demand, Paper, Release
from ..queries import list_others_who_may_release, list_who_is_told


class NotReleased(MayNotLeave):
    """Nothing went out. `reason` is one of `rules.legal_demand.REASONS`, or not_yours, over, not_by_them, twice."""


@dataclass(frozen=True)
class Released:
    """What goes out: the release, the cover paragraphs, and the records item by item as they went out."""

    release: Release
    cover: tuple[str, ...]
    content: list


@transaction.atomic
def ask_release(
    *, demand: Demand, order: Paper, mandate: Paper, items: Sequence[str], by, now: datetime | None = None
) -> Release:
    """Ask that this goes out. A second person is asked; where there is none, it waits a day and others are told.

    Raises `NotReleased` where the papers do not allow it, or something waits under this order already.
    """
    now, locked = now or timezone.now(), lock_demand(demand)
    papers = {one.pk: one for one in Paper.objects.select_for_update(of=("self",)).filter(demand=locked).order_by("pk")}
    order, mandate = papers[order.pk], papers[mandate.pk]
    ordered = freeze(order, mandate, locked.person_id)
    reason = why_not(ordered, person=str(locked.person_id or ""), recipient=order.recipient, items=items, now=now)
    if locked.closed_at:
        reason = "over"
    if reason:
        raise NotReleased(reason)
    others = list(list_others_who_may_release(locked, by.user_id))
    release = Release(
        program_id=locked.program_id, demand=locked, order=order, mandate=mandate, person_id=locked.person_id,
        recipient=order.recipient, items=[item for item in order.items if item in items], asked_by_id=by.user_id,
        asked_at=now, opens_at=exports.opens_at(now, others=len(others)), expires_at=exports.expires_at(now),
    )  # fmt: skip
    try:
        with transaction.atomic():
            release.save(force_insert=True)
    except IntegrityError as twice:
        raise NotReleased("twice") from twice
    log_step(locked, "asked", by=by, now=now)
    log_demand(locked, "release.asked", by=by, reason=order.purpose)
    told = others or list(list_who_is_told(locked.program_id, by.user_id))
    for person in Person.objects.filter(user__in={one.user_id for one in told}).select_related("program"):
        queue_notice(
            person, "please_answer", link=absolute(reverse("release", args=[release.pk])) if others else "",
            once_key=f"release:{release.pk}:{person.pk}", now=now,
        )  # fmt: skip
    return release


@transaction.atomic
def answer_release(*, release: Release, agree: bool, by, now: datetime | None = None) -> Release:
    """The second person agrees or declines. Raises `NotReleased` for the one who asked, or when it is over."""
    now, demand = now or timezone.now(), lock_demand(Demand(pk=release.demand_id))
    locked = _lock(release)
    if locked.asked_by_id == by.user_id or locked.person_id == by.person_id:
        raise NotReleased("not_yours")
    if locked.status != "waiting" or locked.expires_at <= now:
        raise NotReleased("over")
    _move(locked, "ready" if agree else "declined", by)
    locked.decided_by_id, locked.decided_at = by.user_id, now
    locked.save(update_fields=["status", "decided_by", "decided_at"])
    what = "agreed" if agree else "declined"
    log_step(demand, what, by=by, now=now)
    log_demand(demand, f"release.{what}", by=by)
    return locked


@transaction.atomic
def withdraw_release(*, release: Release, by, now: datetime | None = None) -> Release:
    """It is not needed any more."""
    demand = lock_demand(Demand(pk=release.demand_id))
    locked = _lock(release)
    if locked.asked_by_id != by.user_id:
        raise NotReleased("not_yours")
    if locked.status not in ("waiting", "ready"):
        raise NotReleased("over")
    _move(locked, "withdrawn", by)
    locked.save(update_fields=["status"])
    log_step(demand, "withdrawn", by=by, now=now or timezone.now())
    log_demand(demand, "release.withdrawn", by=by)
    return locked


def release_records(*, release: Release, language: str, by, now: datetime | None = None) -> Released:
    """What the order names goes out now, once, by the one who asked; within its time the same can be printed again.

    The demand and both papers are locked first, so that an end of either waits for this, or this sees the end. Raises
    `NotReleased`; what was refused is in the log.
    """
    try:
        return _release(release, language, by, now)
    except NotReleased as refused:
        # After the transaction, so that the entry stays (G1).
        record(
            act="disclosure.refused", by=by, subject=release.person_id, program_id=release.program_id,
            object_kind="release", object_id=release.pk, reason=refused.reason, outcome="refused",
        )  # fmt: skip
        raise


@transaction.atomic
def _release(release: Release, language: str, by, now: datetime | None) -> Released:
    demand = lock_demand(Demand(pk=release.demand_id))
    # In the order of their ids, as everywhere where several papers are locked.
    ids = sorted((release.order_id, release.mandate_id))
    papers = {one.pk: one for one in Paper.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")}
    locked = _lock(release)
    order, mandate = papers[locked.order_id], papers[locked.mandate_id]
    now = now or timezone.now()
    if locked.asked_by_id != by.user_id:
        raise NotReleased("not_yours")
    if locked.status not in ("ready", "released") or locked.expires_at <= now:
        raise NotReleased("over")
    ordered = freeze(order, mandate, demand.person_id)
    asked = Asked(
        "court_order", by.roles, person=str(locked.person_id), recipient=locked.recipient, items=tuple(locked.items),
        ordered=ordered,
    )  # fmt: skip
    decision = decide(asked, (), get_posture(), now)
    if not decision.may_leave:
        why = why_not(ordered, person=asked.person, recipient=asked.recipient, items=asked.items, now=now)
        raise NotReleased(why or decision.reason)
    person = Person.objects.select_related("program").get(pk=locked.person_id)
    if locked.status == "ready":
        _write(locked, demand, order, person, gather(person, decision.items, language), by, now)
    return Released(locked, write_cover_of(locked, order, mandate, language), locked.content)


def _write(release: Release, demand: Demand, order: Paper, person: Person, content: list, by, now: datetime) -> None:
    _move(release, "released", by)
    release.released_at, release.content, release.content_digest = now, content, digest(content)
    release.cover_version = VERSION
    release.save(update_fields=["status", "released_at", "content", "content_digest", "cover_version"])
    if demand.status == "answered":
        DEMAND.check_move(demand.status, "released", by=by.moves_as)
        demand.status = "released"
        demand.save(update_fields=["status"])
    log_step(demand, "released", by=by, now=now)
    record(
        act="disclosure.ordered", by=by, subject=person, object_kind="release", object_id=release.pk,
        fields=list(release.items), reason=order.purpose,
    )  # fmt: skip
    if may_tell(forbidden=order.forbids_telling, from_moment=order.tell_from, now=now):
        tell_person(release, person, now)


def tell_person(release: Release, person: Person, now: datetime) -> None:
    """A neutral notice that there is something new: what, they read in the list of what was sent about them."""
    queue_notice(person, "something_new", link=absolute(reverse("me_sent")), once_key=f"released:{release.pk}", now=now)
    release.person_told_at = now
    release.save(update_fields=["person_told_at"])
    record(
        act="disclosure.told", by=SystemActor(program_id=release.program_id), subject=release.person_id,
        object_kind="release", object_id=release.pk,
    )  # fmt: skip


def write_cover_of(release: Release, order: Paper, mandate: Paper, language: str) -> tuple[str, ...]:
    """The sheet on top, in the wording that went out."""
    with override(language):
        day = date_format(mandate.issued_on, "DATE_FORMAT")
    return write_cover(
        language, order.purpose, court=order.court, number=order.number, mandate=f"{mandate.number} ({day})",
        recipient=release.recipient, version=release.cover_version or VERSION,
    )  # fmt: skip


def _lock(release: Release) -> Release:
    return Release.objects.select_for_update(of=("self",)).get(pk=release.pk)


def _move(release: Release, to: str, by) -> None:
    RELEASE.check_move(release.status, to, by=by.moves_as)
    release.status = to
