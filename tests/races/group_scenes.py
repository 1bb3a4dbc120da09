"""The race for the last places of a group: seven join at once while somebody leaves. All places are given, no more."""

import uuid
from collections import Counter
from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.groups.actions import ask_for_place, leave, open_group
from alongside.groups.models import Group, GroupPlace
from alongside.people.actor import Actor
from alongside.people.models import Episode
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, program, scene
from tests.story import day_there

PLACES = 2


@scene
@transaction.atomic
def set_group_place() -> list[dict]:
    """A group with two places, one of them taken. One process leaves, all others join."""
    group = open_group(program=program(), submit_key=uuid.uuid4(), by=house(), values={
        "name_en": "Walk", "for_whom": "own_recovery", "language": "en", "capacity": PLACES, "rhythm": "weekly",
        "starts_on": day_there(), "at_time": time(18), "minutes": 60,
    })  # fmt: skip
    first = make_episode("active").person
    place = ask_for_place(group=group, person=first, by=_self(first), now=timezone.now() - timedelta(hours=1))
    others = [make_episode("active") for _ in range(PROCESSES - 1)]
    return [
        {"group": str(group.pk), "place": str(place.pk)},
        *({"group": str(group.pk), "episode": str(one.pk)} for one in others),
    ]


def _self(person) -> Actor:
    return Actor(person_id=person.pk, program_id=person.program_id, roles=frozenset({"participant"}))


@scene
def group_place(group: str, place: str = "", episode: str = "") -> str:
    """Leave, or join."""
    if place:
        row = GroupPlace.objects.select_related("person").get(pk=place)
        return "left" if leave(place=row, by=_self(row.person)) else "nothing"
    person = Episode.objects.select_related("person").get(pk=episode).person
    ask_for_place(group=Group.objects.get(pk=group), person=person, by=_self(person))
    return "joined"


@scene
def naive_group_place(group: str, place: str = "", episode: str = "") -> str:
    """Look whether there is a place, then take it, else wait; whoever leaves calls the next."""
    now = timezone.now()
    if place:
        GroupPlace.objects.filter(pk=place).update(status="left", left_at=now, left_why="own_wish")
        nobody = GroupPlace.objects.filter(group=group, status="waiting").order_by("asked_at").first()
        if nobody:
            GroupPlace.objects.filter(pk=nobody.pk).update(status="held", held_at=now)
        return "left"
    found = Group.objects.get(pk=group)
    is_free = GroupPlace.objects.filter(group=group, status="held").count() < found.capacity
    a_moment()
    person_id = Episode.objects.get(pk=episode).person_id
    GroupPlace.objects.create(
        program_id=found.program_id, group=found, person_id=person_id, status="held" if is_free else "waiting",
        held_at=now if is_free else None, asked_at=now,
    )  # fmt: skip
    return "joined"


@scene
def judge_group_place(each: list[dict], answers: list[str]) -> list[str]:
    """All places are held and no more, and everybody got an answer."""
    group = Group.objects.get(pk=each[0]["group"])
    places = list(GroupPlace.objects.filter(group=group))
    held = [one for one in places if one.status == "held"]
    waiting = [one for one in places if one.status == "waiting"]
    wrong = [] if len(held) == PLACES else [f"broken: {len(held)} hold {PLACES} places"]
    if group.places_taken != len(held):
        wrong.append(f"{group.places_taken} places counted, {len(held)} held")
    if len(held) + len(waiting) != PROCESSES - 1:
        wrong.append(f"{len(held)} hold, {len(waiting)} wait")
    if Counter(answers) != Counter({"left": 1, "joined": PROCESSES - 1}):
        wrong.append(f"answers {Counter(answers)}")
    return wrong
