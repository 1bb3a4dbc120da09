"""The SQL that keeps the history of something as it was written, whoever writes to the database (I1).

Entries may be added. The columns named can never be changed. Columns of words hold ciphertext under one of our keys,
and are written again only when that key is renewed. There is no refusal of deleting: a person may have their whole
record erased, and that takes the history with it; no action deletes an entry.

On SQLite, Django alters a table by making a new one, and the trigger falls with the old one: a migration that alters
such a table must run this again; `tests/promises/test_triggers.py` tells.
"""

from collections.abc import Sequence

from .vendor_sql import VendorSQL


def keep_columns(table: str, fixed: Sequence[str]) -> VendorSQL:
    """A reversible migration operation. Depends on audit's first migration for its function on PostgreSQL."""
    name, columns = f"keep_{table}", ", ".join(f'"{one}"' for one in fixed)
    drop = {
        "sqlite": [f"DROP TRIGGER IF EXISTS {name}"],
        "postgresql": [f"DROP TRIGGER IF EXISTS {name} ON {table}"],
    }
    return VendorSQL(
        sqlite=[
            *drop["sqlite"],
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'insert-only: change refused on {table}'); END",
        ],
        postgresql=[
            *drop["postgresql"],
            f"CREATE TRIGGER {name} BEFORE UPDATE OF {columns} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ],
        reverse_sqlite=drop["sqlite"],
        reverse_postgresql=drop["postgresql"],
    )
