"""One whole journey through the real server and its real forms: from a list to a person who is supported.

Everybody has a browser of their own. Carmen coordinates, Lien supervises, Dolores directs. Beatriz, Ramón and Noemí come
from a list that nobody here has seen before; Ximena asks on her phone, in Spanish; Imani applies to be a peer.
"""

import os

import pytest
from playwright.sync_api import expect
from tests.browser.people import Somebody
from tests.story import PASSWORD

from alongside.people.models import Episode, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PARTICIPANTS = (
    "Lista de espera de noviembre;;;;;;\n"
    ";;;;;;\n"
    "Cómo le decimos;Celular;Idioma;Qué necesita;Cuándo puede;Fecha de solicitud;Modalidad\n"
    "Beatriz;(213) 555-0101;Español;vivienda, familia;lunes y miércoles por la tarde;03/11/2026;teléfono\n"
    "Ramón;213.555.0102;español;trabajo;sábados;28/10/2026;teléfono\n"
    "Noemí;+1 213 555 0103;Español / inglés;dormir;lunes por la tarde;14/11/2026;teléfono\n"
    ";;;;;;\n"
).encode("cp1252")
"""As a Spanish spreadsheet saves it: a title, an empty line, semicolons, Windows-1252, the day before the month."""

PEERS = (
    "Nombre;Correo electrónico;Idiomas que habla;Cupo;Horario;Modalidad;Historia\n"
    "Tomás;tomas@example.org;español, inglés;1;lunes por la tarde;teléfono;Yo también empecé con miedo.\n"
    "Pilar;pilar@example.org;español;4;lunes a sábado por la tarde;teléfono;Me gusta caminar y escuchar.\n"
).encode("cp1252")


class Town:
    """Everybody's browser, by name, and what one step leaves for the next."""

    def __init__(self, browser, url: str):
        self.browser, self.url, self.people = browser, url, {}

    def arrives(self, name: str, language: str = "en", **options) -> Somebody:
        """A browser for somebody new."""
        self.people[name] = Somebody(self.browser, self.url, language, **options)
        return self.people[name]

    def __getattr__(self, name: str) -> Somebody:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None


@pytest.fixture
def town(chromium, live_server, program):
    """The town with its program. `TEST_SHOTS=folder` leaves a picture there of where everybody was at the end."""
    made = Town(chromium, live_server.url.replace("127.0.0.1", "localhost"))
    yield made
    for name, somebody in made.people.items():
        if os.environ.get("TEST_SHOTS") and not somebody.page.is_closed():
            somebody.page.screenshot(path=f"{os.environ['TEST_SHOTS']}/{name}.png", full_page=True)
        somebody.context.close()


def test_from_a_list_to_a_person_who_is_supported(town, program, carmen, lien, dolores):
    a_coordinator_signs_in_with_a_password_and_a_code(town)
    she_brings_a_list_in(town, PEERS, new=2, noun="peers")
    she_brings_a_list_in(town, PARTICIPANTS, new=3, noun="people", named="Cómo le decimos")
    the_same_list_again_changes_nothing(town, PARTICIPANTS)
    a_visitor_asks_on_a_phone_in_spanish(town)
    the_ask_is_taken_up_and_the_first_talk_written_down(town)
    somebody_applies_and_becomes_a_peer(town)


# --- 1 and 2: people come in, and say what they ask for -----------------------------------------------------------
def a_coordinator_signs_in_with_a_password_and_a_code(town):
    carmen = town.arrives("carmen")
    carmen.username = "carmen"
    carmen.sign_in(PASSWORD)
    carmen.set_up_code_app()
    carmen.goto("/home/")
    carmen.sees("Nobody is waiting")


def she_brings_a_list_in(town, content: bytes, *, new: int, noun: str, named: str = ""):
    """What the guess did not know, she says: `named` is the header of the column with names."""
    carmen, before = town.carmen, Person.objects.count()
    upload(carmen, content)
    expect(carmen.page.get_by_role("heading", level=1)).to_have_text("What is in each column?")
    if named:
        carmen.page.get_by_label(named).select_option("goes_by")
    carmen.press("See what would happen")
    expect(carmen.page.get_by_role("heading", level=1)).to_have_text("What would happen")
    assert before == Person.objects.count(), "nothing is written before it is confirmed"
    carmen.press(f"Bring {new} {noun} in")
    expect(carmen.page.get_by_role("heading", level=1)).to_have_text("What happened")
    assert Person.objects.count() == before + new


def the_same_list_again_changes_nothing(town, content: bytes):
    before = Person.objects.count()
    upload(town.carmen, content)
    town.carmen.page.get_by_label("Cómo le decimos").select_option("goes_by")
    town.carmen.press("See what would happen")
    town.carmen.sees("Everybody in this list is known already, and nothing is new.")
    town.carmen.press("Erase this list")
    assert Person.objects.count() == before


def upload(carmen: Somebody, content: bytes):
    carmen.goto("/rosters/new/")
    carmen.page.locator("input[type=file]").set_input_files(
        {"name": "lista.csv", "mimeType": "text/csv", "buffer": content}
    )
    carmen.press("Next")


def a_visitor_asks_on_a_phone_in_spanish(town):
    ximena = town.arrives("ximena", "es")
    ximena.goto("/")
    page = ximena.page
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.locator("main a[href*='/ask/']").first.click()
    page.locator("[name=kind][value=own_recovery]").check()
    page.locator("[name=needs][value=housing]").check()
    page.locator("[name=goes_by]").fill("Ximena")
    page.locator("[name=reach][value=call]").check()
    page.locator("[name=phone]").fill("(213) 555-0177")
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url("**/ask/thanks/")
    ximena.close()


def the_ask_is_taken_up_and_the_first_talk_written_down(town):
    carmen, page = town.carmen, town.carmen.page
    carmen.goto("/asks/")
    carmen.follow("Ximena")
    carmen.press("Take up")
    page.wait_for_url("**/intake/**")
    town.ximena_path = page.url.split("?")[0]
    carmen.sees("Contact")
    carmen.press("Save and go on")  # Contact: what she wrote is filled in
    expect(page.locator("[name=needs][value=housing]")).to_be_checked()
    page.locator("[name=languages][value=es]").check()
    carmen.press("Save and go on")
    page.locator("details", has=page.locator("[name=language_strength]")).locator("summary").click()
    page.locator("[name=language_strength][value=must]").check()
    page.locator("[name=language_values][value=es]").check()
    carmen.press("Save and go on")
    page.locator("[name=hours]").first.check()
    page.locator("[name=modes][value=phone]").check()
    carmen.press("Save and go on")
    carmen.press("Save and go on")
    page.locator("[name=limits_told]").check()
    carmen.press("Done: onto the waiting list")
    carmen.is_told("They are on the waiting list now.")
    assert Episode.objects.get(person__goes_by="Ximena").status == "waiting"


def somebody_applies_and_becomes_a_peer(town):
    imani = town.arrives("imani")
    imani.goto("/become-a-peer/")
    page = imani.page
    page.locator("[name=goes_by]").fill("Imani")
    page.locator("[name=email]").fill("imani@example.org")
    page.locator("[name=languages][value=es]").check()
    page.locator("[name=languages][value=en]").check()
    page.locator("[name=serves][value=own_recovery]").check()
    page.locator("[name=modes][value=phone]").check()
    page.locator("[name=story]").fill("Somebody sat with me for a year.")
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url("**/become-a-peer/thanks/")
    carmen = town.carmen
    carmen.goto("/applications/")
    carmen.follow("Imani")
    carmen.press("Begin to get to know them")
    carmen.press("Accept as a peer")
    carmen.is_told("they are a peer now")
