"""What the database itself holds of consents: what was signed stays, nothing leaves without a live one (C2, I1).

On SQLite, Django alters a table by making a new one, and triggers fall with the old one: a migration that alters a
table named here must run these again; `tests/promises/test_triggers.py` tells.
"""

from alongside.audit.vendor_sql import VendorSQL

SIGNED = ("program_id", "number", "kind", "discloser", "items", "purpose", "expires_event", "expires_at", "held_until",
          "language", "text_version", "shown_digest", "signer", "signed_how", "signed_at")  # fmt: skip
"""What is not changed once it is signed. Encrypted columns are written anew when keys change; the digest holds them."""

DISCLOSED = (
    "program_id",
    "consent_id",
    "ground",
    "way",
    "items",
    "purpose",
    "content_digest",
    "disclosed_at",
    "submit_key",
)

NEVER = "1 = 0"
"""SQL for what is not so."""

LIVE = (
    "EXISTS (SELECT 1 FROM privacy_consent c WHERE c.id = NEW.consent_id AND c.person_id = NEW.person_id "
    "AND c.status = 'active' AND (c.expires_at IS NULL OR c.expires_at > NEW.disclosed_at))"
)
BACKWARDS = "(OLD.status <> NEW.status AND (OLD.status IN ('revoked', 'expired', 'withdrawn') OR NEW.status = 'draft'))"


def keep_signed(unless: str = NEVER) -> VendorSQL:
    """A consent that was signed is not changed, does not come back, and is not removed.

    `unless`: SQL over OLD under which it may be removed; a floor above says when a record is erased by law.
    """
    drops = [f"DROP TRIGGER IF EXISTS consent_stays_{when}" for when in ("update", "delete")]
    drop_postgresql = [
        "DROP TRIGGER IF EXISTS consent_stays ON privacy_consent", "DROP FUNCTION IF EXISTS consent_stays()",
    ]  # fmt: skip
    wrong_sqlite = f"{BACKWARDS} OR (OLD.status <> 'draft' AND ({_differ(SIGNED, 'IS NOT')}))"
    wrong_postgresql = f"{BACKWARDS} OR (OLD.status <> 'draft' AND ({_differ(SIGNED, 'IS DISTINCT FROM')}))"
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER consent_stays_update BEFORE UPDATE ON privacy_consent WHEN {wrong_sqlite} "
            "BEGIN SELECT RAISE(ABORT, 'consent_stays'); END",
            "CREATE TRIGGER consent_stays_delete BEFORE DELETE ON privacy_consent WHEN OLD.status <> 'draft' "
            f"AND NOT ({unless}) BEGIN SELECT RAISE(ABORT, 'consent_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    IF OLD.status = 'draft' OR ({unless}) THEN RETURN OLD; END IF;
                ELSIF NOT ({wrong_postgresql}) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'consent_stays' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            "CREATE TRIGGER consent_stays BEFORE UPDATE OR DELETE ON privacy_consent "
            "FOR EACH ROW EXECUTE FUNCTION consent_stays()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def only_under_live_consent(unless: str = NEVER) -> VendorSQL:
    """A disclosure is written only while its consent is live, and is never changed or removed afterwards.

    `unless` as in `keep_signed`.
    """
    drops = [f"DROP TRIGGER IF EXISTS disclosure_{when}" for when in ("needs_consent", "stays_update", "stays_delete")]
    drop_postgresql = [
        "DROP TRIGGER IF EXISTS disclosure_guard ON privacy_disclosure", "DROP FUNCTION IF EXISTS disclosure_guard()",
    ]  # fmt: skip
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER disclosure_needs_consent BEFORE INSERT ON privacy_disclosure WHEN NOT {LIVE} "
            "BEGIN SELECT RAISE(ABORT, 'consent_not_live'); END",
            "CREATE TRIGGER disclosure_stays_update BEFORE UPDATE ON privacy_disclosure "
            f"WHEN {_differ(DISCLOSED, 'IS NOT')} BEGIN SELECT RAISE(ABORT, 'disclosure_stays'); END",
            "CREATE TRIGGER disclosure_stays_delete BEFORE DELETE ON privacy_disclosure "
            f"WHEN NOT ({unless}) BEGIN SELECT RAISE(ABORT, 'disclosure_stays'); END",
        ],
        postgresql=[
            *drop_postgresql,
            # The lock makes a disclosure and a revocation wait for each other: whoever comes second sees the first.
            f"""
            CREATE FUNCTION disclosure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    PERFORM 1 FROM privacy_consent WHERE id = NEW.consent_id FOR SHARE;
                    IF {LIVE} THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'consent_not_live' USING ERRCODE = 'integrity_constraint_violation';
                ELSIF TG_OP = 'UPDATE' AND NOT ({_differ(DISCLOSED, "IS DISTINCT FROM")}) THEN
                    RETURN NEW;
                ELSIF TG_OP = 'DELETE' AND ({unless}) THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'disclosure_stays' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            "CREATE TRIGGER disclosure_guard BEFORE INSERT OR UPDATE OR DELETE ON privacy_disclosure "
            "FOR EACH ROW EXECUTE FUNCTION disclosure_guard()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def _differ(columns: tuple[str, ...], operator: str) -> str:
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in columns)
