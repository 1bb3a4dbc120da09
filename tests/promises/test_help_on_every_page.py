"""Help now stands on every page that a participant can open, found in the router: none is named here (issue 6)."""

from re import search

import pytest
from django.urls import reverse
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import no_scope, sign_in

from alongside.rules import access

pytestmark = pytest.mark.django_db
PARTICIPANTS = ("rosa", "olu", "nia")
"""One walks with a peer, one chooses, one waits: some pages are open to one of them only."""
LEAST = 60
"""Pages of one participant at least; there are more. Fewer would mean that the walk no longer finds them."""


@pytest.mark.parametrize("who", PARTICIPANTS)
def test_help_now_stands_on_each_page_of_a_participant(whole_story, who):
    """In the line on top, as a link that says so: not in a menu, and not at the foot alone."""
    way, missing, seen = reverse("me_help"), [], 0
    browser = sign_in(whole_story, who)
    for page in list_pages():
        if page.act is None or not access.may(page.act, frozenset({"participant"})):
            continue
        with no_scope():
            answer = browser.get(page.path(whole_story))
        if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        if answer.get("Content-Disposition", "").startswith("attachment"):
            continue
        seen += 1
        if not has_help(answer.content.decode(), way):
            missing.append(page.name)
    assert seen >= LEAST, seen
    assert missing == []


def has_help(page: str, way: str) -> bool:
    """Whether the line on top leads to the page of help, in words."""
    line = search(r'(?s)<aside class="crisis".*?</aside>', page)
    return bool(line and search(rf'<a href="{way}">[^<]*\w', line.group()))


def test_a_page_without_it_is_found():
    assert has_help('<aside class="crisis"><p><a href="/h/">Help now</a></p></aside>', "/h/")
    assert not has_help('<footer><a href="/h/">Help now</a></footer>', "/h/")
    assert not has_help('<aside class="crisis"><p><a href="/h/"></a></p></aside>', "/h/")
