"""“Stop sharing” is two taps from home: in Spanish, on a phone of 360 px, with scripts and without (B4).

`TEST_PICTURES=1` also keeps what a person sees, for the guides (`test_pictures` makes the others).
"""

import os
from types import SimpleNamespace

import pytest

from tests.browser.house import PHONE, House
from tests.browser.test_pictures import FOLDER
from tests.privacy.consents import signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LEAST_HEIGHT = 44
"""Points: what a thumb hits (WCAG 2.2, 2.5.5)."""


class Thumb:
    """Somebody with one thumb, who has been told nothing: taps what the page shows, and each tap counts."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, role: str, name: str) -> None:
        """Tap what has this role and name; it must be in sight as it is, without a scroll, and large enough."""
        (target,) = self.page.get_by_role(role, name=name, exact=True).all()
        box = target.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], f"{name} is out of sight: {box}"
        assert box["height"] >= LEAST_HEIGHT, f"{name} is small: {box}"
        target.click()
        self.page.wait_for_load_state()
        self.taps += 1


def picture(page, name: str, scripts: bool) -> None:
    """Keep what is seen, where the guides look for it."""
    if scripts and os.environ.get("TEST_PICTURES") == "1":
        page.screenshot(path=FOLDER / f"{name}-phone-es.png")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_taps_from_home_nothing_is_shared_any_more(chromium, live_server, mentorship, rosa, scripts):
    consent = signed(rosa.person, rosa.actor, recipient="Clínica del Valle", language="es")
    url = live_server.url.replace("127.0.0.1", "localhost")
    house = House(chromium, url, SimpleNamespace(people={"rosa": rosa}))
    context = house.open("rosa", "es", PHONE, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/me/")
    picture(page, "stop-1-home", scripts)
    thumb = Thumb(page)

    thumb.tap("link", "Privacidad")
    picture(page, "stop-2-privacy", scripts)
    assert page.get_by_text("Clínica del Valle").first.is_visible()
    thumb.tap("button", "Dejar de compartir")

    assert thumb.taps == 2
    picture(page, "stop-3-stopped", scripts)
    assert page.get_by_role("status").first.is_visible() or page.get_by_role("alert").first.is_visible()
    assert page.get_by_role("button", name="Dejar de compartir").count() == 0
    consent.refresh_from_db()
    assert (consent.status, consent.ended_how) == ("revoked", "screen")
    context.close()
