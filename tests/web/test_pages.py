"""The frame of every page: the way out first, the language kept, errors kind, and nothing axe objects to."""

import re

import pytest
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse

from alongside.web import views
from alongside.web.reading import of_request

pytestmark = pytest.mark.django_db


def test_way_out_is_the_first_thing_that_takes_focus(client, program):
    body = client.get("/design/").content.decode()
    first = re.search(r"<(a|button|input(?! type=\"hidden\"))\b[^>]*>", body[body.index("<body") :])
    assert first.group(1) == "button"
    assert body.index("data-quick-exit") < body.index('class="skip')
    assert "does not clear your browser history" in body


def test_quick_exit_ends_the_session_and_leaves(client, settings):
    session = client.session
    session["something"] = 1
    session.save()
    answer = client.post(reverse("quick_exit"))
    assert answer.status_code == 303
    assert answer["Location"] == settings.QUICK_EXIT_URL
    assert "something" not in client.session
    assert client.get(reverse("quick_exit")).status_code == 405


def test_quick_exit_target_is_allowed_by_the_policy(client, settings, program):
    policy = client.get("/design/")["Content-Security-Policy"]
    assert settings.QUICK_EXIT_ORIGIN in re.search(r"form-action ([^;]+)", policy).group(1).split()


def test_language_switch_comes_back_to_the_page(client, program):
    answer = client.post(reverse("set_language"), {"language": "es", "next": "/design/"})
    assert answer["Location"] == "/design/"
    assert '<html lang="es"' in client.get("/design/").content.decode()


def test_one_view_answers_at_the_path_of_the_language_switch():
    resolver = get_resolver()
    assert len([route for part in resolver.url_patterns for route in part.url_patterns
                if str(route.pattern) == "language/"]) == 1  # fmt: skip
    assert resolve(reverse("set_language")).func.__module__ == "alongside.people.views.going"


def test_reader_setting_is_kept_on_the_device(client, program):
    answer = client.post(reverse("reading"), {"theme": "dark", "text": "large", "next": "/design/"})
    assert answer["Location"] == "/design/"
    assert '<html lang="en" data-theme="dark" data-text="large">' in client.get("/design/").content.decode()
    client.post(reverse("reading"), {"theme": "", "text": "", "next": "/"})
    assert '<html lang="en">' in client.get("/design/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_reader_setting_never_leads_elsewhere(client, elsewhere):
    answer = client.post(reverse("reading"), {"theme": "dark", "text": "", "next": elsewhere})
    assert answer["Location"] == "/"


def test_strange_cookie_counts_as_no_setting():
    request = RequestFactory().get("/")
    request.COOKIES["reading"] = '"><script>.huge'
    assert of_request(request) == ("", "")


def test_missing_page_is_kind_and_offers_help(client, program):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert 'href="tel:988"' in answer.content.decode()


def test_broken_page_needs_nothing_to_stand():
    from django.views.defaults import server_error

    body = server_error(RequestFactory().get("/")).content.decode()
    assert "Something broke on our side" in body
    assert "Algo falló de nuestro lado" in body
    assert "988" in body


def test_page_open_too_long_says_so(client, program, rf):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("reading"), {"theme": "dark"})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()
    assert views.csrf_failure.__doc__


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en-US", "es-US"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_living_page_is_accessible_and_asks_nobody_else(chromium, live_server, language, theme, width):
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(locale=language, color_scheme=theme, viewport={"width": width, "height": 800})
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(live_server.url + "/design/")
    found = Axe().run(page)
    assert [each["id"] for each in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith((live_server.url, "data:")) for url in asked)
    assert complaints == []
    context.close()
