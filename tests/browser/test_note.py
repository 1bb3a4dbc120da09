"""The note in the real house: a lost connection, a closed tab and a session that ended lose nothing (E8, F3)."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_scopes import scope
from playwright.sync_api import expect

from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVED_HERE = "() => Object.keys(localStorage).some(name => name.startsWith('draft:'))"


def notes_with(house, words: str) -> int:
    from alongside.mentoring.models import Contact

    with scope(program=house.story.program):
        return sum(contact.note == words for contact in Contact.objects.all())


@pytest.fixture
def dante(house):
    """Dante's phone, signed in."""
    context = house.open("dante")
    yield context
    context.close()


def begin(house, context, words: str):
    """The page of a note about Rosa, with everything said and nothing saved."""
    page = context.new_page()
    page.goto(f"/people/{house.story.rosa.person.pk}/note/?by=phone")
    page.locator("[name=outcome][value=reached]").check()
    page.locator("[name=minutes][value='15']").check()
    page.locator("[name=note]").fill(words)
    page.locator("[name=read_together][value=yes]").check()
    page.wait_for_function(SAVED_HERE)
    return page


def test_a_note_without_connection_goes_out_later_and_once(house, dante):
    words = "We sat by the river."
    page = begin(house, dante, words)
    dante.set_offline(True)
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("[data-draft-words]")).to_contain_text("No connection")
    expect(page.locator("[name=note]")).to_have_value(words)
    assert notes_with(house, words) == 0
    dante.set_offline(False)
    page.wait_for_url("**/today/")
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert notes_with(house, words) == 1


def test_a_closed_tab_gives_the_note_back(house, dante):
    words = "She found a room."
    begin(house, dante, words).close()
    page = dante.new_page()
    page.goto(f"/people/{house.story.rosa.person.pk}/note/")
    expect(page.locator("[name=note]")).to_have_value(words)
    expect(page.locator("[name=minutes][value='15']")).to_be_checked()
    page.get_by_role("button", name="Save note").click()
    page.wait_for_url("**/today/")
    assert notes_with(house, words) == 1


def test_a_session_that_ended_gives_the_note_back_after_signing_in(house, dante, monkeypatch):
    """Rosa answers a note on a shared phone: her session ends while she writes."""
    story, words = house.story, "Sí, así fue, y gracias."
    context = house.open("rosa", "es")
    page = context.new_page()
    page.goto(f"/me/notes/{UUID(str(story.contact.pk))}/")
    page.locator("[name=words]").fill(words)
    key = next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "s")
    session = SessionStore(key)
    session["seen"] = (timezone.now() - timedelta(hours=2)).timestamp()
    session.save()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/account/sign-in/**")
    page.locator("#id_login").fill("rosa")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/me/notes/**")
    expect(page.locator("[name=words]")).to_have_value(words)
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("main").get_by_text(words)).to_be_visible()
    context.close()
