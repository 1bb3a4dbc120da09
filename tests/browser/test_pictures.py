"""The pictures of the guides, made from the demo program: `TEST_PICTURES=1 pytest tests/browser/test_pictures.py`.

They land in docs/pictures. Everybody in them is invented, and days are relative to the day on which they were made.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django_scopes import scopes_disabled
from pytest_django.live_server_helper import LiveServer

from tests.browser.house import DESKTOP, PHONE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.pictures,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(900),
    pytest.mark.skipif(
        os.environ.get("TEST_PICTURES") != "1", reason="makes pictures, which only TEST_PICTURES=1 asks"
    ),
]
FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST_TOGETHER = 3_000_000


@dataclass(frozen=True)
class Picture:
    """One picture: its name, whose page, where (a path, or links to follow by a CSS selector), and how it looks."""

    name: str
    who: str
    path: str
    follow: tuple[str, ...] = ()
    language: str = "en"
    viewport: dict = None
    theme: str = "light"

    @property
    def file(self) -> Path:
        """Such as `today-phone-en.png`, or `home-desktop-en-dark.png`."""
        size = "phone" if self.viewport in (None, PHONE) else "desktop"
        dark = "-dark" if self.theme == "dark" else ""
        return FOLDER / f"{self.name}-{size}-{self.language}{dark}.png"


PICTURES = (
    Picture("home", "", "/"),
    Picture("home", "", "/", language="es"),
    Picture("home", "", "/", viewport=DESKTOP),
    Picture("ask", "", "/ask/"),
    Picture("ask", "", "/ask/", language="es"),
    Picture("apply", "", "/become-a-peer/"),
    Picture("asks", "carmen", "/asks/", viewport=DESKTOP),
    Picture("board", "carmen", "/board/", viewport=DESKTOP),
    Picture("board", "carmen", "/board/", viewport=DESKTOP, language="es"),
    Picture("board-person", "carmen", "/board/?show=ready", ("h2.row-name a",), viewport=DESKTOP),
    Picture("run", "carmen", "/board/runs/", ("h2.row-name a",), viewport=DESKTOP),
    Picture("what-if", "carmen", "/board/what-if/", viewport=DESKTOP),
    Picture("fairness", "carmen", "/fairness/", viewport=DESKTOP),
    Picture("fairness", "carmen", "/fairness/", viewport=DESKTOP, language="es"),
    Picture("choose", "olu", "/me/people/"),
    Picture("choose", "olu", "/me/people/", language="es"),
    Picture("today", "dante", "/today/"),
    Picture("today", "dante", "/today/", language="es"),
    Picture("today", "dante", "/today/", theme="dark"),
    Picture("note", "dante", "/today/", ("main a[href*='/note/']",)),
    Picture("note", "dante", "/today/", ("main a[href*='/note/']",), language="es"),
    Picture("record", "dante", "/today/", ("h2.row-name a",), viewport=DESKTOP),
    Picture("offers", "dante", "/offers/"),
    Picture("me", "rosa", "/me/"),
    Picture("me", "rosa", "/me/", language="es"),
    Picture("thread", "rosa", "/me/messages/", language="es"),
    Picture("notes", "rosa", "/me/notes/", language="es"),
    Picture("week", "rosa", "/me/week/"),
    Picture("week", "rosa", "/me/week/", language="es"),
    Picture("change", "rosa", "/me/change/"),
    Picture("change", "rosa", "/me/change/", language="es"),
    Picture("team", "lien", "/team/", viewport=DESKTOP),
    Picture("impact", "dolores", "/impact/", viewport=DESKTOP),
)
ROSTER = (
    "Nombre;Celular;Idioma;Qué necesita;Cuándo puede;Fecha de solicitud\n"
    "Beatriz;(213) 555-0101;Español;vivienda, familia;lunes y miércoles por la tarde;03/11/2026\n"
    "Ramón;213.555.0102;español;trabajo;sábados;28/10/2026\n"
    ";213.555.0104;español;;;\n"
).encode("cp1252")


def make_small(file: Path) -> None:
    """256 colors are enough for a page of ours, and weigh a third."""
    from PIL import Image

    with Image.open(file) as drawn:
        few = drawn.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


@pytest.fixture
def demo(django_db_setup, django_db_blocker, chromium):
    """The demo program behind a real server: its address."""
    from alongside.audit import triggers
    from alongside.demo import load

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: None)
        patch.setattr(settings, "ALONGSIDE_DEMO", True)
        load(seed=1, progress=lambda _done, _all: None)
        server = LiveServer("localhost")
        try:
            yield server.url.replace("127.0.0.1", "localhost")
        finally:
            server.stop()
            with triggers.suspended(connection):
                call_command("flush", verbosity=0, interactive=False)


def open_as(browser, url: str, who: str, language: str, viewport, theme: str):
    """A browser of one of the personas; `who` is empty for a visitor."""
    from alongside.people.models import User

    context = browser.new_context(
        base_url=url, viewport=viewport, color_scheme=theme, locale="en-US", reduced_motion="reduce"
    )
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if who:
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        from alongside.people import second_factor

        with scopes_disabled():
            user = User.objects.get(username=f"demo-{who}")
        session = SessionStore()
        session.update({
            SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        })  # fmt: skip
        second_factor.mark_passed(session)
        session.save()
        cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
    return context


def test_pictures_of_the_guides(demo, chromium):
    FOLDER.mkdir(exist_ok=True)
    for one in PICTURES:
        viewport = one.viewport or PHONE
        context = open_as(chromium, demo, one.who, one.language, viewport, one.theme)
        page = context.new_page()
        page.goto(one.path)
        for link in one.follow:
            page.locator(link).first.click()
            page.wait_for_load_state()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=one.file)
        make_small(one.file)
        context.close()
    picture_of_a_preview(demo, chromium)
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < LARGEST_TOGETHER


def picture_of_a_preview(demo, chromium):
    """What would happen with a list in Spanish, before anything is written."""
    context = open_as(chromium, demo, "carmen", "en", DESKTOP, "light")
    page = context.new_page()
    page.goto("/rosters/new/")
    page.locator("input[type=file]").set_input_files({"name": "lista.csv", "mimeType": "text/csv", "buffer": ROSTER})
    page.get_by_role("main").get_by_role("button", name="Next").click()
    columns, preview = FOLDER / "roster-columns-desktop-en.png", FOLDER / "roster-preview-desktop-en.png"
    page.screenshot(path=columns)
    page.get_by_role("main").get_by_role("button", name="See what would happen").click()
    page.wait_for_load_state()
    page.screenshot(path=preview)
    make_small(columns)
    make_small(preview)
    page.get_by_role("main").get_by_role("button", name="Erase this list").click()
    context.close()
