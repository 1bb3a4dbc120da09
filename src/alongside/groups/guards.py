"""The SQL that counts the places of a group under any concurrency: nobody holds a place that is not there (I1).

`places_taken` counts places that are held. Triggers keep it, so no action can forget; the check
`group_never_over_capacity` refuses one too many. On SQLite, Django alters a table by making a new one, and triggers
fall with the old one: a migration that alters `groups_groupplace` must run `hold_group_places` again.
"""

from alongside.audit.vendor_sql import VendorSQL

TABLE, NAME, HELD = "groups_groupplace", "places_groups_groupplace", "status = 'held'"
TAKE = "UPDATE groups_group SET places_taken = places_taken + 1 WHERE id = NEW.group_id"
FREE = "UPDATE groups_group SET places_taken = places_taken - 1 WHERE id = OLD.group_id"


def hold_group_places() -> VendorSQL:
    """A reversible migration operation."""
    same = f"(OLD.{HELD} AND NEW.{HELD} AND OLD.group_id = NEW.group_id)"
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {NAME}_{when}" for when in ("insert", "free", "take", "delete")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}", f"DROP FUNCTION IF EXISTS {NAME}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {NAME}_insert AFTER INSERT ON {TABLE} WHEN NEW.{HELD} BEGIN {TAKE}; END",
            f"CREATE TRIGGER {NAME}_free AFTER UPDATE OF status, group_id ON {TABLE} "
            f"WHEN OLD.{HELD} AND NOT {same} BEGIN {FREE}; END",
            f"CREATE TRIGGER {NAME}_take AFTER UPDATE OF status, group_id ON {TABLE} "
            f"WHEN NEW.{HELD} AND NOT {same} BEGIN {TAKE}; END",
            f"CREATE TRIGGER {NAME}_delete AFTER DELETE ON {TABLE} WHEN OLD.{HELD} BEGIN {FREE}; END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND {same} THEN RETURN NULL; END IF;
                IF TG_OP IN ('UPDATE', 'DELETE') AND OLD.{HELD} THEN {FREE}; END IF;
                IF TG_OP IN ('UPDATE', 'INSERT') AND NEW.{HELD} THEN {TAKE}; END IF;
                RETURN NULL;
            END $$
            """,
            f"CREATE TRIGGER {NAME} AFTER INSERT OR DELETE OR UPDATE OF status, group_id ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
