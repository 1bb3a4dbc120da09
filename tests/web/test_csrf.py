"""Forms of our own pages pass although they hide where they come from; those of others do not."""

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token

from alongside.web.csrf import OwnOrigin

ROTATED = "a" * 32


@pytest.fixture
def send(rf):
    """Posts with a right token under given headers; the answer, or None when the check let it pass."""

    def post(*, secure: bool = True, token: str | None = None, **headers: str):
        request = rf.post("/", secure=secure, headers=headers)
        request.META["CSRF_COOKIE"] = ROTATED
        request._dont_enforce_csrf_checks = False
        check = OwnOrigin(lambda _request: HttpResponse())
        request.POST = {"csrfmiddlewaretoken": token or get_token(request)}
        request.COOKIES["csrftoken"] = request.COOKIES["c"] = request.COOKIES["__Host-c"] = ROTATED
        return check.process_view(request, lambda _request: HttpResponse(), (), {})

    return post


@pytest.mark.parametrize("site", [{"Sec-Fetch-Site": "same-origin"}, {}])
def test_hidden_origin_of_our_own_page_passes(send, site):
    assert send(origin="null", **site) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
@pytest.mark.django_db
def test_hidden_origin_of_another_site_is_refused(send, program, site):
    assert send(origin="null", **{"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.django_db
def test_named_stranger_is_refused(send, program):
    assert send(origin="https://elsewhere.example", **{"Sec-Fetch-Site": "same-origin"}).status_code == 403


@pytest.mark.django_db
def test_token_is_still_asked_for(send, program):
    assert send(origin="null", token="b" * 32, **{"Sec-Fetch-Site": "same-origin"}).status_code == 403


def test_what_proves_itself_by_a_signature_needs_no_token_as_long_as_it_brings_no_cookie(rf):
    """A cookie is what somebody could be tricked with: whoever brings one is asked for the token like everybody."""

    def view(_request):
        return HttpResponse()

    view.is_signed = True
    check = OwnOrigin(lambda _request: HttpResponse())
    for cookies, passes in (({}, True), ({"s": "x"}, False)):
        request = rf.post("/", secure=True)
        request._dont_enforce_csrf_checks = False
        request.COOKIES = cookies
        assert (check.process_view(request, view, (), {}) is None) == passes
        assert check.process_view(request, lambda _request: HttpResponse(), (), {}) is not None
