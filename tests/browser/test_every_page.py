"""Every page × everybody who may open it, on a phone and a desk, light and dark, in a browser.

Nothing here names a page: they are found in the router. Pages take turns in the two languages, and roles begin with
another one, so that a page of several roles is seen in both; with `TEST_EVERY_LOOK=1` each is loaded in both for each
role. It is then looked at in its two sizes and themes.
"""

import os
from collections import Counter

import pytest

from tests.browser.axe import find_barriers
from tests.browser.house import DESKTOP, PHONE
from tests.browser.pages_of import ROLES, list_pages_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERY = os.environ.get("TEST_EVERY_LOOK") == "1"
LOOKS = {
    "es": ((PHONE, "light", True), (DESKTOP, "dark", EVERY)),
    "en": ((DESKTOP, "dark", True), (PHONE, "light", EVERY)),
}
"""(size, theme, whether axe looks); with `TEST_EVERY_LOOK=1` axe looks at all of them."""
seen: Counter = Counter()
"""How many pages, loads and looks there were; printed at the end."""


@pytest.fixture(scope="module", autouse=True)
def say_how_many():
    yield
    print("\nlooked at", dict(seen))


class Visit:
    """A page open in a browser, and everything that was wrong while it loaded."""

    def __init__(self, house, context):
        self.house, self.problems, self.page = house, [], context.new_page()
        self.page.on("request", self._ask)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))

    def _ask(self, request):
        if not request.url.startswith((self.house.url, "data:", "blob:")):
            self.problems.append(f"asks {request.url}")

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def goto(self, path: str) -> bool:
        """Open the page; False when it is not one (405, 404, a file, or somewhere else instead)."""
        self.problems.clear()
        answer = self.page.context.request.get(path, max_redirects=0)
        if answer.status >= 500:
            self.problems.append(f"answers {answer.status}")
            return True
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            return False
        if answer.headers.get("content-disposition", "").startswith("attachment"):
            return False
        self.page.goto(path, wait_until="load")
        return True


def find_problems(visit: Visit, looks, *, quick_exit: bool) -> list[str]:
    """What is wrong with the open page in these sizes and themes."""
    page, found = visit.page, []
    for viewport, theme, with_axe in looks:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        look = f"{viewport['width']} px {theme}: "
        if with_axe:
            found += [look + barrier for barrier in find_barriers(page)]
            seen["by axe"] += 1
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > viewport["width"]:
            found.append(f"{look}scrolls sideways, {wide} px")
        if quick_exit and viewport is PHONE and not stays_in_sight(page):
            found.append(f"{look}the quick exit is out of sight")
        seen["looks"] += 1
    return found + visit.problems


def stays_in_sight(page) -> bool:
    """Whether the quick exit is on screen at the top of the page and at its end (E4)."""
    return page.evaluate(
        """async () => {
          const button = document.querySelector("form[data-quick-exit] button");
          const inSight = () => { const box = button.getBoundingClientRect();
            return box.height >= 24 && box.top >= 0 && box.bottom <= innerHeight
              && box.left >= 0 && box.right <= innerWidth;
          };
          if (!button) return false;
          scrollTo(0, 0);
          const above = inSight();
          scrollTo(0, document.body.scrollHeight);
          await new Promise(requestAnimationFrame);
          const below = inSight();
          scrollTo(0, 0);
          return above && below;
        }"""
    )


@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_open_to_everybody_and_calls_nobody(house, who):
    wrong = []
    for language, looks in LOOKS.items():
        context = house.open(who, language)
        visit = Visit(house, context)
        for turn, (page, path) in enumerate(list_pages_of(house, who)):
            has_turn = (turn + list(ROLES).index(who)) % 2 == list(LOOKS).index(language)
            if not (EVERY or has_turn) or not visit.goto(path):
                continue
            seen["loads"] += 1
            quick_exit = ROLES[who] in ((), ("participant",))
            wrong += [
                f"{page.name} ({language}): {problem}" for problem in find_problems(visit, looks, quick_exit=quick_exit)
            ]
        context.close()
    assert not wrong, "\n".join(dict.fromkeys(wrong))
