"""Openings of records that a supervisor should look at together with whoever opened them (G3). Never a verdict.

What is noticed, each by a code:

with_reason  a director gave a reason and opened a record: always on the list, with the reason
no_tie       opened without walking with the person, covering, supporting their peer or working on their intake, and
             nothing was done for them in the days around
late         at hours at which this account hardly ever works (before 7, from 21 on)
many         far more people in one hour than is usual for this account
refused      several tries to open what was not theirs
ask          worth a question, and no more is said

`ask` stands for what a list must not tell: that the two share a surname, a telephone or an address, or that a boundary
is kept between them. So that the list cannot be read backwards, ordinary pairs drawn by lot carry the same code, each
time they meet and not only once: somebody who sees a pair every week learns nothing by it.

Everything is measured against the account's own four weeks before, so that night shifts and large programs make no
noise. Sources: field of access audits in health care, where these are the usual cues (no treating relation, same
surname, co-worker, volume, hours); 45 CFR 164.308(a)(1)(ii)(D) asks for such a review; the numbers are ours.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

CODES = ("with_reason", "no_tie", "late", "many", "refused", "ask")
"""In the order in which they are shown."""

DAY = range(7, 21)
"""Hours of the clock in the program's own zone at which nobody is asked why."""

LATE_SHARE = 0.10
"""An account that worked at night in at least this share of its openings before does so now too."""

ENOUGH = 20
"""Openings in the weeks before from which habits are known. With fewer, only the dead of night counts."""

DEAD_OF_NIGHT = range(5)

MANY_AT_LEAST = 15
"""Different people in one hour that are no matter for anybody: a list is gone through at that pace."""

MANY_TIMES = 2
"""Times the account's own busiest hour of the weeks before."""

REFUSED_AT_LEAST = 3
"""One or two refused tries are an old link."""

MOST = 200
"""Rows of one week's list; the gravest stay."""


@dataclass(frozen=True)
class Opening:
    """One opening or refused try: `at` in the program's own zone, `person` None where a try named nobody known."""

    key: Hashable
    reader: Hashable
    person: Hashable | None
    at: datetime
    has_reason: bool = False
    is_refused: bool = False


@dataclass(frozen=True)
class Pair:
    """What is known of a reader and a person. `is_near` and `is_drawn` leave this module as one."""

    is_tied: bool = False
    has_worked: bool = False
    is_near: bool = False
    is_drawn: bool = False


@dataclass(frozen=True)
class Usual:
    """An account's four weeks before: openings, how many of them late, most different people in one hour."""

    openings: int = 0
    late: int = 0
    busiest_hour: int = 0


@dataclass
class Row:
    """One line of the list: who, about whom (None: about several), why, the first of the entries and how many."""

    reader: Hashable
    person: Hashable | None
    codes: set[str]
    first_at: datetime
    times: int
    key: Hashable
    keys: list[Hashable] = field(default_factory=list)


def is_late(at: datetime) -> bool:
    """Whether it is outside of the hours at which nobody is asked why.

    >>> [is_late(datetime(2026, 3, 2, hour)) for hour in (6, 7, 20, 21)]
    [True, False, False, True]
    """
    return at.hour not in DAY


def measure_usual(openings: Iterable[Opening]) -> dict[Hashable, Usual]:
    """What was usual for each reader in these openings; refused tries are no habit."""
    done = [one for one in openings if not one.is_refused]
    hours = _people_by_hour(done)
    busiest: dict[Hashable, int] = defaultdict(int)
    for (reader, _hour), people in hours.items():
        busiest[reader] = max(busiest[reader], len(people))
    total: dict[Hashable, int] = defaultdict(int)
    late: dict[Hashable, int] = defaultdict(int)
    for one in done:
        total[one.reader] += 1
        late[one.reader] += is_late(one.at)
    return {reader: Usual(total[reader], late[reader], busiest[reader]) for reader in total}


def find_unusual(
    openings: Iterable[Opening], pairs: Mapping[tuple[Hashable, Hashable], Pair], usual: Mapping[Hashable, Usual]
) -> list[Row]:
    """The rows of a week, the gravest first; at most `MOST`.

    `pairs` has a value for each (reader, person) of the openings that is known; one without is no tie and not near.
    """
    week = sorted(openings, key=lambda one: one.at)
    done = [one for one in week if not one.is_refused]
    rows = [*_rows_of_pairs(done, pairs), *_rows_late(done, usual), *_rows_many(done, usual), *_rows_refused(week)]
    rows.sort(key=lambda row: (min(CODES.index(code) for code in row.codes), -len(row.codes), row.first_at))
    return rows[:MOST]


def _rows_of_pairs(done: list[Opening], pairs: Mapping[tuple[Hashable, Hashable], Pair]) -> list[Row]:
    by_pair: dict[tuple[Hashable, Hashable], list[Opening]] = defaultdict(list)
    for one in done:
        if one.person is not None:
            by_pair[one.reader, one.person].append(one)
    rows = []
    for (reader, person), ones in by_pair.items():
        pair, codes = pairs.get((reader, person), Pair()), set()
        if any(one.has_reason for one in ones):
            codes.add("with_reason")
        elif not pair.is_tied and not pair.has_worked:
            codes.add("no_tie")
        if pair.is_near or pair.is_drawn:
            codes.add("ask")
        if codes:
            rows.append(_row(reader, person, codes, ones))
    return rows


def _rows_late(done: list[Opening], usual: Mapping[Hashable, Usual]) -> list[Row]:
    by_reader: dict[Hashable, list[Opening]] = defaultdict(list)
    for one in done:
        before = usual.get(one.reader, Usual())
        if before.openings < ENOUGH:
            odd = one.at.hour in DEAD_OF_NIGHT
        else:
            odd = is_late(one.at) and before.late < LATE_SHARE * before.openings
        if odd:
            by_reader[one.reader].append(one)
    return [_row(reader, None, {"late"}, ones) for reader, ones in by_reader.items()]


def _rows_many(done: list[Opening], usual: Mapping[Hashable, Usual]) -> list[Row]:
    busiest: dict[Hashable, list[Opening]] = {}
    for (reader, hour), people in _people_by_hour(done).items():
        limit = max(MANY_AT_LEAST, MANY_TIMES * usual.get(reader, Usual()).busiest_hour)
        if len(people) > limit and len(people) > len({one.person for one in busiest.get(reader, [])}):
            busiest[reader] = [one for one in done if one.reader == reader and _hour_of(one.at) == hour]
    return [_row(reader, None, {"many"}, ones, len({one.person for one in ones})) for reader, ones in busiest.items()]


def _rows_refused(week: list[Opening]) -> list[Row]:
    by_reader: dict[Hashable, list[Opening]] = defaultdict(list)
    for one in week:
        if one.is_refused:
            by_reader[one.reader].append(one)
    return [
        _row(reader, None, {"refused"}, ones) for reader, ones in by_reader.items() if len(ones) >= REFUSED_AT_LEAST
    ]


def _row(reader: Hashable, person: Hashable | None, codes: set[str], ones: list[Opening], times: int = 0) -> Row:
    keys = [one.key for one in ones if one.has_reason] or [one.key for one in ones]
    return Row(reader, person, codes, ones[0].at, times or len(ones), keys[0], keys)


def _hour_of(at: datetime) -> tuple[int, int]:
    return at.toordinal(), at.hour


def _people_by_hour(done: Iterable[Opening]) -> dict[tuple[Hashable, tuple[int, int]], set[Hashable]]:
    hours: dict[tuple[Hashable, tuple[int, int]], set[Hashable]] = defaultdict(set)
    for one in done:
        hours[one.reader, _hour_of(one.at)].add(one.person)
    return hours
