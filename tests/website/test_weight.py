"""Every public page is light: what a first visit on an old phone asks for, as our own server sends it, is below 100 kB.

The page is read as a browser does: its HTML, the styles, scripts, fonts and pictures that it and they name. Printing
styles and what only a press loads are not asked for. `REPORT_WEIGHT=1 pytest -s` writes the table.
"""

import gzip
import os
import re
from functools import cache
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.promises.every_url import list_pages

from alongside.rules.access import may
from alongside.web.routing import FOR_EVERYBODY
from alongside.website import actions
from alongside.website.catalog import BUILT_IN

pytestmark = pytest.mark.django_db

MOST = 100_000
"""Bytes of a first visit as they are sent, headers not counted."""

ASKED = re.compile(r'<(?:link|script|img|use|audio|source|image)\b[^>]*?\s(?:href|src)="([^"]+)"[^>]*>')
IMPORT = re.compile(r'^import .*?"(\./[^"]+)"', re.MULTILINE)
URL = re.compile(r'url\(["\']?([^"\')]+)')

OTHERS = {
    "quick_exit": "leads away at once", "set_language": "no page", "demo_door": "in the demo only",
    "choose_program": "leads to the front page", "meetings_json": "a file", "meeting_calendar": "a file",
    "event_time": "a file", "events_calendar": "a file",
    "story_sound": "a recording, asked for by a press",
    "text_in": "for a machine", "calendar_feed": "a file", "account_logout": "leads to the front page",
    "mfa_authenticate": "in the middle of signing in", "mfa_login_webauthn": "for a script",
    "account_reset_password_from_key": "behind a key of one's own", "partner_answer": "a press",
    "signer_answer": "a press",
    "partner_later": "behind a code", "join": "behind an invitation of one's own", "join_done": "behind an invitation",
    "design": "for those who build it",
    "place_report": "a form behind a place, tried with the place", "page_words": "seen with a mistake in its form",
}  # fmt: skip
"""Pages of these acts that are not tried by themselves, each with its reason."""


UNPACKED = ("/account/", "/refer/", "/page/")
"""Not compressed, because their length may tell something: signing in, and pages behind a link of one's own."""


@cache
def asset(path: str) -> tuple[bytes, int]:
    """(content, bytes as sent) of a file of ours."""
    answer = Client().get(path, headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200, path
    sent = b"".join(answer)
    return gzip.decompress(sent) if answer.get("Content-Encoding") == "gzip" else sent, len(sent)


def files_of(page: str) -> set[str]:
    """What a browser asks for to show this HTML: files named in it, and fonts named in their styles."""
    found = set()
    for tag in re.finditer(ASKED, page):
        if 'media="print"' not in tag.group() and "/static/" in tag[1]:
            found.add(tag[1].partition("#")[0])
    for sheet in [one for one in found if one.endswith(".css")]:
        found |= {urljoin(sheet, name) for name in URL.findall(asset(sheet)[0].decode()) if "data:" not in name}
    for script in [one for one in found if one.endswith(".js")]:
        found |= {urljoin(script, name) for name in IMPORT.findall(asset(script)[0].decode())}
    return found


def weigh(client: Client, url: str) -> tuple[int, int, int]:
    """(bytes of all as sent, bytes of all unpacked, bytes of the HTML as sent) of a first visit."""
    answer = client.get(url, headers={"accept-encoding": "gzip, deflate, br"})
    assert answer.status_code == 200, url
    is_small = answer.get("Content-Encoding") == "gzip"
    assert is_small or (url.startswith(UNPACKED) and url != reverse("refer")), url
    page = gzip.decompress(answer.content) if is_small else answer.content
    files = [asset(path) for path in files_of(page.decode())]
    sent = len(answer.content) + sum(size for _content, size in files)
    return sent, len(page) + sum(len(content) for content, _size in files), len(answer.content)


@pytest.fixture
def addresses(whole_story) -> dict[str, str]:
    """Name and address of every public page that somebody opens by itself, with real rows of the story behind it."""
    row = actions.add_page(
        program=whole_story.program, by=whole_story.carmen.actor, submit_key=uuid4(),
        texts={one: {"name": "Long", "title": "A long page", "words": "# A part\n\nWords of all kinds. " * 120}
               for one in ("en", "es")},
    )  # fmt: skip
    actions.publish(page=row, edition=row.edition, by=whole_story.carmen.actor)
    actions.set_comments(program=whole_story.program, slug="places", are_open=True, by=whole_story.carmen.actor)
    pages = [page for page in list_pages() if page.act and may(page.act, frozenset()) and page.name not in OTHERS]
    found = {page.name: page.path(whole_story) for page in pages}
    assert {page.name for page in pages if page.act in FOR_EVERYBODY} <= found.keys() and len(found) >= 20
    assert {one.url_name for one in BUILT_IN.values()} <= found.keys(), "all that the navigation can lead to"
    return found | {"long page": reverse("own_page", args=[row.slug])}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_first_visit_to_any_public_page_is_light(addresses, language):
    rows = {}
    for name, url in sorted(addresses.items()):
        client = Client()
        client.cookies.load({"django_language": language})
        rows[name] = weigh(client, url)
    if os.environ.get("REPORT_WEIGHT"):
        print(f"\n{language}: page, sent, unpacked, of it HTML sent")
        for name, (sent, unpacked, html) in rows.items():
            print(f"  {name:20} {sent:7} {unpacked:7} {html:6}")
    assert {name: row[0] for name, row in rows.items() if row[0] >= MOST} == {}
    assert min(row[0] for row in rows.values()) > 50_000, "fonts and styles were counted"


def test_a_browser_that_unpacks_nothing_gets_them_as_they_are(program):
    answer = Client().get("/", headers={"accept-encoding": "identity"})
    assert "Content-Encoding" not in answer and b"<html" in answer.content


def test_for_accounts_pages_are_sent_as_they_were(program, carmen, browser):
    """What is on their pages may be told by its length."""
    answer = browser(carmen).get("/what-peers-do/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer
