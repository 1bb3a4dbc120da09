"""Consents, what leaves, stops and is kept back, in any order: nothing leaves without a live consent (C2, B7).

Beside the database stands a model that knows of each consent until when it was live. Ten thousand steps, as rule C2
asks; `python3 dev.py deep` is the deep run.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule
from tests.machines import ENOUGH, PARTS, Machine, rows, run, tell
from tests.privacy.consents import drafted, look
from tests.promises.test_audit_of_reads_and_changes import patch_everywhere

from alongside.privacy import actions
from alongside.privacy.models import Consent, Disclosure
from alongside.rules import disclosure
from alongside.rules.consent import KINDS
from alongside.rules.lifecycles import MoveNotAllowed

WITH_A_DAY = ("specific", "intermediary", "criminal_justice")


class Sharing(Machine):
    """Two people and a few consents."""

    picks = st.integers(0, 7)
    mostly = st.integers(0, 4).map(bool)

    def __init__(self):
        super().__init__()
        self.consents: list[Consent] = []
        self.drafts: list = []
        self.live_until: dict = {}
        """Of each consent that is live: when it ends, or None."""
        self.left = 0
        self.kept: list = []
        """Of each restriction in force: (person, item, the row)."""

    def some(self, pick: int, first=()) -> Consent:
        """A consent as it is now: mostly one of `first`, which are ids, if there are any."""
        ids = list(first) if first and pick else [one.pk for one in self.consents]
        return Consent.objects.get(pk=ids[pick % len(ids)])

    def is_live(self, consent: Consent) -> bool:
        if consent.pk not in self.live_until:
            return False
        ends = self.live_until[consent.pk]
        return ends is None or ends > self.now

    @rule(pick=picks, kind=st.sampled_from(list(KINDS)), signs=mostly)
    @precondition(lambda self: len(self.consents) < 8)
    def draft(self, pick, kind, signs):
        somebody = self.people[pick % 2]
        ends = {"expires_at": self.now + timedelta(days=20)} if kind in WITH_A_DAY else {}
        held = {"held_until": self.now + timedelta(days=5)} if kind == "criminal_justice" else {}
        self.consents.append(drafted(somebody.person, somebody.by, kind, **ends, **held))
        self.drafts.append(self.consents[-1].pk)
        if signs:
            self.sign_one(self.consents[-1], seen=True, named=True)

    @rule(pick=picks, seen=mostly, named=mostly)
    @precondition(lambda self: self.consents)
    def sign(self, pick, seen, named):
        self.sign_one(self.some(pick, self.drafts), seen, named)

    def sign_one(self, consent, seen, named):
        by = self.by[consent.person_id]
        digest = look(consent).digest if seen else "0" * 64
        name = "Somebody" if named else ""
        try:
            signed = actions.sign_consent(consent=consent, seen=digest, signed_name=name, by=by, now=self.now)
        except (MoveNotAllowed, actions.ShownChanged, actions.ConsentNotActive):
            return
        assert consent.status == "draft" and seen and named
        self.drafts.remove(signed.pk)
        self.live_until[signed.pk] = signed.expires_at

    @rule(pick=picks, by_staff=st.booleans())
    @precondition(lambda self: self.consents)
    def stop(self, pick, by_staff):
        self.stop_one(self.some(pick), by_staff)

    def stop_one(self, consent, by_staff):
        own = self.by[consent.person_id]
        try:
            actions.stop_sharing(consent=consent, by=self.staff if by_staff else own, how="spoken", now=self.now)
        except MoveNotAllowed:
            assert consent.pk not in self.live_until
        except actions.CannotStopYet:
            assert consent.held_until > self.now
        else:
            if self.live_until.pop(consent.pk, self) is not self:
                self.happened(f"stopped: {consent.kind}")

    @rule(pick=picks)
    @precondition(lambda self: self.consents)
    def event(self, pick):
        consent = self.some(pick)
        try:
            actions.end_by_event(consent=consent, by=self.staff, now=self.now)
        except MoveNotAllowed:
            return
        self.live_until.pop(consent.pk, None)

    @rule(hours=st.one_of(st.integers(1, 24), st.integers(1, 200)))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)

    @rule()
    def worker(self):
        actions.expire_due(self.now)

    @rule(pick=picks)
    @precondition(lambda self: self.consents)
    def share(self, pick):
        self.share_one(self.some(pick, self.live_until))

    def share_one(self, consent):
        live = self.is_live(consent)
        kept = {item for person, item, _row in self.kept if person == consent.person_id}
        may = [item for item in consent.items if item not in kept] if live else []
        try:
            left = actions.disclose(consent=consent, way="printed", submit_key=uuid4(), by=self.staff, now=self.now)
        except actions.NotDisclosed:
            assert not may, "what is live, known and not kept back may leave"
            self.happened("kept back" if live else "refused")
        else:
            assert live, "it left without a live consent"
            assert left.disclosure.items == may, "what is kept back stays, and nothing else does"
            self.left += 1
            self.happened("left" if may == consent.items else "left in part")
            self.happened(f"left: {consent.kind}")

    @rule(pick=picks, item=st.sampled_from(["being_here", "reach", "contacts"]))
    @precondition(lambda self: len(self.kept) < 3)
    def keep_back(self, pick, item):
        self.keep_back_one(self.people[pick % 2], item)

    def keep_back_one(self, somebody, item):
        asked = actions.ask_restriction(
            person=somebody.person, items=[item], toward="anyone", submit_key=uuid4(), by=somebody.by, now=self.now
        )
        row = actions.decide_restriction(restriction=asked, agree=True, words="Yes.", by=self.staff, now=self.now)
        self.kept.append((somebody.person.pk, item, row))

    @rule(pick=picks, kind=st.sampled_from(list(KINDS)))
    @precondition(lambda self: len(self.consents) < 8 and len(self.kept) < 3)
    def from_beginning_to_end(self, pick, kind):
        """All of one consent at a stretch: each kind leaves, whole and in part, and is stopped, and not by chance."""
        self.draft(pick, kind, True)
        consent = Consent.objects.get(pk=self.consents[-1].pk)
        self.share_one(consent)
        self.keep_back_one(self.people[pick % 2], consent.items[0])
        self.share_one(consent)
        if consent.held_until:
            self.now = max(self.now, consent.held_until)
        self.stop_one(consent, by_staff=bool(pick % 3))

    @rule(pick=picks)
    @precondition(lambda self: self.kept)
    def keep_back_no_longer(self, pick):
        person, _item, row = self.kept.pop(pick % len(self.kept))
        actions.end_restriction(restriction=row, by=self.by[person], now=self.now)

    @rule(pick=picks, wrong_person=st.booleans())
    @precondition(lambda self: self.consents)
    def share_past_the_action(self, pick, wrong_person):
        """As a mistake in some code would: straight into the table."""
        consent = self.some(pick, self.live_until)
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
            self.happened("refused by the database")
        else:
            assert allowed, "the database let it through"
            self.left += 1

    @invariant()
    def as_many_left_as_the_model_says(self):
        assert rows("SELECT COUNT(*) FROM privacy_disclosure") == [(self.left,)]

    @invariant()
    def whoever_is_active_is_whole(self):
        active = rows(f"SELECT id, {WHOLE} FROM privacy_consent WHERE status = 'active'")  # noqa: S608 (ours)
        assert {str(pk).replace("-", "") for pk, _whole in active} <= {pk.hex for pk in self.live_until}
        assert all(whole for _pk, whole in active)

    def teardown(self):
        try:
            for consent in Consent.objects.filter(status="active"):
                assert consent.shown and consent.signed_name and consent.recipient and consent.items
        finally:
            super().teardown()


WHOLE = "shown IS NOT NULL AND signed_name IS NOT NULL AND recipient IS NOT NULL AND items <> '[]'"


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(36000)
@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_leaves_without_a_live_consent_in_any_order(part, record_property):
    ran = run(Sharing, part)
    tell(ran, record_property)
    if ran.steps >= ENOUGH:
        assert ran.seen.keys() >= {"left", "left in part", "refused", "refused by the database"}
        assert ran.seen.keys() >= {f"{what}: {kind}" for what in ("left", "stopped") for kind in KINDS}


@pytest.mark.django_db(transaction=True)
def test_a_gate_that_overlooks_an_end_is_found(monkeypatch):
    patch_everywhere(
        monkeypatch, disclosure.state_at, lambda status, _ends, _now: status if status == "draft" else "active"
    )
    with pytest.raises((AssertionError, IntegrityError)):
        run(Sharing, steps=5000, shrink=False)
