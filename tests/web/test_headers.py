"""What every answer carries, files and failures too: policy, type, no foreign origin; what the server never shows."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from alongside.urls import urlpatterns as house
from alongside.web.routing import route

pytestmark = pytest.mark.django_db
SECRET = "Failing row contains (Rosa, +12135550123)"
FILES = {
    "/static/web/css/base.css": 'text/css; charset="utf-8"',
    "/static/web/js/page.js": 'text/javascript; charset="utf-8"',
    "/static/web/icons.svg": "image/svg+xml",
    "/static/web/fonts/public-sans.woff2": "font/woff2",
}


def breaks(request):
    """A page that fails with words that must not be told."""
    raise RuntimeError(SECRET)


urlpatterns = [route("breaks/", breaks, name="breaks", act="see_public"), path("", lambda r: HttpResponse()), *house]


def directives(response) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = response["Content-Security-Policy"].split(";")
    return {name: rest for name, _sep, rest in (part.strip().partition(" ") for part in parts)}


@pytest.mark.parametrize("address", [*FILES, "/design/", "/no-such-page/", "/account/sign-in/"])
def test_every_answer_has_the_policy_and_is_not_guessed_at(client, program, address):
    answer = client.get(address)
    policy = directives(answer)
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == "'none'", name
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", FILES)
def test_a_file_says_its_type(client, address):
    said = client.get(address)["Content-Type"].replace('"', "")
    assert said == FILES[address].replace('"', "")


@pytest.mark.parametrize("address", ["/design/", "/no-such-page/", "/account/sign-in/"])
def test_a_page_says_type_and_letters(client, program, address):
    assert client.get(address)["Content-Type"] == "text/html; charset=utf-8"


def test_no_other_origin_may_read_an_answer(client, program):
    for address in ("/design/", "/static/web/js/page.js"):
        answer = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert answer.get("Access-Control-Allow-Origin") in (None, "*")
        assert answer.get("Access-Control-Allow-Credentials") is None
    assert client.get("/design/", headers={"Origin": "null"}).get("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_methods_that_pages_do_not_have_reach_no_view(client, program, method):
    answer = client.generic(method, "/reading/", headers={"X-Told": "S3CRET"})
    assert answer.status_code == 405
    assert "S3CRET" not in answer.content.decode()


NOT_THERE = ("/static/", "/static/web/", "/.git/HEAD", "/static/../settings/__init__.py",
             "/static/%2e%2e/%2e%2e/pyproject.toml", "/metrics", "/debug/", "/admin/")  # fmt: skip


@pytest.mark.parametrize("address", NOT_THERE)
def test_folders_sources_and_consoles_are_not_there(client, program, address):
    assert client.get(address).status_code == 404


@pytest.mark.urls(__name__)
def test_a_failure_tells_nothing_and_keeps_the_policy(program):
    """The last handler: whatever breaks inside, a page of ours answers, and the words stay inside."""
    answer = Client(raise_request_exception=False).get("/breaks/")
    body = answer.content.decode()
    assert answer.status_code == 500
    assert "Something broke on our side" in body
    for told in (SECRET, "Rosa", "RuntimeError", "Traceback", "test_headers.py"):
        assert told not in body
    assert directives(answer)["frame-ancestors"] == "'none'"


def test_debugging_is_off_in_the_product():
    from alongside import settings

    assert settings.DEBUG is False
    assert not [name for name in settings.INSTALLED_APPS if re.search(r"debug|silk|extensions", name)]


def test_every_cookie_is_kept_from_scripts_and_from_other_sites(client, program, rosa):
    from tests.story import PASSWORD

    client.get("/account/sign-in/")
    client.post("/account/sign-in/", {"login": "rosa", "password": PASSWORD})
    client.post("/reading/", {"theme": "dark", "text": "large", "next": "/"})
    client.post(reverse("set_language"), {"language": "es", "next": "/"})
    assert len(client.cookies) == 4
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name
        assert cookie["path"] == "/", name
        assert not cookie["domain"], name


def test_no_parameter_of_an_address_counts_as_part_of_a_form(client, program):
    """What stands in the address never fills a form that is sent, and what is sent twice is no way around a check."""
    assert client.post("/account/sign-in/?login=rosa&password=x").context["form"].errors.keys() >= {"login", "password"}
    answer = client.post(f"{reverse('set_language')}?language=es", {"next": "/"})
    assert answer.status_code == 404


def test_only_quick_exit_leads_to_another_host(client, program, settings):
    outside = "https://elsewhere.example/"
    for address, words in (
        ("/reading/", {"theme": "dark", "next": outside}),
        (reverse("set_language"), {"language": "es", "next": outside}),
        ("/account/sign-in/", {"login": "x", "password": "y", "next": outside}),
    ):
        assert "elsewhere" not in client.post(address, words).get("Location", "")
    assert client.post(reverse("quick_exit"), {"next": outside})["Location"] == settings.QUICK_EXIT_URL
