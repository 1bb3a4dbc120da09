"""The SQL that counts what is held of something under any concurrency: nobody holds a place that is not there (I1).

A column of the row that has places (`places_taken`) counts the rows of another table that hold one. Triggers keep it,
so no action can forget; a check of the model refuses one too many. On SQLite, Django alters a table by making a new
one, and triggers fall with the old one: a migration that alters such a table must run `hold_places` again.
"""

from .vendor_sql import VendorSQL


def hold_places(*, table: str, of: str, owner: str, key: str = "id", states: tuple[str, ...] = ("held",)) -> VendorSQL:
    """A reversible migration operation: rows of `table` in one of these `states` count in `places_taken` of `of`.

    `owner` is the column of `table` that names the row of `of` by its `key`. A row that stays in such a state neither
    frees a place nor takes one.
    """
    name, held = f"places_{table}", f"status IN ({', '.join(repr(state) for state in states)})"
    take = f"UPDATE {of} SET places_taken = places_taken + 1 WHERE {key} = NEW.{owner}"  # noqa: S608 (names of ours)
    free = f"UPDATE {of} SET places_taken = places_taken - 1 WHERE {key} = OLD.{owner}"  # noqa: S608 (names of ours)
    same = f"(OLD.{held} AND NEW.{held} AND OLD.{owner} = NEW.{owner})"
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("insert", "free", "take", "delete")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} WHEN NEW.{held} BEGIN {take}; END",
            f"CREATE TRIGGER {name}_free AFTER UPDATE OF status, {owner} ON {table} "
            f"WHEN OLD.{held} AND NOT {same} BEGIN {free}; END",
            f"CREATE TRIGGER {name}_take AFTER UPDATE OF status, {owner} ON {table} "
            f"WHEN NEW.{held} AND NOT {same} BEGIN {take}; END",
            f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} WHEN OLD.{held} BEGIN {free}; END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND {same} THEN RETURN NULL; END IF;
                IF TG_OP IN ('UPDATE', 'DELETE') AND OLD.{held} THEN {free}; END IF;
                IF TG_OP IN ('UPDATE', 'INSERT') AND NEW.{held} THEN {take}; END IF;
                RETURN NULL;
            END $$
            """,
            f"CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE OF status, {owner} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )
