"""Planned piece by piece with few people loaded, the decisions are those of looking at everybody at once."""

import dataclasses
from datetime import date

from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.intake.models import Roster
from alongside.intake.rosters.candidates import Names, load_people
from alongside.intake.rosters.plan import Planner
from alongside.people.actions import create_person
from alongside.people.models import Person
from alongside.rules.roster import RosterRow

NAMES = ["Ana Ruiz", "Ruiz, Ana", "Ana de la Ruiz", "A. Ruiz", "Ben Cole", "Zoë Núñez", "Nunez Zoe"]
PHONES = ["", "+12135550141", "+12135550142"]
OLD_PHONES = [*PHONES, "(213) 555-0141", "213.555.0142"]
MAILS = ["", "ana@example.org", "Ben@Example.org"]
NUMBERS = ["", "A-1", "a-1", "B-2"]
BORN = [None, date(1990, 3, 24), date(1991, 5, 26)]


def person(phones):
    return st.fixed_dictionaries(
        {"legal_name": st.sampled_from(NAMES), "phone": st.sampled_from(phones), "email": st.sampled_from(MAILS),
         "external_id": st.sampled_from(NUMBERS), "birth_date": st.sampled_from(BORN)}
    )  # fmt: skip


class EverybodyAtOnce(Planner):
    """As if the whole program were loaded for the whole list: what the piecewise plan must equal."""

    def plan(self, rows, names):
        return self.decide(rows, load_people(Person.objects.values_list("pk", flat=True)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    known=st.lists(person(OLD_PHONES), max_size=5), listed=st.lists(person(PHONES), max_size=7), size=st.integers(1, 3)
)
def test_the_same_as_looking_at_everybody(program, house, known, listed, size):
    with transaction.atomic():
        numbers = set()
        for one in known:
            if one["external_id"].lower() in numbers:
                one = one | {"external_id": ""}
            numbers |= {one["external_id"].lower()} - {""}
            create_person(program=program, by=house, goes_by=one["legal_name"][:5], **one)
        rows = [
            RosterRow(place, {about: value for about, value in one.items() if value} | {"goes_by": one["legal_name"]})
            for place, one in enumerate(listed, 2)
        ]
        roster = Roster(program=program, kind="participants", counts={"rows": len(rows)})
        now = timezone.now()
        whole = EverybodyAtOnce(roster, now).plan(rows, None)
        planner, names, pieces = Planner(roster, now), Names(), []
        for start in range(0, len(rows), size):
            pieces += planner.plan(rows[start : start + size], names)
        assert [_told(one) for one in pieces] == [_told(one) for one in whole]
        transaction.set_rollback(True)


def _told(one):
    return dataclasses.astuple(dataclasses.replace(one, values={}, changes=dict(one.changes)))
