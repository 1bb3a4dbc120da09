"""Migrations run back and forward again over a program full of life, and nothing changes that was not said (I8).

No version was released yet. Until one is, the way back goes to `FIRST`: what a program that began with the first whole
journey had. A released version gets a row of its own here, and its state is never changed afterwards.
"""

import pytest
from django.apps import apps
from django.db import connection
from django_scopes import scopes_disabled
from tests.migrating import leaves, list_triggers, move_to

FIRST = {
    "audit": "0001_initial", "council": "0002_versions_are_only_added", "intake": "0001_initial",
    "matching": "0002_places_and_never_pairs",
    "mentoring": "0002_places_and_never_pairs", "people": "0001_initial", "privacy": "0001_initial",
    "workforce": "0001_initial",
}  # fmt: skip
"""By package: its last migration then. One that is not here came later."""

RELEASES = {"the first journey": FIRST}

NEW_KINDS = ("runs", "check_in", "measures", "safety", "notes", "phone_support", "reports", "handover")
"""Policies of kinds that came later go with the way back; the first one of each comes again by its own migration."""

OURS = ("django_migrations", "django_content_type", "auth_permission", "sqlite_sequence")
"""Tables in which Django keeps its own books about tables."""


def read_tables() -> dict[str, tuple[list[str], list[tuple]]]:
    """Every table: its columns and its rows, as the database gives them."""
    tables = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name in OURS:
                continue
            columns = sorted(one.name for one in connection.introspection.get_table_description(cursor, name))
            listed = ", ".join(map(connection.ops.quote_name, columns))
            rows_of = f"SELECT {listed} FROM {connection.ops.quote_name(name)}"  # noqa: S608 (names from the catalog)
            cursor.execute(rows_of)
            tables[name] = columns, cursor.fetchall()
    return tables


def rows_in(table: tuple[list[str], list[tuple]], columns: list[str]) -> list[tuple]:
    """The rows of a table in some of its columns, in an order of their own."""
    names, rows = table
    places = [names.index(column) for column in columns]
    return sorted((tuple(row[place] for place in places) for row in rows), key=repr)


def differences(before: dict, after: dict, shape: dict) -> list[str]:
    """Where the rows differ, in the tables and columns that are in all three."""
    found = []
    for name in sorted(before.keys() & after.keys() & shape.keys()):
        columns = [one for one in shape[name][0] if one in before[name][0] and one in after[name][0]]
        was, now = rows_in(before[name], columns), rows_in(after[name], columns)
        if name == "council_policy":
            was, now = (_of_first_kinds(rows, columns) for rows in (was, now))
        if was != now:
            changed = len({*map(repr, was)} ^ {*map(repr, now)})
            found.append(f"{name}: {len(was)} rows, then {len(now)}; {changed} of them differ")
    return found


def _of_first_kinds(rows: list[tuple], columns: list[str]) -> list[tuple]:
    return [row for row in rows if row[columns.index("kind")] not in NEW_KINDS]


def state_of(release: dict[str, str]) -> list[tuple[str, str | None]]:
    """Where to go for that release: packages of ours that came later go altogether."""
    ours = [config.label for config in apps.get_app_configs() if config.name.startswith("alongside.")]
    with_tables = [label for label in ours if any(label == app for app, _ in leaves())]
    return [(label, release.get(label)) for label in with_tables]


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)  # Django builds the state of all models anew for each step
@pytest.mark.parametrize("release", RELEASES)
def test_back_and_forward_again_changes_nothing(release, whole_story):
    newest = leaves()
    with scopes_disabled():
        before, guards = read_tables(), list_triggers()
        assert len(before["people_person"][1]) > 5
        assert sum(bool(rows) for _, rows in before.values()) > 60
        try:
            move_to(state_of(RELEASES[release]))
            then = read_tables()
            assert before.keys() - then.keys() >= {"recovery_sheet", "safety_escalation", "privacy_consent"}
            assert differences(before, then, then) == []
        finally:
            move_to(newest)
        after = read_tables()
    assert after.keys() == before.keys()
    assert list_triggers() == guards
    assert differences(before, after, then) == []


def test_a_lost_row_and_a_changed_word_would_be_seen():
    before = {"a": (["id", "word"], [(1, "one"), (2, "two")]), "b": (["id"], [(1,)])}
    assert differences(before, before, before) == []
    assert len(differences(before, before | {"b": (["id"], [])}, before)) == 1
    assert len(differences(before, before | {"a": (["id", "word"], [(1, "one"), (2, "three")])}, before)) == 1
