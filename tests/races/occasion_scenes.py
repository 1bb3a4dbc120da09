"""The race for the last places at an event: visitors and people with a record come at once while somebody leaves."""

import uuid
from collections import Counter
from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from alongside.occasions.actions import come, come_as_visitor, leave, make_occasion, publish
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.people.actor import VISITOR, Actor
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, program, scene
from tests.story import day_there

PLACES = 2


@scene
@transaction.atomic
def set_event_place() -> list[dict]:
    """An event with two places, one of them taken. One process leaves; half of the others have a record."""
    day = day_there() + timedelta(days=3)
    event = make_occasion(program=program(), submit_key=uuid.uuid4(), by=house(), values={
        "title_en": "Kite day", "audience": "public", "on_day": day, "until_day": day, "at_time": time(10),
        "until_time": time(12), "capacity": PLACES,
    })  # fmt: skip
    publish(occasion=event, by=Actor(program_id=event.program_id, roles=frozenset({"coordinator"})))
    place, _secret = come_as_visitor(
        occasion=event, alias="Owl", submit_key=uuid.uuid4(), now=timezone.now() - timedelta(hours=1)
    )
    each = [{"event": str(event.pk), "key": str(uuid.uuid4())} for _ in range(PROCESSES - 1)]
    for one in each[::2]:
        one["person"] = str(make_episode("active").person_id)
    return [{"event": str(event.pk), "place": str(place.pk)}, *each]


@scene
def event_place(event: str, place: str = "", person: str = "", key: str = "") -> str:
    """Leave, or come."""
    if place:
        return "left" if leave(place=OccasionPlace.objects.get(pk=place), by=VISITOR) else "nothing"
    found = Occasion.objects.get(pk=event)
    if person:
        by = Actor(person_id=uuid.UUID(person), program_id=found.program_id, roles=frozenset({"participant"}))
        come(occasion=found, by=by, alias="Lark", wants_reminder=False, submit_key=uuid.UUID(key))
    else:
        come_as_visitor(occasion=found, alias="Owl", submit_key=uuid.UUID(key))
    return "came"


@scene
def naive_event_place(event: str, place: str = "", person: str = "", key: str = "") -> str:
    """Look whether there is a place, then take it, else wait; whoever leaves calls the next."""
    now = timezone.now()
    if place:
        OccasionPlace.objects.filter(pk=place).update(status="left", left_at=now, left_why="own_wish")
        nobody = OccasionPlace.objects.filter(occasion=event, status="waiting").order_by("asked_at").first()
        if nobody:
            OccasionPlace.objects.filter(pk=nobody.pk).update(status="held", held_at=now)
        return "left"
    found = Occasion.objects.get(pk=event)
    is_free = OccasionPlace.objects.filter(occasion=found, status="held").count() < PLACES
    a_moment()
    OccasionPlace.objects.create(
        program_id=found.program_id, occasion=found, person_id=person or None, secret_hash=None if person else key,
        status="held" if is_free else "waiting", held_at=now if is_free else None, asked_at=now, submit_key=key,
    )  # fmt: skip
    return "came"


@scene
def judge_event_place(each: list[dict], answers: list[str]) -> list[str]:
    """All places are held and no more, everybody is there or waits, and everybody got an answer."""
    event = Occasion.objects.get(pk=each[0]["event"])
    states = Counter(OccasionPlace.objects.filter(occasion=event).values_list("status", flat=True))
    wrong = [] if states["held"] == PLACES else [f"broken: {states['held']} hold {PLACES} places"]
    if event.places_taken != states["held"]:
        wrong.append(f"{event.places_taken} places counted, {states['held']} held")
    if states["held"] + states["waiting"] != PROCESSES - 1:
        wrong.append(f"{states['held']} hold, {states['waiting']} wait")
    if Counter(answers) != Counter({"left": 1, "came": PROCESSES - 1}):
        wrong.append(f"answers {Counter(answers)}")
    return wrong
