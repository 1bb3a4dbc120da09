"""What the database itself holds (I1): its triggers are there, and `places_taken` is true after whatever happens.

On SQLite a migration that alters a table drops its triggers silently; then the first test here fails.
"""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
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
from tests.story import make_persona, make_program

from alongside.audit.vendor_sql import VendorSQL

CREATE = re.compile(r"CREATE (?:CONSTRAINT )?TRIGGER (?:IF NOT EXISTS )?\"?(\w+)\"?", re.IGNORECASE)
DROP = re.compile(r"DROP TRIGGER (?:IF EXISTS )?\"?(\w+)\"?", re.IGNORECASE)


def list_promised() -> set[str]:
    """Names of the triggers that the migrations, run in order, leave behind on this vendor."""
    graph, names = MigrationLoader(None).graph, set()
    nodes = dict.fromkeys(node for leaf in graph.leaf_nodes() for node in graph.forwards_plan(leaf))
    for operation in (operation for node in nodes for operation in graph.nodes[node].operations):
        if isinstance(operation, VendorSQL):
            for statement in operation.forwards[connection.vendor]:
                names -= set(DROP.findall(statement))
                names |= set(CREATE.findall(statement))
    return names


def list_present() -> set[str]:
    """Names of the triggers of the database, on PostgreSQL only those that are switched on."""
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name for (name,) in cursor.fetchall()}


def test_every_trigger_of_the_migrations_is_there(db):
    promised = list_promised()
    assert any(name.startswith("places_mentoring_mentorship") for name in promised)
    assert any(name.startswith("places_matching_offer") for name in promised)
    assert any(name.startswith("never_pair_") for name in promised)
    assert any(name.startswith("insert_only_audit_entry") for name in promised)
    assert any(name.startswith("insert_only_council_policy") for name in promised)
    assert promised - list_present() == set()


def test_there_is_no_trigger_that_no_migration_made(db):
    assert list_present() - list_promised() == set()


@pytest.mark.parametrize(
    "table", ["audit_entry", "audit_seal", "council_policy", "privacy_programlaw", "privacy_notice"]
)
def test_what_is_only_added_cannot_be_changed_or_removed(whole_story, table):
    from alongside.audit.sealing import seal_pending

    seal_pending(timezone.now())
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    column = next(field.column for field in model._meta.concrete_fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  (a table of ours)
        assert cursor.fetchone()[0] > 0
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


class Places(RuleBasedStateMachine):
    """Six people and three peers: whatever is started, ended, offered, chosen, answered or bounded, the count is true.

    Refusals are part of life here: what matters is what the database holds afterwards.
    """

    people = st.integers(0, 5)
    peers = st.integers(0, 2)

    @initialize(capacities=st.lists(st.integers(0, 3), min_size=3, max_size=3))
    def begin(self, capacities):
        from alongside.people.actions import move_episode, open_episode
        from alongside.people.actor import SystemActor
        from alongside.workforce.actions import create_peer

        self.block = transaction.atomic()
        self.block.__enter__()
        self.program = make_program("Riverbend", "riverbend")
        self.scope = scope(program=self.program)
        self.scope.__enter__()
        self.by = make_persona(self.program, "carmen", "coordinator").actor
        house = SystemActor(program_id=self.program.pk)
        self.episodes, self.profiles = [], []
        for number in range(6):
            person = make_persona(self.program, f"p{number}", "participant").person
            episode = open_episode(person=person, by=house)
            for state in ("intake", "waiting"):
                episode = move_episode(episode=episode, to=state, by=self.by)
            self.episodes.append(episode)
        for number, capacity in enumerate(capacities):
            person = make_persona(self.program, f"peer{number}", "peer").person
            self.profiles.append(create_peer(person=person, by=house, capacity=capacity))

    def attempt(self, what, *refusals):
        """Do something that may be refused; a refusal leaves nothing half done."""
        from alongside.matching.actions import OfferNotOpen, PlaceTaken
        from alongside.mentoring.actions import MentorshipNotStarted
        from alongside.rules.lifecycles import MoveNotAllowed

        try:
            with transaction.atomic():
                return what()
        except (MentorshipNotStarted, MoveNotAllowed, OfferNotOpen, PlaceTaken, DatabaseError, *refusals):
            return None

    def offers(self, *states):
        """Offers in these states, oldest first."""
        from alongside.matching.models import Offer

        return list(Offer.objects.filter(status__in=states).order_by("offered_at", "rank"))

    @rule(who=people, peers=st.lists(peers, min_size=1, max_size=3, unique=True))
    def offer(self, who, peers):
        from alongside.matching.actions import NothingToOffer, NotWaiting, PeerNotProposed, send_offers

        episode, chosen = self.episodes[who], [self.profiles[number] for number in peers]
        self.attempt(lambda: send_offers(episode=episode, peers=chosen, by=self.by), NotWaiting, PeerNotProposed,
                     NothingToOffer)  # fmt: skip

    @precondition(lambda self: self.offers("offered"))
    @rule(which=st.integers(0, 99))
    def choose(self, which):
        from alongside.matching.actions import choose

        open_ones = self.offers("offered")
        self.attempt(lambda: choose(offer=open_ones[which % len(open_ones)], by=self.by, via="phone"))

    @precondition(lambda self: self.offers("chosen"))
    @rule(which=st.integers(0, 99), answer=st.sampled_from(["accept", "decline", "change_mind", "lapse"]))
    def answer(self, which, answer):
        from alongside.matching import actions

        chosen = self.offers("chosen")
        offer = chosen[which % len(chosen)]
        self.attempt({
            "accept": lambda: actions.accept(offer=offer, by=self.by),
            "decline": lambda: actions.peer_decline(offer=offer, by=self.by),
            "change_mind": lambda: actions.change_mind(offer=offer, by=self.by, via="phone"),
            "lapse": lambda: actions.lapse_due_offers(timezone.now() + timedelta(days=60)),
        }[answer])  # fmt: skip

    @rule(who=people, peer=peers)
    def start_by_hand(self, who, peer):
        """Straight to the table: no action stands between."""
        from alongside.mentoring.models import Mentorship

        episode = self.episodes[who]
        self.attempt(lambda: Mentorship.objects.create(
            program=self.program, episode=episode, participant_id=episode.person_id, peer=self.profiles[peer],
            introduced_at=timezone.now(),
        ))  # fmt: skip

    @rule(which=st.integers(0, 99), how=st.sampled_from(["end", "pause", "delete", "move"]), peer=peers)
    def change_mentorship(self, which, how, peer):
        from alongside.mentoring.actions import end_mentorship
        from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship

        rows = list(Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).order_by("introduced_at"))
        if not rows:
            return
        row = rows[which % len(rows)]
        same = Mentorship.objects.filter(pk=row.pk)
        self.attempt({
            "end": lambda: end_mentorship(mentorship=row, reason="moved", by=self.by),
            "pause": lambda: same.update(status="paused"),
            "delete": lambda: same.delete(),
            "move": lambda: same.update(peer=self.profiles[peer]),
        }[how])  # fmt: skip

    @rule(who=people)
    def stop(self, who):
        from alongside.mentoring.actions import stop_here

        self.attempt(lambda: stop_here(episode=self.episodes[who], by=self.by))

    @rule(peer=peers, capacity=st.integers(0, 3))
    def change_capacity(self, peer, capacity):
        from alongside.workforce.models import PeerProfile

        self.attempt(lambda: PeerProfile.objects.filter(pk=self.profiles[peer].pk).update(capacity=capacity))

    @rule(who=people, peer=peers)
    def never_pair(self, who, peer):
        from alongside.people.actions import record_boundary

        person, other = self.episodes[who].person, self.profiles[peer].person
        self.attempt(lambda: record_boundary(person=person, other=other, kind="kin", by=self.by))

    @invariant()
    def the_count_is_true(self):
        from alongside.matching.models import Offer
        from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship
        from alongside.workforce.models import PeerProfile

        if not hasattr(self, "profiles") or len(self.profiles) < 3:
            return
        taken = Counter(Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).values_list("peer", flat=True))
        taken.update(Offer.objects.filter(status="chosen").values_list("peer", flat=True))
        for profile in PeerProfile.objects.all():
            assert profile.places_taken == taken[profile.pk]
            assert 0 <= profile.places_taken <= profile.capacity

    @invariant()
    def nobody_walks_with_two(self):
        from alongside.mentoring.models import OPEN_MENTORSHIPS, Mentorship

        if hasattr(self, "profiles"):
            open_ones = Mentorship.objects.filter(status__in=OPEN_MENTORSHIPS).values_list("episode", flat=True)
            assert not [episode for episode, count in Counter(open_ones).items() if count > 1]

    def teardown(self):
        if hasattr(self, "scope"):
            self.scope.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


def test_places_taken_is_true_whatever_happens(db):
    run_state_machine_as_test(
        Places,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
