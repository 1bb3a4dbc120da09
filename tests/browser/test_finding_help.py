"""Somebody new, on a phone, in Spanish, with and without scripts: from the front page to a meeting of tonight and its
entry for a calendar; from the front page to food that is there now, its number, and a word that the number is wrong.

`SHOW_WAY=<folder>` keeps a picture of each step.
"""

import json
import os
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from django_scopes import scope
from icalendar import Calendar
from playwright.sync_api import Page, expect

from alongside.meetings.actions import add_feed, take_in
from alongside.resources.actions import write_by_hand
from alongside.resources.models import Report
from alongside.rules.meetings.times import MORNING
from tests.browser.house import PHONE
from tests.story import ZONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = {"formatted_address": "100 Main St, Riverbend, CA 90033, USA", "latitude": 34.05, "longitude": -118.2}
TONIGHT = (("Luz de noche", "21:00", "00:30"), ("Antes del alba", "04:45", "05:30"))
"""After midnight `tonight` is what is left of the night: at any hour of a test one of the two is ahead or on."""

OTHERS = (("Late circle", "21:30", "00:30"), ("Early circle", "04:40", "05:30"))
"""At the same hours, in English and closed: whoever narrows it down to Spanish and open to all does not meet them."""

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


@pytest.fixture(scope="module")
def town(house, django_db_blocker):
    """What there is to find: a meeting every evening, one before each dawn, two places with food, one never open."""
    story = house.story
    with django_db_blocker.unblock(), scope(program=story.program):
        by = story.people["carmen"].actor
        feed = add_feed(
            program=story.program, way="file", name="Intergrupo del Valle", site="", fellowship="na", url="",
            time_zone="America/Los_Angeles", every_hours=0, language="es", submit_key=uuid4(), by=by,
        )  # fmt: skip
        rows = [{"slug": name, "name": name, "day": list(range(7)), "time": starts, "end_time": ends,
                 "types": types, **ADDRESS}
                for several, types in ((TONIGHT, ["O", "S", "X"]), (OTHERS, ["C", "EN"]))
                for name, starts, ends in several]  # fmt: skip
        take_in(feed=feed, content=json.dumps(rows).encode(), by=by)
        place = {"needs": ["food"], "city": "Riverbend", "postal_code": "90033", "languages": ["es"]}
        write_by_hand(
            program=story.program, submit_key=uuid4(), by=by,
            values=place | {"name": "Comedor San Roque", "phone": "(213) 555-0122", "street": "88 Marisol Avenue",
                            "description": "Comida caliente para quien llegue. No se pide nada.",
                            **{f"day_{day}": "24" for day in DAYS}},
        )  # fmt: skip
        write_by_hand(program=story.program, values=place | {"name": "Despensa cerrada", "phone": "(213) 555-0123"},
                      submit_key=uuid4(), by=by)  # fmt: skip
        write_by_hand(
            program=story.program, submit_key=uuid4(), by=by,
            values=place | {"name": "Ayuda con la comida en papel", "needs": ["legal"], "phone": "(213) 555-0124",
                            **{f"day_{day}": "24" for day in DAYS}},
        )  # fmt: skip
    return house


class Walk:
    """A phone that keeps a picture of each step, and looks that nothing is wider than it."""

    def __init__(self, page: Page, name: str):
        self.page, self.name, self.steps = page, name, 0

    def look(self, heading: str) -> None:
        """Here the reader is; what they see fits the phone and is in their language."""
        expect(self.page.get_by_role("heading", name=heading).first).to_be_visible()
        assert self.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert self.page.locator("html").get_attribute("lang") == "es"
        self.steps += 1
        if folder := os.environ.get("SHOW_WAY"):
            self.page.screenshot(path=Path(folder) / f"{self.name}-{self.steps}.png", full_page=True)

    def go(self, link: str) -> None:
        """By a link in the page."""
        self.page.get_by_role("main").get_by_role("link", name=link).first.click()


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def walk(town, request):
    context = town.open(language="es", viewport=PHONE, java_script_enabled=request.param, accept_downloads=True)
    yield lambda name: Walk(context.new_page(), f"{name}-{request.param}")
    context.close()


def test_from_the_front_page_to_a_meeting_of_tonight_and_into_a_calendar(walk):
    way = walk("meeting")
    page = way.page
    page.goto("/")
    way.look("La recuperación es más fácil con alguien que ya pasó por eso.")
    way.go("Reuniones")
    way.look("Encontrar una reunión")
    page.get_by_label("¿Cerca de qué ciudad o código postal?").fill("Riverbend")
    page.get_by_label("¿Cuándo?").select_option(label="Esta noche")
    page.get_by_role("button", name="Mostrar reuniones").first.click()
    way.look("A menos de 10 millas de Riverbend, CA")
    assert "Riverbend" not in page.url, "a place stands in no address"
    is_night = timezone.localtime(timezone=ZONE).hour < MORNING // 60
    (name, starts, _ends), other = TONIGHT[is_night], OTHERS[is_night][0]
    expect(page.get_by_role("link", name=other)).to_be_visible()
    page.get_by_text("Más opciones: tipo, idioma, acceso").click()
    page.get_by_label("¿De qué tipo?").select_option(label="12 pasos")
    page.get_by_label("¿En qué idioma?").select_option(label="Español")
    page.get_by_label("Abierta a todos").check()
    page.get_by_label("Acceso en silla de ruedas").check()
    page.get_by_role("button", name="Mostrar reuniones").last.click()
    way.look("A menos de 10 millas de Riverbend, CA")  # the place is still the one that was written
    expect(page.get_by_role("link", name=other)).to_have_count(0)
    expect(page.get_by_role("main")).to_contain_text("Abierta a todos")
    way.go(name)
    way.look(name)
    expect(page.get_by_role("main")).to_contain_text("100 Main St")
    expect(page.get_by_text("Todos los días")).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text("Narcóticos Anónimos (NA)")
    for link, is_named in (("A mi calendario, sin su nombre", False), ("Con su nombre y lugar", True)):
        with page.expect_download() as started:
            way.go(link)
        (event,) = Calendar.from_ical(Path(started.value.path()).read_bytes()).walk("VEVENT")
        assert event["rrule"]["freq"] == ["WEEKLY"] and event["dtstart"].dt.hour == int(starts[:2])
        assert (name in str(event["summary"]), "100 Main St" in str(event.get("location", ""))) == (is_named, is_named)
        assert started.value.suggested_filename == "time.ics"


def test_from_the_front_page_to_food_that_is_there_now_and_a_word_that_its_number_is_wrong(walk, town):
    way = walk("food")
    page = way.page
    page.goto("/")
    way.go("Lugares que ayudan")
    way.look("Lugares que ayudan")
    page.get_by_label("¿Qué necesita?").fill("comida")
    page.get_by_label("¿Dónde?").fill("Riverbend")
    page.get_by_label("Abierto ahora").check()
    page.get_by_role("button", name="Buscar", exact=True).click()
    way.look("2 lugares encontrados")
    page.get_by_text("Afinar la búsqueda").click()
    page.get_by_label("Tipo de ayuda").select_option(label="Comida")
    page.get_by_role("button", name="Buscar", exact=True).click()
    way.look("1 lugar encontrado")
    assert "comida" not in page.url and "Riverbend" not in page.url
    expect(page.get_by_role("main")).not_to_contain_text("Despensa cerrada")
    way.go("Comedor San Roque")
    way.look("Comedor San Roque")
    expect(page.get_by_role("link", name="(213) 555-0122")).to_have_attribute("href", "tel:2135550122")
    expect(page.get_by_role("main")).to_contain_text("Abierto día y noche")
    way.go("Algo está mal aquí")
    way.look("Algo está mal aquí")
    page.get_by_role("button", name="Enviar").click()
    way.look("Algo está mal aquí")  # what is wrong was not chosen yet: it is said, and nothing is lost
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("El número de teléfono está mal").check()
    page.get_by_label("¿Qué debería decir?").fill("Es el 555-0199.")
    page.get_by_role("button", name="Enviar").click()
    way.look("Gracias")
    with scope(program=town.story.program):
        assert [one.kind for one in Report.objects.all() if one.words == "Es el 555-0199."].count("number") >= 1
