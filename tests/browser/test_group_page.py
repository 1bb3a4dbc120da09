"""The page of a group from end to end: a phone of 360 px, in Spanish, without scripts (rules D7, E3, J2).

A name is chosen, words are written, somebody asks for a look, who leads looks and answers; at night the page says so.
"""

from datetime import time, timedelta
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alongside.community.actions import set_page
from alongside.community.models import Community, Flag, PenName, Post
from alongside.groups import actions as groups
from alongside.rules.neutral import reveals
from tests.browser.house import PHONE, House
from tests.groups.conftest import SIX, VALUES, make_served

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
WORDS, ANSWER = "Hoy es el primer domingo sin nadie en casa.", "Qué bueno que lo escribió. El martes caminamos."


@pytest.fixture
def page(program, carmen, dante, rosa):
    """The page of Dante's walk, in which Rosa and Sam have places."""
    walk = groups.open_group(
        program=program, values=VALUES | {"capacity": 5}, submit_key=uuid4(), by=carmen.actor,
        now=SIX - timedelta(days=9),
    )  # fmt: skip
    groups.add_leader(group=walk, peer=dante.profile, by=carmen.actor)
    sam = make_served(program, "sam", carmen.actor)
    for who in (rosa, sam):
        groups.ask_for_place(group=walk, person=who.person, by=who.actor, now=SIX - timedelta(days=8))
    page = set_page(group=walk, is_open=True, by=dante.actor)
    page.people = {"rosa": rosa, "sam": sam, "dante": dante}
    return page


class Phone:
    """Somebody's phone: goes where links lead, and looks at each page whether it fits and says nothing in its title."""

    def __init__(self, house: House, who: str):
        self.context = house.open(who, "es", PHONE, java_script_enabled=False)
        self.page = self.context.new_page()
        self.main = self.page.get_by_role("main")

    def goto(self, path: str) -> None:
        assert self.page.goto(path).status == 200, path
        self.look()

    def look(self) -> None:
        expect(self.main).to_be_visible()
        box = self.main.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"], "nothing to scroll sideways"
        for one in self.main.locator("a.button, button").all():
            if one.is_visible():
                size = one.bounding_box()
                assert size["height"] >= 24 and size["x"] + size["width"] <= PHONE["width"], one.inner_text()
        assert not reveals(self.page.title()) and "Paseo" not in self.page.title()

    def follow(self, name: str) -> None:
        self.main.get_by_role("link", name=name).first.click()
        self.look()

    def press(self, name: str) -> None:
        self.main.get_by_role("button", name=name).first.click()
        self.look()

    def sees(self, *words: str) -> None:
        for one in words:
            expect(self.main.get_by_text(one).first).to_be_visible()

    def is_told(self, words: str) -> None:
        expect(self.page.get_by_role("status").get_by_text(words).first).to_be_visible()


@pytest.fixture
def phone(chromium, live_server, page):
    """`phone("rosa")`."""
    house = House(chromium, live_server.url.replace("127.0.0.1", "localhost"), SimpleNamespace(people=page.people))
    opened = []

    def open_(who: str) -> Phone:
        opened.append(Phone(house, who))
        return opened[-1]

    yield open_
    for one in opened:
        one.context.close()


def test_from_a_chosen_name_to_the_answer_of_who_leads(page, phone):
    hers = phone("rosa")
    hers.goto(f"/me/groups/{page.group_id}/")
    hers.follow("Nuestra página")
    hers.sees("Nadie ha escrito todavía")
    hers.follow("Elegir un nombre")
    hers.main.get_by_label("¿Con qué nombre escribe aquí?").fill("Garza 12")
    hers.press("Guardar")
    hers.main.get_by_label("Sus palabras").fill(WORDS)
    hers.press("Ponerlo en la página")
    hers.is_told("Ya está")
    hers.sees(WORDS, "Usted es “Garza 12” aquí.")

    his = phone("sam")
    his.goto(f"/me/groups/{page.group_id}/page/")
    his.sees(WORDS, "Garza 12")
    assert page.people["rosa"].person.goes_by not in his.main.inner_text()
    his.follow("Elegir un nombre")
    his.press("Guardar")  # the name that was made up
    his.goto(f"/me/groups/{page.group_id}/page/")
    his.follow("Algo no está bien")
    his.main.get_by_label("Me preocupa quien lo escribió").check()
    his.press("Pedir que lo miren")
    his.is_told("sin decir quién lo pidió")
    assert Flag.objects.get().reason == "worried"

    leads = phone("dante")
    leads.goto(f"/groups/{page.group_id}/page/")
    leads.sees("Me preocupa quien lo escribió", "Garza 12")
    text = leads.main.inner_text()
    assert PenName.objects.get(person=page.people["sam"].person).name not in text, "not by whom"
    leads.follow("Mirarlo")
    assert page.people["rosa"].person.goes_by not in leads.main.inner_text()
    leads.press("Está bien así")
    leads.follow("Elegir un nombre")
    leads.main.get_by_label("¿Con qué nombre escribe aquí?").fill("Búho 30")
    leads.press("Guardar")
    leads.goto(f"/groups/{page.group_id}/page/")
    leads.follow("Responder")
    leads.main.get_by_label("Sus palabras").fill(ANSWER)
    leads.press("Ponerlo en la página")
    leads.sees(ANSWER)

    hers.goto(f"/me/groups/{page.group_id}/page/")
    hers.sees(ANSWER, "Búho 30")
    hers.press("Retirarlo")
    hers.is_told("Ya no está")
    assert [one.words for one in Post.objects.all()] == [ANSWER], "hers is gone, his stays"


def test_at_night_the_page_says_that_nobody_is_there_and_keeps_the_words(page, phone):
    here = timezone.localtime(timezone=ZoneInfo(page.program.time_zone))
    begins, ends = (here - timedelta(hours=1)).time(), (here + timedelta(hours=2)).time()
    Community.objects.update(quiet_from=time(begins.hour), quiet_until=time(ends.hour, 59))
    hers = phone("rosa")
    hers.goto(f"/me/groups/{page.group_id}/page/")
    hers.sees("Ahora no hay nadie del equipo")
    expect(hers.main.get_by_role("link", name="Ayuda ahora").first).to_be_visible()
    hers.follow("Elegir un nombre")
    hers.press("Guardar")
    hers.sees("Ahora no hay nadie del equipo")
    hers.main.get_by_label("Sus palabras").fill(WORDS)
    hers.press("Ponerlo en la página")
    hers.sees(WORDS, "Ahora no hay nadie del equipo")
