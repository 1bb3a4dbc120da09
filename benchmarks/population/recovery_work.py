"""What people and their peers work with beside contacts: check-ins, plans, calls, ways to places, asks to come along.

A draw of its own (`rng`), so that it changes nothing of who came when. Three in ten of those who walk with a peer check
in each week, four in ten wrote a plan, one in ten is called by volunteers too, one in ten is on the way to a place.
"""

import json
from random import Random

from alongside.assessments.models import Asking
from alongside.audit.fields import blind_index
from alongside.calls.models import Agreement, Call
from alongside.checkins.models import CheckIn, Rhythm
from alongside.mentoring.models import Addition
from alongside.outings.models import Ask, Saved
from alongside.recovery.models import Goal, Sheet, Step
from alongside.referrals.models import Referral
from alongside.rules.availability import hours_from_parts
from alongside.rules.check_in import QUESTIONS
from alongside.rules.sheets import AREAS

from .bulk import Table, new_id
from .clock import LOCAL, MINUTES, Clock
from .people import PARTS

ZONE = "America/Los_Angeles"
CHECK_INS, PLANS, CALLED, WAYS, ALONG = 0.3, 0.4, 0.1, 0.1, 0.03
RETURNED, WISHED = 0.03, 0.02
GOALS = ("A room of my own", "Sleep through the night", "See my daughter on Sundays", "Work that I like")
STEPS = ("Call about the room", "Ask at the library", "Walk there together once", "Write the letter")
PLACES = ("Rivergate Food Shelf", "Open Door Clinic", "Second Street Legal Aid")


class RecoveryWork:
    """Writes it for one program. `walk` is told of each open mentorship, `flush` comes when all people are there."""

    def __init__(self, rng: Random, clock: Clock, program: str, callers: list[str]):
        self.rng, self.clock, self.program, self.callers = rng, clock, program, callers
        self.answer = Table(
            Addition, "id", "program", "contact", "author", "is_answer", "words", "added_at", "submit_key"
        )
        self.rhythm = Table(
            Rhythm, "id", "program", "person", "next_ask_on", "latest_at", "wants_call_at", "dropped_at",
            "quiet_from_on",
        )  # fmt: skip
        self.check_in = Table(
            CheckIn, "id", "program", "person", "at", "via", "answers", "scale", "wants_call", "submit_key"
        )
        self.sheet = Table(Sheet, "id", "program", "person", "kind", "parts", "made_at", "changed_at")
        self.goal = Table(Goal, "id", "program", "sheet", "area", "words", "made_at", "done_at", "submit_key")
        self.step = Table(Step, "id", "program", "goal", "words", "owner", "due_on", "made_at", "done_at", "submit_key")
        self.agreement = Table(
            Agreement, "id", "program", "person", "episode", "agreed_at", "agreed_how", "language", "hours",
            "time_zone", "started_on", "round_on", "due_at", "why",
        )  # fmt: skip
        self.call = Table(
            Call, "id", "program", "agreement", "person", "episode", "caller", "called_at", "why", "outcome",
            "is_reached", "submit_key",
        )  # fmt: skip
        self.saved = Table(
            Saved, "id", "program", "person", "kind", "copy", "days", "starts", "ends", "zone", "saved_at", "looked_at",
            "submit_key",
        )  # fmt: skip
        self.ask = Table(Ask, "id", "program", "saved", "mentorship", "on_day", "starts_at", "minutes", "asked_at")
        self.referral = Table(
            Referral, "id", "program", "person", "way", "place", "place_index", "requested_at", "look_on", "submit_key"
        )

        self.asking = Table(Asking, "id", "program", "person", "due_on", "next_on", "reminded_on", "policy_version")

    def came_back(self, minute: int) -> str | None:
        """The day on which somebody told of a return to use, for a few of those who are here since `minute`."""
        if self.rng.random() > RETURNED:
            return None
        return self.clock.day(max(minute, self.clock.now - int(self.rng.random() * 40) * MINUTES))

    def walk(self, mentorship: str, episode: str, participant: str, since: int) -> str | None:
        """All of somebody who walks with a peer since a minute; when they asked for a call, if they do now."""
        rng, wished = self.rng, None
        if rng.random() < CHECK_INS:
            wished = self._check_ins(participant, since)
        if rng.random() < PLANS:
            self._plan(participant, since)
        if rng.random() < CALLED:
            self._calls(participant, episode, since)
        if rng.random() < WAYS:
            self._way(participant)
        if rng.random() < ALONG:
            self._along(mentorship, participant)
        self._turn(participant)
        if wished is None and rng.random() < WISHED:
            wished = self.clock.text(self.clock.now - int(rng.random() * 2000))
        return wished

    def _check_ins(self, person: str, since: int) -> str | None:
        """Weekly, the latest twenty; one in fifteen fell, one in ten went quiet, one in twelve wishes to be called."""
        rng, clock, text = self.rng, self.clock, self.clock.text
        quiet, fell, wishes = rng.random() < 0.1, rng.random() < 0.07, rng.random() < 0.08
        latest = max(since, clock.now - (30 if quiet else int(rng.random() * 7)) * MINUTES)
        usual, moment = 2 + rng.random() * 2, latest
        for back in range(20):
            moment = latest - back * 7 * MINUTES
            if moment < since:
                break
            level = usual - (1.5 if fell and back < 3 else 0)
            answers = {one: min(5, max(1, round(level + rng.gauss(0, 0.6)))) for one in QUESTIONS}
            self.check_in.add(
                new_id(rng), self.program, person, text(moment), "text" if rng.random() < 0.2 else "page",
                json.dumps(answers), 5, wishes and back == 0, new_id(rng),
            )  # fmt: skip
        self.rhythm.add(
            new_id(rng), self.program, person, clock.day(clock.now + (1 + int(rng.random() * 6)) * MINUTES),
            text(latest), text(latest) if wishes else None, text(latest) if fell else None,
            clock.day(latest + 14 * MINUTES) if quiet else None,
        )  # fmt: skip
        return text(latest) if wishes else None

    def _plan(self, person: str, since: int) -> None:
        """One to three goals, each with two small steps; some done, some of the peer's, some with a day."""
        rng, clock, text = self.rng, self.clock, self.clock.text
        sheet, made = new_id(rng), text(since)
        self.sheet.add(sheet, self.program, person, "plan", json.dumps({"hope": rng.choice(GOALS)}), made, made)
        for _ in range(1 + int(rng.random() * 3)):
            goal, done = new_id(rng), text(clock.now - 9 * MINUTES) if rng.random() < 0.2 else None
            self.goal.add(goal, self.program, sheet, rng.choice(AREAS), rng.choice(GOALS), made, done, new_id(rng))
            for _ in range(2):
                due = clock.day(clock.now + int(rng.random() * 20 - 6) * MINUTES) if rng.random() < 0.6 else None
                taken = text(clock.now - 2 * MINUTES) if rng.random() < 0.4 else None
                self.step.add(
                    new_id(rng), self.program, goal, rng.choice(STEPS),
                    "peer" if rng.random() < 0.3 else "person", due, made, taken, new_id(rng),
                )  # fmt: skip

    def _calls(self, person: str, episode: str, since: int) -> None:
        """Weekly calls by somebody else than their peer; two in three reached."""
        rng, clock, text = self.rng, self.clock, self.clock.text
        agreement = new_id(rng)
        self.agreement.add(
            agreement, self.program, person, episode, text(since), "page", "en", hours_from_parts(PARTS), ZONE,
            clock.day(since), clock.day(clock.now), text(clock.now + int(rng.random() * 7) * MINUTES), "weekly",
        )  # fmt: skip
        for back in range(12):
            moment = clock.now - (back * 7 + int(rng.random() * 6)) * MINUTES - 90
            if moment < since:
                break
            reached = rng.random() < 0.66
            self.call.add(
                new_id(rng), self.program, agreement, person, episode, rng.choice(self.callers), text(moment), "weekly",
                "well" if reached else "no_answer", reached, new_id(rng),
            )  # fmt: skip

    def _way(self, person: str) -> None:
        """On the way to a place by themself; about half should be asked how it goes."""
        rng, clock = self.rng, self.clock
        place = rng.choice(PLACES)
        self.referral.add(
            new_id(rng), self.program, person, "themself", place, blind_index(place, "name"),
            clock.text(clock.now - 8 * MINUTES), clock.day(clock.now + int(rng.random() * 12 - 6) * MINUTES),
            new_id(rng),
        )  # fmt: skip

    def _turn(self, person: str) -> None:
        """Once in six weeks it is somebody's turn for questions, as the worker reckons it for everybody."""
        clock = self.clock
        begun = clock.now - int(self.rng.random() * 42) * MINUTES
        turn = clock.day(begun)
        self.asking.add(new_id(self.rng), self.program, person, turn, clock.day(begun + 42 * MINUTES), turn, 1)

    def _along(self, mentorship: str, person: str) -> None:
        """Asks the peer to come along on one of the next days."""
        rng, clock, text = self.rng, self.clock, self.clock.text
        saved, day = new_id(rng), clock.now + (1 + int(rng.random() * 5)) * MINUTES
        at = day // MINUTES * MINUTES + LOCAL + 10 * 60
        asked = text(clock.now - 300)
        copy = json.dumps({"name": "A walk by the river", "place": "", "ways_in": []})
        self.saved.add(saved, self.program, person, "other", copy, [2], 600, 660, ZONE, asked, asked, new_id(rng))
        self.ask.add(new_id(rng), self.program, saved, mentorship, clock.day(at), text(at), 60, asked)

    def answers(self, latest: list[tuple]) -> None:
        """What people wrote beside notes of this week and nobody has read yet. `latest` is that of `Walks`."""
        for minute, status, contact, participant, _ in latest:
            if status == "completed" and minute > self.clock.now - 7 * MINUTES and self.rng.random() < 0.1:
                at = self.clock.text(min(minute + 200, self.clock.now))
                words = "That walk did me good."
                self.answer.add(new_id(self.rng), self.program, contact, participant, True, words, at, new_id(self.rng))

    def flush(self) -> None:
        """With triggers and constraints on: an ask stands only in an open mentorship."""
        for table in (
            self.rhythm, self.check_in, self.sheet, self.goal, self.step, self.agreement, self.call, self.saved,
            self.ask, self.referral, self.answer, self.asking,
        ):  # fmt: skip
            table.flush()
