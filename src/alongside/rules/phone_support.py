"""Telephone support: who is called next, when and why. What somebody agreed to and a policy in, one moment out.

1. Weekly for twelve weeks, counted from the first day; then as the person wishes. Until they say so, it stays weekly:
   most want calls to go on, and none ends because nobody asked.
2. Nobody answers: two more tries, two days apart, all within seven days of the day on which the call was due. Then the
   next round begins as if nothing had happened. No answer never ends the calls.
3. After a return to use calls come closer for as long as contact does (`rules.cadence`), and the first one at once.
4. A call lies inside the hours and days that the person agreed to (in their time zone), inside their safe-contact hours
   (in the program's zone), and on no day off of the program. Where these leave no hour, nobody calls.

Sources: weekly for 12 weeks, then ask; most want on; calls go on after a return to use; the person is asked for time,
day and voicemail; two more tries in 7 days (shared field notes (c) S7). All numbers and words are a policy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alongside.rules.availability import to_bits
from alongside.rules.cadence import CadencePolicy
from alongside.rules.phone_script import SCRIPT, check_script
from alongside.rules.policy_values import PolicyInvalid, check_names, check_whole_number
from alongside.rules.wall_clock import starts_at

OUTCOMES = ("well", "more", "worried", "no_answer", "message_left", "asked_to_stop", "wrong_number")
"""What a call may have come to."""

REACHED = frozenset({"well", "more", "worried", "asked_to_stop"})
"""Outcomes in which the person themself was on the telephone: what a figure counts as reached."""

WHYS = ("asked", "returned_to_use", "wanted_more", "try_again", "first", "weekly", "wished")
"""Why a call is due."""

WISHES = (3, 7, 14, 30)
"""How many days may lie between calls when the person says how often."""

BOUNDS = {
    "every_days": (1, 30), "weeks": (1, 52), "tries": (0, 5), "try_again_days": (1, 7), "within_days": (1, 14),
    "boost_every_days": (1, 14), "more_after_days": (1, 14), "claim_minutes": (10, 120),
}  # fmt: skip
"""Lowest and highest allowed value of each number."""

LOOK_DAYS = 400
"""How far ahead an hour is looked for. More than a year: clocks of two zones change on different days, so that hours
may suit both for one half of the year alone; and a free day may stand on the only one of some weeks."""
_STEP = timedelta(minutes=15)
"""Every offset of a time zone in use is a multiple of it."""


@dataclass(frozen=True)
class PhoneSupportPolicy:
    """`every_days` for `weeks`, then by wish. After no answer `tries` more, each `try_again_days` after the one before,
    all within `within_days`. `boost_every_days` after a return to use, `more_after_days` when somebody wants more.
    `claim_minutes`: how long a caller has somebody to themself. `days_off`: "MM-DD", on which nobody calls.
    """

    every_days: int = 7
    weeks: int = 12
    tries: int = 2
    try_again_days: int = 2
    within_days: int = 7
    boost_every_days: int = 3
    more_after_days: int = 3
    claim_minutes: int = 30
    days_off: tuple[str, ...] = ("01-01", "12-25")
    script: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: SCRIPT)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "PhoneSupportPolicy":
        """Read a JSON object such as `{"weeks": 12, "days_off": ["12-25"]}`; fields left out keep their defaults.

        Raises `PolicyInvalid` with `not_an_object`, `unknown_field`, `not_a_whole_number`, `out_of_range`,
        `not_a_list`, `not_a_day`, `tries_do_not_fit`, or a code of `rules.phone_script`.
        """
        check_names(cls, values)
        read = dict(values)
        for name, value in values.items():
            if name in BOUNDS:
                check_whole_number(name, value, BOUNDS)
            elif name == "days_off":
                read[name] = _read_days(value)
            else:
                check_script(value)
        policy = cls(**read)
        if policy.tries * policy.try_again_days > policy.within_days:
            raise PolicyInvalid("tries_do_not_fit", "within_days")
        return policy

    def to_values(self) -> dict[str, Any]:
        """The JSON form; `from_values` gives the same policy back."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        script = {language: dict(parts) for language, parts in self.script.items()}
        return found | {"days_off": list(self.days_off), "script": script}


@dataclass(frozen=True)
class Times:
    """When somebody may be called: `hours` of their week (`rules.availability`) in their own zone, and the hours of
    their safe-contact rules, `from_hour` to before `until_hour`, in the program's zone."""

    hours: str
    zone: ZoneInfo
    from_hour: int
    until_hour: int
    rules_zone: ZoneInfo
    days_off: tuple[str, ...] = ()

    def hold(self, moment: datetime) -> bool:
        """Whether they may be called at this moment."""
        return self._holds(to_bits(self.hours), moment)

    def _holds(self, agreed: int, moment: datetime) -> bool:
        local = moment.astimezone(self.zone)
        if not agreed >> (local.weekday() * 24 + local.hour) & 1:
            return False
        here = moment.astimezone(self.rules_zone)
        if not self.from_hour <= here.hour < self.until_hour:
            return False
        return not any(f"{one:%m-%d}" in self.days_off for one in (local, here))

    def next_at(self, moment: datetime) -> datetime | None:
        """This moment if they may be called then, else the first one after it; None where there is none."""
        agreed = to_bits(self.hours)
        if not agreed:
            return None
        if self._holds(agreed, moment):
            return moment
        # Real quarters of an hour: whatever a clock leaves out or says twice, each of them has one local time.
        at = moment.astimezone(UTC)
        at -= timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
        for _step in range(LOOK_DAYS * 96):
            at += _STEP
            if self._holds(agreed, at):
                return at
        return None

    def on_or_after(self, day: date) -> datetime | None:
        """The first moment from the beginning of this day of the person on."""
        return self.next_at(starts_at(day, time(0), self.zone))

    def day_of(self, moment: datetime) -> date:
        """The day it is where the person is."""
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True)
class Course:
    """How far somebody is. Days are those where the person is; `tries` without an answer since `round_on`, the day on
    which the present call was first due."""

    started_on: date
    round_on: date
    tries: int = 0
    wished_every_days: int | None = None
    returned_to_use_on: date | None = None


@dataclass(frozen=True)
class Next:
    """The next call: when (None: there is no hour in which they may be called), why, and the round it belongs to."""

    at: datetime | None
    why: str
    round_on: date
    tries: int = 0


def is_in_weeks(course: Course, policy: PhoneSupportPolicy, day: date) -> bool:
    """Whether this day lies in the weeks at the beginning."""
    return (day - course.started_on).days < policy.weeks * 7


def is_time_to_ask(course: Course, policy: PhoneSupportPolicy, day: date) -> bool:
    """Whether the weeks are over and nobody knows yet how the person would like it to go on."""
    return not is_in_weeks(course, policy, day) and course.wished_every_days is None


def rhythm(course: Course, policy: PhoneSupportPolicy, cadence: CadencePolicy, day: date) -> tuple[int, str]:
    """Days until the call after one on this day, and why it comes then. A return to use never makes it rarer."""
    days, why = policy.every_days, "weekly"
    if course.wished_every_days is not None and not is_in_weeks(course, policy, day):
        days, why = course.wished_every_days, "wished"
    if cadence.boosts(course.returned_to_use_on, day) and policy.boost_every_days < days:
        return policy.boost_every_days, "returned_to_use"
    return days, why


def first_call(times: Times, now: datetime, why: str = "first") -> Next:
    """As soon as they may be called: the beginning, a wish for a call, a return to use."""
    at = times.next_at(now)
    return Next(at, why, times.day_of(at or now))


def after_call(
    outcome: str, course: Course, policy: PhoneSupportPolicy, cadence: CadencePolicy, times: Times, now: datetime
) -> Next:
    """The call after one that ended now. Not asked for after `asked_to_stop` and `wrong_number`: nobody calls then."""
    today = times.day_of(now)
    if outcome in REACHED:
        return after_reached(course, policy, cadence, times, today, wants_more=outcome in ("more", "worried"))
    tries = course.tries + 1
    at = times.on_or_after(today + timedelta(days=policy.try_again_days))
    latest_on = course.round_on + timedelta(days=policy.within_days)
    if tries <= policy.tries and at is not None and times.day_of(at) <= latest_on:
        return Next(at, "try_again", course.round_on, tries)
    # The round is over. The next one begins by the rhythm of the one before, and not on the day of a try.
    days, why = rhythm(course, policy, cadence, today)
    due_on = max(course.round_on + timedelta(days=days), today + timedelta(days=policy.try_again_days))
    return _round(times, due_on, why)


def after_reached(
    course: Course, policy: PhoneSupportPolicy, cadence: CadencePolicy, times: Times, day: date, *, wants_more: bool
) -> Next:
    """The call after one on this day in which the person was on the telephone."""
    days, why = rhythm(course, policy, cadence, day)
    if wants_more and policy.more_after_days < days:
        days, why = policy.more_after_days, "wanted_more"
    return _round(times, day + timedelta(days=days), why)


def _round(times: Times, due_on: date, why: str) -> Next:
    at = times.on_or_after(due_on)
    return Next(at, why, times.day_of(at) if at else due_on)


def _read_days(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        raise PolicyInvalid("not_a_list", "days_off")
    for index, one in enumerate(value):
        try:
            # 2000 is a leap year: the 29th of February is a day.
            is_day = isinstance(one, str) and f"{date.fromisoformat(f'2000-{one}'):%m-%d}" == one
        except ValueError:
            is_day = False
        if not is_day:
            raise PolicyInvalid("not_a_day", f"days_off.{index}")
    return tuple(value)
