"""The SQL by which nobody is asked in a mentorship that has ended, whoever writes at the same moment (I1).

The row of the mentorship is held while the trigger looks: whoever ends it waits, and then ends this ask too. On SQLite,
Django alters a table by making a new one and the triggers fall with the old one: a later migration that alters
`outings_ask` must run `hold_asks` again.
"""

from alongside.audit.vendor_sql import VendorSQL

TABLE, NAME, REFUSED = "outings_ask", "ask_in_open_mentorship", "ask_in_ended_mentorship"
HELD = "SELECT m.status INTO now_is FROM mentoring_mentorship m WHERE m.id = NEW.mentorship_id FOR SHARE"
ENDED = "SELECT 1 FROM mentoring_mentorship m WHERE m.id = NEW.mentorship_id AND m.status = 'ended'"


def hold_asks() -> VendorSQL:
    """A reversible migration operation."""
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {NAME}_{when}" for when in ("insert", "update")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}", f"DROP FUNCTION IF EXISTS {NAME}()"]
    refuse = f"WHEN NEW.status = 'asked' AND EXISTS ({ENDED}) BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {NAME}_insert BEFORE INSERT ON {TABLE} {refuse}",
            f"CREATE TRIGGER {NAME}_update BEFORE UPDATE OF status ON {TABLE} {refuse}",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE now_is text;
            BEGIN
                IF NEW.status = 'asked' THEN
                    {HELD};
                    IF now_is = 'ended' THEN
                        RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF status ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
