"""Mentorships with their contacts, answers, messages, times and the right to read: the bulk of all rows."""

from random import Random

from alongside.demo import words
from alongside.mentoring.models import Addition, Appointment, Contact, Handover, Mentorship, Message
from alongside.privacy.models import Grant
from alongside.rules.vocabulary import KINDS_OF_SUPPORT

from .bulk import Table, new_id
from .clock import LOCAL, MINUTES, Clock
from .timeline import Walk, draw_contact_minutes
from .workforce import Peer

REACHED, NOT_HELD = 0.66, 0.02
MODES = ("phone", "phone", "phone", "in_person", "text", "video")
LENGTHS = (5, 10, 15, 15, 20, 30, 45)
SUPPORT = (*(f'["{kind}"]' for kind in KINDS_OF_SUPPORT), '["emotional", "informational"]')


class Walks:
    """Writes what happened between participants and peers of one program."""

    def __init__(self, rng: Random, clock: Clock, program: str, peers: list[Peer]):
        self.rng, self.clock, self.program, self.peers = rng, clock, program, peers
        self.contact = Table(
            Contact, "id", "program", "mentorship", "participant", "author", "occasion", "status", "message_left",
            "mode", "happened_at", "minutes", "kinds_of_support", "note", "next_step", "next_step_on", "entered_at",
            "submit_key", "read_at", "seen_by", "seen_at",
        )  # fmt: skip
        self.addition = Table(
            Addition, "id", "program", "contact", "author", "is_answer", "words", "added_at", "read_at", "submit_key"
        )
        self.message = Table(
            Message, "id", "program", "mentorship", "author", "body", "sent_at", "read_at", "submit_key"
        )
        self.appointment = Table(
            Appointment, "id", "program", "mentorship", "on_day", "at_time", "time_zone", "mode", "status", "made_by",
            "made_at", "changed_at", "submit_key",
        )  # fmt: skip
        self.mentorship = Table(
            Mentorship, "id", "program", "episode", "participant", "peer", "backup_peer", "status", "introduced_at",
            "active_since", "paused_until", "ended_at", "end_reason", "latest_reached_at", "latest_attempt_at",
            "attempts_since_reached", "next_step_on", "asked_for_call_at",
        )  # fmt: skip
        self.grant = Table(
            Grant, "id", "program", "participant", "reader", "kind", "source_id", "notes_since", "starts_at", "ends_at"
        )
        self.handover = Table(
            Handover, "id", "program", "mentorship", "status", "asked_by_role", "asked_at", "history_choice",
            "wants_three_way", "next_mentorship", "finished_at",
        )  # fmt: skip
        self.held: list[tuple] = []
        self.wished: dict[str, str] = {}
        """Mentorship: the moment at which they asked for a call, if they do now."""
        self.latest: list[tuple] = []
        """(minute, kind, contact id, participant, peer number) of the latest contacts, for the log."""
        self.since = clock.now - 400 * MINUTES

    def add(self, walk: Walk, episode: str, participant: str, language: str, mentorship: str) -> int | None:
        """One mentorship with all that happened in it; returns the minute of the first contact that reached them."""
        rng, clock, text = self.rng, self.clock, self.clock.text
        peer = self.peers[walk.peer]
        moments = draw_contact_minutes(rng, clock, walk) if walk.contacts else []
        first, last, tried, attempts, promised = self._contacts(walk, mentorship, participant, language, moments)
        backup = self.peers[int(rng.random() * len(self.peers))]
        backup_id = backup.id if backup.id not in (peer.id, participant) and backup.status == "active" else None
        open_now = walk.end is None
        status = "ended" if not open_now else "introduced" if first is None else "paused" if walk.paused else "active"
        until = clock.day(clock.now + (3 + int(rng.random() * 18)) * MINUTES) if status == "paused" else None
        # Kept back: mentorships are written with every check on, after the peers, before what points to them is read.
        self.held.append((
            mentorship, self.program, episode, participant, peer.id, backup_id, status, text(walk.start), text(first),
            until, text(walk.end), walk.reason if not open_now else "", text(last), text(tried), attempts,
            promised if open_now else None,
        ))  # fmt: skip
        self.grant.add(
            new_id(rng), self.program, participant, peer.id, "mentorship", mentorship, None, text(walk.start),
            text(walk.end),
        )  # fmt: skip
        if backup_id:
            self.grant.add(
                new_id(rng), self.program, participant, backup_id, "cover", mentorship, None, text(walk.start),
                text(walk.end),
            )  # fmt: skip
        if moments:
            self._messages(walk, mentorship, participant, peer.id, language, moments)
            self._times(walk, mentorship, peer.id, moments, open_now)
        return first

    def _contacts(self, walk, mentorship, participant, language, moments):
        """Rows of contacts; returns what the mentorship keeps of them."""
        clock, text, random = self.clock, self.clock.text, self.rng.random
        peer, program, rows, bits = self.peers[walk.peer], self.program, [], self.rng.getrandbits
        notes = NOTES.get(language) or NOTES["en"]
        steps = NEXT_STEPS.get(language) or NEXT_STEPS["en"]
        silent_from = len(moments) - 5 if walk.reason == "lost_touch" else len(moments) + 1
        first = last = tried = promised = None
        attempts = 0
        for number, minute in enumerate(moments):
            roll = random()
            reached = number < silent_from and roll < (REACHED if attempts < 2 else 0.5)
            not_held = not reached and roll > 1 - NOT_HELD
            status = "completed" if reached else "missed" if not_held else "attempted"
            note = next_step = ""
            next_on = None
            minutes = 0
            if reached:
                first, last, attempts, promised = first if first is not None else minute, minute, 0, None
                minutes, note = LENGTHS[int(random() * 7)], notes[int(random() * len(notes))]
                if roll < 0.26:
                    next_step = steps[int(random() * len(steps))]
                    promised = next_on = clock.day(minute + int(2 + random() * 5) * MINUTES)
            elif not not_held:
                attempts += 1
            if not not_held:
                tried = minute
            seen = peer.supervisor and random() < 0.8 and minute < clock.now - 6 * MINUTES and not not_held
            contact = "%032x" % (bits(128) & ~0xF000C000000000000000 | 0x40008000000000000000)
            at = text(minute)
            rows.append((
                contact, program, mentorship, participant, peer.id, "%032x" % bits(128), status,  # noqa: UP031
                not reached and roll > 0.85, MODES[int(random() * 6)], at, minutes,
                SUPPORT[int(random() * 5)] if reached else "[]", note, next_step, next_on,
                text(min(minute + minutes + 4, clock.now)), "%032x" % bits(128), at if roll < 0.15 else None,  # noqa: UP031
                peer.supervisor if seen else None, text(min(minute + 2 * MINUTES, clock.now)) if seen else None,
            ))  # fmt: skip
            if reached and random() < 0.05:
                self._answer(contact, participant, language, minute)
            if minute > self.since:
                self.latest.append((minute, status, contact, participant, walk.peer))
        self.contact.extend(rows)
        return first, last, tried, attempts, promised

    def _answer(self, contact, participant, language, minute) -> None:
        rng, answers = self.rng, ANSWERS.get(language) or ANSWERS["en"]
        at = min(minute + 180, self.clock.now)
        read = at < self.clock.now - 5 * MINUTES
        self.addition.add(
            new_id(rng), self.program, contact, participant, True, rng.choice(answers), self.clock.text(at),
            self.clock.text(at + 60) if read else None, new_id(rng),
        )  # fmt: skip

    def _messages(self, walk, mentorship, participant, peer, language, moments) -> None:
        rng, clock = self.rng, self.clock
        said = MESSAGES.get(language) or MESSAGES["en"]
        for minute in moments:
            if rng.random() > 0.06:
                continue
            for number, (who, body) in enumerate(said):
                at = min(minute + 60 + number * 7, clock.now)
                read = None if at > clock.now - MINUTES and rng.random() < 0.5 else clock.text(at + 3)
                self.message.add(
                    new_id(rng), self.program, mentorship, participant if who == "participant" else peer, body,
                    clock.text(at), read, new_id(rng),
                )  # fmt: skip

    def _times(self, walk, mentorship, peer, moments, open_now) -> None:
        rng, clock = self.rng, self.clock
        planned = [minute for minute in moments if rng.random() < 0.08]
        if open_now and rng.random() < 0.5:
            planned.append(clock.now + int(rng.random() * 6 * MINUTES))
        for minute in planned:
            hour = max(9, (minute - LOCAL) // 60 % 24)
            status = "planned" if minute > clock.now else "happened" if rng.random() < 0.8 else "missed"
            made = clock.text(max(walk.start, min(minute, clock.now) - 3 * MINUTES))
            self.appointment.add(
                new_id(rng), self.program, mentorship, clock.day(minute), f"{min(hour, 20):02}:30:00",
                "America/Los_Angeles", "phone", status, peer, made, made, new_id(rng),
            )  # fmt: skip

    def hand_over(self, earlier: Walk, mentorship: str, participant: str, following: Walk | None, next_one) -> None:
        """A change of peer; the next one may read what the participant chose."""
        rng, text = self.rng, self.clock.text
        choice = rng.choice(("all", "none", "since"))
        self.handover.add(
            new_id(rng), self.program, mentorship, "finished", "participant", text(max(0, earlier.end - 2 * MINUTES)),
            choice, False, next_one, text(earlier.end),
        )  # fmt: skip
        if following and choice != "none":
            since = self.clock.day(max(0, earlier.end - 30 * MINUTES)) if choice == "since" else None
            self.grant.add(
                new_id(rng), self.program, participant, self.peers[following.peer].id, "history", mentorship, since,
                text(following.start), text(following.end),
            )  # fmt: skip

    def flush_contacts(self) -> None:
        """What may be written without a look at other rows."""
        for table in (self.contact, self.addition, self.message, self.appointment, self.grant, self.handover):
            table.flush()

    def write_mentorships(self) -> None:
        """With triggers and constraints on: places are counted, pairs are checked."""
        self.mentorship.extend((*row, self.wished.get(row[0])) for row in self.held)
        self.mentorship.flush()


NOTES, NEXT_STEPS, ANSWERS, MESSAGES = {}, {}, {}, {}


def prepare_words() -> None:
    """The words of the demo, which the tables encrypt once."""
    for language in words.NOTES:
        NOTES[language] = list(words.NOTES[language])
        NEXT_STEPS[language] = list(words.NEXT_STEPS[language])
        ANSWERS[language] = list(words.ANSWERS[language])
        MESSAGES[language] = list(words.MESSAGES[language])
