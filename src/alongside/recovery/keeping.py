"""The SQL that keeps the history of a page as it was written, whoever writes to the database (I1).

Entries may be added. Who, when, what and of which page can never be changed. The two columns of words hold ciphertext
under one of our keys, and are written again only when that key is renewed. There is no refusal of deleting: a person
may have their whole record erased, and that takes the history with it; no action deletes an entry.

On SQLite, Django alters a table by making a new one, and the trigger falls with the old one: a migration that alters
`recovery_change` must run `keep_history` again; `tests/promises/test_triggers.py` tells.
"""

from alongside.audit.vendor_sql import VendorSQL

TABLE = "recovery_change"
NAME = f"keep_{TABLE}"
FIXED = ("id", "program_id", "sheet_id", "at", "by_person", "by_role", "what", "item")


def keep_history() -> VendorSQL:
    """A reversible migration operation. Depends on audit's first migration for its function on PostgreSQL."""
    columns = ", ".join(f'"{one}"' for one in FIXED)
    drop = {
        "sqlite": [f"DROP TRIGGER IF EXISTS {NAME}"],
        "postgresql": [f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}"],
    }
    return VendorSQL(
        sqlite=[
            *drop["sqlite"],
            f"CREATE TRIGGER {NAME} BEFORE UPDATE OF {columns} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, 'insert-only: change refused on {TABLE}'); END",
        ],
        postgresql=[
            *drop["postgresql"],
            f"CREATE TRIGGER {NAME} BEFORE UPDATE OF {columns} ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        ],
        reverse_sqlite=drop["sqlite"],
        reverse_postgresql=drop["postgresql"],
    )
