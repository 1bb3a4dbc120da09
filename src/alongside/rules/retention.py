"""How long each kind of record is kept, by which law, and what becomes of it then (I6).

Periods are whole months, so that six years are six years whatever days lie between. A program sets its own in versions;
without any, the periods below hold. None may be shorter than the law of this table allows.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

LONGEST = 12 * 50
"""Months. Nobody needs more, and "for ever" is not a period."""

HOW = ("person", "words", "row")
"""`person`: the whole record is erased as on the person's wish. `words`: the words go, what is counted stays.
`row`: the row goes."""


@dataclass(frozen=True)
class Kind:
    """One kind of record: the period that holds until a program sets another, the shortest allowed, what is erased.

    `law` are the sections that the period follows from; empty where no law we know asks for one.
    """

    code: str
    months: int
    how: str
    law: str = ""
    least: int = 0


_SIX_YEARS = "45 CFR 164.530(j)(2)"

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        # From the day on which the latest time with us was over. Programs paid through Medicaid plans keep ten years:
        # 42 CFR 438.3(u), which a program enters itself.
        Kind("record", 84, "person", "42 CFR 2.16(a)"),
        Kind("notes", 84, "words"),
        Kind("messages", 24, "row"),
        Kind("times", 24, "row"),
        Kind("check_ins", 36, "row"),
        Kind("answers", 84, "row"),
        Kind("worries", 84, "row"),
        Kind("choices", 24, "words"),
        Kind("asks", 12, "row"),
        Kind("applications", 24, "row", "29 CFR 1602.14"),
        Kind("lists", 12, "row"),
        Kind("notices", 3, "row"),
        Kind("readers", 72, "row"),
        Kind("files", 72, "row"),
        Kind("drafts", 6, "row"),
        # What was told, asked and answered about privacy, what was signed and what left: never shorter, whoever asks.
        Kind("papers", 72, "row", f"{_SIX_YEARS}, 45 CFR 164.520(e), 164.522(a)(3), 164.530(d)(2)", least=72),
        Kind("consents", 72, "row", f"{_SIX_YEARS}, 42 CFR 2.31", least=72),
        Kind("accounting", 72, "row", "45 CFR 164.528(a), 42 CFR 2.25", least=72),
    )
}

SEALED: Mapping[str, str] = {
    "consent": "consents", "disclosure": "accounting", "emergency": "accounting", "release": "accounting",
    "report": "accounting", "notice": "papers", "limits": "papers", "restriction": "papers", "complaint": "papers",
}  # fmt: skip
"""What stays of an erased person, and the kind of record whose period it follows."""


def list_sealed_kinds(kind: str) -> list[str]:
    """Of what stays of erased people, what follows this period.

    >>> list_sealed_kinds("consents")
    ['consent']
    """
    return [sealed for sealed, followed in SEALED.items() if followed == kind]


class PeriodRefused(ValueError):
    """The period is shorter than the law allows, or no period. `least` and `most` are months."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(f"{least} to {most} months")
        self.least, self.most = least, most


def check_period(code: str, months: int) -> None:
    """Raise `PeriodRefused` where a program may not set this; KeyError for a kind that there is not.

    >>> check_period("messages", 6)
    >>> check_period("consents", 71)
    Traceback (most recent call last):
    alongside.rules.retention.PeriodRefused: 72 to 600 months
    """
    least = max(1, KINDS[code].least)
    if not least <= months <= LONGEST:
        raise PeriodRefused(least, LONGEST)


def months_of(code: str, set_by_program: Mapping[str, int]) -> int:
    """The period that holds: what the program set, never less than the law's, else ours."""
    kind = KINDS[code]
    return max(set_by_program.get(code, kind.months), kind.least)


def due_before(now: datetime, months: int) -> datetime:
    """What is older than this is past its time.

    >>> from datetime import UTC
    >>> due_before(datetime(2030, 2, 28, tzinfo=UTC), 72).date().isoformat()
    '2024-02-28'
    """
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=min(now.day, monthrange(year, month + 1)[1]))


def stays_until(since: datetime, months: int) -> datetime:
    """The first moment at which something from `since` may go. Never a day early: February 29 waits for March 1.

    >>> from datetime import UTC
    >>> stays_until(datetime(2024, 2, 29, tzinfo=UTC), 72).date().isoformat()
    '2030-03-01'
    """
    year, month = divmod(since.year * 12 + since.month - 1 + months, 12)
    if since.day <= monthrange(year, month + 1)[1]:
        return since.replace(year=year, month=month + 1, day=since.day)
    year, month = divmod(year * 12 + month + 1, 12)
    return since.replace(year=year, month=month + 1, day=1)


@dataclass(frozen=True)
class Asked:
    """What is known when somebody would erase a person: whether they work here, whether a hold is open, who agreed."""

    works_here: bool = False
    is_held: bool = False
    first: str = ""
    second: str = ""
    opens_at: datetime | None = None


def why_not(asked: Asked, now: datetime) -> str:
    """A code for why a person may not be erased now, or nothing (D5).

    Two different people, or one and the wait of a day where there is nobody else (`rules.exports.opens_at`).

    >>> from datetime import UTC
    >>> why_not(Asked(first="lien", second="carmen"), datetime(2026, 1, 1, tzinfo=UTC))
    ''
    >>> why_not(Asked(first="lien", second="lien"), datetime(2026, 1, 1, tzinfo=UTC))
    'one_person'
    """
    if asked.works_here:
        return "works_here"
    if asked.is_held:
        return "held"
    if not asked.first:
        return "nobody"
    if asked.second:
        return "" if asked.second != asked.first else "one_person"
    return "" if asked.opens_at and asked.opens_at <= now else "waits"


def expired(made_at: Mapping[str, datetime], now: datetime, days: int) -> list[str]:
    """Names of the backups that are older than `days`, the oldest first. The newest one is never among them.

    A backup that nobody makes any more must not vanish: the latest one stays, however old.
    """
    if len(made_at) < 2:
        return []
    newest = max(made_at, key=lambda name: (made_at[name], name))
    old = [name for name in made_at if name != newest and (now - made_at[name]).total_seconds() > days * 86_400]
    return sorted(old, key=lambda name: (made_at[name], name))
