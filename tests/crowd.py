"""A program that fills: as many people as a test asks for, made through the product's own actions.

Three and thirty are of the same kinds, so that what a page costs can be compared at both sizes.
"""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.story import day_there, make_persona


def bring(many: int, *, program, carmen, lien, peer) -> None:
    """`many` people more who walk with the peer, as many who wait, and as many peers of Lien's with somebody each."""
    from alongside.workforce.models import PeerProfile

    PeerProfile.objects.filter(pk=peer.person.pk).update(capacity=60)
    for _ in range(many):
        _walk(program, carmen, peer)
        _walk(program, carmen, _peer(program, carmen, lien))
    for _ in range(many):
        _waiting(program, carmen)
    _propose(program, carmen)


@pytest.fixture
def gather(program, carmen, lien, dante):
    """`gather(n)` brings n people more to Dante, and n more who wait."""
    return lambda many: bring(many, program=program, carmen=carmen, lien=lien, peer=dante)


def _name(kind: str) -> str:
    return f"{kind}-{uuid4().hex[:8]}"


def _waiting(program, carmen):
    from alongside.intake.actions import Wish, finish_intake, save_wishes
    from alongside.people.actions import move_episode, open_episode, set_safe_contact

    asked = timezone.now() - timedelta(days=40)
    somebody = make_persona(program, _name("who"), "participant", phone="+12135550142", legal_name="Maria Ejemplo")
    set_safe_contact(person=somebody.person, by=carmen.actor, channel="phone", name_to_use="Maria", notes="Evenings")
    episode = open_episode(person=somebody.person, by=carmen.actor, now=asked)
    move_episode(episode=episode, to="intake", by=carmen.actor, now=asked)
    save_wishes(
        episode=episode, by=carmen.actor, languages=["en"], modes=["phone"], needs=["housing"],
        pathways=["twelve_step"], preferences=[Wish("language", "en", "must")],
    )  # fmt: skip
    somebody.episode = finish_intake(episode=episode, by=carmen.actor, now=asked)
    return somebody


def _walk(program, carmen, peer) -> None:
    from alongside.mentoring.actions import (
        Note,
        add_to_note,
        plan_appointment,
        record_contact,
        send_message,
        start_mentorship,
    )
    from alongside.people.actions import move_episode

    somebody, begun = _waiting(program, carmen), timezone.now() - timedelta(days=30)
    move_episode(episode=somebody.episode, to="offered", by=carmen.actor, now=begun)
    somebody.episode.refresh_from_db()
    walk = start_mentorship(episode=somebody.episode, peer=peer.profile, by=carmen.actor, now=begun)
    note = Note(
        submit_key=uuid4(), happened_at=timezone.now() - timedelta(days=25), mode="phone", reached=True, minutes=20,
        kinds_of_support=("emotional",), note="A walk in the park.", next_step="Call about the room",
        read_together=True,
    )  # fmt: skip
    (contact,) = record_contact(mentorships=[walk], note=note, by=peer.actor)
    add_to_note(contact=contact, words="Thank you.", submit_key=uuid4(), by=somebody.actor, is_answer=True)
    walk.refresh_from_db()
    send_message(mentorship=walk, body="Are you there?", submit_key=uuid4(), by=somebody.actor)
    plan_appointment(
        mentorship=walk, on_day=day_there() + timedelta(days=3), at_time=time(10), mode="phone",
        time_zone="America/Los_Angeles", submit_key=uuid4(), by=peer.actor,
    )  # fmt: skip


def _peer(program, carmen, lien):
    from alongside.people.models import Person
    from alongside.workforce.actions import create_peer

    peer = make_persona(program, _name("peer"), "peer")
    Person.objects.filter(pk=peer.person.pk).update(supervisor=lien.person)
    peer.person.refresh_from_db()
    peer.profile = create_peer(person=peer.person, by=carmen.actor, capacity=3, languages=["en"], modes=["phone"])
    return peer


def _propose(program, carmen) -> None:
    from alongside.matching.actions import run_matching

    run_matching(program=program, by=carmen.actor)
