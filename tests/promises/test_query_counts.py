"""How many queries each page makes: stated, and the same for three people and for thirty.

A page whose queries grow with its rows is slow for the program that does well. Pages are found in the router; each is
asked for by whoever of `WHO` may open it first. When a page changes, the test prints the lines to state here.
"""

import re

from django.db import connection
from django.test import Client
from tests.crowd import bring
from tests.promises.every_url import list_pages
from tests.promises.query_counts import QUERIES
from tests.promises.test_every_url import no_scope, pages_for, quiet, sign_in, undone  # noqa: F401

WHO = ("dante", "lien", "carmen", "dolores", "rosa", "ada", "cleo", "sol", "visitor")
"""The peer first, then whoever else; each page is counted for the first of them who may open it."""

AROUND = re.compile(r"^\s*(?:SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT)", re.IGNORECASE)
"""What the tests' own transactions say."""


AT_MOST = ("what_if",)
"""Where every way to decide gives the same answer, nobody is named: two queries fewer. That hangs on random ids."""


def count_queries(story) -> dict[str, int]:
    """Each page that answers a GET with a page, and how many queries that took the second time it was opened."""
    found: dict[str, int] = {}
    for who in WHO:
        cookies = sign_in(story, who).cookies
        for page in pages_for(story, who):
            if page.name in found:
                continue
            client = Client()
            client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
            path = page.path(story)
            with undone(), no_scope():
                if client.get(path).status_code == 200:  # what is kept in memory is kept now
                    found[page.name] = _count(client, path)
    return found


def _count(client: Client, path: str) -> int:
    asked: list[str] = []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        b"".join(client.get(path))
    return sum(1 for sql in asked if not AROUND.match(sql))


def test_each_page_makes_as_many_queries_as_stated_for_three_and_for_thirty(whole_story):
    who = {name: whole_story.people[name] for name in ("carmen", "lien")}
    bring(3, program=whole_story.program, peer=whole_story.dante, **who)
    few = count_queries(whole_story)
    bring(27, program=whole_story.program, peer=whole_story.dante, **who)
    many = count_queries(whole_story)
    stated = {name: count for name, count in QUERIES.items() if name in {page.name for page in list_pages()}}
    for found in (few, many):
        for name in AT_MOST:
            assert found.get(name, 0) <= stated[name]
            found[name] = stated[name]
    assert {name: (few[name], count) for name, count in many.items() if few.get(name) != count} == {}
    assert few == stated, "\n".join(f'    "{name}": {count},' for name, count in sorted(few.items()))
