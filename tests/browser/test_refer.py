"""A clinician without an account, on a phone, with and without scripts: from the front page to "we have it" in under a
minute of hands, by a stated model (`keystrokes`); and afterwards they read what the person signed for, and no more.

`SHOW_WAY=<folder>` keeps a picture of each step.
"""

import os
import re
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from alongside.intake.actions import take_up
from alongside.partners import actions as partners
from alongside.people.models import Person
from alongside.privacy.actions import sign_consent, stop_sharing
from alongside.privacy.models import Disclosure
from alongside.referrals import actions
from alongside.referrals.models import Incoming
from tests.browser.house import PHONE
from tests.browser.keystrokes import Hands, read_seconds
from tests.privacy.consents import drafted, look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = 60.0
"""Seconds from the form on the screen until it is sent."""

LINK = re.compile(r"http\S+(/page/[\w-]+/)")
SAID = {
    "en": {"first": "Refer somebody", "received": "Thank you. We have it.", "words": "Somebody to talk to",
           "wrong": "Please give us a phone number or an e-mail of theirs.", "here": "With us from",
           "code": "A page for you"},
    "es": {"first": "Referir a alguien", "received": "Gracias. Ya lo tenemos.", "words": "Alguien con quien hablar",
           "wrong": "Por favor dénos un teléfono o un correo de la persona.", "here": "Con nosotros desde",
           "code": "Una página para usted"},
}  # fmt: skip
PAIRS = [("en", True), ("en", False), ("es", True), ("es", False)]


@pytest.fixture(params=PAIRS, ids=[f"{one}-{'with' if scripts else 'without'}-scripts" for one, scripts in PAIRS])
def clinician(house, request):
    """A phone of somebody outside: its page, its language, its words, and a name nobody else has."""
    language, scripts = request.param
    context = house.open(language=language, viewport=PHONE, java_script_enabled=scripts)
    name = f"Olu {language}{int(scripts)}"
    yield SimpleNamespace(
        page=context.new_page(), language=language, scripts=scripts, said=SimpleNamespace(**SAID[language]), olu=name,
    )  # fmt: skip
    context.close()


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOW_WAY"):
        page.screenshot(path=Path(folder) / f"refer-{name}.png", full_page=True)


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def fill(hands: Hands, who) -> None:
    """As a person would: who they are, who it is, one way to reach them, a few words, that it was agreed."""
    page = hands.page
    hands.types(page.locator("[name=from_name]"), "Ana Ito")
    hands.types(page.locator("[name=from_place]"), "County Hospital")
    hands.types(page.locator("[name=from_reach]"), "ito@hospital.example.org")
    hands.types(page.locator("[name=goes_by]"), who.olu)
    hands.types(page.locator("[name=phone]"), "2135550177")
    hands.types(page.locator("[name=words]"), who.said.words)
    hands.taps(page.locator("[name=agreed]"))


def test_somebody_is_referred_in_under_a_minute_and_only_what_was_signed_for_is_read(house, clinician):
    who, page, tag = clinician, clinician.page, f"{clinician.language}-{clinician.scripts}"
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=who.said.first).click()
    page.wait_for_url("**/refer/")
    assert fits(page)
    keep(page, f"{tag}-1-form")
    hands, form = Hands(page), page.locator("main form.form")
    reading = read_seconds(form)
    fill(hands, who)
    hands.taps(form.locator("button[type=submit]"))
    expect(page.get_by_role("heading", level=1)).to_have_text(who.said.received)
    assert fits(page)
    keep(page, f"{tag}-2-received")
    print(f"\n{tag}: {hands.seconds:.1f} s, {hands.count('K')} keys and taps, {hands.count('P')} times pointed, "
          f"{hands.count('M')} thoughts; reading it all once {reading:.1f} s")  # fmt: skip
    assert hands.seconds < MOST
    reads_only_what_was_signed_for(house, who, tag)


def reads_only_what_was_signed_for(house, who, tag: str) -> None:
    """Olu signs that Dr. Ito may know since when they are here. The page of the form says what it said; the other opens
    with a code, says that and nothing else, and is over in the moment in which Olu takes it back."""
    page, received, carmen = who.page, who.page.url, house.story.people["carmen"].actor
    with scope(program=house.story.program):
        (incoming,) = (one for one in Incoming.objects.all() if one.goes_by == who.olu)
        assert incoming.phone == "+12135550177" and incoming.from_place == "County Hospital"
        inquiry = actions.take_into_intake(incoming=incoming, by=carmen)
        take_up(inquiry=inquiry, by=carmen)
        incoming.refresh_from_db()
        person = Person.objects.get(pk=incoming.inquiry.person_id)
        consent = drafted(person, carmen, recipient="Ana Ito", items=["being_here", "reach"])
        consent = sign_consent(
            consent=consent, seen=look(consent).digest, signed_name="Olu Bright", by=carmen, how="paper"
        )
        _link, code = actions.show_status(
            incoming=incoming, consent=consent, address="ito@hospital.example.org", submit_key=uuid4(), by=carmen
        )
        sent: list[str] = []
        partners.send_due(deliver=lambda *said: sent.append(said[-1]))
        assert Disclosure.objects.get(consent=consent).items == ["being_here"], "of two things signed for, one is asked"
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(who.said.received)
    expect(page.get_by_role("main")).not_to_contain_text(who.said.here)
    (path,) = (LINK.search(one)[1] for one in sent if LINK.search(one))
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text(who.said.code)
    page.locator("main [name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("main")).to_contain_text(who.said.here)
    words = page.get_by_role("main").inner_text()
    assert "0177" not in words and "213" not in words and who.said.words not in words
    assert page.locator("main form").count() == 0, "whoever referred is asked nothing"
    assert fits(page)
    keep(page, f"{tag}-3-read")
    with scope(program=house.story.program):
        stop_sharing(consent=consent, by=carmen)
    page.goto(path)
    page.locator("main [name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("main")).not_to_contain_text(who.said.here)
    keep(page, f"{tag}-4-over")
    page.goto(received)
    expect(page.get_by_role("heading", level=1)).to_have_text(who.said.received)


def test_who_forgot_how_to_reach_them_loses_nothing_and_is_still_under_a_minute(clinician):
    """The mistake that is easiest to make: neither phone nor e-mail, because each of them is optional."""
    who, page = clinician, clinician.page
    page.goto("/refer/")
    hands, send = Hands(page), page.locator("main form.form button[type=submit]")
    hands.types(page.locator("[name=from_name]"), "Ana Ito")
    hands.types(page.locator("[name=from_reach]"), "ito@hospital.example.org")
    hands.types(page.locator("[name=goes_by]"), who.olu)
    hands.taps(page.locator("[name=agreed]"))
    hands.taps(send)
    expect(page.get_by_role("alert")).to_contain_text(who.said.wrong)
    for name, value in (("from_name", "Ana Ito"), ("from_reach", "ito@hospital.example.org"), ("goes_by", who.olu)):
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    expect(page.locator("[name=agreed]")).to_be_checked()
    hands.taps(page.get_by_role("alert").get_by_role("link").first)
    page.keyboard.type("2135550178")
    hands.done += ["K"] * 10
    expect(page.locator("[name=phone]")).to_have_value("2135550178")
    hands.taps(send)
    expect(page.get_by_role("heading", level=1)).to_have_text(who.said.received)
    assert hands.seconds < MOST
