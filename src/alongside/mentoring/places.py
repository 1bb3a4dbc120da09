"""The SQL that holds two promises under any concurrency: no peer over capacity, no never-pair paired (I1, D7).

`places_taken` counts rows that hold one of a peer's places. Triggers keep it, so no action can forget; the check
`peer_never_over_capacity` refuses one too many. Both the mentorship and the offer table use these statements.

On SQLite, Django alters a table by making a new one, and triggers fall with the old one: a migration that alters a
table named here must run `hold_places` and `refuse_never_pairs` again; `tests/promises/test_triggers.py` tells.
"""

from alongside.audit import held_places
from alongside.audit.vendor_sql import VendorSQL


def _in(row: str, states: tuple[str, ...]) -> str:
    return f"{row}.status IN ({', '.join(repr(state) for state in states)})"


def hold_places(table: str, states: tuple[str, ...]) -> VendorSQL:
    """Rows of `table` (columns peer_id, status) in one of these states hold a place of the peer."""
    return held_places.hold_places(
        table=table, of="workforce_peerprofile", owner="peer_id", key="person_id", states=states
    )


def refuse_never_pairs(table: str, states: tuple[str, ...], participant: str, peers: tuple[str, ...]) -> VendorSQL:
    """Refuse a row in one of these states whose participant and peer have a boundary or are the same person.

    `participant` is SQL for the participant's id in terms of NEW; `peers` are columns of NEW that name peers.
    """
    name = f"never_pair_{table}"
    who = ", ".join(f"NEW.{column}" for column in peers)
    # Column and table names of ours only; no value from outside ever comes here.
    forbidden = (
        f"{_in('NEW', states)} AND ({participant} IN ({who}) OR EXISTS (SELECT 1 FROM people_boundary b WHERE "  # noqa: S608 (names of ours)
        f"(b.person_id = {participant} AND b.other_id IN ({who})) "
        f"OR (b.other_id = {participant} AND b.person_id IN ({who}))))"
    )
    drop_sqlite = [f"DROP TRIGGER IF EXISTS {name}_{when}" for when in ("insert", "update")]
    drop_postgresql = [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    columns = ", ".join(("status", *peers))
    return VendorSQL(
        sqlite=[
            *drop_sqlite,
            f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {table} WHEN {forbidden} "
            "BEGIN SELECT RAISE(ABORT, 'never_pair'); END",
            f"CREATE TRIGGER {name}_update BEFORE UPDATE OF {columns} ON {table} WHEN {forbidden} "
            "BEGIN SELECT RAISE(ABORT, 'never_pair'); END",
        ],
        postgresql=[
            *drop_postgresql,
            # The lock makes a boundary and a match of the same peer wait for each other (see lock_peers_of_boundary).
            f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM workforce_peerprofile WHERE person_id IN ({who}) ORDER BY person_id FOR UPDATE;
                IF {forbidden} THEN
                    RAISE EXCEPTION 'never_pair' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {columns} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()",
        ],
        reverse_sqlite=drop_sqlite,
        reverse_postgresql=drop_postgresql,
    )


def lock_peers_of_boundary() -> VendorSQL:
    """On PostgreSQL a new boundary waits for a match of the same peer that is being written, and the other way round.

    SQLite has one writer at a time and needs nothing.
    """
    drop = [
        "DROP TRIGGER IF EXISTS lock_peers_of_boundary ON people_boundary",
        "DROP FUNCTION IF EXISTS lock_peers_of_boundary()",
    ]
    return VendorSQL(
        postgresql=[
            *drop,
            """
            CREATE FUNCTION lock_peers_of_boundary() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM workforce_peerprofile WHERE person_id IN (NEW.person_id, NEW.other_id)
                    ORDER BY person_id FOR UPDATE;
                RETURN NEW;
            END $$
            """,
            "CREATE TRIGGER lock_peers_of_boundary BEFORE INSERT ON people_boundary "
            "FOR EACH ROW EXECUTE FUNCTION lock_peers_of_boundary()",
        ],
        reverse_sqlite=[],
        reverse_postgresql=drop,
    )
