"""PUT, PATCH, DELETE, OPTIONS, TRACE and invented methods change nothing and tell nothing, whoever sends them (D1).

HEAD is refused too, or says what GET says, without a body. `TEST_EVERY_KIND=1`: everybody × every method × every page.
"""

import pytest
from django.test import Client
from tests.promises.consent_kinds import EVERY
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
from tests.promises.test_every_url import WHO as EVERYBODY
from tests.promises.whole_story import CANARIES
from tests.story import make_persona

__all__ = ["everybody", "quiet"]  # fixtures

pytestmark = pytest.mark.once

METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUETZAL", "HEAD")
WHO = (*EVERYBODY, "naomi") if EVERY else ("visitor", "rosa", "dante", "carmen", "dolores")
"""A visitor; and those who may the most: the person herself, her peer, the coordinator, the director. Naomi is served
by another program."""


def ask(story, who: str, method: str, page) -> tuple[int, str, str, set[str]]:
    """Status, headers, body and written tables of one page by one method, undone."""
    client = Client()
    client.cookies.load({name: cookie.value for name, cookie in sign_in_once(story, who).items()})
    with undone(), no_scope(), written_tables() as tables:
        response = client.generic(method, page.path(story), b"" if method in ("GET", "HEAD") else b"name=Zeppolu")
        body = b"".join(response).decode(errors="replace")
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return response.status_code, headers, body, {one for one in tables if not one.startswith(HOUSEKEEPING)}


def sign_in_once(story, who: str):
    """The cookies of somebody, made once for each story."""
    kept = story.__dict__.setdefault("cookies", {})
    if who not in kept:
        kept[who] = sign_in(story, who).cookies
    return kept[who]


def methods_for(number: int) -> tuple[str, ...]:
    """Each page by two of them, so that all pages and all methods are tried and the walk stays short."""
    return METHODS if EVERY else (METHODS[number % len(METHODS)], METHODS[(number + 3) % len(METHODS)])


def wrong_in(story, who: str, method: str, page) -> list[str]:
    """What is wrong with one answer."""
    status, headers, body, written = ask(story, who, method, page)
    wrong = []
    if method == "HEAD":
        expected = (405, ask(story, who, "GET", page)[0])
        if status not in expected or body:
            wrong.append(f"{status} with {len(body)} letters, and not one of {expected}")
    elif status != 405:
        wrong.append(f"{status}")
    if written:
        wrong.append(f"writes {sorted(written)}")
    if any(canary.lower() in f"{headers}\n{body}".lower() for canary in CANARIES):
        wrong.append("shows a canary")
    return [f"{method} {page.name} as {who}: {one}" for one in wrong]


@pytest.mark.timeout(7200 if EVERY else 300)
@pytest.mark.parametrize("who", WHO)
def test_no_other_method_changes_or_tells_anything(everybody, who, record_property):
    if who == "naomi":
        program = everybody.people["marcus"].program
        everybody.people["naomi"] = make_persona(program, "naomi", "participant")
    pages = list_pages() if who == "visitor" or EVERY else pages_for(everybody, who)
    tries = [(method, page) for number, page in enumerate(pages) for method in methods_for(number)]
    wrong = [one for method, page in tries for one in wrong_in(everybody, who, method, page)]
    record_property("requests", len(tries))
    record_property("leaks", len(wrong))
    print(f"{who}: {len(tries)} requests, {len(wrong)} leaks")
    assert len(pages) > 20 and {method for method, _page in tries} == set(METHODS)
    assert wrong == [], "\n".join(wrong)
