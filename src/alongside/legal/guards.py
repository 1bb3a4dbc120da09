"""What the database itself holds of legal matters: what was written stays, what is written once is written once (I1).

On SQLite, Django alters a table by making a new one, and the triggers fall with the old one: a migration that alters a
table named here must run this again; `tests/promises/test_triggers.py` tells.
"""

from collections.abc import Sequence

from alongside.audit.vendor_sql import VendorSQL


def stays(table: str, fixed: Sequence[str], *, once: Sequence[str] = ()) -> VendorSQL:
    """A reversible operation: rows are not removed, `fixed` columns never change, and those of `once` (what is
    decided at the end) not any more when the first of them has a value.

    Columns that hold ciphertext are left out: they are written anew when keys change.
    """
    name = f"{table}_stays"
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("update", "delete")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {table} WHEN {_wrong(fixed, once, 'IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
            f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NOT ({_wrong(fixed, once, "IS DISTINCT FROM")}) THEN RETURN NEW; END IF;
                RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )


def _wrong(fixed: Sequence[str], once: Sequence[str], operator: str) -> str:
    changed = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in fixed)
    if not once:
        return f"({changed})"
    decided = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in once)
    return f"({changed}) OR (OLD.{once[0]} IS NOT NULL AND ({decided}))"
