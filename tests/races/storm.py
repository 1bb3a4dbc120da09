"""The worlds of the storm: what each round begins with, and what the database must hold after it.

Runs in a process of the house. A world is plain values: sessions, paths, keys. Each judge names what is wrong.
"""

import uuid
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alongside.audit.models import Entry
from alongside.intake.actions import map_roster, save_wishes, upload_roster
from alongside.intake.actions.rosters import columns_of
from alongside.intake.models import Roster
from alongside.matching.actions import choose
from alongside.matching.models import Offer, Round
from alongside.mentoring.actions import start_mentorship
from alongside.mentoring.models import Appointment, Contact, Mentorship, Message
from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.workforce.models import PeerProfile
from tests.faults.stage import sign_in
from tests.races.scenes import count_open, house, make_offer, make_peer, make_person, open_house, program, scene
from tests.story import day_there

__all__ = ["open_house"]

LIST_ROWS = 8


@scene
@transaction.atomic
def set_office() -> dict:
    """Two coordinators, signed in."""
    return {"office": [sign_in(make_person(f"Office {number}"), "coordinator") for number in range(2)]}


def _walk() -> tuple[Mentorship, dict]:
    """Two who walk together, both signed in."""
    offer = make_offer(make_peer(capacity=1))
    Offer.objects.filter(pk=offer.pk).update(status="withdrawn", ended_at=timezone.now())
    Round.objects.filter(pk=offer.round_id).update(status="matched", ended_at=timezone.now())
    walk = start_mentorship(episode=offer.episode, peer=offer.peer, by=house())
    return walk, {
        "person": str(walk.participant_id), "episode": str(walk.episode_id), "mentorship": str(walk.pk),
        "peer_session": sign_in(walk.peer.person, "peer"), "own_session": sign_in(walk.participant, "participant"),
    }  # fmt: skip


@scene
@transaction.atomic
def set_round(number: int, many: int) -> dict:
    """The world of one round; `many` is how many come at once to one thing."""
    return {
        "walk": _walk()[1] | {"note": str(uuid.uuid4()), "message": str(uuid.uuid4()), "time": str(uuid.uuid4())},
        "last_place": _last_place(many),
        "two_answers": _two_answers(),
        "yes_or_no": _yes_or_no(),
        "list": _list(number),
    }


def _last_place(many: int) -> dict:
    """One peer with one place, offered to many."""
    peer = make_peer(capacity=1)
    offers = [make_offer(peer) for _ in range(many)]
    return {
        "peer": str(peer.pk),
        "choosers": [{"offer": str(o.pk), "session": sign_in(o.episode.person, "participant")} for o in offers],
    }


def _two_offers() -> tuple[Offer, Offer]:
    """One round with two peers."""
    first, peer, now = make_offer(make_peer(capacity=1)), make_peer(capacity=1), timezone.now()
    second = Offer.objects.create(program=program(), round=first.round, episode=first.episode, peer=peer, rank=2,
                                  status="offered", offered_at=now)  # fmt: skip
    return first, second


def _two_answers() -> dict:
    """The person chooses one peer, and tells the office by phone that it is the other."""
    first, second = _two_offers()
    return {
        "session": sign_in(first.episode.person, "participant"), "offer": str(first.pk), "other": str(second.pk),
        "round": str(first.round_id), "episode": str(first.episode_id),
    }  # fmt: skip


def _yes_or_no() -> dict:
    """A peer was chosen: they say yes, while the person changes their mind, and the office records a "not now"."""
    offer, _other = _two_offers()
    by = Actor(person_id=offer.episode.person_id, program_id=offer.program_id, roles=frozenset({"participant"}))
    offer = choose(offer=offer, by=by)
    return {
        "session": sign_in(offer.episode.person, "participant"), "peer_session": sign_in(offer.peer.person, "peer"),
        "offer": str(offer.pk), "episode": str(offer.episode_id), "peer": str(offer.peer_id),
    }  # fmt: skip


def _list(number: int) -> dict:
    """A list that waits for somebody to confirm it."""
    prefix = f"l{number:05}x"
    rows = "".join(f"{prefix}{row},English,{prefix}-{row}\n" for row in range(LIST_ROWS))
    content = f"Preferred name,Language,Member ID\n{rows}".encode()
    roster = upload_roster(program=program(), content=content, file_name="list.csv", by=house(), kind="participants")
    roster = map_roster(roster=roster, mapping=columns_of(roster), options=roster.options, by=house())
    return {"roster": str(roster.pk), "prefix": prefix}


@scene
def judge_round(world: dict, lines: list[str]) -> list[str]:
    """What is wrong after a round. `lines`: what was acknowledged of the text that several people changed."""
    return [
        *_judge_walk(world["walk"], lines),
        *_judge_last_place(world["last_place"]),
        *_judge_two_answers(world["two_answers"]),
        *_judge_yes_or_no(world["yes_or_no"]),
        *_judge_list(world["list"]),
    ]


def _expect(what: str, found, wanted) -> list[str]:
    return [] if found == wanted else [f"{what}: {found}, not {wanted}"]


def _entries(act: str, **which) -> int:
    return Entry.objects.filter(act=act, **which).count()


def _judge_walk(walk: dict, lines: list[str]) -> list[str]:
    """One note, one message and one time for each key; nothing of the common text lost."""
    from alongside.intake.models import Wishes

    words = Wishes.objects.filter(episode=walk["episode"]).values_list("own_words", flat=True).first() or ""
    return [
        *_expect("notes", Contact.objects.filter(submit_key=walk["note"]).count(), 1),
        *_expect("entries of notes", _entries("contact.completed", subject_id=walk["person"]), 1),
        *_expect("messages", Message.objects.filter(submit_key=walk["message"]).count(), 1),
        *_expect("entries of messages", _entries("message.sent", subject_id=walk["person"]), 1),
        *_expect("times", Appointment.objects.filter(submit_key=walk["time"]).count(), 1),
        *_expect("broken: lines of the common text", Counter(words.split()), Counter(lines)),
    ]


def _judge_last_place(world: dict) -> list[str]:
    chosen = Offer.objects.filter(peer=world["peer"], status="chosen").count()
    taken = PeerProfile.objects.get(pk=world["peer"]).places_taken
    return [*_expect("chosen for one place", chosen, 1), *_expect("places taken", taken, 1)]


def _judge_two_answers(world: dict) -> list[str]:
    chosen = Offer.objects.filter(round=world["round"], status="chosen")
    entries = Entry.objects.filter(act="offer.chosen", object_id__in=[world["offer"], world["other"]]).count()
    return [*_expect("chosen in one round", chosen.count(), 1), *_expect("entries of choices", entries, 1)]


def _judge_yes_or_no(world: dict) -> list[str]:
    status = Offer.objects.get(pk=world["offer"]).status
    said_yes = status == "accepted"
    taken = PeerProfile.objects.get(pk=world["peer"]).places_taken
    return [
        *([] if status in ("accepted", "withdrawn", "peer_declined") else [f"answered offer is {status}"]),
        *_expect(f"mentorships after {status}", count_open(episode=world["episode"]), int(said_yes)),
        *_expect(f"places taken after {status}", taken, int(said_yes)),
    ]


def _judge_list(world: dict) -> list[str]:
    people = Person.objects.filter(goes_by_search__startswith=world["prefix"]).values_list("pk", flat=True)
    return [
        *_expect("list", Roster.objects.get(pk=world["roster"]).status, "confirmed"),
        *_expect("people of the list", len(people), LIST_ROWS),
        *_expect("entries of the list", _entries("person.created", subject_id__in=list(people)), LIST_ROWS),
    ]


@scene
@transaction.atomic
def set_text() -> dict:
    """Somebody whose wishes several people change at once."""
    walk, world = _walk()
    save_wishes(episode=walk.episode, by=house(), own_words="")
    return world


@scene
def read_text(episode: str) -> list[str]:
    """The common text, line by line."""
    from alongside.intake.models import Wishes

    return Wishes.objects.get(episode=episode).own_words.split()


def tomorrow() -> str:
    """A day to plan for."""
    return (day_there() + timedelta(days=2)).isoformat()
