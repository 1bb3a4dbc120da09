"""What the database holds of events, whoever writes to it: places are counted, and nobody is in one that is not shown.

`places_taken` with the check `occasion_never_over_capacity`: nobody has a place that is not there (I1). A place is
asked for only at an event that is shown. On SQLite, a migration that alters these tables must run
both operations again (`audit.held_places` says why).
"""

from alongside.audit.held_places import hold_places
from alongside.audit.vendor_sql import VendorSQL

TABLE, NAME, REFUSED = "occasions_occasionplace", "occasion_takes_people", "occasion_takes_nobody"
CLOSED = "NOT EXISTS (SELECT 1 FROM occasions_occasion o WHERE o.id = NEW.occasion_id AND o.status <> 'draft')"


def hold_occasion_places() -> list[VendorSQL]:
    """Reversible migration operations."""
    return [hold_places(table=TABLE, of="occasions_occasion", owner="occasion_id"), _only_while_shown()]


def hold_again_when_undone() -> list[VendorSQL]:
    """For the beginning of a migration that alters these tables: undone, it leaves the triggers that were there."""
    return [
        VendorSQL(reverse_sqlite=one.forwards["sqlite"], reverse_postgresql=one.forwards["postgresql"])
        for one in hold_occasion_places()
    ]


def _only_while_shown() -> VendorSQL:
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {NAME}"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}", f"DROP FUNCTION IF EXISTS {NAME}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} WHEN {CLOSED} BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {CLOSED} THEN
                    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
