"""The SQL by which nobody is called who did not agree, or does not any more, whoever writes to the database (I1).

A claim on somebody is refused unless their agreement holds. On SQLite, Django alters a table by making a new one, and
the trigger falls with it: a migration that alters `calls_claim` must run `call_only_who_agreed` again.
"""

from alongside.audit.vendor_sql import VendorSQL

NAME = "claim_only_who_agreed"
HOLDS = "SELECT 1 FROM calls_agreement WHERE id = NEW.agreement_id AND status = 'agreed'"


def call_only_who_agreed() -> VendorSQL:
    """A reversible migration operation."""
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {NAME}_{when}" for when in ("insert", "update")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {NAME} ON calls_claim", f"DROP FUNCTION IF EXISTS {NAME}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            *(
                f"CREATE TRIGGER {NAME}_{when} BEFORE {event} ON calls_claim WHEN NOT EXISTS ({HOLDS}) "
                "BEGIN SELECT RAISE(ABORT, 'did_not_agree'); END"
                for when, event in (("insert", "INSERT"), ("update", "UPDATE OF agreement_id"))
            ),
        ],
        postgresql=[
            *drop_postgresql,
            # The lock makes a claim and the end of the agreement wait for each other.
            f"""
            CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM calls_agreement WHERE id = NEW.agreement_id FOR UPDATE;
                IF NOT EXISTS ({HOLDS}) THEN
                    RAISE EXCEPTION 'did_not_agree' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF agreement_id ON calls_claim "
            f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
