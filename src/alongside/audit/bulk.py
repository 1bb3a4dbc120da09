"""Very many rows in few statements, quicker than `bulk_create`: encrypted and blind-indexed as `save` would.

Django builds one long statement with each value as a part of its tree; for a hundred thousand people that costs more
than the database itself. Here each value is prepared by its field and goes as it is.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

Prepare = Callable[[models.Model, bool], object]

ROWS_OF_ONE_STATEMENT = 100
"""PostgreSQL: each statement is a way to the server and back."""

AS_THEY_ARE = (
    models.CharField, models.TextField, models.BooleanField, models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
)  # fmt: skip
"""Fields whose values need nothing done to them; of exactly these types, for others inherit from them."""


def insert_rows(rows: Sequence[models.Model], *, differ: Collection[str] = ()) -> None:
    """Insert rows of one model whose ids are their own; a counted id is given by the database and not read back.

    `differ`: the columns' attributes in which the rows differ, where all else is the same in each. () for any.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    into = f"INSERT INTO {connection.ops.quote_name(meta.db_table)} ({names}) VALUES "  # noqa: S608  (names of ours)
    prepared = _prepare_all(fields)
    values = _alike(rows, prepared, differ) if differ else [_values(row, prepared, adding=True) for row in rows]
    # One transaction: outside of any, SQLite would write each of the rows to the disk by itself.
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(into + places, values)
        else:
            for start in range(0, len(values), ROWS_OF_ONE_STATEMENT):
                some = values[start : start + ROWS_OF_ONE_STATEMENT]
                cursor.execute(into + ", ".join([places] * len(some)), [one for row in some for one in row])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> None:
    """Write some fields of rows of one model that are there. Name a blind index beside its source."""
    if not rows or not names:
        return
    meta = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608  (names of ours)
    with connection.cursor() as cursor:
        prepared = _prepare_all([*fields, meta.pk])
        cursor.executemany(statement, [_values(row, prepared, adding=False) for row in rows])


def _values(row: models.Model, prepared: Sequence[tuple[str, Prepare | None]], *, adding: bool) -> list:
    return [getattr(row, attname) if prepare is None else prepare(row, adding) for attname, prepare in prepared]


def _alike(rows: Sequence[models.Model], prepared: Sequence[tuple[str, Prepare | None]], differ: Collection[str]):
    """The values of each row; what does not differ is got ready once."""
    first, found = _values(rows[0], prepared, adding=True), []
    places = [(place, *one) for place, one in enumerate(prepared) if one[0] in differ]
    for row in rows:
        values = first.copy()
        for place, attname, prepare in places:
            values[place] = getattr(row, attname) if prepare is None else prepare(row, True)
        found.append(values)
    return found


def _prepare_all(fields: Sequence[models.Field]) -> list[tuple[str, Prepare | None]]:
    """How the value of each field gets ready, decided once for all rows: column's attribute -> None for as it is."""
    return [(field.attname, _prepare(field)) for field in fields]


def _prepare(field: models.Field) -> Prepare | None:
    if type(field) in AS_THEY_ARE:
        return None
    # The proxy `connection` looks for itself anew at each touch, which of a million values costs seconds.
    using, attname = connections[DEFAULT_DB_ALIAS], field.attname
    holds = field.target_field if isinstance(field, models.ForeignKey) else field
    if type(holds) is models.UUIDField and not using.features.has_native_uuid_field:
        slowly = field.get_db_prep_save

        def hexed(row: models.Model, _adding: bool) -> object:
            value = getattr(row, attname)
            return value.hex if type(value) is UUID else slowly(value, using)

        return hexed
    if type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add):
        carefully, adapt = field.get_db_prep_save, using.ops.adapt_datetimefield_value

        def moment(row: models.Model, _adding: bool) -> object:
            value = getattr(row, attname)
            return adapt(value) if type(value) is datetime and value.tzinfo else carefully(value, using)

        return moment
    return lambda row, adding: field.get_db_prep_save(field.pre_save(row, adding), using)
