"""Papers on file: the order that authorizes, the mandate that compels, and the end of either."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from alongside.rules.consent import ITEMS
from alongside.rules.legal_demand import list_unanswered
from alongside.rules.lifecycles import RELEASE

from ..holding import lock_demand, log_demand, log_step
from ..models import Demand, Paper, Release
from .demands import DemandRefused


class PaperRefused(Exception):
    """The paper was not filed. `code`: unanswered (a question of its section), no_items, no_words, over."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def file_mandate(
    *, demand: Demand, kind: str, court: str, number: str, issued_on: date, kept_where: str, by,
    valid_until: datetime | None = None, now: datetime | None = None,
) -> Paper:  # fmt: skip
    """Put on file what compels: a subpoena or the like. It authorizes nothing (§2.61(a))."""
    values = {"kind": kind, "court": court, "number": number, "issued_on": issued_on, "kept_where": kept_where}
    return _file(demand, "mandate", values, by, now, valid_until=valid_until)


@transaction.atomic
def file_order(
    *, demand: Demand, court: str, number: str, issued_on: date, kept_where: str, purpose: str, recipient: str,
    items: Sequence[str], answers: Mapping[str, bool], by, confidential: str = "none", forbids_telling: bool = False,
    tell_from: datetime | None = None, valid_until: datetime | None = None, now: datetime | None = None,
) -> Paper:  # fmt: skip
    """Put on file what authorizes, with an answer to every question of its section: a no is an answer too, and then
    nothing goes out. Raises `PaperRefused`.
    """
    if list_unanswered(purpose, answers):
        raise PaperRefused("unanswered")
    chosen = [item for item in ITEMS if item in items]
    if purpose != "undercover" and not chosen:
        raise PaperRefused("no_items")
    values = {
        "court": court, "number": number, "issued_on": issued_on, "kept_where": kept_where, "purpose": purpose,
        "recipient": recipient, "items": chosen, "answers": dict(answers), "confidential": confidential,
        "forbids_telling": forbids_telling, "tell_from": tell_from if forbids_telling else None,
    }  # fmt: skip
    return _file(demand, "order", values, by, now, valid_until=valid_until)


def _file(demand: Demand, what: str, values: dict, by, now: datetime | None, valid_until: datetime | None) -> Paper:
    now, locked = now or timezone.now(), lock_demand(demand)
    if locked.closed_at:
        raise PaperRefused("over")
    words = ("court", "number", "kept_where") + (("recipient",) if what == "order" else ())
    values = values | {name: values[name].strip() for name in words}
    if not all(values[name] for name in words):
        raise PaperRefused("no_words")
    paper = Paper.objects.create(
        program_id=locked.program_id, demand=locked, what=what, valid_until=valid_until, filed_at=now,
        filed_by_id=by.user_id, **values,
    )  # fmt: skip
    log_step(locked, "filed", by=by, now=now)
    log_demand(locked, "demand.filed", by=by, reason=what)
    return paper


@transaction.atomic
def end_paper(*, paper: Paper, words: str, by, now: datetime | None = None) -> Paper:
    """It is quashed, stayed, vacated, satisfied: from this commit on nothing goes out under it. Once.

    The row is locked, as a release locks it: either the release is finished before, or it sees the end.
    """
    if not words.strip():
        raise PaperRefused("no_words")
    demand = lock_demand(Demand(pk=paper.demand_id))
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if locked.ended_at:
        raise PaperRefused("over")
    now = now or timezone.now()
    locked.ended_at, locked.end_words = now, words.strip()
    locked.save(update_fields=["ended_at", "end_words"])
    column = "order" if locked.what == "order" else "mandate"
    for release in Release.objects.select_for_update(of=("self",)).filter(
        **{column: locked}, status__in=["waiting", "ready"]
    ):
        RELEASE.check_move(release.status, "withdrawn", by=by.moves_as)
        release.status = "withdrawn"
        release.save(update_fields=["status"])
        log_step(demand, "withdrawn", by=by, now=now)
        log_demand(demand, "release.withdrawn", by=by, reason="paper_ended")
    log_step(demand, "paper_ended", by=by, now=now, words=words)
    log_demand(demand, "demand.paper_ended", by=by, reason=locked.what)
    return locked


@transaction.atomic
def set_telling(*, order: Paper, tell_from: datetime, words: str, by, now: datetime | None = None) -> Paper:
    """The order forbids telling the person: from when on it does no more, and who said so."""
    if not words.strip():
        raise DemandRefused("no_words")
    demand = lock_demand(Demand(pk=order.demand_id))
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=order.pk, what="order", forbids_telling=True)
    locked.tell_from = tell_from
    locked.save(update_fields=["tell_from"])
    log_step(demand, "telling", by=by, now=now or timezone.now(), words=words)
    log_demand(demand, "demand.telling", by=by)
    return locked
