"""The race at the page of a group: somebody writes while taken off the list. Nothing comes after that."""

import uuid
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.community.actions import IsPaused, NotInside, TooMany, choose_name, set_page, write
from alongside.community.models import Community, PenName, Post
from alongside.groups.actions import ask_for_place, leave, open_group
from alongside.groups.models import GroupPlace
from alongside.people.actor import Actor
from alongside.people.models import Person
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, program, scene


@scene
@transaction.atomic
def set_leave_page() -> list[dict]:
    """Somebody with a place and a name. One process takes them off; in the others they write, from as many devices."""
    person = Person.objects.get(pk=make_episode("active").person_id)
    group = open_group(program=program(), submit_key=uuid.uuid4(), by=house(), values={
        "name_en": "Walk", "for_whom": "own_recovery", "language": "en", "capacity": 3, "rhythm": "weekly",
        "starts_on": date(2026, 6, 2), "at_time": time(18), "minutes": 60,
    })  # fmt: skip
    by = Actor(person_id=person.pk, program_id=group.program_id, roles=frozenset({"participant"}))
    place = ask_for_place(group=group, person=person, by=by, now=timezone.now() - timedelta(hours=2))
    page = set_page(group=group, is_open=True, by=house())
    name = choose_name(community=page, name=f"Owl {uuid.uuid4().hex[:6]}", by=by)
    each = [{"name": str(name.pk), "key": str(uuid.uuid4())} for _ in range(PROCESSES - 1)]
    return [{"place": str(place.pk), "name": str(name.pk)}, *each]


def _written(name: str) -> int:
    return Post.objects.filter(name=name).count()


@scene
def leave_page(name: str, place: str = "", key: str = "") -> str:
    """Taken off, and how many posts there are then; or one post."""
    found = PenName.objects.get(pk=name)
    by = Actor(person_id=found.person_id, program_id=found.program_id, roles=frozenset({"participant"}))
    if place:
        leave(place=GroupPlace.objects.get(pk=place), by=by)
        return f"left {_written(name)}"
    page = Community.objects.get(pk=found.community_id)
    try:
        write(community=page, name=found, words="x", submit_key=uuid.UUID(key), by=by)
    except (NotInside, IsPaused, TooMany) as refused:
        return type(refused).__name__
    return "written"


@scene
def naive_leave_page(name: str, place: str = "", key: str = "") -> str:
    """Look whether there is a place, then write."""
    if place:
        a_moment()
        GroupPlace.objects.filter(pk=place).update(status="left", left_at=timezone.now(), left_why="own_wish")
        return f"left {_written(name)}"
    found = PenName.objects.select_related("community").get(pk=name)
    is_inside = GroupPlace.objects.filter(
        person=found.person_id, group=found.community.group_id, status="held"
    ).exists()
    a_moment()
    if not is_inside:
        return "NotInside"
    Post.objects.create(
        program_id=found.program_id, community_id=found.community_id, name=found, words="x", submit_key=key,
        written_at=timezone.now(),
    )  # fmt: skip
    return "written"


@scene
def judge_leave_page(each: list[dict], answers: list[str]) -> list[str]:
    """As soon as the place had ended not one post came; everybody has an answer, and what was said to be there is."""
    there = _written(each[0]["name"])
    (left,) = [one for one in answers if one.startswith("left ")]
    wrong = [] if there == int(left.split()[1]) else [f"broken: {there} posts, and {left}"]
    if answers.count("written") != there:
        wrong.append(f"{there} posts, answers {answers}")
    if answers.count("written") + answers.count("NotInside") != PROCESSES - 1:
        wrong.append(f"answers {answers}")
    return wrong
