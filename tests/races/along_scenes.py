"""Two races over an ask to come along. One date: a thumb asks again and again while the two part. One answer: a yes, a
no and a taking back at the same moment."""

import uuid
from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from alongside.mentoring.actions import end_mentorship
from alongside.mentoring.models import Appointment, Mentorship
from alongside.outings import actions
from alongside.outings.models import Ask, Saved
from alongside.people.actor import Actor
from alongside.rules.lifecycles import MoveNotAllowed
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, make_peer, program, scene


def _walk() -> tuple[Mentorship, Saved]:
    """Two who walk together, and something that the person saved for every day at noon."""
    now, episode = timezone.now(), make_episode("matched")
    walk = Mentorship.objects.create(
        program=program(), episode=episode, participant_id=episode.person_id, peer=make_peer(capacity=1),
        introduced_at=now,
    )  # fmt: skip
    saved = Saved.objects.create(
        program=program(), person=episode.person, kind="other", copy={"name": "Walk", "place": ""}, saved_at=now,
        days=list(range(7)), starts=720, ends=780, zone=program().time_zone, looked_at=now, submit_key=uuid.uuid4(),
    )  # fmt: skip
    return walk, saved


def _day():
    return timezone.now().astimezone(ZoneInfo(program().time_zone)).date() + timedelta(days=3)


def _by(person_id, role: str) -> Actor:
    return Actor(person_id=person_id, program_id=program().pk, roles=frozenset({role}))


# --- one date ---------------------------------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_one_date() -> list[dict]:
    """One process ends the mentorship, all others ask."""
    walk, saved = _walk()
    named = {"walk": str(walk.pk), "saved": str(saved.pk)}
    return [named | {"ends": True}, *[named] * (PROCESSES - 1)]


@scene
def one_date(walk: str, saved: str, ends: bool = False) -> str:
    """Part, or ask for the same day."""
    row = Mentorship.objects.get(pk=walk)
    if ends:
        end_mentorship(mentorship=row, reason="moved", by=house())
        return "ended"
    mine = Saved.objects.select_related("meeting__feed").get(pk=saved)
    try:
        actions.ask_along(saved=mine, on_day=_day(), mentorship=row, by=_by(row.participant_id, "participant"))
    except (actions.NotAskable, actions.AlreadyAsked):
        return "told kindly"
    return "asked"


@scene
def naive_one_date(walk: str, saved: str, ends: bool = False) -> str:
    """Look whether there is an ask, or a mentorship, then write."""
    row, now = Mentorship.objects.get(pk=walk), timezone.now()
    if ends:
        Ask.objects.filter(mentorship=row).update(status="ended")
        a_moment()
        Mentorship.objects.filter(pk=walk).update(status="ended", ended_at=now, end_reason="moved")
        return "ended"
    if row.status == "ended" or Ask.objects.filter(saved=saved, on_day=_day()).exists():
        return "told kindly"
    a_moment()
    Ask.objects.create(
        program=program(), saved_id=saved, mentorship=row, on_day=_day(), starts_at=now + timedelta(days=3), minutes=60,
        asked_at=now,
    )  # fmt: skip
    return "asked"


@scene
def judge_one_date(each: list[dict], answers: list[str]) -> list[str]:
    """At most one ask, and none that waits where nobody walks any more."""
    asks = list(Ask.objects.filter(saved=each[0]["saved"]))
    wrong = [] if len(asks) <= 1 else [f"broken: {len(asks)} asks for one date"]
    wrong += [f"broken: it is {one.status} and the two have parted" for one in asks if one.status == "asked"]
    if Counter(answers)["ended"] != 1 or ("asked" in answers) != bool(asks):
        wrong.append(f"answers {Counter(answers)}, {len(asks)} asks")
    return wrong


# --- one answer -------------------------------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_one_answer() -> list[dict]:
    """An ask that waits; some say yes, some no, some take it back."""
    walk, saved = _walk()
    ask = actions.ask_along(
        saved=saved, on_day=_day(), mentorship=walk, by=_by(walk.participant_id, "participant")
    )  # fmt: skip
    return [{"ask": str(ask.pk), "how": ("yes", "not_this_time", "taken_back")[number % 3]}
            for number in range(PROCESSES)]  # fmt: skip


@scene
def one_answer(ask: str, how: str) -> str:
    """Answer it, or take it back."""
    row = Ask.objects.select_related("mentorship").get(pk=ask)
    peer, person = _by(row.mentorship.peer_id, "peer"), _by(row.mentorship.participant_id, "participant")
    try:
        if how == "yes":
            return actions.come_along(ask=row, by=peer).status
        if how == "taken_back":
            return actions.take_back(ask=row, by=person).status
        return actions.not_this_time(ask=row, reason="too_far", by=peer).status
    except MoveNotAllowed:
        return "told kindly"


@scene
def naive_one_answer(ask: str, how: str) -> str:
    """Look whether it waits, then write."""
    row, now = Ask.objects.select_related("mentorship").get(pk=ask), timezone.now()
    if row.status != "asked":
        return "told kindly"
    a_moment()
    if how == "taken_back":
        Ask.objects.filter(pk=ask).update(status=how, answered_at=None, reason="")
        return how
    reason = "too_far" if how == "not_this_time" else ""
    Ask.objects.filter(pk=ask).update(status=how, answered_at=now, reason=reason)
    if how == "yes":
        Appointment.objects.create(
            program=program(), mentorship=row.mentorship, on_day=row.on_day, at_time=row.starts_at.time(),
            time_zone="UTC", made_by_id=row.mentorship.peer_id, made_at=now, changed_at=now, submit_key=uuid.uuid4(),
        )  # fmt: skip
    return how


@scene
def judge_one_answer(each: list[dict], answers: list[str]) -> list[str]:
    """One answer holds, with a time together for a yes and for nothing else."""
    ask = Ask.objects.get(pk=each[0]["ask"])
    times = Appointment.objects.filter(mentorship=ask.mentorship_id).count()
    wrong = [] if times == (ask.status == "yes") else [f"broken: {times} times together, and the ask is {ask.status}"]
    if set(answers) - {ask.status, "told kindly"} or ask.status not in answers:
        wrong.append(f"answers {Counter(answers)}, the ask is {ask.status}")
    return wrong
