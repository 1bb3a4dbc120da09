"""Told to medical personnel, also of the FDA (§2.51), or to whoever acts for a minor in danger (§2.14(c)): written down
at once through the gate, looked at by another."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.actor import get_actor
from alongside.people.models import Person
from alongside.people.outbox import absolute, queue_account_notice
from alongside.people.queries import list_others_with
from alongside.rules.access import ACTS
from alongside.rules.disclosure import Asked, MayNotLeave, decide
from alongside.rules.emergency import FINDINGS, Facts, list_missing, may_review

from ..models import Emergency
from ..queries import list_participants_visible_to
from ..writing import get_posture, why_no_minor

_WAYS = {"fda": "fda", "parent": "parent"}
"""Kind -> the way of the gate; any other goes by that of a medical emergency."""


class NotAnEmergency(MayNotLeave):
    """What the law wants written down is not there, or they may not: nothing was recorded but the try."""


class CannotReview(Exception):
    """It was looked at before, or by who told it, or without a finding."""


def tell_in_emergency(*, person: Person, facts: Facts, submit_key: UUID, by, now: datetime | None = None) -> Emergency:
    """Write down what was told. The same `submit_key` is the same disclosure. Raises `NotAnEmergency`."""
    now = now or timezone.now()
    reason = _why_not(person, facts, by, now)
    if reason:
        record(
            act="disclosure.refused", by=by, subject=person.pk, program_id=person.program_id, object_kind="emergency",
            reason=reason, outcome="refused",
        )  # fmt: skip
        raise NotAnEmergency(reason)
    return _write(person, facts, submit_key, by, now)


def _why_not(person: Person, facts: Facts, by, now: datetime) -> str:
    """A code, or "": by the gate, by the facts, and for whoever acts for a minor by the age on the day it was told."""
    posture = get_posture()
    asked = Asked(
        _WAYS.get(facts.kind, "emergency"), by.roles, person=str(person.pk), recipient=facts.recipient.strip(),
        words=facts.nature.strip(),
    )  # fmt: skip
    decision = decide(asked, (), posture, now)
    if not decision.may_leave:
        return decision.reason
    if list_missing(facts, now):
        return "no_facts"
    return why_no_minor(person, posture, facts.disclosed_at) if facts.kind == "parent" else ""


@transaction.atomic
def _write(person: Person, facts: Facts, submit_key: UUID, by, now: datetime) -> Emergency:
    emergency, is_new = Emergency.objects.get_or_create(
        submit_key=submit_key,
        person=person,
        defaults={
            "program_id": person.program_id, "recipient": facts.recipient.strip(), "facility": facts.facility.strip(),
            "disclosed_by_id": by.user_id, "disclosed_by_name": facts.disclosed_by.strip(),
            "disclosed_at": facts.disclosed_at, "nature": facts.nature.strip(), "no_consent": facts.no_consent,
            "told": facts.told.strip(), "kind": facts.kind, "product": facts.product.strip(),
            "only_to_notify": facts.only_to_notify, "acts_as": facts.acts_as, "no_capacity": facts.no_capacity,
            "threat_to": facts.threat_to, "asks_for_services": facts.asks_for_services,
            "judged_no_capacity": facts.judged_no_capacity, "judged_threat": facts.judged_threat,
            "facts_digest": digest_of(facts), "entered_at": now,
        },
    )  # fmt: skip
    if is_new:
        record(act="disclosure.emergency", by=by, subject=person.pk, object_kind="emergency", object_id=emergency.pk,
               reason=facts.no_consent or facts.kind)  # fmt: skip
        _tell_who_may_review(emergency, by, now)
    return emergency


def _tell_who_may_review(emergency: Emergency, by, now: datetime) -> None:
    """A neutral mail to each account that finds it on its page and may review it, once (C6).

    Those are directors, and supervisors who may open the record; never who told it, nor the person it is about.
    """
    reviewers = list_others_with(ACTS["review_emergency"], program_id=emergency.program_id, but=by.user_id)
    users = {one.user_id: one.user for one in reviewers}
    for user in users.values():
        actor = get_actor(user, str(emergency.program_id))[0]
        sees = actor.has("director") or list_participants_visible_to(actor).filter(pk=emergency.person_id).exists()
        if sees and actor.person_id != emergency.person_id:
            key = f"emergency:{emergency.pk.hex}:{user.pk.hex[:12]}"
            queue_account_notice(user, "something_new", now, link=absolute(reverse("emergencies")), once_key=key,
                                 program_id=emergency.program_id)  # fmt: skip


@transaction.atomic
def review_emergency(*, emergency: Emergency, finding: str, words: str, by, now: datetime | None = None) -> Emergency:
    """Another one looked at it: was it right, and what follows. Once. Raises `CannotReview`."""
    locked = Emergency.objects.select_for_update().get(pk=emergency.pk)
    if locked.reviewed_at or finding not in FINDINGS:
        raise CannotReview
    if not may_review(discloser=locked.disclosed_by_id, reviewer=by.user_id):
        raise CannotReview
    locked.reviewed_at, locked.reviewed_by_id = now or timezone.now(), by.user_id
    locked.finding, locked.review_words = finding, words
    locked.save(update_fields=["reviewed_at", "reviewed_by", "finding", "review_words"])
    record(act="emergency.reviewed", by=by, subject=locked.person_id, object_kind="emergency", object_id=locked.pk,
           reason=finding)  # fmt: skip
    return locked


def digest_of(facts: Facts) -> str:
    """64 hex digits over what is kept encrypted: another word, another digest."""
    words = [facts.recipient, facts.facility, facts.disclosed_by, facts.nature, facts.told]
    words += [facts.product] if facts.kind == "fda" else []
    return hashlib.sha256(json.dumps([word.strip() for word in words], ensure_ascii=False).encode()).hexdigest()


def is_as_written(emergency: Emergency) -> bool:
    """Whether what is kept is what was written down at the time."""
    kept = Facts(
        emergency.recipient, emergency.facility, emergency.disclosed_by_name, nature=emergency.nature,
        told=emergency.told, kind=emergency.kind, product=emergency.product,
    )  # fmt: skip
    return emergency.facts_digest == digest_of(kept)
