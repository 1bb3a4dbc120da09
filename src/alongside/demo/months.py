"""The months before today, played day by day through the product's own actions, so that every page has a past."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.council.queries import get_cadence_policy
from alongside.intake.actions import come_back, finish_intake
from alongside.matching import actions as matching
from alongside.matching.models import Offer, Round
from alongside.mentoring import actions as mentoring
from alongside.mentoring.models import Handover, Mentorship
from alongside.people.actions import move_episode
from alongside.people.actor import Actor
from alongside.people.models import Person, Program
from alongside.rules.vocabulary import KINDS_OF_SUPPORT

from . import words
from .staff import actor_for

LEAVES_A_DAY = 0.0022
"""Chance a day that an open mentorship ends or changes: about half of all within ten months."""


@dataclass
class Months:
    """Plays a program from a first day to today. For `kept`, whose story is told elsewhere, nothing ends."""

    program: Program
    coordinator: Actor
    supervisor: Actor
    rng: Random
    today: date
    kept: frozenset[UUID] = frozenset()
    touch: dict[UUID, int] = field(default_factory=dict)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment on a day, in the program's zone."""
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(self.program.time_zone))

    def uuid(self) -> UUID:
        """A key of the demo's own chance, so that the same seed gives the same keys."""
        return UUID(int=self.rng.getrandbits(128), version=4)

    def play(self, first: date, arrive: Callable[[date], None], progress: Callable[[int, int], None]) -> None:
        """Every day somebody may arrive, be matched, be called, answer, rest, leave or come back."""
        total = (self.today - first).days
        for number in range(total):
            day = first + timedelta(days=number)
            arrive(day)
            if day.weekday() == 0:
                self.match(self.at(day, 9))
            self.answer(day)
            self.call(day)
            self.change(day)
            progress(number + 1, total + 1)

    def match(self, now: datetime, *, send: bool = True) -> None:
        """The coordinator's Monday: propose for all who wait, and send."""
        matching.run_matching(program=self.program, by=self.coordinator, now=now)
        if send:
            matching.send_all_offers(program=self.program, by=self.coordinator, now=now)

    def answer(self, day: date) -> None:
        """Participants choose, peers answer, what nobody answered lapses."""
        now = self.at(day, 18)
        matching.lapse_due(program=self.program, now=now)
        for offer in Offer.objects.filter(status="chosen").select_related("peer__person"):
            if self.rng.random() < 0.7:
                peer = actor_for(offer.peer.person, "peer")
                if self.rng.random() < 0.92:
                    matching.accept(offer=offer, by=peer, now=now)
                else:
                    matching.peer_decline(offer=offer, by=peer, now=now)
        for round_ in Round.objects.filter(status="open").select_related("episode__person"):
            if round_.offers.filter(status="chosen").exists() or self.rng.random() > 0.5:
                continue
            self._choose(round_, now + timedelta(minutes=5))

    def _choose(self, round_: Round, now: datetime) -> None:
        person, roll = round_.episode.person, self.rng.random()
        offers = list(round_.offers.filter(status="offered"))
        if not offers:
            return
        by, via = actor_for(person, "participant"), "self"
        if not person.email:
            by, via = self.coordinator, self.rng.choice(["phone", "phone", "paper", "in_person"])
        try:
            if roll < 0.12:
                matching.you_choose(round_=round_, by=by, via=via, now=now)
            elif roll < 0.17:
                matching.decline(offer=offers[-1], by=by, via=via, now=now)
            else:
                matching.choose(offer=offers[0 if roll < 0.75 else -1], by=by, via=via, now=now)
        except matching.PlaceTaken:
            return  # told kindly; they choose again another day

    def call(self, day: date) -> None:
        """Peers call by the cadence in force, not always on the day, and not everybody answers."""
        policy = get_cadence_policy()
        open_ones = Mentorship.objects.filter(status__in=["introduced", "active", "handing_over"]).select_related(
            "participant", "peer__person", "episode"
        )
        for mentorship in open_ones:
            since = (mentorship.latest_reached_at or mentorship.introduced_at).date()
            phase_day = max(1, (day - mentorship.introduced_at.date()).days)
            every = next((p.every_days for p in policy.phases if phase_day <= p.until_day), policy.after_every_days)
            promised = mentorship.next_step_on is not None and mentorship.next_step_on <= day
            due = promised or (day - since).days >= every
            if due and self.rng.random() < (0.85 if promised else 0.55):
                self.write_note(mentorship, self.at(day, self.rng.randint(9, 19), self.rng.choice([0, 10, 20, 40])))

    def write_note(self, mentorship: Mentorship, when: datetime) -> None:
        """One note, as peers write them: short, plain, sometimes only an attempt; sometimes answered, mostly seen."""
        rng, language = self.rng, mentorship.participant.language
        language = language if language in words.NOTES else "en"
        together = (when - mentorship.introduced_at).days
        stays = together < self.days_in_touch(mentorship)
        reached = rng.random() < (0.05 if not stays else 0.72 if mentorship.attempts_since_reached < 2 else 0.5)
        note = mentoring.Note(
            submit_key=self.uuid(),
            happened_at=when,
            mode=rng.choice(["phone", "phone", "phone", "in_person", "text", "video"]),
            reached=reached,
            minutes=rng.choice([5, 10, 15, 15, 20, 30, 45]) if reached else 0,
            message_left=not reached and rng.random() < 0.3,
            kinds_of_support=rng.sample(KINDS_OF_SUPPORT, rng.choice([1, 1, 2])) if reached else (),
            note=rng.choice(words.NOTES[language]) if reached else "",
            next_step=rng.choice(words.NEXT_STEPS[language]) if reached and rng.random() < 0.4 else "",
            next_step_on=when.date() + timedelta(days=rng.randint(2, 6)) if reached and rng.random() < 0.4 else None,
            read_together=reached,
        )
        peer = actor_for(mentorship.peer.person, "peer")
        (contact,) = mentoring.record_contact(mentorships=[mentorship], note=note, by=peer, now=when)
        if reached and rng.random() < 0.08:
            mentoring.add_to_note(
                contact=contact,
                words=rng.choice(words.ANSWERS[language]),
                submit_key=self.uuid(),
                by=actor_for(mentorship.participant, "participant"),
                is_answer=True,
                now=when + timedelta(hours=3),
            )
        if rng.random() < 0.8 and (self.today - when.date()).days > 6:
            mentoring.say_seen(
                contact=contact,
                supervisor=Person.objects.get(pk=self.supervisor.person_id),
                by=self.supervisor,
                words=rng.choice(["", "", "", "Thank you.", "Well done both."]),
                now=when + timedelta(days=2),
            )

    def days_in_touch(self, mentorship: Mentorship) -> int:
        """How long somebody lets themself be reached: many for long, some for a few weeks, as programs report it."""
        if mentorship.participant_id not in self.touch:
            self.touch[mentorship.participant_id] = 10_000 if self.rng.random() < 0.55 else self.rng.randint(0, 95)
        return self.touch[mentorship.participant_id]

    def change(self, day: date) -> None:
        """Now and then a mentorship ends, changes or rests, and somebody comes back."""
        now = self.at(day, 20)
        for mentorship in Mentorship.objects.filter(status="active").exclude(participant__in=self.kept):
            roll = self.rng.random()
            if mentorship.attempts_since_reached > 5:
                roll /= 12  # nobody answers any more: it ends sooner, and the door stays open
            if roll < LEAVES_A_DAY * 0.55:
                self._leave(mentorship, now)
            elif roll < LEAVES_A_DAY * 0.8:
                self._change_peer(mentorship, now)
            elif roll < LEAVES_A_DAY:
                mentoring.pause_mentorship(
                    mentorship=mentorship,
                    by=actor_for(mentorship.participant, "participant"),
                    until=day + timedelta(days=self.rng.randint(7, 21)),
                )
        for mentorship in Mentorship.objects.filter(status="paused", paused_until__lte=day):
            mentoring.begin_walking(mentorship=mentorship, by=actor_for(mentorship.peer.person, "peer"), now=now)
        for handover in Handover.objects.filter(status="arranged", next_mentorship__isnull=False):
            mentoring.finish_handover(handover=handover, by=self.coordinator, met=True, now=now)
        if self.rng.random() < 0.02:
            self._come_back(now)

    def _leave(self, mentorship: Mentorship, now: datetime) -> None:
        reason = "lost_touch" if mentorship.attempts_since_reached > 3 else self.rng.choice(GOOD_ENDS)
        episode = mentorship.episode
        mentoring.end_mentorship(mentorship=mentorship, reason=reason, by=self.coordinator, now=now)
        move_episode(episode=episode, to="closed", by=self.coordinator, reason=reason, now=now)

    def _change_peer(self, mentorship: Mentorship, now: datetime) -> None:
        by = actor_for(mentorship.participant, "participant")
        choice = self.rng.choice(["all", "none", "since"])
        handover = mentoring.ask_for_another_peer(
            mentorship=mentorship,
            by=by,
            history_choice=choice,
            history_since=(now - timedelta(days=30)).date() if choice == "since" else None,
            wants_three_way=self.rng.random() < 0.5,
            now=now,
        )
        mentoring.arrange_handover(handover=handover, by=self.coordinator, now=now + timedelta(hours=1))

    def _come_back(self, now: datetime) -> None:
        gone = (
            Person.objects.filter(episodes__status="closed").exclude(episodes__status__in=OPEN_EPISODES).order_by("pk")
        )
        person = gone.first()
        if person:
            finish_intake(episode=come_back(person=person, by=self.coordinator, now=now), by=self.coordinator, now=now)


GOOD_ENDS = ("completed", "completed", "moved", "own_wish")
OPEN_EPISODES = ("inquiry", "intake", "waiting", "offered", "matched", "active", "paused")
