"""What the house of the kill test is filled with, and what is looked at afterwards. Runs in a process of that house."""

import hashlib
import time
import uuid
from collections import Counter
from datetime import timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from alongside.audit.models import Entry
from alongside.intake.models import Roster, Wishes
from alongside.matching.models import Offer
from alongside.mentoring.actions import start_mentorship
from alongside.mentoring.models import OPEN_MENTORSHIPS, Contact, Mentorship, Message
from alongside.people import second_factor
from alongside.people.actor import SystemActor
from alongside.people.models import Episode, Membership, OutgoingMessage, Person, SafeContact, User
from alongside.safety.models import Escalation, Told
from tests.faults.stage_sharing import judge_sharing, make_permits, rows_with_entries, spoil_sharing
from tests.faults.stage_size import LIST_ROWS
from tests.races.scenes import make_offer, make_peer, make_person, open_house, program, scene

__all__ = ["open_house", "spoil_sharing"]


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
    # Nobody is asked again for the password, however long the run is.
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() + 86400}]
    session.save()
    return session.session_key


def let_be_told_by_mail(person: Person) -> None:
    """So that the worker has something to send while it is killed."""
    person.email = "peer@example.org"
    person.save()
    rules = SafeContact.objects.filter(person=person)
    rules.update(channel="email", may_email=True, from_hour=0, until_hour=24)


@scene
@transaction.atomic
def set_stage(pairs: int, choosers: int, permits: int = 0) -> dict:
    """Pairs who walk together, people who have an offer before them, and people with a permission; all signed in."""
    house, walking, choosing = SystemActor(program_id=program().pk), [], []
    for _ in range(pairs):
        offer = make_offer(make_peer(capacity=1))
        Offer.objects.filter(pk=offer.pk).update(status="withdrawn", ended_at=timezone.now())
        walk = start_mentorship(episode=offer.episode, peer=offer.peer, by=house)
        let_be_told_by_mail(walk.peer.person)
        walking.append({
            "person": str(walk.participant_id), "mentorship": str(walk.pk),
            "peer_session": sign_in(walk.peer.person, "peer"), "own_session": sign_in(walk.participant, "participant"),
        })  # fmt: skip
    peer = make_peer(capacity=60)
    for _ in range(choosers):
        offer = make_offer(peer)
        choosing.append({"offer": str(offer.pk), "own_session": sign_in(offer.episode.person, "participant")})
    office = sign_in(make_person("Carmen"), "coordinator")
    permissions = [one | {"own_session": sign_in(person, "participant")} for person, one in make_permits(permits)]
    return {"walking": walking, "choosing": choosing, "office_session": office, "permits": permissions}


def judge(
    notes: list[str], messages: list[str], worries: list[str], offers: list[str], words: dict[str, int],
    lists: dict[str, bool], sharing: dict[str, list[str]],
) -> dict:  # fmt: skip
    """What is wrong, given the submit keys and offers that were acknowledged; and how much there is.

    `words`: for each person the number of the latest change of their wishes that was acknowledged. `lists`: for each
    prefix of a list whether its import was. `sharing`: stops, what left, answers.
    """
    with scopes_disabled():
        kept_notes = Counter(str(key) for key in Contact.objects.values_list("submit_key", flat=True))
        kept_messages = Counter(str(key) for key in Message.objects.values_list("submit_key", flat=True))
        kept_worries = Counter(str(key) for key in Escalation.objects.values_list("submit_key", flat=True))
        chosen = {str(pk) for pk in Offer.objects.filter(status="chosen").values_list("pk", flat=True)}
        wrong = {
            "lost notes": [key for key in notes if key not in kept_notes],
            "lost messages": [key for key in messages if key not in kept_messages],
            "lost worries": [key for key in worries if key not in kept_worries],
            "worries told to nobody": _told_to_nobody(),
            "lost choices": [pk for pk in offers if pk not in chosen],
            "doubled": [key for key, count in (kept_notes + kept_messages + kept_worries).items() if count > 1],
            "without its entry": _without_entry(),
            "half begun": _half_begun(),
            "lost words": _lost_words(words),
            "lists in part": _lists_in_part(lists),
            **judge_sharing(**sharing),
        }
        more = _count_more()
    return {
        "wrong": {name: found for name, found in wrong.items() if found},
        "kept": {
            "notes": len(kept_notes),
            "messages": len(kept_messages),
            "worries": len(kept_worries),
            "choices": len(chosen),
        }
        | more,
    }


def _without_entry() -> list[str]:
    """Rows without their one entry in the log, and entries without their row."""
    wrong = []
    for act, rows in (
        ("contact.completed", Contact.objects.all()),
        ("message.sent", Message.objects.all()),
        ("escalation.raised", Escalation.objects.all()),
        ("offer.chosen", Offer.objects.filter(status="chosen")),
        *rows_with_entries(),
    ):
        entries = Counter(Entry.objects.filter(act=act).values_list("object_id", flat=True))
        ids = set(rows.values_list("pk", flat=True))
        wrong += [f"{act} {pk}: {entries[pk]}" for pk in ids | entries.keys() if entries[pk] != (pk in ids)]
    return wrong


def _told_to_nobody() -> list[str]:
    """Worries of which not one person was told: raising and telling are one thing."""
    return [
        str(pk)
        for pk in Escalation.objects.exclude(pk__in=Told.objects.values("escalation")).values_list("pk", flat=True)
    ]


def _half_begun() -> list[str]:
    """The first note begins a mentorship: both or neither."""
    with_notes = set(Contact.objects.values_list("mentorship", flat=True))
    return [
        str(walk.pk)
        for walk in Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).select_related("episode")
        if (walk.pk in with_notes) != (walk.status == "active" and walk.episode.status == "active")
    ]


def _lost_words(words: dict[str, int]) -> list[str]:
    """People whose wishes are older than what was acknowledged."""
    kept = {str(one.episode.person_id): one.own_words for one in Wishes.objects.select_related("episode")}
    return [pk for pk, number in words.items() if int(kept.get(pk) or 0) < number]


def _lists_in_part(lists: dict[str, bool]) -> list[str]:
    """Lists of which only a part is there, or nothing although it was acknowledged."""
    found = {prefix: _count_imported(prefix) for prefix in lists}
    whole = {"people": LIST_ROWS, "episodes": LIST_ROWS, "entries": LIST_ROWS}
    nothing = dict.fromkeys(whole, 0)
    return [
        f"{prefix}: {found[prefix]}"
        for prefix, sure in lists.items()
        if found[prefix] != whole and (sure or found[prefix] != nothing)
    ]


def _count_more() -> dict:
    """How often the other things happened that were going on beside."""
    changes = Entry.objects.filter(act="intake.changed").count()
    sent = OutgoingMessage.objects.filter(status="sent").count()
    return {"changes": changes, "lists": Roster.objects.filter(status="confirmed").count(), "notices sent": sent}


@scene
def count_imported(prefix: str) -> dict:
    """How much of a roster is there: people, their episodes, entries of their making."""
    return _count_imported(prefix)


def _count_imported(prefix: str) -> dict:
    people = Person.objects.filter(goes_by_search__startswith=prefix)
    ids = list(people.values_list("pk", flat=True))
    return {
        "people": len(ids),
        "episodes": Episode.objects.filter(person__in=ids).count(),
        "entries": Entry.objects.filter(act="person.created", subject_id__in=ids).count(),
    }


@scene
def how_far() -> dict:
    """How far the latest list is."""
    roster = Roster.objects.latest("uploaded_at")
    return {"status": roster.status, "done": roster.rows_done, "counts": roster.counts}


@scene
def pass_a_minute() -> None:
    """The leases of killed workers have run out."""
    Roster.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))


@scene
def checksums() -> dict[str, str]:
    """A checksum over all rows of each table, but for the entries that say that a backup was made or restored."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            which = " WHERE act NOT LIKE 'backup.%'" if table == "audit_entry" else ""
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}{which}")  # noqa: S608  (our own schema)
            rows = sorted(map(repr, cursor.fetchall()))
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found
