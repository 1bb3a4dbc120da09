"""Queries of the pages that are opened most, made into SQL once and asked many times, with plain rows as answers.

Django builds a query anew each time it is asked, and a model object for each row and each row joined to it: for a list
of forty people that is more work than the database has and than the page has (docs/decisions/0023). Here the same
query, written with the ORM as everywhere, is built once with stand-ins for what changes; afterwards the real values
take their places.

    def _caseload(peer, since):
        return Mentorship.objects.filter(peer=peer, introduced_at__gte=since).values("id", "participant__goes_by")

    for row in ask(_caseload, peer=actor.person_id, since=moment):
        row.id, row.participant.goes_by

The program of the current scope is one of the values that change: the query is built inside the scope of a program that
does not exist, so that one program's id never stays in it. Outside a scope the query raises, as everywhere.
"""

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Count, QuerySet, Value
from django_scopes import get_scope, scope
from django_scopes.exceptions import ScopeError

from .kept_out import list_kept_out
from .models import Program

Build = Callable[..., QuerySet]

SIZES = (8, 64, 256)
"""A list of ids is filled up to one of these by naming its last once more, so that there are few different queries."""


NOBODY = UUID(int=0)
NO_COLUMN = -1


class NotPrepared(Exception):
    """The query does more with a value than put it in its place: looks at it, changes it or leaves it out."""


def ask(build: Build, *fixed: object, **values: object) -> list[Any]:
    """The rows of a query as plain objects: columns as attributes, those of joined rows below theirs (None: no row).

    `build(*fixed, **values)` gives a queryset with `.values(…)`. What changes its form (a filter, a page) is `fixed`,
    hashable. `values` are put in their places: a UUID, a list of UUIDs, a day, a moment or a word. `build` must do
    nothing else with them, and is a function of a module, not a lambda: by it the query is kept. None is the id of
    nobody, as of staff who are no person of the program. Raises `NotPrepared` where a value finds no place.
    """
    return ask_unmade(build, *fixed, **values).make()


@dataclass(frozen=True)
class Unmade:
    """Rows as the database gave them, from which plain objects are still to be made.

    `rows` are tuples: texts where SQLite keeps ids and moments as texts, tokens where something is encrypted. The same
    tuple of the same query means the same, so what was worked out of one, and is neither a name nor what somebody
    wrote, may be kept by it.
    """

    rows: Sequence[tuple]
    _form: "_Form | None" = None

    def make(self, some: Sequence[tuple] | None = None) -> list[Any]:
        """The plain objects of some of these rows, or of all, in their order."""
        return self._form.make(self.rows if some is None else some) if self._form else []


def ask_unmade(build: Build, *fixed: object, **values: object) -> Unmade:
    """As `ask`, for lists of which only a part is shown: whoever asks says which rows become plain objects."""
    values = {name: _filled(value) if isinstance(value, list | tuple) else value for name, value in values.items()}
    values = {name: NOBODY if value is None else value for name, value in values.items()}
    shapes = tuple((name, _shape(value)) for name, value in values.items())
    program = get_scope().get("program")
    if not isinstance(program, Program):
        raise ScopeError("A prepared query is asked inside the scope of one program.")
    if list_kept_out():  # for a few readers, who see some people left out: no query is kept for them
        return _unmade(build(*fixed, **values))
    return _prepare(build, fixed, shapes, connection.vendor).find({"": program.pk, **values})


class Pages(Sequence):
    """The rows of a query for a `Paginator`: their number is one query, a page of them another."""

    def __init__(self, build: Build, *fixed: object, **values: object) -> None:
        self._query, self._values = (build, *fixed), values

    def __len__(self) -> int:
        return sum(row.many for row in ask(_counted, *self._query, **self._values))

    def __getitem__(self, part):
        return ask(_part_of, part.start or 0, part.stop, *self._query, **self._values)


def _counted(build: Build, *fixed: object, **values: object) -> QuerySet:
    """A row with `many`, as `count()` would ask; none where there is nothing."""
    return build(*fixed, **values).order_by().values(all=Value(1)).annotate(many=Count("pk")).values("many")


def _part_of(start: int, stop: int, build: Build, *fixed: object, **values: object) -> QuerySet:
    return build(*fixed, **values)[start:stop]


def plain(queryset: QuerySet) -> list[Any]:
    """The rows of any queryset with `.values(…)` in the same form, for what is asked too differently to be kept."""
    return _unmade(queryset).make()


def _unmade(queryset: QuerySet) -> Unmade:
    compiler = queryset.query.get_compiler(connection.alias)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return Unmade(())
    return Unmade(_fetch(sql, params), _Form(compiler))


def _fetch(sql: str, params: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _filled(ids: Sequence[UUID]) -> list[UUID]:
    size = next((size for size in SIZES if len(ids) <= size), len(ids))
    return [*ids, *[ids[-1] if ids else NOBODY] * (size - len(ids))]


def _shape(value: object) -> object:
    return ("list", len(value)) if isinstance(value, list) else type(value)


def _stand_in(number: int, shape: object) -> object:
    """A value of this shape that occurs nowhere else."""
    if isinstance(shape, tuple):
        return [_stand_in(1000 * (number + 1) + place, UUID) for place in range(shape[1])]
    if shape is UUID:
        return UUID(f"57a2d125-0000-4000-8000-{number:012x}")
    if shape is dt.date:
        return dt.date(1, 1, 2) + dt.timedelta(days=number)
    if shape is dt.datetime:
        return dt.datetime(1, 1, 2, 3, 4, 5, 600 + number, dt.UTC)
    if shape is str:
        return f"stand-in {number} \N{SNOWMAN}"
    raise NotPrepared(f"no stand-in for {shape}")


def _storing() -> Callable[[object], object]:
    """Gives each value as the driver takes it. The proxy `connection` would look for itself anew at each value."""
    using = connections[DEFAULT_DB_ALIAS]
    native, ops = using.features.has_native_uuid_field, using.ops

    def stored(value: object) -> object:
        if isinstance(value, UUID):
            return value if native else value.hex
        if isinstance(value, dt.datetime):
            return ops.adapt_datetimefield_value(value)
        if isinstance(value, dt.date):
            return ops.adapt_datefield_value(value)
        return value

    return stored


@functools.lru_cache(maxsize=500)
def _prepare(build: Build, fixed: tuple, shapes: tuple, _vendor: str) -> "_Prepared":
    return _Prepared(build, fixed, shapes)


class _Prepared:
    """One query as SQL, and where its values go."""

    def __init__(self, build: Build, fixed: tuple, shapes: tuple) -> None:
        stands = {name: _stand_in(number, shape) for number, (name, shape) in enumerate(shapes, 1)}
        nobody = Program(pk=_stand_in(0, UUID))
        with scope(program=nobody):
            queryset = build(*fixed, **stands)
        compiler = queryset.query.get_compiler(connection.alias)
        self._sql = ""
        try:
            self._sql, params = compiler.as_sql()
        except EmptyResultSet:  # by its form nothing can be found, as of a role that sees nobody
            return
        self._form = _Form(compiler)
        self._places = _places({"": nobody.pk, **stands}, params)
        self._params = list(params)

    def find(self, values: Mapping[str, object]) -> Unmade:
        """Ask, with these values in their places; the program's is named ""."""
        if not self._sql:
            return Unmade(())
        params, stored = list(self._params), _storing()
        for name, place, index in self._places:
            value = values[name]
            params[place] = stored(value if index is None else value[index])
        return Unmade(_fetch(self._sql, params), self._form)


class _Form:
    """How rows of the driver become plain objects: what each column means, and where it stands."""

    def __init__(self, compiler) -> None:
        converters = compiler.get_converters([column[0] for column in compiler.select])
        make_id = getattr(compiler.connection.ops, "convert_uuidfield_value", None)
        readers = {place: _reader(place, each, column, make_id) for place, (each, column) in converters.items()}
        self._reads, _first = _branch(enumerate(compiler.query.selected or compiler.query.values_select), readers)

    def make(self, came: Sequence[tuple]) -> list[Any]:
        """Plain objects of rows as they came."""
        reads = self._reads
        return [Row(row, reads) for row in came]


def _places(stands: Mapping[str, object], params: Sequence) -> list[tuple[str, int, int | None]]:
    """(name, place among the parameters, index in its list) of each value; each must have at least one place."""
    stored = _storing()
    wanted: dict[object, tuple[str, int | None]] = {}
    for name, stand in stands.items():
        each = enumerate(stand) if isinstance(stand, list) else [(None, stand)]
        wanted |= {_key(stored(one)): (name, index) for index, one in each}
    places = []
    for place, param in enumerate(params):
        if (found := wanted.get(_key(param))) is not None:
            places.append((found[0], place, found[1]))
        elif isinstance(param, str) and any(key[1] in param for key in wanted if isinstance(key[1], str)):
            raise NotPrepared("a value is part of another")
    if missing := set(stands) - {name for name, _place, _index in places}:
        raise NotPrepared(f"the query does not use {', '.join(map(repr, sorted(missing)))} as it is")
    return places


def _key(value: object) -> tuple[type, object]:
    return type(value), value if isinstance(value, str | int | float | bytes | type(None)) else str(value)


Reader = Callable[[tuple], Any]
"""From a row as it came, what one name of its object means."""


class Row:
    """A row, or one joined to it: columns as attributes. What a column means is read when it is first looked at, so
    that what a page does not show costs nothing: neither days and moments, nor the opening of what is encrypted.
    """

    def __init__(self, came: tuple, reads: Mapping[str, Reader]) -> None:
        self._came, self._reads = came, reads

    def __getattr__(self, name: str) -> Any:
        read = self.__dict__["_reads"].get(name)
        if read is None:
            raise AttributeError(f"the query did not ask for {name}")
        value = self.__dict__[name] = read(self._came)
        return value


_made_id = functools.lru_cache(maxsize=4096)(UUID)
"""Text -> UUID, where the database keeps ids as text: the same stand in many rows, and on every page of somebody."""


def _reader(place: int, converters: Sequence[Callable], column, make_id: Callable | None) -> Reader:
    """Reads what stands at a place. Null is null after every converter of Django's and of ours."""
    if list(converters) == [make_id]:
        return lambda came: None if (text := came[place]) is None else _made_id(text)

    def read(came: tuple) -> object:
        value = came[place]
        if value is not None:
            using = connections[DEFAULT_DB_ALIAS]
            for convert in converters:
                value = convert(value, column, using)
        return value

    return read


def _branch(names: Iterable[tuple[int, str]], readers: Mapping[int, Reader]) -> tuple[dict[str, Reader], int]:
    """How objects with these names are read: `peer__person__goes_by` is found as `.peer.person.goes_by`. And the place
    of their first column of their own.

    A joined row whose first column is null is None, so name its id first.
    """
    own: dict[str, int] = {}
    below: dict[str, list[tuple[int, str]]] = {}
    for place, name in names:
        first, _, rest = name.partition("__")
        if rest:
            below.setdefault(first, []).append((place, rest))
        else:
            own[first] = place
    reads = {name: readers.get(place) or itemgetter(place) for name, place in own.items()}
    reads |= {name: _joined(*_branch(part, readers)) for name, part in below.items()}
    return reads, next(iter(own.values()), NO_COLUMN)


def _joined(reads: Mapping[str, Reader], first: int) -> Reader:
    """Reads a row joined to another. One without a column of its own is only a way to what is joined to it."""
    if first == NO_COLUMN:
        return lambda came: Row(came, reads)
    return lambda came: None if came[first] is None else Row(came, reads)
