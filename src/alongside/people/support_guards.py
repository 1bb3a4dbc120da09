"""What the database itself holds of help from outside: four hours at most, nobody of the program, and it stays.

On SQLite a migration that alters the table drops its triggers: run these again in it; `tests/promises/test_triggers.py`
tells.
"""

from alongside.audit.vendor_sql import VendorSQL

TABLE = "people_supportgrant"

_GIVEN, _SINCE = "(OLD.{0} {1} NEW.{0})", "(NEW.{0} IS NOT NULL AND OLD.{0} {1} NEW.{0})"


def _wrong(differs: str) -> str:
    """SQL for a change that is none of: ended, once; the account of somebody erased; words under a newer key."""
    found = [_GIVEN.format(column, differs) for column in ("id", "program_id", "submit_key", "from_at", "until_at")]
    found += [_SINCE.format(column, differs) for column in ("account_id", "given_by_id")]
    ended = ["(OLD.{0} {1} NEW.{0})".format("ended_at", differs), _SINCE.format("ended_by_id", differs)]
    return " OR ".join([*found, f"(OLD.ended_at IS NOT NULL AND ({' OR '.join(ended)}))"])


_OF_THE_PROGRAM = (
    "NEW.account_id IS NULL OR EXISTS (SELECT 1 FROM people_membership m "
    "WHERE m.user_id = NEW.account_id AND m.program_id = NEW.program_id)"
)
# Without what stands behind the point, which `strftime` would round.
_SECONDS = "(strftime('%s', substr(NEW.until_at, 1, 19)) - strftime('%s', substr(NEW.from_at, 1, 19)))"
# Moments are text here: with exactly four hours of whole seconds between them, what stands behind the point decides.
_TOO_LONG_ON_SQLITE = (
    f"({_SECONDS} > 14400 OR ({_SECONDS} = 14400 AND substr(NEW.until_at, 20) > substr(NEW.from_at, 20)))"
)
# INSERT OR REPLACE removes the old row without firing a delete trigger.
_AGAIN = "EXISTS (SELECT 1 FROM people_supportgrant WHERE id = NEW.id)"


def keep_support() -> VendorSQL:
    """The operation, which can be undone."""
    drops = [f"DROP TRIGGER IF EXISTS support_{what}" for what in ("given", "stays_update", "stays_delete")]
    drop_postgresql = [
        f"DROP TRIGGER IF EXISTS support_given ON {TABLE}", "DROP FUNCTION IF EXISTS support_given()",
        f"DROP TRIGGER IF EXISTS support_stays ON {TABLE}", "DROP FUNCTION IF EXISTS support_stays()",
    ]  # fmt: skip
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER support_given BEFORE INSERT ON {TABLE} WHEN {_TOO_LONG_ON_SQLITE} OR {_OF_THE_PROGRAM} "
            f"OR {_AGAIN} BEGIN SELECT RAISE(ABORT, 'support_given'); END",
            f"CREATE TRIGGER support_stays_update BEFORE UPDATE ON {TABLE} WHEN {_wrong('IS NOT')} "
            "BEGIN SELECT RAISE(ABORT, 'support_stays'); END",
            f"CREATE TRIGGER support_stays_delete BEFORE DELETE ON {TABLE} "
            "BEGIN SELECT RAISE(ABORT, 'support_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION support_given() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.until_at - NEW.from_at > interval '4 hours' OR {_OF_THE_PROGRAM} THEN
                    RAISE EXCEPTION 'support_given' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER support_given BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION support_given()",
            f"""
            CREATE FUNCTION support_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NOT ({_wrong("IS DISTINCT FROM")}) THEN RETURN NEW; END IF;
                RAISE EXCEPTION 'support_stays' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER support_stays BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION support_stays()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )
