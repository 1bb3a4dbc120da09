"""What the database itself holds of worries: nothing more invasive without a why, no end without a measure (J2).

On SQLite, Django alters a table by making a new one, and the triggers fall with the old one: a migration that alters
`safety_escalation` or `safety_measure` must run these again; `tests/promises/test_triggers.py` tells.
"""

from alongside.audit.vendor_sql import VendorSQL

LEAST_FIRST = (
    "NEW.why_not_less <> '' OR (NEW.what <> 'police' AND NEW.rank = (SELECT COUNT(DISTINCT m.rank) "
    "FROM safety_measure m WHERE m.escalation_id = NEW.escalation_id AND m.rank < NEW.rank))"
)
"""Everything less invasive was done before, or it says why not; of the police it always says why."""

DONE_SOMETHING = "EXISTS (SELECT 1 FROM safety_measure m WHERE m.escalation_id = NEW.id)"


def least_first() -> VendorSQL:
    """A measure leaves out a lesser one only with words."""
    return _guard("measure_least_first", "safety_measure", "INSERT", f"NOT ({LEAST_FIRST})")


def resolved_by_a_measure() -> VendorSQL:
    """A worry is not resolved before somebody wrote down what was done."""
    ends = "NEW.status = 'resolved' AND OLD.status <> 'resolved'"
    return _guard("escalation_needs_measure", "safety_escalation", "UPDATE", f"{ends} AND NOT {DONE_SOMETHING}")


def _guard(name: str, table: str, moment: str, wrong: str) -> VendorSQL:
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {name}"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {wrong} THEN
                    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
