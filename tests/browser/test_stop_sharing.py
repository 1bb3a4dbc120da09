"""“Stop sharing” is two taps from home, for each of three that have something: on a phone of 360 px, in both languages,
with scripts and without (B4).

`TEST_PICTURES=1` also keeps what a person sees, for the guides (`test_pictures` makes the others).
"""

import os
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from tests.browser.house import PHONE, House
from tests.browser.test_pictures import FOLDER, LARGEST_TOGETHER, make_small
from tests.privacy.consents import signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
LEAST_HEIGHT = 44
"""Points: what a thumb hits (WCAG 2.2, 2.5.5)."""


@dataclass(frozen=True)
class Said:
    """What the pages say in one language."""

    privacy: str
    stop: str
    to: tuple[str, str, str]


SAID = {
    "en": Said("Privacy", "Stop sharing", ("Valley Clinic", "Family House", "River Food Bank")),
    "es": Said("Privacidad", "Dejar de compartir", ("Clínica del Valle", "Casa de la Familia", "Banco de Alimentos")),
}


class Thumb:
    """Somebody with one thumb, who has been told nothing: taps what the page shows, and each tap counts."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, role: str, name: str, beside: str = "", *, in_sight: bool = True) -> None:
        """Tap what has this role and name, beside these words; it must be large enough, and where nobody said that it
        is further down, in sight without a scroll."""
        within = self.page.get_by_role("listitem").filter(has_text=beside) if beside else self.page
        (target,) = within.get_by_role(role, name=name, exact=True).all()
        if not in_sight:
            target.scroll_into_view_if_needed()
        box = target.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"], f"{name} is out of sight: {box}"
        assert box["height"] >= LEAST_HEIGHT, f"{name} is small: {box}"
        target.click()
        self.page.wait_for_load_state()
        self.taps += 1


def picture(page, name: str, language: str, scripts: bool) -> None:
    """Keep what is seen, where the guides look for it."""
    if scripts and os.environ.get("TEST_PICTURES") == "1":
        file = FOLDER / f"{name}-phone-{language}.png"
        page.screenshot(path=file)
        make_small(file)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", sorted(SAID))
def test_two_taps_from_home_nothing_is_shared_any_more(chromium, live_server, mentorship, rosa, language, scripts):
    said = SAID[language]
    rosa.user.language = language
    rosa.user.save(update_fields=["language"])
    consents = [signed(rosa.person, rosa.actor, recipient=name, language=language) for name in said.to]
    url = live_server.url.replace("127.0.0.1", "localhost")
    context = House(chromium, url, SimpleNamespace(people={"rosa": rosa})).open(
        "rosa", language, PHONE, java_script_enabled=scripts
    )
    page = context.new_page()
    left = list(reversed(consents))  # the newest stands first
    for number, consent in enumerate([consents[1], consents[2], consents[0]]):
        page.goto("/me/")
        if number == 0:
            picture(page, "stop-1-home", language, scripts)
        thumb = Thumb(page)

        thumb.tap("link", said.privacy)
        if number == 0:
            picture(page, "stop-2-privacy", language, scripts)
        assert [page.get_by_role("link", name=one.recipient).is_visible() for one in left] == [True] * len(left)
        is_first = page.get_by_role("link", name=consent.recipient).first.bounding_box()["y"] == min(
            page.get_by_role("link", name=one.recipient).first.bounding_box()["y"] for one in left
        )
        thumb.tap("button", said.stop, consent.recipient, in_sight=is_first)

        assert thumb.taps == 2
        if number == 0:
            picture(page, "stop-3-stopped", language, scripts)
        assert page.get_by_role("status").first.is_visible() or page.get_by_role("alert").first.is_visible()
        left.remove(consent)
        assert page.get_by_role("button", name=said.stop, exact=True).count() == len(left)
        for one in consents:
            one.refresh_from_db()
        assert [(one.status, one.ended_how) for one in consents if one not in left] == [("revoked", "screen")] * (
            number + 1
        )
        assert [one.status for one in left] == ["active"] * len(left), "the others go on"
    context.close()


def test_pictures_stay_within_what_a_reader_loads():
    assert 0 < sum(path.stat().st_size for path in FOLDER.glob("*.png")) < LARGEST_TOGETHER
