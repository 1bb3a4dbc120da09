"""Rows of any model, written many at a time: `executemany` on SQLite, `COPY` on PostgreSQL.

A `Table` takes rows as tuples of the named fields; every other field of the model gets its default, so a model may grow
without a change here. Values are text, numbers, booleans, None, lists and dicts (for JSON), and words, which the table
encrypts where their column is encrypted; ids are 32 hexadecimal digits and moments `YYYY-MM-DD HH:MM:SS` in UTC, which
both databases read.
"""

import json
from collections.abc import Iterable
from contextlib import contextmanager
from functools import lru_cache
from random import Random

from django.apps import apps
from django.db import connection, models, transaction

from alongside.audit.fields import EncryptedField, encrypt

BATCH = 20_000


class FieldWithoutValue(Exception):
    """A field of the model has no default and was not named: say what it holds."""


@lru_cache(maxsize=200_000)
def token(text: str, where: str) -> str:
    """Words as a column keeps them, encrypted once: where the same words come again, so does the token.

    The pages cannot tell: a token is decrypted anew each time it is read. It makes loading ten times quicker.
    """
    return str(encrypt(text, where))


def new_id(rng: Random) -> str:
    """A random id (UUID version 4) as 32 hexadecimal digits."""
    return f"{rng.getrandbits(128) & ~0xF000C000000000000000 | 0x40008000000000000000:032x}"


class Table:
    """Collects rows of one model and writes them in batches."""

    def __init__(self, model: type[models.Model], *fields: str):
        self.model, self.rows, self.count = model, [], 0
        meta = model._meta
        named = [meta.get_field(name) for name in fields]
        rest = [
            each for each in meta.local_concrete_fields
            if each not in named and not isinstance(each, models.AutoField)
        ]  # fmt: skip
        self.constants = tuple(self._default(each) for each in rest)
        self.columns = [each.column for each in (*named, *rest)]
        self.lists = tuple(place for place, each in enumerate(named) if isinstance(each, models.JSONField)
                           and not isinstance(each, EncryptedField))  # fmt: skip
        self.sealed = tuple((place, each.where) for place, each in enumerate(named) if isinstance(each, EncryptedField))

    def _default(self, each: models.Field):
        if not each.has_default():
            if each.null:
                return None
            if each.empty_strings_allowed and each.blank:
                return ""
            raise FieldWithoutValue(f"{self.model._meta.label}.{each.name}")
        value = each.get_default()
        if isinstance(each, EncryptedField):
            return token(each.to_text(value), each.where) if value not in (None, "") else value
        return json.dumps(value) if isinstance(each, models.JSONField) else value

    def add(self, *row) -> None:
        """One more row."""
        self.rows.append(row)
        if len(self.rows) >= BATCH:
            self.flush()

    def extend(self, rows: Iterable[tuple]) -> None:
        """Several more rows."""
        self.rows.extend(rows)
        if len(self.rows) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was collected."""
        rows, self.rows = self.rows, []
        if not rows:
            return
        self.count += len(rows)
        constants, lists = self.constants, self.lists
        if self.sealed:
            for number, row in enumerate(rows):
                row = list(row)
                for place, where in self.sealed:
                    if row[place]:
                        row[place] = token(row[place], where)
                rows[number] = tuple(row)
        if lists:
            for place, row in enumerate(rows):
                row = list(row)
                for column in lists:
                    if not isinstance(row[column], str):
                        row[column] = json.dumps(row[column])
                rows[place] = (*row, *constants)
        elif constants:
            rows = [row + constants for row in rows]
        write(self.model._meta.db_table, self.columns, rows)


def write(table: str, columns: list[str], rows: list[tuple]) -> None:
    """Many rows at once, by the quickest door of each database."""
    names = ", ".join(f'"{column}"' for column in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(columns))
            # The driver itself: Django would rewrite the placeholders of every row.
            connection.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)  # noqa: S608


@contextmanager
def quickly():
    """While people are made: no fsync, no secondary indexes, no check of foreign keys row by row.

    Triggers and constraints stay on. Afterwards the indexes are built, and every foreign key is checked at once.
    """
    connection.ensure_connection()
    dropped = _drop_indexes()
    if connection.vendor == "sqlite":
        # journal_mode is left alone: a switch to MEMORY and back is refused while others are connected.
        _run(
            "PRAGMA foreign_keys=OFF", "PRAGMA synchronous=OFF", "PRAGMA secure_delete=OFF",
            "PRAGMA cache_size=-600000", "PRAGMA wal_autocheckpoint=20000",
        )  # fmt: skip
    else:
        _run("SET synchronous_commit=off", "SET TIME ZONE 'UTC'", "SET maintenance_work_mem='512MB'")
    try:
        yield
        _run(*dropped)
        check_foreign_keys()
    finally:
        if connection.vendor == "sqlite":
            _run("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()  # the next connection has the product's own pragmas again
    if connection.vendor == "postgresql":
        # What autovacuum does by itself within minutes; a benchmark that starts at once must not run without it.
        _run("VACUUM ANALYZE")


@contextmanager
def without_row_checks():
    """On PostgreSQL, foreign keys of big tables are not looked up row by row; tables with triggers of ours are not
    written in here. SQLite has them off for the whole load."""
    if connection.vendor == "postgresql":
        _run("SET session_replication_role=replica")
    try:
        yield
    finally:
        if connection.vendor == "postgresql":
            _run("SET session_replication_role=DEFAULT")


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop_indexes() -> list[str]:
    """Drop indexes that hold no promise; returns the statements that make them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        found = [(name, sql) for name, sql in cursor.fetchall() if not sql.upper().startswith("CREATE UNIQUE")]
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def check_foreign_keys() -> None:
    """Raise unless every foreign key of every model leads to a row."""
    broken = []
    for model in apps.get_models():
        for each in model._meta.local_concrete_fields:
            if not each.is_relation:
                continue
            target, key = each.target_field.model._meta.db_table, each.target_field.column
            with connection.cursor() as cursor:
                cursor.execute(
                    f'SELECT COUNT(*) FROM "{model._meta.db_table}" a WHERE a."{each.column}" IS NOT NULL '  # noqa: S608
                    f'AND NOT EXISTS (SELECT 1 FROM "{target}" b WHERE b."{key}" = a."{each.column}")'
                )
                if lost := cursor.fetchone()[0]:
                    broken.append(f"{model._meta.label}.{each.name}: {lost}")
    if broken:
        raise AssertionError(f"rows that lead nowhere: {', '.join(broken)}")
