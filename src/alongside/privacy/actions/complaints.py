"""The life of a complaint: received from anybody, looked into by somebody it is not about, answered once."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.actor import SystemActor
from alongside.people.models import Membership, Person, Program
from alongside.people.outbox import absolute, queue_account_notice, queue_notice
from alongside.people.queries import list_others_with
from alongside.rules.complaints import OWNERS, may_own
from alongside.rules.lifecycles import COMPLAINT

from ..models import Complaint
from ..queries import list_kept_from


class NotTheirs(Exception):
    """It is about them, or it is their own, or this is no work of theirs: somebody else looks into it."""


@transaction.atomic
def receive_complaint(
    *, program: Program, words: str, via: str, submit_key: UUID, by=None, person: Person | None = None,
    about_id: UUID | None = None, reach: str = "", now: datetime | None = None,
) -> Complaint:  # fmt: skip
    """Take a complaint. Nobody is looked up: one without an account names no person, whoever it was (A1).

    The same `submit_key` is the same complaint.
    """
    complaint, is_new = Complaint.objects.get_or_create(
        submit_key=submit_key,
        defaults={
            "program": program, "person": person, "via": via, "words": words.strip(),
            "words_digest": digest_of(words), "reach": reach.strip(), "about_id": about_id,
            "received_at": now or timezone.now(), "received_by_id": getattr(by, "user_id", None),
        },
    )  # fmt: skip
    if is_new:
        record(act="complaint.received", by=by, subject=person.pk if person else None, program_id=program.pk,
               object_kind="complaint", object_id=complaint.pk, reason=via)  # fmt: skip
        _tell_who_may_own(complaint, by, now)
    return complaint


@transaction.atomic
def look_into(*, complaint: Complaint, by, now: datetime | None = None) -> Complaint:
    """Become its owner. Taking it twice is taking it once. Raises `NotTheirs`, `MoveNotAllowed`."""
    locked = _lock(complaint, by)
    if locked.status == "looked_into" and locked.owner_id == by.user_id:
        return locked
    COMPLAINT.check_move(locked.status, "looked_into", by=by.moves_as)
    locked.status, locked.owner_id, locked.looked_at = "looked_into", by.user_id, now or timezone.now()
    locked.save(update_fields=["status", "owner", "looked_at"])
    _log("complaint.taken", locked, by)
    return locked


@transaction.atomic
def pass_on(*, complaint: Complaint, by, about_me: bool = False) -> Complaint:
    """Give it back for somebody else. `about_me`: it is about whoever gives it back, and they see it no more.

    Raises `NotTheirs`, `MoveNotAllowed`.
    """
    locked = _lock(complaint, by)
    if locked.status != "received":
        COMPLAINT.check_move(locked.status, "received", by=by.moves_as)
    locked.status, locked.owner, locked.looked_at = "received", None, None
    if about_me and locked.about_id is None:
        locked.about_id = by.user_id
    locked.save(update_fields=["status", "owner", "looked_at", "about"])
    _log("complaint.passed_on", locked, by, reason="about_me" if about_me else "")
    _tell_who_may_own(locked, by, None)
    return locked


def give_back_kept(*, person: Person, accounts: Collection[UUID], now: datetime) -> None:
    """Complaints of somebody whose record is kept from who looked into them: for others again, as if given back.

    Inside the transaction in which they are shut out, while the person is locked. By the house: no name, no why.
    """
    theirs = Complaint.objects.select_for_update(of=("self",)).filter(
        person=person, status="looked_into", owner__in=accounts
    )
    house = SystemActor(program_id=person.program_id)
    for one in list(theirs.order_by("pk")):
        one.status, one.owner, one.looked_at = "received", None, None
        one.save(update_fields=["status", "owner", "looked_at"])
        _log("complaint.passed_on", one, house)
        _tell_who_may_own(one, None, now, again=f":{now:%y%m%d%H%M}")


@transaction.atomic
def answer_complaint(*, complaint: Complaint, words: str, by, now: datetime | None = None) -> Complaint:
    """Answer it, once, in words that the person reads on their own page. Only its owner does.

    Raises `NotTheirs`, `MoveNotAllowed`.
    """
    locked = _lock(complaint, by)
    COMPLAINT.check_move(locked.status, "answered", by=by.moves_as)
    if locked.owner_id != by.user_id or not words.strip():
        raise NotTheirs
    locked.status, locked.answered_at = "answered", now or timezone.now()
    locked.answer, locked.answer_digest = words.strip(), digest_of(words)
    locked.save(update_fields=["status", "answered_at", "answer", "answer_digest"])
    _log("complaint.answered", locked, by)
    if locked.person_id:
        person = Person.objects.select_related("program").get(pk=locked.person_id)
        queue_notice(person, "something_new", absolute(reverse("me_complaints")), f"complaint:{locked.pk}", now)
    return locked


def digest_of(words: str) -> str:
    """64 hex digits over what is kept encrypted: another word, another digest."""
    return hashlib.sha256(words.strip().encode()).hexdigest()


def _lock(complaint: Complaint, by) -> Complaint:
    locked = Complaint.objects.select_for_update().get(pk=complaint.pk)
    director = Membership.objects.filter(program_id=locked.program_id, role="director", user_id=locked.about_id)
    if not may_own(roles=by.roles, me=by.user_id, my_person=by.person_id, about=locked.about_id,
                   about_is_director=director.exists(), person=locked.person_id):  # fmt: skip
        raise NotTheirs
    return locked


def _tell_who_may_own(complaint: Complaint, by, now: datetime | None, again: str = "") -> None:
    """A neutral mail to each account that may look into it, once; never to whom it is about, who made it, or from whom
    the record is kept. `again`: what makes it another time.
    """
    roles: dict[UUID, set[str]] = {}
    users = {}
    for one in list_others_with(OWNERS, program_id=complaint.program_id, but=getattr(by, "user_id", None)):
        roles.setdefault(one.user_id, set()).add(one.role)
        users[one.user_id] = one.user
    of_staff = dict(Person.objects.filter(user__in=users).values_list("user_id", "pk"))
    director = Membership.objects.filter(
        program_id=complaint.program_id, role="director", user_id=complaint.about_id
    ).exists()
    for kept in list_kept_from(complaint.person_id).values_list("account", flat=True) if complaint.person_id else ():
        users.pop(kept, None)
    for user_id, user in users.items():
        if may_own(roles=roles[user_id], me=user_id, my_person=of_staff.get(user_id), about=complaint.about_id,
                   about_is_director=director, person=complaint.person_id):  # fmt: skip
            key = f"complaint-new:{complaint.pk.hex}:{user_id.hex[:12]}{again}"
            queue_account_notice(user, "something_new", now, link=absolute(reverse("complaints")), once_key=key,
                                 program_id=complaint.program_id)  # fmt: skip


def _log(act: str, complaint: Complaint, by, **details) -> None:
    record(act=act, by=by, subject=complaint.person_id, program_id=complaint.program_id, object_kind="complaint",
           object_id=complaint.pk, **details)  # fmt: skip
