"""The SQL that marks what has to be counted again: triggers on the tables that the figures stand on.

Triggers, and not the actions or events of the floors below, because a figure must be right after *whatever* changed a
row: a note written late, an import, a merge, an erasure, a repair by hand. They only add rows, so writers never wait
for each other here, and the mark is there exactly when the change is.

On SQLite, Django alters a table by making a new one, and triggers fall with the old one: a migration that alters a
table named here must run `mark_changes()` again; `tests/promises/test_triggers.py` and `alongside check` tell.
"""

from alongside.audit.vendor_sql import VendorSQL

NOT_YET = ("inquiry", "intake")
"""States of an episode in which nobody has asked for a peer yet."""
TRIES = ("completed", "attempted")
"""States of a contact that count as a try to reach somebody; the first one as reached."""

IN_A_GROUP = "group"
"""The mode of a contact in a group: it counts as no try and as nobody reached, for those are talks between two."""

_EPISODE = "site_id kind opened_at first_waiting_at matched_at active_since"


def _in(column: str, states: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(state) for state in states)})"


def _changed(vendor: str, columns: str) -> str:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return "(" + " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns.split()) + ")"


def _add(row: str, **values: str) -> str:
    names, columns = ", ".join(values), ", ".join(f"{row}.{column}" for column in values.values())
    return f"INSERT INTO impact_mark (program_id, {names}) VALUES ({row}.program_id, {columns})"  # noqa: S608 (names of ours)


def _triggers(vendor: str) -> list[tuple[str, str, str, str, list[str]]]:
    """Name, table, event, condition (or nothing) and statements of each trigger. Names of ours only: no value."""
    episode = {row: _add(row, episode="id") for row in ("OLD", "NEW")}
    offer = {row: _add(row, episode="episode_id") for row in ("OLD", "NEW")}
    contact = {row: _add(row, mentorship="mentorship_id", happened_at="happened_at") for row in ("OLD", "NEW")}
    walk = {row: _add(row, mentorship="id", episode="episode_id") for row in ("OLD", "NEW")}
    counts = {row: _in(f"{row}.status", TRIES) for row in ("OLD", "NEW")}
    begun = f"({_in('OLD.status', NOT_YET)}) <> ({_in('NEW.status', NOT_YET)})"
    both = ["OLD", "NEW"]
    return [
        ("episode_insert", "people_episode", "INSERT", "", [episode["NEW"]]),
        ("episode_delete", "people_episode", "DELETE", "", [episode["OLD"]]),
        ("episode_update", "people_episode", "UPDATE",
         f"{begun} OR {_changed(vendor, _EPISODE)}", [episode["NEW"]]),
        ("contact_insert", "mentoring_contact", "INSERT", counts["NEW"], [contact["NEW"]]),
        ("contact_delete", "mentoring_contact", "DELETE", counts["OLD"], [contact["OLD"]]),
        ("contact_update", "mentoring_contact", "UPDATE",
         f"({counts['OLD']} OR {counts['NEW']}) AND {_changed(vendor, 'status happened_at mentorship_id')}",
         [contact[row] for row in both]),
        ("mentorship_delete", "mentoring_mentorship", "DELETE", "", [walk["OLD"]]),
        ("mentorship_update", "mentoring_mentorship", "UPDATE",
         _changed(vendor, "episode_id"), [walk[row] for row in both]),
        ("offer_insert", "matching_offer", "INSERT", "", [offer["NEW"]]),
        ("offer_delete", "matching_offer", "DELETE", "", [offer["OLD"]]),
        ("offer_update", "matching_offer", "UPDATE",
         _changed(vendor, "status episode_id"), [offer[row] for row in both]),
        # Every day begins at another moment.
        ("program_update", "people_program", "UPDATE", _changed(vendor, "time_zone"),
         ["INSERT INTO impact_mark (program_id) VALUES (NEW.id)"]),
    ]  # fmt: skip


def _triggers_of_calls(vendor: str) -> list[tuple[str, str, str, str, list[str]]]:
    """The same for telephone support. A call is never changed, and stays with its episode."""
    call = {row: _add(row, episode="episode_id", happened_at="called_at") for row in ("OLD", "NEW")}
    return [
        ("call_insert", "calls_call", "INSERT", "", [call["NEW"]]),
        ("call_delete", "calls_call", "DELETE", "", [call["OLD"]]),
    ]


def _create(vendor: str, triggers) -> list[str]:
    statements = []
    for short, table, event, condition, inserts in triggers(vendor):
        name, body = f"mark_{short}", "; ".join(inserts)
        if vendor == "sqlite":
            when = f"WHEN {condition} " if condition else ""
            statements.append(f"CREATE TRIGGER {name} AFTER {event} ON {table} {when}BEGIN {body}; END")
        else:
            when = f"WHEN ({condition}) " if condition else ""
            statements += [
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$",
                f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when}EXECUTE FUNCTION {name}()",
            ]
    return statements


def _drop(vendor: str, triggers) -> list[str]:
    statements = []
    for short, table, *_ in triggers(vendor):
        name = f"mark_{short}"
        if vendor == "sqlite":
            statements.append(f"DROP TRIGGER IF EXISTS {name}")
        else:
            statements += [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]
    return statements


def mark_changes() -> VendorSQL:
    """A reversible migration operation: from now on every change of what a figure stands on leaves a mark."""
    return _mark(_triggers)


def mark_calls() -> VendorSQL:
    """The same for calls, whose table is younger."""
    return _mark(_triggers_of_calls)


def _mark(triggers) -> VendorSQL:
    return VendorSQL(
        sqlite=[*_drop("sqlite", triggers), *_create("sqlite", triggers)],
        postgresql=[*_drop("postgresql", triggers), *_create("postgresql", triggers)],
        reverse_sqlite=_drop("sqlite", triggers),
        reverse_postgresql=_drop("postgresql", triggers),
    )


def count_everything_once() -> VendorSQL:
    """A migration operation for an install that has rows already: the worker counts every program from the start."""
    mark = ["INSERT INTO impact_mark (program_id) SELECT id FROM people_program"]
    return VendorSQL(sqlite=mark, postgresql=mark, reverse_sqlite=[], reverse_postgresql=[])


def list_missing(connection) -> list[str]:
    """Names of the triggers that are not there, or are switched off; an empty list is good news."""
    sql = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        present = {name for (name,) in cursor.fetchall()}
    every = (*_triggers(connection.vendor), *_triggers_of_calls(connection.vendor))
    return [name for short, *_ in every if (name := f"mark_{short}") not in present]
