"""Staff and peers pass a second step in each session, from the first sign-in on (F1)."""

from dataclasses import replace

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.rules import access
from alongside.web.routing import act_of

from . import codes
from .actor import roles_anywhere

PASSED = "second_factor"
"""Session mark: the second step was set up or passed in this very session."""

OPEN_ACTS = frozenset({"see_public", "sign_in"})
SET_UP_PAGES = frozenset({
    "second_factor", "mfa_activate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_reauthenticate",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
})  # fmt: skip
OPENING_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_one(user) -> bool:
    """Whether the account has a code app or a passkey."""
    return user.is_authenticated and Authenticator.objects.filter(user=user, type__in=OPENING_TYPES).exists()


def mark_passed(session) -> None:
    """Remember that this session passed the second step. Also for the demo door and for tests."""
    session[PASSED] = True


def was_passed(request: HttpRequest) -> bool:
    """Whether the second step was passed in this session."""
    if request.session.get(PASSED):
        return True
    entries = get_authentication_records(request, request.user)
    return any(entry.get("method") == "mfa" for entry in entries)


def may_remove(authenticator: Authenticator) -> bool:
    """Whether another second step would be left, or none is needed."""
    user = authenticator.user
    others = Authenticator.objects.filter(user=user, type__in=OPENING_TYPES).exclude(pk=authenticator.pk)
    return not access.needs_second_factor(roles_anywhere(user)) or others.exists()


class SecondFactor:
    """Sets `request.actor.second_factor`; leads staff without a second step to setting one up before any other page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.needs_second_factor = False
        if request.user.is_authenticated:
            passed = was_passed(request)
            request.actor = replace(request.actor, second_factor=passed)
            request.needs_second_factor = not passed and access.needs_second_factor(request.roles_anywhere)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Refuse everything but public pages and those for setting up, until the second step is passed."""
        name = request.resolver_match.url_name
        if not request.needs_second_factor and not self._is_confided(request, view, name):
            return None
        if act_of(view, name) in OPEN_ACTS or (name in SET_UP_PAGES and not has_one(request.user)):
            return None
        if has_one(request.user):  # signed in without passing it: only the sign-in page leads on
            if name in {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}:
                return None
            return redirect(f"{reauthenticate_page(request.user)}?next={request.path}")
        return redirect("second_factor")

    @staticmethod
    def _is_confided(request, view, name: str) -> bool:
        """Whether this very page needs a second step that was not passed, for somebody who needs none elsewhere."""
        if not request.user.is_authenticated or request.actor.second_factor:
            return False
        return access.needs_second_factor(request.actor.roles, act_of(view, name))


def page_to_show_again(user) -> str:
    """Where an account shows once more who it is: by its password, its second step, or a code by mail or from paper."""
    if user.has_usable_password():
        return reverse("account_reauthenticate")
    return reverse("code_again") if not has_one(user) and codes.may_use(user) else reauthenticate_page(user)


def reauthenticate_page(user) -> str:
    """Where an account without a password shows who it is: with a code, or with a passkey."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return reverse("mfa_reauthenticate" if Authenticator.Type.TOTP in types else "mfa_reauthenticate_webauthn")
