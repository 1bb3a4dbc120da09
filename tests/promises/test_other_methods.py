"""PUT, PATCH, DELETE, OPTIONS, TRACE and invented methods change nothing and tell nothing, whoever sends them (D1)."""

import pytest
from django.test import Client
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import (
    HOUSEKEEPING,
    everybody,
    no_scope,
    pages_for,
    quiet,
    sign_in,
    undone,
    written_tables,
)
from tests.promises.whole_story import CANARIES

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = pytest.mark.once

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUETZAL")
WHO = ("visitor", "rosa", "dante", "carmen", "dolores")
"""A visitor; and those who may the most: the person herself, her peer, the coordinator, the director."""


def ask(story, who: str, method: str, page) -> tuple[int, str, set[str]]:
    """Status, body and written tables of one page by one method, undone."""
    client = Client()
    client.cookies.load({name: cookie.value for name, cookie in sign_in_once(story, who).items()})
    with undone(), no_scope(), written_tables() as tables:
        response = client.generic(method, page.path(story), b"name=Zeppolu")
        body = b"".join(response).decode(errors="replace")
    return response.status_code, body, {table for table in tables if not table.startswith(HOUSEKEEPING)}


def sign_in_once(story, who: str):
    """The cookies of somebody, made once for each story."""
    kept = story.__dict__.setdefault("cookies", {})
    if who not in kept:
        kept[who] = sign_in(story, who).cookies
    return kept[who]


@pytest.mark.parametrize("who", WHO)
def test_no_other_method_changes_or_tells_anything(everybody, who):
    pages = list_pages() if who == "visitor" else pages_for(everybody, who)
    wrong = []
    for number, page in enumerate(pages):
        # Each page by two of them, so that all pages and all methods are tried and the walk stays short.
        for method in (METHODS[number % len(METHODS)], METHODS[(number + 3) % len(METHODS)]):
            status, body, written = ask(everybody, who, method, page)
            if status != 405:
                wrong.append(f"{method} {page.name} as {who}: {status}")
            if written:
                wrong.append(f"{method} {page.name} as {who} writes {sorted(written)}")
            if any(canary.lower() in body.lower() for canary in CANARIES):
                wrong.append(f"{method} {page.name} as {who} shows a canary")
    assert len(pages) > 20
    assert wrong == [], "\n".join(wrong)
