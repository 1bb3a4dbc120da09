"""Who needs contact, when and why. Facts and a policy in, an ordered list of needs out; reasons are codes with values.

1. What was promised comes first: the person asked for a call, or a next step is due, or a small step of the person's
   plan that the peer takes.
2. Then today's appointments, an ask to come along that waits for an answer, unread words, a return to use, check-ins
   well below what is usual for the person, an introduction that has not happened yet.
3. Then silence, also of somebody who used to check in, and contact that is due by the phase of the episode (tightest
   in days 1-90). Whom a caller of telephone support reached is not silent; their peer's own contact is due all the
   same. Last of all, questions to look back on whose turn has come (`rules.instruments`), for two weeks.
4. Somebody who rests is left in peace, and yet answered: listed for what they said or agreed to themself, and for
   nothing else. A return to use told in a rest stands there until somebody reached them; then the rest goes on.

Sources: telephone recovery support is weekly for about 90 days, more after a return to use, with two more tries within
7 days of a missed call (shared field notes (c) S7); the first 7, 30 and 90 days are the tightest (field notes (d),
design consequence 3); nobody reached in 14 days is flagged (field notes 0, users' issues). All numbers are a policy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from alongside.rules.instruments import is_shown
from alongside.rules.policy_values import PolicyInvalid, check_names

RANKS = {
    "check_in_call": 16,
    "asked_for_call": 15,
    "next_step_due": 14,
    "plan_step_due": 13,
    "referral_due": 12,
    "appointment_today": 11,
    "asked_along": 10,
    "unread_messages": 9,
    "unread_answers": 8,
    "returned_to_use": 7,
    "check_in_drop": 6,
    "introduction": 5,
    "silent": 4,
    "check_in_silence": 3,
    "quiet": 2,
    "try_again": 1,
    "questions_due": 0,
}
"""Reason code to rank: a need of a higher rank stands before every need of a lower one."""

SAID_IN_REST = frozenset(
    {
        "check_in_call", "asked_for_call", "appointment_today", "asked_along", "unread_messages", "unread_answers",
        "returned_to_use", "check_in_drop",
    }
)  # fmt: skip
"""What lists somebody who rests: their own words, and a time that stands."""

LONGEST_DAYS = 365
_DAYS_PER_RANK = 10_000


@dataclass(frozen=True)
class CadenceFacts:
    """What the rule must know about one open mentorship. Days are local dates of the program.

    `introduced_on` starts the silence of somebody never reached; `phase_started_on` (default: the same day) is day
    1 of the phases. `attempts_since_reached` counts tries after the latest contact in which the person was reached.
    `next_appointment_at` is local wall-clock time. `check_in_dropped_on` and `check_ins_quiet_from` are what
    `rules.pulse` noticed and nobody has reached the person since; `call_wanted_in_check_in` says how a call was
    asked for. `return_told_on` is the day on which they told a return to use that nobody has answered yet;
    `latest_call_reached_on` the latest talk with a caller of telephone support. `plan_step_due_on` is the earliest
    day of a small step that is the peer's to take, `asked_along_to` the earliest day to which they are asked to
    come along, `referral_due_on` that of a way to a place about which nobody said how it goes. `questions_due_on` is
    the day on which the latest turn of questions to look back on began. A pause is the person's wish for quiet:
    `SAID_IN_REST` is all that it lets through.
    """

    mentorship_id: str
    introduced_on: date
    phase_started_on: date | None = None
    latest_reached_on: date | None = None
    latest_attempt_on: date | None = None
    attempts_since_reached: int = 0
    next_step_on: date | None = None
    next_step_kind: str = "call"
    plan_step_due_on: date | None = None
    referral_due_on: date | None = None
    next_appointment_at: datetime | None = None
    unread_messages: int = 0
    answers_unread: int = 0
    asked_along_to: date | None = None
    asked_for_call_on: date | None = None
    returned_to_use_on: date | None = None
    return_told_on: date | None = None
    latest_call_reached_on: date | None = None
    call_wanted_in_check_in: bool = False
    check_in_dropped_on: date | None = None
    check_ins_quiet_from: date | None = None
    questions_due_on: date | None = None
    is_new: bool = False
    paused: bool = False

    def phase_day(self, today: date) -> int:
        """Day of the episode, counted from 1."""
        return max(1, (today - (self.phase_started_on or self.introduced_on)).days + 1)

    def quiet_days(self, today: date) -> int:
        """Days since the person was reached, or since the introduction if never."""
        return max(0, (today - (self.latest_reached_on or self.introduced_on)).days)

    def unheard_days(self, today: date) -> int:
        """Days since anybody reached the person: their peer, whoever covers, or a caller."""
        heard_on = max(self.latest_reached_on or self.introduced_on, self.latest_call_reached_on or date.min)
        return max(0, (today - heard_on).days)

    def called_since(self) -> date | None:
        """The day of a talk with a caller that came after the latest one with their peer."""
        called_on, reached_on = self.latest_call_reached_on, self.latest_reached_on
        return called_on if called_on and (reached_on is None or reached_on < called_on) else None


@dataclass(frozen=True)
class Phase:
    """Until this day of the episode (inclusive), contact is due every so many days."""

    until_day: int
    every_days: int


@dataclass(frozen=True)
class CadencePolicy:
    """The numbers that a peer council decides. `from_values` checks them, `to_values` is the JSON form.

    `call_wish_hours`: so long after somebody asked for a call that nobody made, their peer's supervisor is told.
    """

    phases: tuple[Phase, ...] = (Phase(7, 2), Phase(30, 4), Phase(90, 7))
    after_every_days: int = 14
    silent_after_days: int = 14
    introduce_within_days: int = 2
    boost_every_days: int = 2
    boost_days: int = 30
    retry_attempt_days: int = 2
    retry_attempts: int = 2
    call_wish_hours: int = 24

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "CadencePolicy":
        """Read a JSON object such as `{"phases": [{"until_day": 7, "every_days": 2}], "silent_after_days": 14}`.

        Fields left out keep their defaults. Raises `PolicyInvalid` with one of the codes `not_an_object`,
        `unknown_field`, `not_whole_days`, `out_of_range`, `not_a_list`, `phases_not_in_order`, `phases_must_loosen`.
        """
        check_names(cls, values)
        read: dict[str, Any] = {name: _days(values[name], name) for name in sorted(set(values) - {"phases"})}
        if "phases" in values:
            read["phases"] = _phases(values["phases"])
        policy = cls(**read)
        steps = [phase.every_days for phase in policy.phases] + [policy.after_every_days]
        if steps != sorted(steps):
            # The first days are the tightest: a policy may loosen later, never tighten (design consequence 3).
            raise PolicyInvalid("phases_must_loosen", "phases")
        return policy

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        return asdict(self) | {"phases": [asdict(phase) for phase in self.phases]}

    def every_days(self, facts: CadenceFacts, today: date) -> int:
        """Days between contacts on this day: by phase, tighter for a while after a return to use."""
        day = facts.phase_day(today)
        every = next((phase.every_days for phase in self.phases if day <= phase.until_day), self.after_every_days)
        return min(every, self.boost_every_days) if self.is_boosted(facts, today) else every

    def is_boosted(self, facts: CadenceFacts, today: date) -> bool:
        """Whether a return to use was told within the last `boost_days`."""
        return self.boosts(facts.returned_to_use_on, today)

    def boosts(self, returned_on: date | None, today: date) -> bool:
        """Whether a return to use on that day brings contact closer today."""
        return returned_on is not None and 0 <= (today - returned_on).days < self.boost_days


@dataclass(frozen=True)
class Reason:
    """Why somebody is listed: a code of `RANKS` and the values its sentence needs.

    asked_for_call: asked_on · next_step_due: due_on, kind · plan_step_due: due_on · referral_due: due_on
    appointment_today: at
    check_in_call: asked_on · check_in_drop: on · check_in_silence: since
    asked_along: on · unread_messages, unread_answers: count · returned_to_use: on · introduction: chosen_on, due_on
    silent, quiet: quiet_days, call_was_due, never_reached, and called_on where a caller reached them since
    try_again: attempts, tried_on · questions_due: due_on
    """

    code: str
    due_on: date
    params: Mapping[str, int | str | date | datetime] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        return RANKS[self.code]


@dataclass(frozen=True)
class Need:
    """One mentorship that needs contact. `due_on` is the earliest day any reason was due; reasons stand by rank."""

    mentorship_id: str
    urgency: int
    due_on: date
    overdue_days: int
    reasons: tuple[Reason, ...]
    quiet_days: int


def in_order(need: Need) -> tuple[int, int, str]:
    """By this needs are sorted: most urgent first, then the longest silence, then the id."""
    return -need.urgency, -need.quiet_days, need.mentorship_id


def find_need(facts: CadenceFacts, policy: CadencePolicy, today: date) -> Need | None:
    """The need of one mentorship, or None when nothing is due. More silence never makes it less urgent."""
    reasons = [*_promises(facts, today), *_waiting(facts, today), *_closeness(facts, policy, today)]
    if facts.paused:
        reasons = [reason for reason in reasons if reason.code in SAID_IN_REST]
    if not reasons:
        return None
    reasons.sort(key=lambda reason: -reason.rank)
    due_on = min(reason.due_on for reason in reasons)
    overdue_days = max(0, (today - due_on).days)
    urgency = reasons[0].rank * _DAYS_PER_RANK + min(overdue_days, _DAYS_PER_RANK - 1)
    return Need(facts.mentorship_id, urgency, due_on, overdue_days, tuple(reasons), facts.quiet_days(today))


def is_silent(facts: CadenceFacts, policy: CadencePolicy, today: date) -> bool:
    """Whether nobody of us reached this person for `silent_after_days`, tries or not: what a supervisor looks at.

    Their peer, whoever covers and callers count, as far as a note or a call was written down.
    """
    return not facts.paused and facts.unheard_days(today) >= policy.silent_after_days


def next_due_on(facts: CadenceFacts, policy: CadencePolicy, today: date) -> date:
    """The day by which the next contact is due by phase alone, whether past or to come."""
    since = facts.latest_reached_on or facts.introduced_on
    return since + timedelta(days=policy.every_days(facts, today))


def _promises(facts: CadenceFacts, today: date) -> Iterable[Reason]:
    """A promise rests for the day on which it was tried, and returns tomorrow until the person is reached."""
    asked, step = facts.asked_for_call_on, facts.next_step_on
    tried_today = facts.latest_attempt_on == today
    # With days only, a try on the day of asking may be older than the asking: then the person stays on the list.
    if asked and asked <= today and not _reached_after(facts, asked) and not (tried_today and asked < today):
        code = "check_in_call" if facts.call_wanted_in_check_in else "asked_for_call"
        yield Reason(code, asked, {"asked_on": asked})
    if step and step <= today and not _reached_after(facts, step) and not tried_today:
        yield Reason("next_step_due", step, {"due_on": step, "kind": facts.next_step_kind})
    if (own := facts.plan_step_due_on) and own <= today:
        # It ends when the step is marked as done, moved or set aside: talking alone does not take it.
        yield Reason("plan_step_due", own, {"due_on": own})
    if (way := facts.referral_due_on) and way <= today:
        yield Reason("referral_due", way, {"due_on": way})


def _waiting(facts: CadenceFacts, today: date) -> Iterable[Reason]:
    """What waits for an answer or a meeting on this very day."""
    at = facts.next_appointment_at
    if at and at.date() == today:
        yield Reason("appointment_today", today, {"at": at})
    if (on := facts.asked_along_to) and on >= today:
        yield Reason("asked_along", today, {"on": on})
    if facts.unread_messages > 0:
        yield Reason("unread_messages", today, {"count": facts.unread_messages})
    if facts.answers_unread > 0:
        yield Reason("unread_answers", today, {"count": facts.answers_unread})


def _closeness(facts: CadenceFacts, policy: CadencePolicy, today: date) -> Iterable[Reason]:
    """Reasons to reach out first; they rest for some days after a try that did not reach the person."""
    tried_on = facts.latest_attempt_on
    due_on = next_due_on(facts, policy, today)
    if tried_on and facts.attempts_since_reached > 0:
        few = facts.attempts_since_reached <= policy.retry_attempts
        retry_on = tried_on + timedelta(days=policy.retry_attempt_days if few else policy.every_days(facts, today))
        if today < retry_on:
            return
        if few:
            # A call that did not get through is tried again soon, also when the phase asks for nothing yet.
            yield Reason("try_again", retry_on, {"attempts": facts.attempts_since_reached, "tried_on": tried_on})

    yield from _returned(facts, policy, today, due_on)
    yield from _noticed(facts, today)
    if facts.is_new:
        introduce_by = facts.introduced_on + timedelta(days=policy.introduce_within_days)
        yield Reason("introduction", introduce_by, {"chosen_on": facts.introduced_on, "due_on": introduce_by})
    silent = is_silent(facts, policy, today)
    if silent or due_on <= today:
        params: dict[str, int | str | date | datetime] = {
            "quiet_days": facts.quiet_days(today),
            "call_was_due": due_on,
            "never_reached": int(facts.latest_reached_on is None),
        }
        if called_on := facts.called_since():
            params["called_on"] = called_on
        yield Reason("silent" if silent else "quiet", due_on, params)
    if (turn := facts.questions_due_on) and is_shown(turn, today):
        yield Reason("questions_due", turn, {"due_on": turn})


def _returned(facts: CadenceFacts, policy: CadencePolicy, today: date, due_on: date) -> Iterable[Reason]:
    """Stay close after a return to use. What the person told themself stands there until somebody reached them,
    whatever day it was; in a rest nothing more is asked of anybody then."""
    returned_on, told_on = facts.returned_to_use_on, facts.return_told_on
    if returned_on is None or (told_on is None and (facts.paused or not policy.is_boosted(facts, today))):
        return
    reached_since = facts.latest_reached_on is not None and facts.latest_reached_on >= returned_on
    boosted_due = told_on or (due_on if reached_since else returned_on)
    if boosted_due <= today:
        yield Reason("returned_to_use", boosted_due, {"on": returned_on})


def _noticed(facts: CadenceFacts, today: date) -> Iterable[Reason]:
    """What the person's own check-ins tell. It rests after a try like every other reason to reach out first."""
    if dropped := facts.check_in_dropped_on:
        yield Reason("check_in_drop", dropped, {"on": dropped})
    if (since := facts.check_ins_quiet_from) and since <= today:
        yield Reason("check_in_silence", since, {"since": since})


def _reached_after(facts: CadenceFacts, day: date) -> bool:
    """Reached later than that day. On the day itself the note decides, by taking the promise away."""
    return facts.latest_reached_on is not None and facts.latest_reached_on > day


def _days(value: object, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PolicyInvalid("not_whole_days", field)
    lowest = 0 if field == "retry_attempts" else 1
    if not lowest <= value <= LONGEST_DAYS:
        raise PolicyInvalid("out_of_range", field)
    return value


def _phases(value: object) -> tuple[Phase, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise PolicyInvalid("not_a_list", "phases")
    found: list[Phase] = []
    for index, row in enumerate(value):
        where = f"phases.{index}"
        if not isinstance(row, Mapping):
            raise PolicyInvalid("not_an_object", where)
        for name in sorted({*map(str, row)} ^ {"until_day", "every_days"}):
            raise PolicyInvalid("unknown_field" if name in row else "not_whole_days", f"{where}.{name}")
        phase = Phase(_days(row["until_day"], f"{where}.until_day"), _days(row["every_days"], f"{where}.every_days"))
        if found and phase.until_day <= found[-1].until_day:
            raise PolicyInvalid("phases_not_in_order", f"{where}.until_day")
        found.append(phase)
    return tuple(found)
