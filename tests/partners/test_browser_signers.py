"""Without JavaScript, on a small phone, in Spanish: a code from paper, a signature, and the page of a mother."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django_scopes import scope
from tests.privacy.consents import drafted
from tests.story import day_there

from alongside.partners.actions import make_code
from alongside.partners.models import SignerLink
from alongside.people import actions
from alongside.people.actions import change_person
from alongside.privacy.models import Consent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(chromium, live_server):
    """Opens a browser of its own, signed in nowhere, without scripts."""
    opened = []

    def phone():
        base = live_server.url.replace("127.0.0.1", "localhost")
        opened.append(
            chromium.new_context(
                base_url=base, java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="es-US"
            )
        )
        return opened[-1].new_page()

    yield phone
    for context in opened:
        context.close()


def look(page, name: str) -> None:
    """Nothing sticks out at the side; a picture for whoever wants to look (`TEST_PICTURES`)."""
    widths = page.locator("main *").evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
    assert max(widths) <= 361, (name, max(widths))
    if folder := os.environ.get("TEST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_minor_signs_and_a_mother_signs_beside(program, rosa, carmen, phone):
    born_on = day_there() - timedelta(days=16 * 366)
    change_person(person=rosa.person, by=rosa.actor, language="es", birth_date=born_on, phone="+1 213-555-0142")
    rosa.user.language = "es"
    rosa.user.set_unusable_password()
    rosa.user.save()
    rosa.person.refresh_from_db()
    consent = drafted(rosa.person, rosa.actor, language="es")
    (code, *_rest) = actions.make_paper_codes(user=rosa.user, by=rosa.actor)

    page = phone()
    page.goto(reverse("account_login"))
    page.get_by_role("link", name="Entrar con un código, sin contraseña").click()
    look(page, "ask_code")
    page.get_by_label("Nombre de usuario").fill("rosa")
    page.get_by_role("button", name="Enviarme un código").click()
    look(page, "enter_code")
    page.get_by_role("link", name="Tengo una hoja con códigos").click()
    look(page, "paper_sign_in")
    page.get_by_label("Nombre de usuario").fill("rosa")
    page.get_by_label("Un código de su hoja").fill(code)
    page.get_by_role("main").get_by_role("button", name="Entrar").click()

    page.goto(reverse("own_sheet"))
    look(page, "sheet_make")
    page.get_by_role("button", name="Hacer una hoja nueva").click()
    assert page.locator("[data-codes] li").count() == 10
    look(page, "sheet")

    page.goto(reverse("me_share", args=[consent.pk]))
    look(page, "me_share_sign")
    page.get_by_role("link", name="Firmar y pedir la otra firma").click()
    page.get_by_label("Lo he leído, y lo quiero.").check()
    page.get_by_label("Su nombre completo").fill("Rosa Cenzontle")
    page.get_by_label("Su número de teléfono").fill("213-555-0199")
    page.get_by_label("Español").check()
    look(page, "me_signer")
    page.get_by_role("button", name="Firmar y pedir la otra firma").click()
    look(page, "signer_hand")
    address = page.locator("[data-link]").inner_text()

    with scope(program=program):
        told = make_code(link=SignerLink.objects.get(), by=carmen.actor)
    mother = phone()
    mother.goto("/" + address.split("/", 3)[3])
    look(mother, "signer_code")
    mother.get_by_label("El código").fill(told)
    mother.get_by_role("button", name="Abrir la página").click()
    look(mother, "signer_page")
    mother.get_by_label("Sí, estoy de acuerdo con esto").check()
    mother.get_by_role("button", name="Enviar la respuesta").click()
    look(mother, "signer_again")
    mother.get_by_label("Su nombre completo").fill("Lucia Cenzontle")
    mother.get_by_label("Su padre o su madre").check()
    mother.get_by_role("button", name="Enviar la respuesta").click()
    look(mother, "signer_thanks")
    with scope(program=program):
        assert Consent.objects.get(pk=consent.pk).status == "active"
