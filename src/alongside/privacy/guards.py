"""What the database itself holds of consents: what was signed stays, nothing leaves without a live one (C2, I1).

On SQLite, Django alters a table by making a new one, and triggers fall with the old one: a migration that alters a
table named here must run these again; `tests/promises/test_triggers.py` tells.
"""

from collections.abc import Callable

from django.db.migrations import RunPython

from alongside.audit.vendor_sql import VendorSQL
from alongside.rules.consent.signing import DIRECTOR_DAYS

FIRST_SIGNED = ("program_id", "number", "kind", "discloser", "items", "purpose", "expires_event", "expires_at",
                "held_until", "language", "text_version", "shown_digest", "signer", "signed_how",
                "signed_at")  # fmt: skip
WHOLE_SIGNED = (*FIRST_SIGNED, "statements")
"""Before `0008_whole_in_the_database`, and before `0009_by_posture`."""
SIGNED = (*WHOLE_SIGNED, "held_event", "age_known")
"""What is not changed once it is signed. Encrypted columns are written anew when keys change; the digest holds them."""

DISCLOSED = ("program_id", "consent_id", "ground", "way", "recipient_class", "items", "purpose", "content_digest",
             "disclosed_at", "submit_key")  # fmt: skip
FIRST_DISCLOSED = tuple(column for column in DISCLOSED if column != "recipient_class")
"""What is not changed of a disclosure, and what was not before `0008_whole_in_the_database`."""

NEVER = "1 = 0"
"""SQL for what is not so."""

LIVE = (
    "EXISTS (SELECT 1 FROM privacy_consent c WHERE c.id = NEW.consent_id AND c.person_id = NEW.person_id "
    "AND c.status = 'active' AND (c.expires_at IS NULL OR c.expires_at > NEW.disclosed_at)"
)
FIRST_LIVE = f"{LIVE})"
LIVE = f"{LIVE} AND (NEW.recipient_class = '' OR c.kind = 'tpo'))"
"""§2.31(a)(4)(i): only a consent for all care reaches somebody whom it does not name."""

ENDED = ("ended_at", "ended_how")
"""When and how it ended: written once. Who stopped sharing at noon did not share until the evening."""

BACKWARDS = "(OLD.status <> NEW.status AND (OLD.status IN ('revoked', 'expired', 'withdrawn') OR NEW.status = 'draft'))"


def keep_signed(unless: str = NEVER, columns: tuple[str, ...] = SIGNED) -> VendorSQL:
    """A consent that was signed is not changed, does not come back, and is not removed.

    `unless`: SQL over OLD under which it may be removed; a floor above says when a record is erased by law.
    """
    drops = [f"DROP TRIGGER IF EXISTS consent_stays_{when}" for when in ("update", "delete")]
    drop_postgresql = [
        "DROP TRIGGER IF EXISTS consent_stays ON privacy_consent", "DROP FUNCTION IF EXISTS consent_stays()",
    ]  # fmt: skip

    def wrong(operator: str) -> str:
        signed = f"(OLD.status <> 'draft' AND ({_differ(columns, operator)}))"
        return f"{BACKWARDS} OR {signed} OR (OLD.ended_at IS NOT NULL AND ({_differ(ENDED, operator)}))"

    wrong_sqlite, wrong_postgresql = wrong("IS NOT"), wrong("IS DISTINCT FROM")
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


def only_under_live_consent(unless: str = NEVER, columns: tuple[str, ...] = DISCLOSED, live: str = LIVE) -> VendorSQL:
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
            f"CREATE TRIGGER disclosure_needs_consent BEFORE INSERT ON privacy_disclosure WHEN NOT {live} "
            "BEGIN SELECT RAISE(ABORT, 'consent_not_live'); END",
            "CREATE TRIGGER disclosure_stays_update BEFORE UPDATE ON privacy_disclosure "
            f"WHEN {_differ(columns, 'IS NOT')} BEGIN SELECT RAISE(ABORT, 'disclosure_stays'); END",
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
                    IF {live} THEN RETURN NEW; END IF;
                    RAISE EXCEPTION 'consent_not_live' USING ERRCODE = 'integrity_constraint_violation';
                ELSIF TG_OP = 'UPDATE' AND NOT ({_differ(columns, "IS DISTINCT FROM")}) THEN
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


def whole_when_signed() -> VendorSQL:
    """What §2.31(a)(5)(iii) and §2.15(b) ask at the moment of signing, which no condition on one row can see: that the
    right to no letters for money was told where the program writes such letters, and that an executor's day is there.

    Afterwards it is not asked again: a program that begins to ask for donations later takes no earlier consent away.
    """
    text = "CAST(NEW.statements AS text)"
    law = "SELECT max(version) FROM privacy_programlaw WHERE program_id = NEW.program_id"
    lacks = (
        "(EXISTS (SELECT 1 FROM privacy_programlaw l WHERE l.program_id = NEW.program_id AND l.fundraises "  # noqa: S608 (ours)
        f"AND l.version = ({law})) AND replace({text}, '\"fundraising\"', '') = {text}) "
        "OR (NEW.signer = 'survivor' AND (NEW.died_on IS NULL OR NEW.died_on = ''))"
    )
    signed = "NEW.status NOT IN ('draft', 'withdrawn')"
    drops = [f"DROP TRIGGER IF EXISTS consent_whole_{when}" for when in ("insert", "update")]
    drop_postgresql = [
        "DROP TRIGGER IF EXISTS consent_whole ON privacy_consent", "DROP FUNCTION IF EXISTS consent_whole()",
    ]  # fmt: skip
    abort = "BEGIN SELECT RAISE(ABORT, 'consent_whole'); END"
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER consent_whole_insert BEFORE INSERT ON privacy_consent WHEN {signed} AND ({lacks}) {abort}",
            "CREATE TRIGGER consent_whole_update BEFORE UPDATE ON privacy_consent "
            f"WHEN OLD.status = 'draft' AND {signed} AND ({lacks}) {abort}",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION consent_whole() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF OLD.status <> 'draft' THEN RETURN NEW; END IF;
                END IF;
                IF {signed} AND ({lacks}) THEN
                    RAISE EXCEPTION 'consent_whole' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER consent_whole BEFORE INSERT OR UPDATE ON privacy_consent "
            "FOR EACH ROW EXECUTE FUNCTION consent_whole()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def by_a_director() -> VendorSQL:
    """§2.15(a)(2), what no condition on one row can see, at the moment of signing: the account is a director's and not
    the person's own, neither a guardian nor an executor has signed for them, and the last day is near.
    """
    signs = "NEW.status NOT IN ('draft', 'withdrawn') AND NEW.signer = 'director_for_payment'"
    lacks = (
        "NEW.signed_by_id IS NULL "
        "OR NOT EXISTS (SELECT 1 FROM people_membership m WHERE m.user_id = NEW.signed_by_id "
        "AND m.program_id = NEW.program_id AND m.role = 'director') "
        "OR EXISTS (SELECT 1 FROM people_person p WHERE p.id = NEW.person_id AND p.user_id = NEW.signed_by_id) "
        "OR EXISTS (SELECT 1 FROM privacy_consent c WHERE c.person_id = NEW.person_id AND c.id <> NEW.id "
        "AND c.signer IN ('guardian', 'survivor') AND c.status NOT IN ('draft', 'withdrawn'))"
    )
    longer_sqlite = f"julianday(NEW.expires_at) - julianday(NEW.signed_at) > {DIRECTOR_DAYS + 1}"
    longer_postgresql = f"NEW.expires_at > NEW.signed_at + interval '{DIRECTOR_DAYS + 1} days'"
    name = "consent_by_director"
    drops = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("insert", "update")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON privacy_consent", f"DROP FUNCTION IF EXISTS {name}()"]
    wrong = f"{signs} AND ({lacks} OR {longer_sqlite}) BEGIN SELECT RAISE(ABORT, '{name}'); END"
    return VendorSQL(
        sqlite=[
            *drops,
            f"CREATE TRIGGER {name}_insert BEFORE INSERT ON privacy_consent WHEN {wrong}",
            f"CREATE TRIGGER {name}_update BEFORE UPDATE ON privacy_consent WHEN OLD.status = 'draft' AND {wrong}",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF OLD.status <> 'draft' THEN RETURN NEW; END IF;
                END IF;
                IF {signs} AND ({lacks} OR {longer_postgresql}) THEN
                    RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON privacy_consent FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drops,
        reverse_postgresql=drop_postgresql,
    )


def leave_others_triggers(*, begin: bool) -> VendorSQL:
    """Around what makes a table anew on SQLite: triggers of other tables that read it stay as they are meanwhile."""
    on, off = ["PRAGMA legacy_alter_table = ON"], ["PRAGMA legacy_alter_table = OFF"]
    return VendorSQL(
        sqlite=on if begin else off, reverse_sqlite=off if begin else on, postgresql=[], reverse_postgresql=[]
    )


def leave_its_triggers(table: str, *, begin: bool) -> RunPython:
    """Around what alters a table: its own triggers are away meanwhile and come back as they were, also those of
    packages above. On SQLite they would fall with the table that is made anew.
    """
    away, back = _put_away(table), _put_back(table)
    return RunPython(away, back) if begin else RunPython(back, away)


_away: dict[tuple[str, str], list[str]] = {}


def _put_away(table: str) -> Callable:
    def run(apps, schema_editor) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} DISABLE TRIGGER USER")
                return
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            found = cursor.fetchall()
            _away[connection.alias, table] = [sql for _name, sql in found]
            for name, _sql in found:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")

    return run


def _put_back(table: str) -> Callable:
    def run(apps, schema_editor) -> None:
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} ENABLE TRIGGER USER")
                return
            for sql in _away.pop((connection.alias, table)):
                cursor.execute(sql)

    return run


def on_the_way_back(*operations: VendorSQL) -> VendorSQL:
    """First in a migration that alters tables: run these, when everything after it was undone."""
    return VendorSQL(
        sqlite=[],
        postgresql=[],
        reverse_sqlite=[statement for one in operations for statement in one.forwards["sqlite"]],
        reverse_postgresql=[statement for one in operations for statement in one.forwards["postgresql"]],
    )


def _differ(columns: tuple[str, ...], operator: str) -> str:
    return " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in columns)
