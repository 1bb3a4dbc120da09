"""Asking once more who it is, before something that matters, without losing what was typed (D5)."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .held_forms import hold_form, page_of
from .second_factor import reauthenticate_page


def ask_who_it_is(request: HttpRequest) -> HttpResponse | None:
    """None for who signed in, or showed again, within the last five minutes; else the way to the question.

    What was posted is kept, encrypted, for the page on which its form stands: that page fills it in again with
    `take_held_form`. Nothing is done by itself afterwards: who signs presses the button once more, and sees what it is.
    """
    if not is_reauthentication_required(request, app=""):
        return None
    hold_form(request)
    has_password = request.user.has_usable_password()
    page = reverse("account_reauthenticate") if has_password else reauthenticate_page(request.user)
    return redirect(f"{page}?{urlencode({'next': page_of(request)})}")
