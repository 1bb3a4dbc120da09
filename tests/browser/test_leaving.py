"""The ear that hears what every browser test sends is not deaf (`tests/plugins/leaving.py`; E3, E6, G4)."""

import pytest
from django.conf import settings

from tests.plugins.leaving import Ear
from tests.promises.whole_story import CANARIES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS, ELSEWHERE = "http://localhost:9", "http://elsewhere.test"


@pytest.fixture
def visit(chromium):
    """`visit(html, click="a")`: what an ear of its own hears when this is a page of ours and somebody taps on it."""
    ear, made = Ear(), []
    heard_by_all = chromium.new_context

    def go(html: str, path: str = "/", headers: dict[str, str] | None = None) -> list[str]:
        ear.problems.clear()
        context = chromium.new_context(base_url=OURS)
        made.append(context)
        context.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html", headers=headers or {}))
        page = context.new_page()
        page.goto(path)
        if (link := page.locator("a")).count():
            link.click()
            page.wait_for_load_state()
        return ear.problems

    ear.listen_to(chromium)
    yield go
    chromium.new_context = heard_by_all
    for one in made:
        one.close()


def test_it_hears_what_leaves(visit, ear):
    plain = {"Referrer-Policy": "no-referrer"}
    assert visit("<p>Nothing</p>", headers=plain) == []
    assert visit(f"<img src='{ELSEWHERE}/a.png'>", headers=plain) == [f"asks {ELSEWHERE}/a.png"]
    assert visit(f"<script>fetch('{ELSEWHERE}/b')</script>", headers=plain) == [f"asks {ELSEWHERE}/b"]
    assert [one.split(" that ")[0] for one in visit("<a href='/next/'>Next</a>")] == [f"tells {OURS}/next/"]
    assert visit("<a href='/next/'>Next</a>", headers=plain) == []
    assert visit(f"<a href='{settings.QUICK_EXIT_URL}'>Leave now</a>", headers=plain) == []
    (told,) = visit("<p>Nothing</p>", f"/find/?q={CANARIES[-1]}", plain)
    assert told.startswith("names ")
    assert ear.heard > 5
    ear.problems.clear()  # the ear of all tests heard it, too
