"""An order that ends while records go out under it, and several who ask at once: §2.61 holds (J4). See `scenes`."""

import uuid
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.audit.models import Entry
from alongside.legal import actions
from alongside.legal.models import Demand, Paper, Release
from alongside.people.actor import Actor
from alongside.people.models import User
from alongside.rules.legal_demand import QUESTIONS
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, make_episode, scene

ENDING = 2
"""So many of the processes end the order; the others let records out under it."""


@dataclass(frozen=True)
class Ids:
    """What a process needs to act: the demand, its papers, and the account of the director."""

    demand: str
    order: str
    mandate: str
    user: str


def director(user_id: str) -> Actor:
    """The director with this account."""
    return Actor(
        user_id=uuid.UUID(user_id), program_id=Demand.objects.first().program_id, roles=frozenset({"director"})
    )


def _make_papers() -> Ids:
    person, now = make_episode("waiting").person, timezone.now()
    user = User.objects.create(username=f"director-{uuid.uuid4()}")
    by = Actor(user_id=user.pk, program_id=person.program_id, roles=frozenset({"director"}))
    demand = actions.receive_demand(
        program=person.program, kind="subpoena", sender="A lawyer", received_at=now, asks="All",
        submit_key=uuid.uuid4(), by=by, now=now,
    )  # fmt: skip
    actions.hand_letter(demand=demand, by=by)
    demand = actions.name_person(demand=demand, person=person, words="The name", by=by)
    paper = {
        "court": "A court",
        "number": "C-1",
        "issued_on": now.date(),
        "kept_where": "Safe",
        "demand": demand,
        "by": by,
    }
    order = actions.file_order(
        purpose="noncriminal", recipient="A lawyer", items=["being_here"], **paper,
        answers=dict.fromkeys(QUESTIONS["noncriminal"], True),
    )  # fmt: skip
    mandate = actions.file_mandate(kind="subpoena", **paper)
    return Ids(str(demand.pk), str(order.pk), str(mandate.pk), str(user.pk))


def _rows(ids: dict) -> tuple[Demand, Paper, Paper]:
    return (
        Demand.objects.get(pk=ids["demand"]),
        Paper.objects.get(pk=ids["order"]),
        Paper.objects.get(pk=ids["mandate"]),
    )


def count_left(release: str) -> int:
    """How often something was written down as gone out."""
    return Entry.objects.filter(act="disclosure.ordered", object_id=release).count()


# --- an order ends while records go out -------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_court_order() -> list[dict]:
    """A release that a second person agreed to."""
    ids = _make_papers()
    demand, order, mandate = _rows(asdict(ids))
    release = actions.ask_release(
        demand=demand, order=order, mandate=mandate, items=["being_here"], by=director(ids.user)
    )
    second = User.objects.create(username=f"second-{uuid.uuid4()}")
    by = Actor(user_id=second.pk, program_id=demand.program_id, roles=frozenset({"coordinator"}))
    actions.answer_release(release=release, agree=True, by=by)
    return [
        {"release": str(release.pk), "order": ids.order, "user": ids.user, "ends": number < ENDING}
        for number in range(PROCESSES)
    ]


@scene
def court_order(release: str, order: str, user: str, ends: bool) -> str:
    """End the order, and see what had gone out by then; or let it out."""
    by = director(user)
    if not ends:
        try:
            actions.release_records(release=Release.objects.get(pk=release), language="en", by=by)
        except actions.NotReleased:
            return "nothing left"
        return "left"
    with transaction.atomic():
        try:
            with transaction.atomic():
                actions.end_paper(paper=Paper.objects.get(pk=order), words="Quashed", by=by)
        except actions.PaperRefused:
            return "ended already"
        return f"ended after {count_left(release)}"


@scene
def naive_court_order(release: str, order: str, user: str, ends: bool) -> str:
    """Look whether the order is in force, then let it out."""
    by = director(user)
    if ends:
        if not Paper.objects.filter(pk=order, ended_at=None).update(ended_at=timezone.now(), end_words="x"):
            return "ended already"
        return f"ended after {count_left(release)}"
    if Paper.objects.get(pk=order).ended_at:
        return "nothing left"
    a_moment()
    with transaction.atomic():
        Release.objects.filter(pk=release).update(
            status="released", released_at=timezone.now(), content_digest="0" * 64
        )  # fmt: skip
        record(act="disclosure.ordered", by=by, object_kind="release", object_id=release)
    return "left"


@scene
def judge_court_order(each: list[dict], answers: list[str]) -> list[str]:
    """What went out went out once and before the end, and everybody got an answer that is true."""
    release, order = each[0]["release"], each[0]["order"]
    left = count_left(release)
    wrong = [
        f"broken: {left} left, {one}" for one in answers[:ENDING] if one not in (f"ended after {left}", "ended already")
    ]
    if left > 1:
        wrong.append(f"broken: went out {left} times")
    went = Counter(answers[ENDING:])["left"]
    if bool(went) != bool(left) or set(answers[ENDING:]) - {"left", "nothing left"}:
        wrong.append(f"answers {Counter(answers)}, {left} left")
    if Paper.objects.get(pk=order).ended_at is None or Counter(answers[:ENDING])["ended already"] > 1:
        wrong.append("not ended once")
    return wrong


# --- several ask at once --------------------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_one_release() -> list[dict]:
    """An order and a mandate on file."""
    return [asdict(_make_papers())] * PROCESSES


@scene
def one_release(**ids: str) -> str:
    """Ask that it goes out."""
    demand, order, mandate = _rows(ids)
    try:
        actions.ask_release(demand=demand, order=order, mandate=mandate, items=["being_here"], by=director(ids["user"]))
    except actions.NotReleased as refused:
        return refused.reason
    return "asked"


@scene
def naive_one_release(**ids: str) -> str:
    """Look whether somebody asked, then ask."""
    demand, order, mandate = _rows(ids)
    if Release.objects.filter(order=order).exists():
        return "twice"
    a_moment()
    Release.objects.create(
        program_id=demand.program_id, demand=demand, order=order, mandate=mandate, person_id=demand.person_id,
        recipient="A lawyer", items=["being_here"], asked_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return "asked"


@scene
def judge_one_release(each: list[dict], answers: list[str]) -> list[str]:
    """One, and everybody else is told."""
    asked = Release.objects.filter(order=each[0]["order"]).count()
    wrong = [] if asked == 1 else [f"broken: {asked} releases under one order"]
    if Counter(answers) != Counter({"asked": 1, "twice": PROCESSES - 1}):
        wrong.append(f"answers {Counter(answers)}")
    return wrong
