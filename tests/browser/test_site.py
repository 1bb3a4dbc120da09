"""The public site in a browser: its navigation by keyboard and without scripts on a phone, and the way to publish."""

import pytest
from playwright.sync_api import expect

from tests.browser.house import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opened(house):
    """`opened("carmen", "es", ...)` gives a page, closed in the end."""
    made = []

    def open_page(who: str = "visitor", language: str = "en", **options):
        context = house.open(who, language, **options)
        made.append(context)
        return context.new_page()

    yield open_page
    for context in made:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_navigation_by_keyboard_on_a_phone(opened, scripts):
    page = opened(language="es", viewport=PHONE, java_script_enabled=scripts)
    page.goto("/")
    for _press in range(30):
        page.keyboard.press("Tab")
        if page.locator(".site-menu summary:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.locator(".site-menu .menu")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/what-peers-do/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Qué hace un mentor o una mentora")
    page.locator("form.language button").click()
    page.wait_for_url("**/what-peers-do/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What a peer does")


@pytest.mark.parametrize("language", ["en", "es"])
def test_one_row_on_a_desk_and_one_button_on_a_phone(opened, language):
    for viewport, row, button in ((DESKTOP, True, False), (PHONE, False, True)):
        page = opened(language=language, viewport=viewport)
        page.goto("/meetings/")
        assert page.locator(".site-menu-row").is_visible() == row
        assert page.locator(".site-menu summary").is_visible() == button
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_page_is_written_and_published_without_scripts(opened):
    page = opened("carmen", java_script_enabled=False, viewport=PHONE)
    page.goto("/site/new/")
    page.fill("#id_name_es", "La huerta")
    page.fill("#id_title_es", "Nuestra huerta")
    page.fill("#id_words_es", "Hay **tomates**.\n\n[Ayuda](/help/)")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/site/la-huerta/look/")
    expect(page.get_by_role("main")).to_contain_text("Nuestra huerta")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url("**/site/")
    visitor = opened()
    visitor.goto("/pages/la-huerta/")
    expect(visitor.get_by_role("main")).to_contain_text("This page is not in English yet. Here it is in Spanish.")
    expect(visitor.locator("main strong")).to_have_text("tomates")
