"""What the database itself holds of legal matters: what was written stays, what is written once is written once (I1).

On SQLite, Django alters a table by making a new one, and the triggers fall with the old one: a migration that alters a
table named here must run this again; `tests/promises/test_triggers.py` tells.
"""

from collections.abc import Sequence

from alongside.audit.vendor_sql import VendorSQL


def stays(table: str, fixed: Sequence[str], *, once: Sequence[str] = (), removable: bool = False) -> VendorSQL:
    """A reversible operation: rows are not removed (unless `removable`), `fixed` columns never change, and those of
    `once` (what is decided at the end) not any more when the first of them has a value.

    Columns that hold ciphertext are left out: they are written anew when keys change.
    """
    name = f"{table}_stays"
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("update", "delete")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    delete_sqlite = f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{name}'); END"
    moments = "UPDATE" if removable else "UPDATE OR DELETE"
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {table} WHEN {_wrong(fixed, once, 'IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
            *([] if removable else [delete_sqlite]),
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' AND NOT ({_wrong(fixed, once, "IS DISTINCT FROM")}) THEN RETURN NEW; END IF;
                RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE {moments} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )


LIVE = (
    "EXISTS (SELECT 1 FROM legal_paper o, legal_paper m, legal_demand d "
    "WHERE o.id = NEW.order_id AND m.id = NEW.mandate_id AND d.id = NEW.demand_id "
    "AND o.what = 'order' AND m.what = 'mandate' AND o.demand_id = d.id AND m.demand_id = d.id "
    "AND d.person_id = NEW.person_id AND o.purpose <> 'undercover' AND o.ended_at IS NULL AND m.ended_at IS NULL "
    "AND (o.valid_until IS NULL OR o.valid_until > NEW.released_at) "
    "AND (m.valid_until IS NULL OR m.valid_until > NEW.released_at))"
)
"""The order authorizes and the mandate compels, both in force at that moment, of one demand about this person."""


def only_as_ordered() -> VendorSQL:
    """Nothing is written as released without both papers in force (§2.61(b)), whoever writes it."""
    name, table = "release_needs_papers", "legal_release"
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("insert", "update")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            *(
                f"CREATE TRIGGER {name}_{when.lower()} BEFORE {when} ON {table} "
                f"WHEN NEW.status = 'released' {again} AND NOT {LIVE} BEGIN SELECT RAISE(ABORT, '{name}'); END"
                for when, again in (("INSERT", ""), ("UPDATE", "AND OLD.status <> 'released'"))
            ),
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN
                    IF OLD.status = 'released' THEN RETURN NEW; END IF;
                END IF;
                IF NEW.status <> 'released' OR {LIVE} THEN RETURN NEW; END IF;
                RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )


GOES_ON = (
    "EXISTS (SELECT 1 FROM legal_inspection i WHERE i.id = NEW.inspection_id AND i.program_id = NEW.program_id "
    "AND i.ended_at IS NULL)"
)
"""The audit is of this program and not over."""


def only_while_agreed() -> VendorSQL:
    """Nobody's record is written down as seen in an audit that is over (§2.53), whoever writes it."""
    name, table = "inspected_while_agreed", "legal_inspected"
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {name}"]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN NOT {GOES_ON} "
            f"BEGIN SELECT RAISE(ABORT, '{name}'); END",
        ],
        postgresql=[
            *drop_postgresql,
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {GOES_ON} THEN RETURN NEW; END IF;
                RAISE EXCEPTION '{name}' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )


def _wrong(fixed: Sequence[str], once: Sequence[str], operator: str) -> str:
    changed = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in fixed)
    if not once:
        return f"({changed})"
    decided = " OR ".join(f"OLD.{column} {operator} NEW.{column}" for column in once)
    return f"({changed}) OR (OLD.{once[0]} IS NOT NULL AND ({decided}))"
