"""The first ones near a place, looked for and put in order by the database in one question.

The same as `rules.meetings.times.is_in` and `minutes_ahead`, as SQL: near a large city ten thousand times lie in reach
of a search that shows twenty. It is written here and not with the ORM, which needs longer to build such a question than
the database to answer it (docs/decisions/0023). A test compares it with the rules, row by row.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django_scopes import get_scope, scope

from alongside.people.models import Program
from alongside.rules.meetings.times import DAY, Window

from .models import Slot

COLUMNS = ("meeting_id", "day", "starts", "ends", "zone", "latitude", "longitude", "is_about")
WEEK = 7 * DAY
NOBODY = UUID(int=0)
Here = tuple[int, int]


@lru_cache(maxsize=500)
def _condition(build: Callable[..., QuerySet[Slot]], of: object, _vendor: str) -> tuple[str, tuple[object, ...]]:
    """What a queryset asks for, as SQL, made once; of no program that there is, so that none stays in it."""
    with scope(program=Program(pk=NOBODY)):
        sql, params = build(of).values("pk").query.sql_with_params()
    return sql.partition(" WHERE ")[2], params


def list_nearest(
    build: Callable[..., QuerySet[Slot]], of: object, *, cells: Sequence[int], near: tuple[float, float],
    shrunk: float, reach: float, wanted: Mapping[str, Sequence[Window]], here: Mapping[str, Here], most: int,
) -> list[tuple]:  # fmt: skip
    """The first `most` in these cells and windows, the next first: (minutes ahead, below 0 if on; then `COLUMNS`).

    `build(of)`: the queryset of all else that is asked for; `of` is hashable. `near`: (latitude, longitude); `reach` in
    degrees of latitude, `shrunk` how much shorter those of longitude are. `wanted`: zone -> windows, not empty; `here`:
    zone -> the day and minute now, by the clock there. The program must be in scope.
    """
    program_id = get_scope()["program"].pk
    asked, values = _condition(build, of, connection.vendor)
    native = connection.features.has_native_uuid_field
    nobody, ours = (NOBODY, program_id) if native else (NOBODY.hex, program_id.hex)
    clocks: dict[tuple[Here, tuple[Window, ...]], list[str]] = {}
    for zone, windows in wanted.items():
        clocks.setdefault((here[zone], tuple(windows)), []).append(zone)
    days = sorted({window.day for windows in wanted.values() for window in windows})
    inside, ahead, zones_of = [], [], []
    for (now, windows), zones in clocks.items():
        of_zone = f"zone IN ({_marks(zones)})"
        inside.append(f"{of_zone} AND ({' OR '.join(map(_inside, windows))})")
        ahead.append(f"WHEN {of_zone} THEN {_ahead(*now)}")
        zones_of += zones
    # The circle first: it leaves out most, for the least.
    sql = (
        f"SELECT CASE {' '.join(ahead)} END AS ahead, {', '.join(COLUMNS)} FROM {Slot._meta.db_table} "  # noqa: S608  (numbers of ours)
        f"WHERE program_id = %s AND cell IN ({', '.join(map(str, cells))}) AND day IN ({', '.join(map(str, days))}) "
        "AND (latitude - %s) * (latitude - %s) + (longitude - %s) * (longitude - %s) * %s <= %s "
        f"AND ({' OR '.join(inside)}) AND {asked} ORDER BY ahead, meeting_id LIMIT {most:d}"
    )
    (north, east), square = near, shrunk * shrunk
    params = [
        *zones_of, ours, north, north, east, east, square, reach * reach, *zones_of,
        *(ours if value == nobody else value for value in values),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return found if native else [(row[0], UUID(row[1]), *row[2:8], bool(row[8])) for row in found]


def _inside(window: Window) -> str:
    """All of a window are numbers of ours. The plus keeps SQLite from asking its index for each of them apart."""
    found = f"+day = {window.day:d} AND +starts BETWEEN {window.first:d} AND {window.last:d}"
    return f"({found} AND ends > {window.ends_after:d} AND ends <= {window.ends_by:d})"


def _ahead(day: int, minute: int) -> str:
    """Minutes until it begins by the clock of its zone."""
    begins = f"((day - {day:d} + 7) % 7) * {DAY} + starts - {minute:d}".replace("%", "%%")
    until = f"{begins} + ends - starts"
    return f"{begins} + CASE WHEN {until} <= 0 THEN {WEEK} WHEN {until} > {WEEK} THEN -{WEEK} ELSE 0 END"


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))
