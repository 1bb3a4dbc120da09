"""Asking once more who it is, before something that matters, without losing what was typed (D5)."""

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from .held_forms import hold_form, page_of
from .second_factor import page_to_show_again


def ask_who_it_is(request: HttpRequest) -> HttpResponse | None:
    """None for who signed in, or showed again, within the last five minutes; else the way to the question.

    What was posted is kept, encrypted, for the page on which its form stands: that page fills it in again with
    `take_held_form`. Nothing is done by itself afterwards: who signs presses the button once more, and sees what it is.
    """
    if not _must_show(request):
        return None
    hold_form(request)
    return redirect(f"{page_to_show_again(request.user)}?{urlencode({'next': page_of(request)})}")


def _must_show(request: HttpRequest) -> bool:
    try:
        return is_reauthentication_required(request, app="")
    except ReauthenticationRequired:  # an account with codes alone: the library knows no way to ask it
        return True
