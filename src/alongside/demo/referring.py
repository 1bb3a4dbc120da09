"""Who is on the way to a place in the demo: Rosa twice, others so that there is a figure, and two who were referred."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from alongside.partners import actions as partners
from alongside.people.actor import Actor
from alongside.people.models import Episode, Person
from alongside.referrals import actions
from alongside.resources.models import Resource

from . import words
from .months import Months
from .staff import actor_for

CLINIC = "Clínica del Valle"
MET, WAITING = 14, 12


def refer_people(months: Months, carmen: Actor, rosa: Person, peer: Actor) -> None:
    """The clinic said yes and met her; the shelter she goes to herself is asked about today."""
    now, me = timezone.now(), actor_for(rosa, "participant")
    _to_clinic(months, carmen, rosa, me, peer)
    shelter = Resource.objects.filter(is_shown=True, name__contains="Shelter").order_by("sort_name").first()
    actions.begin(
        person=rosa, way="themself", need="housing", place=shelter.name if shelter else "Lantern Night Shelter",
        resource=shelter, address=shelter.first_number if shelter else "", submit_key=months.uuid(), by=me,
        now=now - timedelta(days=8),
    )  # fmt: skip
    here = Episode.objects.filter(status="active").exclude(person=rosa).values("person")
    people = Person.objects.filter(pk__in=here).order_by("goes_by_search")[: MET + WAITING]
    for number, person in enumerate(people):
        asked_at = now - timedelta(days=30 if number < MET else number % 6)
        way = actions.begin(
            person=person, way="themself", need="work", place=words.JOB_CENTER, submit_key=months.uuid(), by=carmen,
            now=asked_at,
        )  # fmt: skip
        if number < MET:
            met = timezone.localdate(asked_at) + timedelta(days=number % 8 + 1)
            actions.say(referral=way, said="in_touch", on_day=met, by=carmen, now=asked_at + timedelta(days=10))
            if number % 4:
                actions.say(referral=way, said="done", by=carmen, now=asked_at + timedelta(days=20))
    for number, said in enumerate(words.REFERRED):
        values: dict[str, Any] = {
            "language": "en", "kind": "own_recovery", "from_reach": "ito@hospital.example.org", "email": "",
            "safe_contact": {"channel": "phone", "may_call": True, "may_text": False, "may_email": False,
                             "may_voicemail": False, "from_hour": 9, "until_hour": 20, "name_to_use": ""},
        }  # fmt: skip
        actions.receive(
            program=months.program, submit_key=months.uuid(), now=now - timedelta(hours=5 + 20 * number),
            **(values | said),
        )  # fmt: skip


def _to_clinic(months: Months, carmen: Actor, rosa: Person, me: Actor, peer: Actor) -> None:
    """Told four days ago under what she signed; they answered the same day, and met her two days later."""
    then, sent = timezone.now() - timedelta(days=4), []
    way = actions.begin(
        person=rosa, way="told", need="health", place=CLINIC, address="entrada@clinica.example",
        submit_key=months.uuid(), by=me, now=then,
    )  # fmt: skip
    link, code = actions.tell_partner(
        referral=way, address="entrada@clinica.example", submit_key=months.uuid(), by=carmen, now=then
    )
    # Nothing is mailed from a demo while it is made: the link is taken from the worker's hand.
    partners.send_due(then, deliver=lambda *said: sent.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
    for step, by in (("called_together", peer), ("introduced", peer), ("date_set", me)):
        actions.tick_step(referral=way, code=step, done=True, by=by, now=then + timedelta(hours=3))
    token = sent[-1]
    if partners.open_link(token=token, code=code, now=then + timedelta(hours=4)):
        partners.answer_link(token=token, link_id=link.pk, accepts=True, words="", now=then + timedelta(hours=5))
        met = then + timedelta(days=2)
        partners.say_later(token=token, link_id=link.pk, said="in_touch", on_day=timezone.localdate(met), now=met)
