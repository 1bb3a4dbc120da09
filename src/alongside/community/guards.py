"""What the database holds of pages of groups, whoever writes to it.

A post is written only on a page that is open, for those for whom it was opened, by somebody who holds a place in the
group or leads it at that moment and whose writing is not paused; an answer answers something that stands on the same
page and is no answer itself. On PostgreSQL the rows that say so are locked until the post is there: whoever leaves
meanwhile waits for it, or it is refused. On SQLite one writes at a time. A migration that alters `community_post` on
SQLite must run this again.
"""

from alongside.audit.vendor_sql import VendorSQL

TABLE, NAME, REFUSED = "community_post", "page_takes_post", "page_takes_no_post"
_PAGE = """
    community_penname n JOIN community_community c ON c.id = n.community_id JOIN groups_group g ON g.id = c.group_id
    WHERE n.id = NEW.name_id AND c.id = NEW.community_id AND c.is_open AND g.status <> 'ended'
    AND c.opened_for = g.for_whom AND (n.paused_until IS NULL OR n.paused_until <= NEW.written_at)
"""
_PLACE = """
    groups_groupplace p JOIN community_penname n ON n.person_id = p.person_id
    JOIN community_community c ON c.group_id = p.group_id
    WHERE n.id = NEW.name_id AND c.id = NEW.community_id AND p.status = 'held'
"""
_LEADER = """
    groups_leader l JOIN community_penname n ON n.person_id = l.person_id
    JOIN community_community c ON c.group_id = l.group_id
    WHERE n.id = NEW.name_id AND c.id = NEW.community_id
"""
_ANSWERS = """
    NEW.answers_to_id IS NULL OR EXISTS (SELECT 1 FROM community_post t
    WHERE t.id = NEW.answers_to_id AND t.community_id = NEW.community_id AND NOT t.is_answer)
"""


def hold_posts() -> VendorSQL:
    """A reversible migration operation."""
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {NAME}"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}", f"DROP FUNCTION IF EXISTS {NAME}()"]
    inside = " OR ".join(f"EXISTS (SELECT 1 FROM {one})" for one in (_PLACE, _LEADER))  # noqa: S608  (ours alone)
    fits = f"EXISTS (SELECT 1 FROM {_PAGE}) AND ({_ANSWERS}) AND ({inside})"  # noqa: S608  (ours alone)
    refuse = f"RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';"
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} WHEN NOT ({fits}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM {_PAGE} FOR SHARE OF n, c;
                IF NOT FOUND OR NOT ({_ANSWERS}) THEN {refuse} END IF;
                PERFORM 1 FROM {_PLACE} FOR SHARE OF p;
                IF NOT FOUND THEN
                    PERFORM 1 FROM {_LEADER} FOR SHARE OF l;
                    IF NOT FOUND THEN {refuse} END IF;
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {NAME} BEFORE INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
