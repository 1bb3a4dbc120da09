"""Whatever a browser of the tests sends: nothing goes to another origin, says where it came from, or names the story.

One ear for every profile that any browser test opens, so that it hears whole journeys, redirects, scripts and service
workers too (E3, E6, G4). Only the quick exit leads away, to the place that the settings name, and says nothing there.
"""

from urllib.parse import unquote_plus, urlsplit

import pytest
from django.conf import settings

STATIC = "/static/"
"""A style sheet of ours loads a font of ours. The server of the tests gives such files without the headers that
`tests/web/test_headers.py` demands of every answer of the real one."""

OF_NOBODY = ("about", "blob", "chrome-error", "data", "file")
"""Schemes by which nothing leaves the machine."""


def origin_of(url: str) -> str:
    """Such as `http://localhost:8000`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Ear:
    """What browsers sent since it was last asked: `problems`, and how many requests there were."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.heard = 0

    def listen_to(self, browser) -> None:
        """Hear every profile that this browser opens from here on."""
        open_one = browser.new_context

        def new_context(**options):
            context = open_one(**options)
            ours = [origin_of(options["base_url"])] if options.get("base_url") else []
            context.on("request", lambda request: self.hear(request, ours))
            return context

        browser.new_context = new_context

    def hear(self, request, ours: list[str]) -> None:
        """One request. `ours`: the origin of this profile; the first one that it asks, where none was named."""
        origin, headers = origin_of(request.url), request.headers
        if urlsplit(request.url).scheme in OF_NOBODY:
            return
        self.heard += 1
        if not ours:
            ours.append(origin)
        if origin not in ours and not request.url.startswith(settings.QUICK_EXIT_URL):
            self.problems.append(f"asks {request.url}")
        came_from = headers.get("referer", "")  # empty where none is sent
        if came_from and not came_from.startswith(f"{ours[0]}{STATIC}"):
            self.problems.append(f"tells {request.url} that it came from {came_from}")
        if told := [one for one in words_of_the_story() if one in unquote_plus(request.url).lower()]:
            self.problems.append(f"names {told} in {request.url}")


def words_of_the_story() -> tuple[str, ...]:
    """What somebody of the story said or is called, and never stands in an address."""
    from tests.promises.whole_story import CANARIES

    return tuple(one.lower() for one in CANARIES if len(one) > 6)


@pytest.fixture(scope="session")
def ear() -> Ear:
    """The one ear of this process."""
    return Ear()


@pytest.fixture(autouse=True)
def nothing_leaves(request):
    """Asked after each browser test."""
    yield
    if request.node.get_closest_marker("browser") and "chromium" in request.fixturenames:
        ear = request.getfixturevalue("ear")
        problems, ear.problems = ear.problems, []
        assert problems == [], "\n".join(problems)
