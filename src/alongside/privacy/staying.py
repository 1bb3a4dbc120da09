"""Rows that stay: the database itself refuses to change these columns and to remove the row, on both databases.

Unlike `audit.triggers.insert_only`, what is not named may change: whose row it is, when two records become one, and
encrypted columns, which are written anew when keys change. On SQLite a migration that alters such a table must run
this again; `tests/promises/test_triggers.py` tells.
"""

from collections.abc import Iterable

from alongside.audit.vendor_sql import VendorSQL

from .guards import NEVER


def keep(
    name: str, table: str, columns: Iterable[str], *, once: Iterable[str] = (), backwards: str = "", unless: str = NEVER
) -> VendorSQL:
    """The operation. `name`: of the trigger, before `_stays`. `once`: columns written once, from null or "" on.

    `backwards` is a condition on OLD and NEW that is refused too, such as a state that goes back. `unless` as in
    `guards.keep_signed`.
    """
    drops = [f"DROP TRIGGER IF EXISTS {name}_stays_{when}" for when in ("update", "delete")]
    drop_postgresql = [
        f"DROP TRIGGER IF EXISTS {name}_stays ON {table}", f"DROP FUNCTION IF EXISTS {name}_stays()",
    ]  # fmt: skip

    def wrong(differs: str) -> str:
        found = [f"OLD.{column} {differs} NEW.{column}" for column in columns]
        found += [f"(OLD.{column} IS NOT NULL AND OLD.{column} {differs} NEW.{column})" for column in once]
        return " OR ".join([*found, f"({backwards})"] if backwards else found)

    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER {name}_stays_update BEFORE UPDATE ON {table} WHEN {wrong('IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{name}_stays'); END",
            f"CREATE TRIGGER {name}_stays_delete BEFORE DELETE ON {table} WHEN NOT ({unless}) "
            f"BEGIN SELECT RAISE(ABORT, '{name}_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NOT ({wrong("IS DISTINCT FROM")}) THEN RETURN NEW; END IF;
                IF TG_OP = 'DELETE' AND ({unless}) THEN RETURN OLD; END IF;
                RAISE EXCEPTION '{name}_stays' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER {name}_stays BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_stays()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def refuse(name: str, table: str, wrong: str, *, on: str = "INSERT", locks: Iterable[str] = ()) -> VendorSQL:
    """A row for which `wrong`, SQL over NEW (and OLD where `on` is "UPDATE"), holds is refused, by a trigger `name`.

    `locks` are whole `SELECT`s that PostgreSQL asks for first, so that two who write at once wait for each other.
    """
    drop = [f"DROP TRIGGER IF EXISTS {name}"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    waits = " ".join(f"PERFORM {lock};" for lock in locks)
    return VendorSQL(
        sqlite=[
            *drop,
            f"CREATE TRIGGER {name} BEFORE {on} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                {waits}
                IF {wrong} THEN
                    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE {on} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop,
        reverse_postgresql=drop_postgresql,
    )
