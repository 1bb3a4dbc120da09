"""One whole journey through the real server and its real forms: from a list to a person who is supported.

Everybody has a browser of their own. Carmen coordinates, Lien supervises, Dolores directs. Beatriz, Ramón and Noemí
come from a list that nobody here has seen before; Ximena asks on her phone, in Spanish; Imani applies to be a peer.
Tomás, a peer, has one place.
"""

import os
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from alongside.mentoring.models import Contact, Mentorship
from alongside.people.models import Episode, Person
from alongside.workforce.actions import assign_supervisor
from alongside.workforce.models import PeerProfile
from tests.browser.people import Somebody
from tests.story import PASSWORD, day_there

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PLAIN = str.maketrans("áéíóú", "aeiou")
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
    she_brings_a_list_in(town, PEERS, new=2, noun="peers", unknown="Me gusta caminar")
    she_brings_a_list_in(town, PARTICIPANTS, new=3, noun="people", named="Cómo le decimos")
    the_same_list_again_changes_nothing(town, PARTICIPANTS)
    a_visitor_asks_on_a_phone_in_spanish(town)
    the_ask_is_taken_up_and_the_first_talk_written_down(town)
    somebody_applies_and_becomes_a_peer(town)
    offers_go_out(town)
    the_last_place_is_promised_to_one_and_each_chooses(town)
    one_chooses_by_phone(town)
    the_peer_says_yes(town)
    the_peer_writes_a_note_within_a_minute(town)
    the_participant_reads_and_answers(town)
    they_plan_a_time_and_the_calendar_says_nothing(town)
    they_write_to_each_other(town)
    the_supervisor_says_thank_you(town, lien)
    the_director_sees_figures(town)
    the_participant_changes_peer_without_blame(town)
    another_starts_rests_goes_on_stops_and_comes_back(town)
    for somebody in town.people.values():
        assert somebody.trouble == []


# --- 1 and 2: people come in, and say what they ask for -----------------------------------------------------------
def a_coordinator_signs_in_with_a_password_and_a_code(town):
    carmen = town.arrives("carmen")
    carmen.username = "carmen"
    carmen.sign_in(PASSWORD)
    carmen.set_up_code_app()
    carmen.goto("/home/")
    carmen.sees("Nobody is waiting")


def she_brings_a_list_in(town, content: bytes, *, new: int, noun: str, named: str = "", unknown: str = ""):
    """What the guess did not know, she says: `named` is the header of the column with names, `unknown` a word that
    is none of our terms and stays in the notes."""
    carmen, before = town.carmen, Person.objects.count()
    upload(carmen, content)
    expect(carmen.page.get_by_role("heading", level=1)).to_have_text("What is in each column?")
    if named:
        carmen.page.get_by_label(named).select_option("goes_by")
    carmen.press("See what would happen")
    if unknown:
        expect(carmen.page.get_by_role("heading", level=1)).to_have_text("What do these words mean?")
        carmen.sees(unknown)
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


# --- 3 and 4: matching, and the person chooses --------------------------------------------------------------------
def offers_go_out(town):
    carmen = town.carmen
    carmen.goto("/board/")
    carmen.press("Propose for everybody")
    carmen.is_told("Done:")
    for name in ("Beatriz", "Noemí", "Ramón"):
        peers = ("Pilar", "Imani") if name == "Ramón" else ("Tomás", "Pilar", "Imani")
        open_on_board(carmen, name)
        for place in (1, 2, 3):
            label = peers[place - 1] if place <= len(peers) else "Nobody"
            carmen.page.locator(f"[name=place_{place}]").select_option(label=label)
        carmen.press("Save this order")
    carmen.goto("/board/")
    carmen.press("Send all offers")
    carmen.is_told("Offers sent to 4 people.")


def open_on_board(carmen: Somebody, name: str):
    carmen.goto("/board/")
    carmen.page.get_by_role("heading", name=name).get_by_role("link").click()


def the_last_place_is_promised_to_one_and_each_chooses(town):
    for name in ("Beatriz", "Noemí"):
        joins_by_link(town, name, "es")
        somebody = town.people[name]
        somebody.sign_in()
        somebody.goto("/me/people/")
    beatriz, noemi = town.people["Beatriz"], town.people["Noemí"]
    expect(beatriz.page.locator("article.peer", has_text="Tomás")).to_have_count(1)
    expect(noemi.page.locator("article.peer", has_text="Pilar")).to_have_count(1)
    expect(noemi.page.locator("article.peer", has_text="Tomás")).to_have_count(0)
    choose(beatriz, "Tomás")
    expect(beatriz.page.get_by_role("heading", level=1)).to_contain_text("Tomás")
    choose(noemi, "Pilar")
    expect(noemi.page.get_by_role("heading", level=1)).to_contain_text("Pilar")


def choose(somebody: Somebody, peer: str):
    somebody.page.locator("article.peer", has_text=peer).locator("button[value=choose]").click()


def joins_by_link(town, name: str, language: str):
    """A coordinator makes the link and reads it out; with it somebody makes their own account."""
    person = Person.objects.get(goes_by=name)
    town.carmen.goto(f"/people/{person.pk}/link/")
    town.carmen.press("Show it to print or read out")
    link = town.carmen.page.locator("[data-link]").inner_text()
    town.arrives(name, language).join(urlsplit(link).path, name.lower().translate(PLAIN))


def one_chooses_by_phone(town):
    carmen = town.carmen
    open_on_board(carmen, "Ramón")
    carmen.choose("Chooses Pilar")
    carmen.choose("By phone")
    carmen.press("Record it")
    carmen.sees("Pilar")
    for name in ("Ramón", "Noemí"):
        open_on_board(carmen, name)
        carmen.choose("The peer says yes")
        carmen.choose("By phone")
        carmen.press("Record it")
        assert Mentorship.objects.get(participant__goes_by=name).status == "introduced"


def the_peer_says_yes(town):
    joins_by_link(town, "Tomás", "en")
    tomas = town.people["Tomás"]
    tomas.sign_in()
    tomas.set_up_code_app()
    tomas.goto("/offers/")
    tomas.press("Yes, I will meet Beatriz")
    assert Mentorship.objects.get(participant__goes_by="Beatriz").status == "introduced"


# --- 5: walking alongside -----------------------------------------------------------------------------------------
def the_peer_writes_a_note_within_a_minute(town):
    tomas = town.people["Tomás"]
    tomas.goto("/today/")
    tomas.sees("Beatriz")
    taps = Taps(tomas.page)
    words = "We talked about her new room. She laughed a lot."
    taps.tap(tomas.page.get_by_role("link", name="Note Beatriz"))
    taps.tap(tomas.page.get_by_text("We talked or met"))
    taps.tap(tomas.page.get_by_text("Yes, and the signed paper is here"))
    taps.tap(tomas.page.get_by_text("30 min", exact=True))
    taps.tap(tomas.page.locator("label", has=tomas.page.locator("[name=kinds_of_support]")).first)
    taps.type(tomas.page.locator("[name=note]"), words)
    taps.tap(tomas.page.locator("label", has=tomas.page.locator("[name=read_together][value=yes]")))
    taps.tap(tomas.page.get_by_role("button", name="Save note"))
    tomas.is_told("Saved. Beatriz can read it.")
    contact = Contact.objects.get(participant__goes_by="Beatriz")
    assert (contact.note, contact.minutes, contact.mode) == (words, 30, "phone")
    print(f"\na note: {taps.taps} taps, {taps.letters} letters, about {taps.seconds:.0f} s")
    assert taps.seconds < 60


class Taps:
    """Counts what a thumb does. Seconds by the keystroke-level model (Card, Moran, Newell 1980): 1.35 to decide and
    1.1 to point for each tap, 0.28 for each letter of somebody who types at an ordinary speed."""

    def __init__(self, page):
        self.page, self.taps, self.letters = page, 0, 0

    def tap(self, target):
        self.taps += 1
        target.click()

    def type(self, field, words: str):
        self.tap(field)
        self.letters += len(words)
        field.fill(words)

    @property
    def seconds(self) -> float:
        """How long a person takes, about."""
        return self.taps * (1.35 + 1.1) + self.letters * 0.28


def the_participant_reads_and_answers(town):
    beatriz, tomas = town.people["Beatriz"], town.people["Tomás"]
    beatriz.goto("/me/notes/")
    beatriz.sees("She laughed a lot.")
    beatriz.page.locator("main article a[href*='/me/notes/']").first.click()
    beatriz.page.locator("[name=words]").fill("Gracias por escucharme.")
    beatriz.page.locator("main form button[type=submit]").last.click()
    beatriz.sees("Gracias por escucharme.")
    tomas.goto(f"/people/{Person.objects.get(goes_by='Beatriz').pk}/")
    tomas.sees("Gracias por escucharme.")


def they_plan_a_time_and_the_calendar_says_nothing(town):
    beatriz, tomas = town.people["Beatriz"], town.people["Tomás"]
    tomas.goto("/times/new/")
    page = tomas.page
    page.locator("[name=on_day]").fill((day_there() + timedelta(days=3)).isoformat())
    page.locator("[name=at_time]").fill("16:00")
    page.locator("[name=mode][value=in_person]").check()
    page.locator("[name=place]").fill("Cafe of the river")
    tomas.press("Plan it")
    tomas.sees("Beatriz")
    beatriz.goto("/me/times/")
    beatriz.sees("Cafe of the river")
    beatriz.page.locator("details.card summary").last.click()
    beatriz.page.locator("form[action='/me/times/feed/'] button").click()
    feed = urlsplit(beatriz.page.locator("#address").input_value()).path
    answer = beatriz.context.request.get(feed)
    calendar = answer.text()
    assert calendar.count("BEGIN:VEVENT") == 1
    assert not any(word in calendar for word in ("Tom", "Beatriz", "Cafe", "river", "Riverbend", "peer"))


def they_write_to_each_other(town):
    beatriz, tomas = town.people["Beatriz"], town.people["Tomás"]
    beatriz.goto("/me/messages/")
    beatriz.page.locator("[name=body]").fill("¿Podemos vernos a las cinco?")
    beatriz.page.locator("main form button[type=submit]").last.click()
    beatriz.sees("¿Podemos vernos a las cinco?")
    tomas.goto("/messages/")
    tomas.follow("Beatriz")
    tomas.sees("¿Podemos vernos a las cinco?")
    tomas.write("Your message", "Yes, at five.")
    tomas.press("Send")
    beatriz.goto("/me/messages/")
    beatriz.sees("Yes, at five.")


# --- 6: see that it works -----------------------------------------------------------------------------------------
def the_supervisor_says_thank_you(town, supervisor):
    """Lien signs in with a passkey, which is her second step too."""
    lien = town.arrives("lien")
    lien.has_passkeys()
    lien.username = "lien"
    lien.sign_in(PASSWORD)
    lien.page.locator("a[href='/account/passkeys/add/']").click()
    lien.page.get_by_label("Sign in with just this passkey").check()
    lien.press("Add a passkey")
    lien.page.locator("main code").first.wait_for()
    lien.goto("/account/sign-out/")
    lien.press("Sign out")
    lien.goto("/account/sign-in/")
    lien.press("Sign in with a passkey")
    lien.page.wait_for_url(lambda url: "/account/sign-in" not in url)
    tomas = PeerProfile.objects.get(person__goes_by="Tomás")
    assign_supervisor(peer=tomas, supervisor=supervisor.person, by=supervisor.actor)
    lien.goto("/team/")
    lien.sees("Tomás")
    lien.press("Seen, thank you")
    assert Contact.objects.get(participant__goes_by="Beatriz").seen_at


def the_director_sees_figures(town):
    dolores = town.arrives("dolores")
    dolores.username = "dolores"
    dolores.sign_in(PASSWORD)
    dolores.set_up_code_app()
    dolores.goto("/impact/")
    dolores.sees("hidden")  # three people are too few to show without pointing at one of them
    with dolores.page.expect_download() as download:
        dolores.follow("Download as CSV")
    assert download.value.suggested_filename.startswith("figures-")


# --- 7: change, rest, stop, come back -----------------------------------------------------------------------------
def the_participant_changes_peer_without_blame(town):
    beatriz, carmen = town.people["Beatriz"], town.carmen
    ask_on_change_page(beatriz, "other")
    carmen.goto("/handovers/")
    carmen.follow("Beatriz")
    carmen.press("Look for the next peer")
    open_on_board(carmen, "Beatriz")
    carmen.page.locator("[name=place_1]").select_option(label="Pilar")
    carmen.press("Save this order")
    carmen.press("Send offers")
    beatriz.goto("/me/people/")
    choose(beatriz, "Pilar")
    open_on_board(carmen, "Beatriz")
    carmen.choose("The peer says yes")
    carmen.choose("By phone")
    carmen.press("Record it")
    now = Mentorship.objects.filter(participant__goes_by="Beatriz").order_by("introduced_at").last()
    assert now.peer.person.goes_by == "Pilar"


def ask_on_change_page(somebody: Somebody, what: str):
    """Open the part of the page about changing, resting or stopping, and send its form as it is."""
    somebody.goto("/me/change/")
    page = somebody.page
    part = page.locator("details", has=page.locator(f"[name=what][value={what}]"))
    part.locator("summary").first.click()
    part.locator("button[type=submit]").click()


def another_starts_rests_goes_on_stops_and_comes_back(town):
    noemi, carmen = town.people["Noemí"], town.carmen
    joins_by_link(town, "Pilar", "es")
    pilar = town.people["Pilar"]
    pilar.sign_in()
    pilar.set_up_code_app()
    pilar.goto(f"/people/{Person.objects.get(goes_by='Noemí').pk}/note/?by=phone")
    pilar.page.locator("[name=outcome][value=reached]").check()
    pilar.page.locator("[name=notice][value=offered]").check()
    pilar.page.locator("[name=minutes][value='15']").check()
    pilar.page.locator("main form[data-draft] button[type=submit]").click()
    pilar.page.wait_for_url("**/today/")
    ask_on_change_page(noemi, "rest")
    episodes = Episode.objects.filter(person__goes_by="Noemí").order_by("opened_at")
    assert episodes.get().status == "paused"
    noemi.goto("/me/change/")
    noemi.page.locator("form[action='/me/go-on/'] button").click()
    assert episodes.get().status != "paused"
    ask_on_change_page(noemi, "stop")
    assert episodes.get().status == "closed"
    carmen.goto("/people/find/")
    carmen.page.locator("main form input:not([type=hidden])").first.fill("Noem")
    carmen.press("Find")
    carmen.press("They came back")
    assert [one.status for one in episodes] == ["closed", "intake"]
