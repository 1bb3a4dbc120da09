"""What the house of the kill test is filled with, and what is looked at afterwards. Runs in a process of that house."""

import uuid
from collections import Counter

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from alongside.audit.models import Entry
from alongside.matching.models import Offer
from alongside.mentoring.actions import start_mentorship
from alongside.mentoring.models import OPEN_MENTORSHIPS, Contact, Mentorship, Message
from alongside.people import second_factor
from alongside.people.actor import SystemActor
from alongside.people.models import Episode, Membership, Person, User
from tests.races.scenes import make_offer, make_peer, open_house, program, scene

__all__ = ["open_house"]


def sign_in(person: Person, role: str) -> str:
    """An account for a person, signed in past the second step. Returns the key of its session."""
    user = User.objects.create(username=uuid.uuid4().hex[:20])
    user.set_unusable_password()
    user.save()
    Membership.objects.create(user=user, program=program(), role=role)
    person.user = user
    person.save(update_fields=["user"])
    session = SessionStore()
    session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "alongside.people.accounts.Backend",
                    HASH_SESSION_KEY: user.get_session_auth_hash()})  # fmt: skip
    second_factor.mark_passed(session)
    session.save()
    return session.session_key


@scene
@transaction.atomic
def set_stage(pairs: int, choosers: int) -> dict:
    """Pairs who walk together, and people who have an offer before them, all signed in."""
    house, walking, choosing = SystemActor(program_id=program().pk), [], []
    for _ in range(pairs):
        offer = make_offer(make_peer(capacity=1))
        Offer.objects.filter(pk=offer.pk).update(status="withdrawn", ended_at=timezone.now())
        walk = start_mentorship(episode=offer.episode, peer=offer.peer, by=house)
        walking.append({
            "person": str(walk.participant_id), "mentorship": str(walk.pk),
            "peer_session": sign_in(walk.peer.person, "peer"), "own_session": sign_in(walk.participant, "participant"),
        })  # fmt: skip
    peer = make_peer(capacity=60)
    for _ in range(choosers):
        offer = make_offer(peer)
        choosing.append({"offer": str(offer.pk), "own_session": sign_in(offer.episode.person, "participant")})
    return {"walking": walking, "choosing": choosing}


def judge(notes: list[str], messages: list[str], offers: list[str]) -> dict:
    """What is wrong, given the submit keys and offers that were acknowledged; and how much there is."""
    with scopes_disabled():
        kept_notes = Counter(str(key) for key in Contact.objects.values_list("submit_key", flat=True))
        kept_messages = Counter(str(key) for key in Message.objects.values_list("submit_key", flat=True))
        chosen = {str(pk) for pk in Offer.objects.filter(status="chosen").values_list("pk", flat=True)}
        wrong = {
            "lost notes": [key for key in notes if key not in kept_notes],
            "lost messages": [key for key in messages if key not in kept_messages],
            "lost choices": [pk for pk in offers if pk not in chosen],
            "doubled": [key for key, count in (kept_notes + kept_messages).items() if count > 1],
            "without its entry": _without_entry(),
            "half begun": _half_begun(),
        }
    return {
        "wrong": {name: found for name, found in wrong.items() if found},
        "kept": {"notes": len(kept_notes), "messages": len(kept_messages), "choices": len(chosen)},
    }


def _without_entry() -> list[str]:
    """Rows without their one entry in the log, and entries without their row."""
    wrong = []
    for act, rows in (
        ("contact.completed", Contact.objects.all()),
        ("message.sent", Message.objects.all()),
        ("offer.chosen", Offer.objects.filter(status="chosen")),
    ):
        entries = Counter(Entry.objects.filter(act=act).values_list("object_id", flat=True))
        ids = set(rows.values_list("pk", flat=True))
        wrong += [f"{act} {pk}: {entries[pk]}" for pk in ids | entries.keys() if entries[pk] != (pk in ids)]
    return wrong


def _half_begun() -> list[str]:
    """The first note begins a mentorship: both or neither."""
    with_notes = set(Contact.objects.values_list("mentorship", flat=True))
    return [
        str(walk.pk)
        for walk in Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).select_related("episode")
        if (walk.pk in with_notes) != (walk.status == "active" and walk.episode.status == "active")
    ]


@scene
def count_imported(prefix: str) -> dict:
    """How much of a roster is there: people, their episodes, entries of their making."""
    people = Person.objects.filter(goes_by_search__startswith=prefix)
    ids = list(people.values_list("pk", flat=True))
    return {
        "people": len(ids),
        "episodes": Episode.objects.filter(person__in=ids).count(),
        "entries": Entry.objects.filter(act="person.created", subject_id__in=ids).count(),
    }
