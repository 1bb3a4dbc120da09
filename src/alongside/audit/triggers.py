"""Insert-only tables: the database itself refuses UPDATE, DELETE and (PostgreSQL) TRUNCATE (G2).

Any package may protect a table of its own. In a migration that depends on `("audit", "0001_initial")`:

    operations = [..., insert_only("privacy_disclosure")]

A warning for later migrations: on SQLite, Django alters a table by building a new one and dropping the old, and the
triggers fall with it. After altering a protected table, add `insert_only(table)` again; `missing` tells.

In tests: the flush after a test with `transaction=True` deletes rows, which these triggers refuse. Put this once into
the top `conftest.py`; it covers the tables of all packages:

    @pytest.fixture(autouse=True, scope="session")
    def _flush_past_the_triggers():
        flush = TransactionTestCase._fixture_teardown
        def teardown(self):
            with triggers.suspended(connection):
                flush(self)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
            yield
"""

from collections.abc import Iterator
from contextlib import contextmanager

from .vendor_sql import VendorSQL

TABLES = ("audit_entry", "audit_seal")
PREFIX = "insert_only_"
STAYS = "_stays"
"""In the name of a trigger of another package that refuses to change or remove what was once signed or done."""

CREATE_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'insert-only: % refused on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
DROP_FUNCTION = "DROP FUNCTION IF EXISTS refuse_change()"


def create_statements(vendor: str, table: str) -> list[str]:
    """The SQL that makes `table` insert-only. Its primary key must be called `id`."""
    if vendor == "postgresql":
        return [
            f'CREATE TRIGGER "{PREFIX}{table}" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f'CREATE TRIGGER "{PREFIX}{table}_truncate" BEFORE TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, 'insert-only: change refused on {table}'); END"
    return [
        f'CREATE TRIGGER "{PREFIX}{table}_update" BEFORE UPDATE ON "{table}" {refuse}',
        f'CREATE TRIGGER "{PREFIX}{table}_delete" BEFORE DELETE ON "{table}" {refuse}',
        # INSERT OR REPLACE removes the old row without firing a delete trigger.
        f'CREATE TRIGGER "{PREFIX}{table}_replace" BEFORE INSERT ON "{table}" '  # noqa: S608 (a table name of ours)
        f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW.id) {refuse}',
    ]


def drop_statements(vendor: str, table: str) -> list[str]:
    """The SQL that takes the protection of `table` away."""
    if vendor == "postgresql":
        return [f'DROP TRIGGER IF EXISTS "{PREFIX}{table}{part}" ON "{table}"' for part in ("", "_truncate")]
    return [f'DROP TRIGGER IF EXISTS "{PREFIX}{table}{part}"' for part in ("_update", "_delete", "_replace")]


def insert_only(table: str) -> VendorSQL:
    """A reversible migration operation that makes `table` insert-only."""
    return VendorSQL(
        sqlite=drop_statements("sqlite", table) + create_statements("sqlite", table),
        postgresql=drop_statements("postgresql", table) + create_statements("postgresql", table),
        reverse_sqlite=drop_statements("sqlite", table),
        reverse_postgresql=drop_statements("postgresql", table),
    )


def install(connection, tables=TABLES) -> None:
    """Protects `tables`; does no harm where they are protected already."""
    remove(connection, tables)
    for table in tables:
        _run(connection, create_statements(connection.vendor, table))


def remove(connection, tables=TABLES) -> None:
    """Takes the protection of `tables` away."""
    for table in tables:
        _run(connection, drop_statements(connection.vendor, table))


def missing(connection, tables=TABLES) -> list[str]:
    """Those of `tables` that are not, or not fully, protected now; an empty list is good news."""
    present = {name for name, _ in _list_triggers(connection)}
    return [
        table for table in tables if not all(_named(s) in present for s in create_statements(connection.vendor, table))
    ]


@contextmanager
def suspended(connection) -> Iterator[None]:
    """Within this block every table that refuses changes, of every package, takes them. For tests, and nothing else."""
    if connection.vendor == "postgresql":
        # A table with unchecked deferred constraints cannot be altered: check them now.
        settle = ["SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED"]
        pairs = _list_triggers(connection)
        off = [*settle, *(f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"' for name, table in pairs)]
        on = [*settle, *(f'ALTER TABLE "{table}" ENABLE TRIGGER "{name}"' for name, table in pairs)]
    else:
        pairs = _list_triggers(connection)
        off = [f'DROP TRIGGER "{name}"' for name, _ in pairs]
        on = [sql for _, sql in pairs]
    _run(connection, off)
    try:
        yield
    finally:
        _run(connection, on)


def _named(statement: str) -> str:
    return statement.split('"')[1]


def _list_triggers(connection) -> list[tuple[str, str]]:
    """Name of each trigger that refuses changes, with its table (PostgreSQL, only enabled ones) or its SQL (SQLite)."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE (tgname LIKE %s OR tgname LIKE %s) AND tgenabled <> 'D' ORDER BY tgname"
        )
    else:
        sql = (
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND (name LIKE %s OR name LIKE %s) "
            "ORDER BY name"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"{PREFIX}%", f"%{STAYS}%"])
        return cursor.fetchall()


def _run(connection, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
