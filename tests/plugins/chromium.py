"""A real Chromium through Playwright, the distribution's own."""

import os
import shutil

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium: apt-get install -y --no-install-recommends chromium"
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """The path of the browser, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items):
    """Browser tests say what to install where there is no browser; `REQUIRE_BROWSER=1` makes that a failure."""
    if find_chromium() or os.environ.get("REQUIRE_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def chromium(ear):
    """The running browser (`playwright.sync_api.Browser`). What it sends is heard (`leaving`)."""
    path = find_chromium()
    if path is None:
        pytest.fail(MISSING)
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would refuse the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        )
        ear.listen_to(browser)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def context(chromium, live_server):
    """A fresh browser profile at a phone's width; `context.requests` lists every address it asked for."""
    # A passkey needs a name, not an address: localhost.
    made = chromium.new_context(
        base_url=live_server.url.replace("127.0.0.1", "localhost"),
        viewport={"width": 360, "height": 740},
        locale="en-US",
        reduced_motion="reduce",
    )
    made.requests = []
    made.on("request", lambda request: made.requests.append(request.url))
    yield made
    made.close()


@pytest.fixture
def page(context):
    """One page of that profile."""
    return context.new_page()
