"""The sums beside the rows are the rows, whatever happens: through the product's actions, by hand, late, half done."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db import DatabaseError, transaction
from django.utils import timezone
from django_scopes import scope
from hypothesis import HealthCheck, Phase, settings
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

from alongside.calls.models import Agreement, Call
from alongside.impact import actions, checks, queries, recounting
from alongside.impact.models import Mark
from alongside.impact.queries import Ask, list_figures
from alongside.impact.recounting import recount
from alongside.matching.models import Offer, Proposal, Round
from alongside.mentoring.models import Contact, Mentorship
from alongside.people.models import Episode, Person, Program, Site
from alongside.rules import tallies

NOW = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
DAYS_AGO = st.integers(0, 420)
LATER = st.sampled_from([0, 0.3, 1, 5, 29.9, 30, 31, 59, 61, 89, 90, 91, 120])
"""Days after the match on which somebody is reached, at and around the edges of the windows."""


@dataclass(frozen=True)
class OneLife:
    """How it went for one person: days from now, then from step to step; None or nothing: not that far."""

    kind: str
    site: int | None
    ago: int
    asks: float
    waits: float | None
    peer: int
    notes: list[tuple[float, bool]]


LIVES = st.builds(
    OneLife,
    kind=st.sampled_from(["own_recovery", "loved_one"]),
    site=st.sampled_from([0, 1, None]),
    ago=DAYS_AGO,
    asks=st.sampled_from([1, 0.4, 3, 0]),
    waits=st.sampled_from([0.2, 1, 2, 7.5, 30, None]),
    peer=st.integers(0, 1),
    notes=st.lists(st.tuples(LATER, st.booleans()), max_size=4),
)
SINCE = (None, date(2025, 12, 2), date(2025, 3, 2), date(2026, 1, 1), date(2025, 10, 31))


class Life(RuleBasedStateMachine):
    """Six people, two peers, two sites, two programs. After each step the page shows what a recount shows."""

    people = st.integers(0, 5)
    which = st.integers(0, 99)

    @initialize(lives=st.lists(LIVES, min_size=3, max_size=6))
    def begin(self, lives):
        from alongside.people.actor import SystemActor
        from alongside.workforce.actions import create_peer

        self.block = transaction.atomic()
        self.block.__enter__()
        self.other = make_program("Harbor", "harbor")
        Program.objects.filter(pk=self.other.pk).update(time_zone="Asia/Tokyo")
        self.program = make_program("Riverbend", "riverbend")
        self.scope = scope(program=self.program)
        self.scope.__enter__()
        self.carmen = make_persona(self.program, "carmen", "coordinator").actor
        house = SystemActor(program_id=self.program.pk)
        self.dantes = [make_persona(self.program, f"dante{number}", "peer") for number in range(2)]
        self.profiles = [create_peer(person=dante.person, by=house, capacity=50) for dante in self.dantes]
        self.persons = [make_persona(self.program, f"p{number}", "participant").person for number in range(6)]
        self.sites = [Site.objects.create(program=self.program, name=name) for name in ("East", "West")]
        self.today = NOW
        with scope(program=self.other):
            person = Person.objects.create(program=self.other, goes_by="Kai", goes_by_search="kai")
            Episode.objects.create(program=self.other, person=person, status="waiting", opened_at=NOW,
                                   first_waiting_at=NOW)  # fmt: skip
        for person, life in zip(self.persons, lives, strict=False):
            self._live(person, life)

    def attempt(self, what):
        """Do something that may be refused; a refusal leaves nothing half done."""
        from alongside.matching.actions import NothingToOffer, NotWaiting, OfferNotOpen, PeerNotProposed, PlaceTaken
        from alongside.mentoring.actions import MentorshipNotStarted, NoteForNobody
        from alongside.people.actions import EpisodeAlreadyOpen
        from alongside.rules.lifecycles import MoveNotAllowed

        try:
            with transaction.atomic():
                what()
        except (EpisodeAlreadyOpen, MentorshipNotStarted, MoveNotAllowed, NoteForNobody, OfferNotOpen, PlaceTaken,
                NothingToOffer, NotWaiting, PeerNotProposed, DatabaseError):  # fmt: skip
            return

    @staticmethod
    def pick(rows, which):
        """One of these rows, or None."""
        found = list(rows.order_by("pk"))
        return found[which % len(found)] if found else None

    @rule(who=people, life=LIVES)
    def come(self, who, life):
        """Somebody comes, or comes back after their episode was closed."""
        self.attempt(lambda: self._live(self.persons[who], life))

    def _live(self, person, life):
        """Through the actions of the product, at the moments at which they happened."""
        from alongside.matching.actions import send_offers
        from alongside.mentoring.actions import start_mentorship
        from alongside.people.actions import move_episode, open_episode

        at, by = NOW - timedelta(days=life.ago), self.carmen
        site = None if life.site is None else self.sites[life.site]
        episode = open_episode(person=person, by=by, kind=life.kind, site=site, now=at)
        episode = move_episode(episode=episode, to="intake", by=by, now=at)
        if life.asks:
            at += timedelta(days=life.asks)
            episode = move_episode(episode=episode, to="waiting", by=by, now=at)
        if life.asks and life.waits is None:
            send_offers(episode=episode, peers=self.profiles, by=by)
        elif life.asks:
            at += timedelta(days=life.waits)
            episode = move_episode(episode=episode, to="offered", by=by, now=at)
            walk = start_mentorship(episode=episode, peer=self.profiles[life.peer], by=by, now=at)
            for later, reached in life.notes:
                self._write(walk, later, reached)

    def _write(self, walk, later, reached):
        from alongside.mentoring.actions import Note, record_contact

        walk.episode.refresh_from_db()
        at = (walk.episode.matched_at or NOW) + timedelta(days=later)
        note = Note(submit_key=uuid4(), happened_at=at, mode="phone", reached=reached)
        dante = next(dante for dante in self.dantes if dante.person.pk == walk.peer_id)
        record_contact(mentorships=[walk], note=note, by=dante.actor, now=at)

    @precondition(lambda self: Mentorship.objects.exclude(status="ended").exists())
    @rule(which=which, later=LATER, reached=st.booleans())
    def write_note(self, which, later, reached):
        walk = self.pick(Mentorship.objects.exclude(status="ended"), which)
        self.attempt(lambda: self._write(walk, later, reached))

    @precondition(lambda self: Episode.objects.filter(status="waiting").exists())
    @rule(which=which, number=st.integers(1, 2))
    def offer(self, which, number):
        from alongside.matching.actions import send_offers

        episode = self.pick(Episode.objects.filter(status="waiting"), which)
        if episode:
            peers = self.profiles[:number]
            self.attempt(lambda: send_offers(episode=episode, peers=peers, by=self.carmen))

    @precondition(lambda self: Offer.objects.exists())
    @rule(which=which, answer=st.sampled_from(["choose", "accept", "decline", "change_mind", "lapse"]))
    def answer(self, which, answer):
        from alongside.matching import actions as offers

        state = "offered" if answer == "choose" else "chosen"
        offer = self.pick(Offer.objects.filter(status=state), which)
        if offer:
            self.attempt({
                "choose": lambda: offers.choose(offer=offer, by=self.carmen, via="phone"),
                "accept": lambda: offers.accept(offer=offer, by=self.carmen),
                "decline": lambda: offers.peer_decline(offer=offer, by=self.carmen),
                "change_mind": lambda: offers.change_mind(offer=offer, by=self.carmen, via="phone"),
                "lapse": lambda: offers.lapse_due_offers(timezone.now() + timedelta(days=60)),
            }[answer])  # fmt: skip

    @precondition(lambda self: Mentorship.objects.exclude(status="ended").exists())
    @rule(which=which, how=st.sampled_from(["end", "stop"]))
    def end(self, which, how):
        from alongside.mentoring.actions import end_mentorship, stop_here

        walk = self.pick(Mentorship.objects.exclude(status="ended"), which)
        if walk:
            self.attempt({
                "end": lambda: end_mentorship(mentorship=walk, reason="moved", by=self.carmen),
                "stop": lambda: stop_here(episode=walk.episode, by=self.carmen),
            }[how])  # fmt: skip

    @precondition(lambda self: Episode.objects.exists())
    @rule(which=which, field=st.sampled_from(["opened_at", "first_waiting_at", "matched_at", "active_since"]),
          ago=st.none() | DAYS_AGO)  # fmt: skip
    def correct_a_day(self, which, field, ago):
        episode = self.pick(Episode.objects.all(), which)
        if episode and not (field == "opened_at" and ago is None):
            at = None if ago is None else NOW - timedelta(days=ago)
            Episode.objects.filter(pk=episode.pk).update(**{field: at})

    @precondition(lambda self: Episode.objects.exclude(status="closed").exists())
    @rule(which=which, change=st.sampled_from([{"kind": "loved_one"}, {"kind": "own_recovery"}, {"site": 0},
                                               {"site": 1}, {"site": None}, {"status": "intake"},
                                               {"status": "waiting"}]))  # fmt: skip
    def correct_an_episode(self, which, change):
        episode = self.pick(Episode.objects.exclude(status="closed"), which)
        if episode:
            if change.get("site") is not None:
                change = {"site": self.pick(Site.objects.all(), change["site"])}
            Episode.objects.filter(pk=episode.pk).update(**change)

    @precondition(lambda self: Contact.objects.exists())
    @rule(which=which, how=st.sampled_from(["earlier", "tried", "reached", "missed", "erase", "other"]), to=which)
    def correct_a_note(self, which, how, to):
        note = self.pick(Contact.objects.all(), which)
        if note is None:
            return
        same = Contact.objects.filter(pk=note.pk)
        {
            "earlier": lambda: same.update(happened_at=note.happened_at - timedelta(days=20, hours=7)),
            "tried": lambda: same.update(status="attempted"),
            "reached": lambda: same.update(status="completed"),
            "missed": lambda: same.update(status="missed"),
            "erase": lambda: same.delete(),
            "other": lambda: same.update(mentorship=self.pick(Mentorship.objects.all(), to)),
        }[how]()

    @precondition(lambda self: Episode.objects.exists())
    @rule(which=which, ago=DAYS_AGO, outcome=st.sampled_from(["well", "no_answer", "gone"]))
    def be_called(self, which, ago, outcome):
        """By somebody who need not walk with them; one call is erased where the outcome says so."""
        episode = self.pick(Episode.objects.all(), which)
        if outcome == "gone" or episode is None:
            call = self.pick(Call.objects.all(), which)
            Call.objects.filter(pk=call.pk if call else None).delete()
            return
        at, named = NOW - timedelta(days=ago), {"program": self.program, "person": episode.person, "episode": episode}
        agreement = Agreement.objects.create(
            agreed_at=at, agreed_how="page", language="en", hours="f" * 42, time_zone="UTC", started_on=at.date(),
            round_on=at.date(), why="first", status="ended", ended_at=at, end_reason="own_wish", **named,
        )  # fmt: skip
        Call.objects.create(
            agreement=agreement, caller=self.dantes[0].person, called_at=at, why="first", outcome=outcome,
            is_reached=outcome == "well", submit_key=uuid4(), **named,
        )  # fmt: skip

    @precondition(lambda self: Mentorship.objects.exists())
    @rule(which=which, to=which)
    def merge(self, which, to):
        """What a merge of two people does: walks and offers of one episode go over to another."""
        one, other = self.pick(Episode.objects.all(), which), self.pick(Episode.objects.all(), to)
        if one:
            self.attempt(lambda: Mentorship.objects.filter(episode=one, status="ended").update(episode=other))
            self.attempt(lambda: Mentorship.objects.filter(episode=one).update(episode=other))
            self.attempt(lambda: Offer.objects.filter(episode=one).update(episode=other))

    @precondition(lambda self: Episode.objects.exists())
    @rule(which=which)
    def erase(self, which):
        """Everything of an episode is gone, in one go."""
        episode = self.pick(Episode.objects.all(), which)
        if episode:
            self.attempt(lambda: self._erase(episode))

    @staticmethod
    def _erase(episode):
        for model, path in ((Contact, "mentorship__episode"), (Offer, "episode"), (Round, "episode"),
                            (Call, "episode"), (Agreement, "episode"), (Proposal, "episode"),
                            (Mentorship, "episode"), (Episode, "pk")):  # fmt: skip
            if model is Contact:
                from alongside.mentoring.models import Appointment, Handover, Message

                for other in (Appointment, Handover, Message):
                    other.objects.filter(mentorship__episode=episode).delete()
            model.objects.filter(**{path: episode.pk}).delete()

    @rule(which=which)
    def close_a_site(self, which):
        if Site.objects.count() > 1:
            self.pick(Site.objects.all(), which).delete()

    @rule(name=st.sampled_from(["Elsewhere", "North"]), which=which)
    def rename_a_site(self, name, which):
        if not Site.objects.filter(name=name).exists():
            Site.objects.filter(pk=self.pick(Site.objects.all(), which).pk).update(name=name)

    @rule(zone=st.sampled_from(["America/Los_Angeles", "Pacific/Kiritimati", "America/Havana"]))
    def move_the_clocks(self, zone):
        Program.objects.filter(pk=self.program.pk).update(time_zone=zone)
        self.program.refresh_from_db()

    @rule(days=st.integers(0, 100))
    def wait(self, days):
        self.today = NOW + timedelta(days=days)

    @rule()
    def fold_once(self):
        actions.fold(self.program)

    @precondition(lambda self: Mark.objects.exists())
    @rule()
    def be_killed_while_folding(self):
        """What a kill leaves: nothing of the transaction."""
        before = Mark.objects.count()
        with transaction.atomic():
            actions.fold(self.program)
            transaction.set_rollback(True)
        assert Mark.objects.count() == before

    @rule()
    def rebuild(self):
        actions.rebuild(self.program)

    @invariant()
    def the_page_shows_what_a_recount_shows(self):
        if not hasattr(self, "sites"):
            return
        programs = (self.program, self.other)
        step = self.step = getattr(self, "step", 0) + 1
        if step % 2 == 0:  # marks of several steps are folded together
            return
        actions.count_all(programs)
        for number, grouping in enumerate(queries.GROUPINGS):
            since = SINCE[(step + number) % len(SINCE)]
            ask = Ask(programs if grouping == "program" else programs[:1], grouping, since)
            shown, counted = list_figures(ask, self.today), recount(ask, self.today)
            assert shown == counted, (grouping, since)
        assert checks.list_problems(programs) == []

    def teardown(self):
        if hasattr(self, "scope"):
            self.scope.__exit__(None, None, None)
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)


def test_the_page_shows_what_a_recount_shows_whatever_happens(db, monkeypatch):
    """Small cells are not hidden here, and small groups not put together: else there would be little to compare."""
    for module in (tallies, recounting):
        monkeypatch.setattr(module, "publish", lambda figures: figures)
        monkeypatch.setattr(module, "merge_small_groups", lambda sizes: {name: name for name in sizes})
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=4,
            stateful_step_count=16,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],  # to shrink takes minutes; the steps are printed anyway
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
