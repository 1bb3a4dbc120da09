"""Whoever calls or comes and asks about a person hears one sentence, and staff have it before them (A4)."""

import pytest
from django.test import Client
from tests.promises.every_url import list_pages
from tests.promises.test_every_url import everybody, no_scope, pages_for, sign_in, undone  # noqa: F401

SENTENCES = {
    "en": "I can neither confirm nor deny that anyone receives services here.",
    "es": "No puedo confirmar ni negar que alguien reciba servicios aquí.",
}
IN_THE_LANGUAGE_OF_THE_PERSON = {"board_person_sheet"}
STAFF = ("dante", "lien", "carmen", "dolores")


@pytest.mark.django_db
@pytest.mark.parametrize("language", SENTENCES)
def test_every_page_of_peers_and_staff_has_the_sentence(everybody, language, settings):  # noqa: F811
    """Where they look people up and where they read of them: on each page with the menu of peers and staff."""
    without, seen = [], set()
    for who in STAFF:
        cookies = sign_in(everybody, who).cookies
        for page in pages_for(everybody, who):
            browser = Client(raise_request_exception=False)
            browser.cookies.load({name: cookie.value for name, cookie in cookies.items()})
            browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            with undone(), no_scope():
                answer = browser.get(page.path(everybody))
                if answer.status_code != 200 or "web/page_app.html" not in {one.name for one in answer.templates}:
                    continue
                seen.add(page.name)
                spoken = SENTENCES if page.name in IN_THE_LANGUAGE_OF_THE_PERSON else (language,)
                if not any(SENTENCES[one] in answer.content.decode() for one in spoken):
                    without.append(f"{page.name} as {who}")
    assert without == []
    assert {"people_search", "record", "ask_detail", "board_person", "today"} <= seen


@pytest.mark.django_db
def test_participants_and_visitors_do_not_see_it(everybody):  # noqa: F811
    """It is an instruction for those who answer the telephone, and would only puzzle others."""
    for who in ("visitor", "rosa"):
        browser = Client()
        if who != "visitor":
            browser.cookies.load({name: cookie.value for name, cookie in sign_in(everybody, who).cookies.items()})
        for page in list_pages() if who == "visitor" else pages_for(everybody, who):
            with undone(), no_scope():
                answer = browser.get(page.path(everybody))
                assert answer.streaming or SENTENCES["en"] not in answer.content.decode(errors="replace"), page.name
