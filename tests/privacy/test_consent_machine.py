"""Consents, what leaves, stops and is kept back, in any order: nothing leaves without a live consent (C2, B7).

Beside the database stands a model that knows of each consent until when it was live. `TEST_STEPS=1000000` is the deep
run; `TEST_STEPS=10000` the one that rule C2 asks for.
"""

import os
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.privacy.consents import drafted, look
from tests.story import make_persona, make_program

from alongside.privacy import actions
from alongside.privacy.models import Consent, Disclosure
from alongside.rules.lifecycles import MoveNotAllowed

STEPS = int(os.environ.get("TEST_STEPS", "1000"))
STEPS_EACH = 50
KINDS = ("specific", "tpo", "legal", "criminal_justice")


class Sharing(RuleBasedStateMachine):
    """Two people and a few consents; the clock only goes forward."""

    picks = st.integers(0, 7)

    @initialize()
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.program = make_program("Riverbend", "riverbend")
        self.scope = scope(program=self.program)
        self.scope.__enter__()
        self.staff = make_persona(self.program, "carmen", "coordinator").actor
        self.people = [make_persona(self.program, name, "participant") for name in ("rosa", "olu")]
        self.now: datetime = timezone.now()
        self.consents: list[Consent] = []
        self.live_until: dict = {}
        """Of each consent that is live: when it ends, or None."""
        self.left = 0
        self.kept: list = []
        """Of each restriction in force: (person, item, the row)."""

    def teardown(self):
        if hasattr(self, "block"):
            self.scope.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def some(self, pick: int) -> Consent:
        return Consent.objects.get(pk=self.consents[pick % len(self.consents)].pk)

    def is_live(self, consent: Consent) -> bool:
        if consent.pk not in self.live_until:
            return False
        ends = self.live_until[consent.pk]
        return ends is None or ends > self.now

    @rule(pick=picks, kind=st.sampled_from(KINDS))
    @precondition(lambda self: hasattr(self, "consents") and len(self.consents) < 8)
    def draft(self, pick, kind):
        somebody = self.people[pick % 2]
        ends = {"expires_at": self.now + timedelta(days=20)} if kind in ("specific", "criminal_justice") else {}
        held = {"held_until": self.now + timedelta(days=5)} if kind == "criminal_justice" else {}
        self.consents.append(drafted(somebody.person, somebody.actor, kind, **ends, **held))

    @rule(pick=picks, seen=st.booleans(), named=st.booleans())
    @precondition(lambda self: getattr(self, "consents", None))
    def sign(self, pick, seen, named):
        consent = self.some(pick)
        by = next(one for one in self.people if one.person.pk == consent.person_id).actor
        digest = look(consent).digest if seen else "0" * 64
        name = "Somebody" if named else ""
        try:
            signed = actions.sign_consent(consent=consent, seen=digest, signed_name=name, by=by, now=self.now)
        except (MoveNotAllowed, actions.ShownChanged, actions.ConsentNotActive):
            return
        assert consent.status == "draft" and seen and named
        self.live_until[signed.pk] = signed.expires_at

    @rule(pick=picks, by_staff=st.booleans())
    @precondition(lambda self: getattr(self, "consents", None))
    def stop(self, pick, by_staff):
        consent = self.some(pick)
        own = next(one for one in self.people if one.person.pk == consent.person_id).actor
        try:
            actions.stop_sharing(consent=consent, by=self.staff if by_staff else own, how="spoken", now=self.now)
        except MoveNotAllowed:
            assert consent.pk not in self.live_until
        except actions.CannotStopYet:
            assert consent.held_until > self.now
        else:
            self.live_until.pop(consent.pk, None)

    @rule(pick=picks)
    @precondition(lambda self: getattr(self, "consents", None))
    def event(self, pick):
        consent = self.some(pick)
        try:
            actions.end_by_event(consent=consent, by=self.staff, now=self.now)
        except MoveNotAllowed:
            return
        self.live_until.pop(consent.pk, None)

    @rule(hours=st.integers(1, 200))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def worker(self):
        actions.expire_due(self.now)

    @rule(pick=picks)
    @precondition(lambda self: getattr(self, "consents", None))
    def share(self, pick):
        consent = self.some(pick)
        live = self.is_live(consent)
        kept = {item for person, item, _row in self.kept if person == consent.person_id}
        may = [item for item in consent.items if item not in kept] if live else []
        try:
            left = actions.disclose(consent=consent, way="printed", submit_key=uuid4(), by=self.staff, now=self.now)
        except actions.NotDisclosed:
            assert not may, "what is live, known and not kept back may leave"
        else:
            assert live, "it left without a live consent"
            assert left.disclosure.items == may, "what is kept back stays, and nothing else does"
            self.left += 1

    @rule(pick=picks, item=st.sampled_from(["being_here", "reach", "contacts"]))
    def keep_back(self, pick, item):
        somebody = self.people[pick % 2]
        asked = actions.ask_restriction(
            person=somebody.person, items=[item], toward="anyone", submit_key=uuid4(), by=somebody.actor, now=self.now
        )
        row = actions.decide_restriction(restriction=asked, agree=True, words="Yes.", by=self.staff, now=self.now)
        self.kept.append((somebody.person.pk, item, row))

    @rule(pick=picks)
    @precondition(lambda self: getattr(self, "kept", None))
    def keep_back_no_longer(self, pick):
        person, _item, row = self.kept.pop(pick % len(self.kept))
        by = next(one for one in self.people if one.person.pk == person).actor
        actions.end_restriction(restriction=row, by=by, now=self.now)

    @rule(pick=picks, wrong_person=st.booleans())
    @precondition(lambda self: getattr(self, "consents", None))
    def share_past_the_action(self, pick, wrong_person):
        """As a mistake in some code would: straight into the table."""
        consent = self.some(pick)
        owner = consent.person_id
        other = next(one.person.pk for one in self.people if one.person.pk != owner)
        kept = any(person == owner and item == "being_here" for person, item, _row in self.kept)
        allowed = self.is_live(consent) and not wrong_person and not kept
        try:
            with transaction.atomic():
                Disclosure.objects.create(
                    program=self.program, person_id=other if wrong_person else owner, consent=consent, way="printed",
                    recipient="x", items=["being_here"], purpose="care", content_digest="0" * 64,
                    disclosed_at=self.now, submit_key=uuid4(),
                )  # fmt: skip
        except IntegrityError:
            assert not allowed
        else:
            assert allowed, "the database let it through"
            self.left += 1

    @invariant()
    def as_many_left_as_the_model_says(self):
        if hasattr(self, "left"):
            assert Disclosure.objects.count() == self.left

    @invariant()
    def whoever_is_active_is_whole(self):
        for consent in Consent.objects.filter(status="active") if hasattr(self, "left") else []:
            assert consent.shown and consent.signed_name and consent.recipient and consent.items
            assert consent.pk in self.live_until


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(36000)
def test_nothing_leaves_without_a_live_consent_in_any_order():
    run_state_machine_as_test(
        Sharing,
        settings=settings(
            max_examples=max(1, STEPS // STEPS_EACH),
            stateful_step_count=STEPS_EACH,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
