"""Refuses pages without a rule, and sets the headers that every answer carries."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound

from alongside.rules import access
from alongside.rules.disclosure import MayNotLeave

from .routing import act_of

METHODS = ("GET", "HEAD", "POST")
"""What pages are asked by. There is no API yet that needs another."""

FEEDS = "/c/"
"""Addresses that programs read, and nobody types."""


class NoAccessRule(RuntimeError):
    """A view answers under no rule: a mistake of ours, never the visitor's."""


class AccessRules:
    """Lets a request reach its view only when the actor may do the act named beside the URL (D1).

    Signed out, a page for accounts leads to the sign-in page; signed in without the right, it is a 404 (A2).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        act = act_of(view, match.url_name)
        if act is None:
            raise NoAccessRule(match.view_name or match.route)
        signed_in = {access.ACCOUNT} if request.user.is_authenticated else set()
        if access.may(act, request.actor.roles | signed_in):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404

    def process_exception(self, request, exception):
        """What the gate keeps is, to whoever asks, not there (A2)."""
        if isinstance(exception, MayNotLeave):
            raise Http404 from exception


class KnownMethods:
    """Answers nothing but GET, HEAD and POST: a view that asks for no method would take any other for a GET.

    Refused before anything is looked up, so that it tells nothing (ASVS 5.0, 4.1.4).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)


class DraftLanding:
    """Tells `drafts.js` where a form that it sent leads, instead of leading its request there.

    A request that followed would use up what the next page says once ("Saved."), and nobody would read it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "X-Draft" in request.headers and response.status_code in (301, 302, 303):
            answer = HttpResponse(status=204, headers={"X-Draft-Location": response.headers["Location"]})
            answer.cookies = response.cookies
            return answer
        return response


class NoPlainFeeds:
    """A calendar that asks over plain http is not led to https: it would send its secret in clear each time, unseen."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and request.path.startswith(FEEDS) and not request.is_secure():
            return HttpResponseNotFound()
        return self.get_response(request)


class Headers:
    """Nothing of a signed-in page is kept by browsers or proxies or shown in previews (E3)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("X-Robots-Tag", "noindex, noarchive")
        return response
