"""Every index is there for a named query, and no index is the beginning of another one.

Asked of SQLite with the statistics of a county of ten years, for with few rows any plan will do.
"""

import re
from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.promises.every_url import list_pages
from tests.promises.indexes import ASKED, INDEXES
from tests.promises.test_every_url import no_scope, pages_for, quiet, sign_in, undone  # noqa: F401
from tests.promises.test_query_counts import WHO

from alongside.jobs import TICKS

BY_INDEX = re.compile(r"USING (?:COVERING )?INDEX (\w+)")
PLANNED = re.compile(r"^\s*(SELECT|UPDATE|DELETE|WITH)", re.IGNORECASE)


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("alongside")]


ROWS = 1_000_000
FEW = ("status", "decision", "outcome", "kind", "is_current", "what")
"""Columns that hold one of a few codes; those of the program hold one value, and all others tell a few rows apart."""


@pytest.fixture
def county(whole_story):
    """The story, in a database that believes to be large."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT idx FROM sqlite_stat1 WHERE idx IS NOT NULL")
        for (index,) in cursor.fetchall():
            cursor.execute(f"PRAGMA index_info({index})")
            rows, stat = ROWS, [ROWS]
            for _place, _number, column in cursor.fetchall():
                rows = max(1, rows if column == "program_id" else rows // 5 if column in FEW else min(20, rows // 10))
                stat.append(rows)
            cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE idx = %s", [" ".join(map(str, stat)), index])
        cursor.execute("ANALYZE sqlite_schema")  # only reads them again
    yield whole_story
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


class Plans:
    """What the database would use for each statement that it is asked inside."""

    def __init__(self) -> None:
        self.used: dict[str, set[str]] = defaultdict(set)
        self.known: dict[str, set[str]] = {}

    def of(self, name: str):
        """Inside, statements count for this name."""

        def look(execute, sql, params, many, context):
            if not many and PLANNED.match(sql):
                if sql not in self.known:
                    self.known[sql] = self._explain(sql, params)
                for index in self.known[sql]:
                    self.used[index].add(name)
            return execute(sql, params, many, context)

        return connection.execute_wrapper(look)

    def _explain(self, sql, params) -> set[str]:
        with connection.cursor() as cursor:
            cursor.cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params or ())  # past the wrapper that asked
            return {found for row in cursor.cursor.fetchall() for found in BY_INDEX.findall(row[3])}


def plans_of(story) -> dict[str, set[str]]:
    """Index -> who used it: every page, tick and function of `ASKED`."""
    plans = Plans()
    for who in WHO:
        cookies = sign_in(story, who).cookies
        for page in pages_for(story, who):
            client = Client()
            client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
            with undone(), no_scope(), plans.of(page.name):
                b"".join(client.get(page.path(story)))
    for tick in TICKS:
        with undone(), no_scope(), plans.of(tick.name):
            tick.load()(timezone.now())
    for name, ask in ASKED.items():
        with undone(), plans.of(name):
            list(ask(story))
    return plans.used


@pytest.mark.once
def test_every_index_is_there_for_a_named_query(county):
    declared = {index.name for model in our_models() for index in model._meta.indexes}
    assert set(INDEXES) == declared
    used = plans_of(county)
    assert {index: (name, sorted(used[index])) for index, name in INDEXES.items() if name not in used[index]} == {}


def test_the_queries_are_pages_ticks_and_functions():
    names = {page.name for page in list_pages()} | {tick.name for tick in TICKS} | set(ASKED)
    assert set(INDEXES.values()) - names == set()


def test_no_index_is_the_beginning_of_another(db):
    """What finds by (a, b) finds by a as well. A unique index is there for its promise, not for a query."""
    double = []
    for model in our_models():
        partial = {one.name for one in (*model._meta.indexes, *model._meta.constraints) if getattr(one, "condition", 0)}
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        whole = {name: one for name, one in found.items() if one["index"] or one["unique"] or one["primary_key"]}
        # Django adds on PostgreSQL a second index of text for prefixes ("_like").
        whole = {name: one["columns"] for name, one in whole.items() if not name.endswith("_like")}
        whole = {name: columns for name, columns in whole.items() if name not in partial and all(columns)}
        for name, columns in whole.items():
            if found[name]["unique"] or found[name]["primary_key"]:
                continue
            others = [other for other in whole if other != name and whole[other][: len(columns)] == columns]
            double += [f"{model._meta.label}: {name} begins {other}" for other in others]
    assert double == []
