"""The SQL that holds what must be true of a story whoever writes to the database (I1).

What was withdrawn stays withdrawn; published is only what waited for a reader; nobody publishes their own; the history
is only added to. On SQLite, Django alters a table by making a new one and the triggers fall with the old one: a later
migration that alters these tables must run `hold_stories` again.
"""

from alongside.audit.history import keep_columns
from alongside.audit.vendor_sql import VendorSQL

NAME = "story_moves"
OWN = "EXISTS (SELECT 1 FROM people_person p WHERE p.id = NEW.person_id AND p.user_id = NEW.reviewed_by)"
WRONG = (
    "(OLD.status = 'withdrawn' AND NEW.status <> 'withdrawn')"
    " OR (NEW.status = 'published' AND OLD.status NOT IN ('in_review', 'published'))"
    f" OR (NEW.status = 'published' AND OLD.status = 'in_review' AND {OWN})"
)


def hold_stories() -> list[VendorSQL]:
    """Reversible migration operations."""
    return [
        _hold_moves(),
        keep_columns(
            "stories_storyturn",
            ("id", "program_id", "story_id", "at", "what", "edition", "reasons", "by_account"),
        ),
    ]


def _hold_moves() -> VendorSQL:
    table, refused = "stories_story", "story_may_not_move"
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {NAME}", f"DROP TRIGGER IF EXISTS {NAME}_first"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {NAME} ON {table}", f"DROP FUNCTION IF EXISTS {NAME}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {NAME} BEFORE UPDATE OF status ON {table} WHEN {WRONG} "
            f"BEGIN SELECT RAISE(ABORT, '{refused}'); END",
            f"CREATE TRIGGER {NAME}_first BEFORE INSERT ON {table} WHEN NEW.status = 'published' "
            f"BEGIN SELECT RAISE(ABORT, '{refused}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF NEW.status = 'published' THEN
                        RAISE EXCEPTION '{refused}' USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                ELSIF {WRONG} THEN
                    RAISE EXCEPTION '{refused}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF status ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
