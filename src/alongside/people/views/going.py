"""Where somebody goes: their start page, another program, another language, and the door of the demo."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.people import actions, second_factor, sessions
from alongside.people.actor import SPOKEN_ROLE_ORDER, get_programs_of
from alongside.people.context import home_of, is_demo_open
from alongside.people.models import User
from alongside.people.support_queries import list_helping
from alongside.rules.access import SUPPORT

DEMO_PREFIX = "demo-"
"""User names of the demo's personas begin so; no other account can be entered through the door."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page on which this account starts, by its role; the account page when it has none here."""
    return redirect(home_of(request.actor.roles) or "account_settings")


@require_POST
def switch_program(request: HttpRequest) -> HttpResponse:
    """Go on in another program in which this account holds a role."""
    wanted = request.POST.get("program", "")
    if not any(str(program.pk) == wanted for program in get_programs_of(request.user)):
        raise Http404
    request.session["program_id"] = wanted
    return redirect("home")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Read in another language from now on, on this device and, signed in, on the next one too."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES) or not check_for_language(language):
        raise Http404
    response = redirect(_local(request, request.POST.get("next", "")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )  # fmt: skip
    if request.user.is_authenticated:
        actions.set_language(user=request.user, language=language)
    return response


def _local(request, url: str) -> str:
    """The URL when it is a path of this site, else the start page: a bare word would be taken for a page's name."""
    fits = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if fits and url.startswith("/") else sessions.public_home()


@require_http_methods(["GET", "HEAD", "POST"])
def demo_door(request: HttpRequest) -> HttpResponse:
    """Enter the demo as one of its personas, past the second step. There is no such door outside a demo."""
    if not is_demo_open():
        raise Http404
    personas = User.objects.filter(username__startswith=DEMO_PREFIX, is_active=True)
    if request.method == "POST":
        user = personas.filter(pk=_uuid(request.POST.get("persona", ""))).first()
        if user is None:
            raise Http404
        if request.user.is_authenticated:
            sessions.end_this(request)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, user, method="demo")
        second_factor.mark_passed(request.session)
        sessions.begin(request, user)
        return redirect("home")
    return render(request, "people/demo_door.html", {"personas": _described(personas)})


def _uuid(text: str):
    from uuid import UUID

    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _described(personas) -> list[dict]:
    """Personas with their roles, in the order in which a visitor would follow the journey."""
    order = ("coordinator", "participant", "peer", "supervisor", "director", "council", "administrator", SUPPORT)
    helping = list_helping()
    found = []
    for user in personas.prefetch_related("memberships").order_by("username"):
        held = {m.role for m in user.memberships.all()} | ({SUPPORT} if user.pk in helping else set())
        roles = sorted(held, key=SPOKEN_ROLE_ORDER.index)
        if roles:
            name = user.username.removeprefix(DEMO_PREFIX).replace("-", " ").title()
            found.append({"id": user.pk, "name": name, "username": user.username, "roles": roles})
    return sorted(found, key=lambda one: (min(map(order.index, one["roles"])), one["name"]))
