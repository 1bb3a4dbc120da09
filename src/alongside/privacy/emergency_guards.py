"""What the database itself holds of an emergency: its facts stay, its review is written once, it is not removed."""

from alongside.audit.vendor_sql import VendorSQL

from .guards import NEVER

FACTS = (
    "program_id", "disclosed_at", "no_consent", "facts_digest", "entered_at", "submit_key",
)  # fmt: skip
REVIEW = ("reviewed_at", "finding")


def keep_emergency(unless: str = NEVER) -> VendorSQL:
    """The operation. On SQLite a migration that alters the table must run it again. `unless` as in `keep_signed`."""
    drops = [f"DROP TRIGGER IF EXISTS emergency_stays_{when}" for when in ("update", "delete")]
    drop_postgresql = [
        "DROP TRIGGER IF EXISTS emergency_stays ON privacy_emergency", "DROP FUNCTION IF EXISTS emergency_stays()",
    ]  # fmt: skip
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER emergency_stays_update BEFORE UPDATE ON privacy_emergency WHEN {_wrong('IS NOT')} "
            "BEGIN SELECT RAISE(ABORT, 'emergency_stays'); END",
            "CREATE TRIGGER emergency_stays_delete BEFORE DELETE ON privacy_emergency "
            f"WHEN NOT ({unless}) BEGIN SELECT RAISE(ABORT, 'emergency_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION emergency_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NOT ({_wrong("IS DISTINCT FROM")}) THEN RETURN NEW; END IF;
                IF TG_OP = 'DELETE' AND ({unless}) THEN RETURN OLD; END IF;
                RAISE EXCEPTION 'emergency_stays' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            "CREATE TRIGGER emergency_stays BEFORE UPDATE OR DELETE ON privacy_emergency "
            "FOR EACH ROW EXECUTE FUNCTION emergency_stays()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def keep_kind() -> VendorSQL:
    """What came with the reports to the FDA: of which kind one is, and what they said it is for, stays as well."""
    return _keep("emergency_kind_stays", ("kind", "only_to_notify"))


def keep_judged() -> VendorSQL:
    """What came with minors in danger: by what right somebody acts, and what the director judged, stays as well."""
    judged = ("asks_for_services", "judged_no_capacity", "judged_threat")
    return _keep("emergency_judged_stays", ("acts_as", "no_capacity", "threat_to", *judged))


def _keep(name: str, columns: tuple[str, ...]) -> VendorSQL:
    changed = " OR ".join(f"OLD.{column} {{0}} NEW.{column}" for column in columns)
    drops = [f"DROP TRIGGER IF EXISTS {name}"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON privacy_emergency", f"DROP FUNCTION IF EXISTS {name}()"]
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER {name} BEFORE UPDATE ON privacy_emergency WHEN {changed.format('IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NOT ({changed.format("IS DISTINCT FROM")}) THEN RETURN NEW; END IF;
                RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE UPDATE ON privacy_emergency FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def _wrong(operator: str) -> str:
    facts = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in FACTS)
    review = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in REVIEW)
    return f"({facts}) OR (OLD.reviewed_at IS NOT NULL AND ({review}))"
