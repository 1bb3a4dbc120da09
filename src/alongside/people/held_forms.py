"""What somebody had typed when their session ended: kept encrypted, given back once after they sign in again (F3)."""

import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from .models import HeldForm

KEPT_DAYS = 7
LARGEST_CHARACTERS = 200_000
PAGE_FIELD = "_page"
"""A form that posts to another path than its page names that page in a hidden field of this name."""

NEVER_HELD = frozenset({
    "csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code", "otp", "credential", PAGE_FIELD,
})  # fmt: skip
"""Whole names of fields, in small letters: a field `postcode` or `code_of_conduct` is somebody's own words."""


def page_of(request: HttpRequest) -> str:
    """The local path of the page on which the form of this request stands."""
    named = request.POST.get(PAGE_FIELD) or _path(request.headers.get("HX-Current-URL", "")) or request.get_full_path()
    return named if url_has_allowed_host_and_scheme(named, allowed_hosts=None) else request.path


def hold_form(request: HttpRequest) -> None:
    """Keep what was posted for this account and page. Passwords, codes and files are never kept."""
    fields = {
        name: values for name, values in request.POST.lists() if name.casefold() not in NEVER_HELD and any(values)
    }
    payload = json.dumps(fields)
    if fields and len(payload) <= LARGEST_CHARACTERS and not request.path.startswith("/account/"):
        HeldForm.objects.update_or_create(
            user=request.user,
            path=_path(page_of(request))[:300],
            defaults={"payload": payload, "created_at": timezone.now()},  # its week begins anew
        )


def held_values(request: HttpRequest) -> dict[str, str]:
    """The same as initial values of a form, one for each field; nothing while a form is being sent."""
    found = take_held_form(request) if request.method == "GET" else None
    return found.dict() if found else {}


def take_held_form(request: HttpRequest, path: str | None = None) -> QueryDict | None:
    """What this account had typed on this page before its session ended, or None. It is given once, then erased.

    Use it to fill a form in again: `Form(initial=held.dict())`, or `held.getlist(name)` for several values.
    """
    if not request.user.is_authenticated:
        return None
    held = HeldForm.objects.filter(user=request.user, path=(path or request.path)[:300]).first()
    if held is None:
        return None
    found = QueryDict(mutable=True)
    for name, values in json.loads(held.payload).items():
        found.setlist(name, values)
    held.delete()
    return found


def erase_old_held_forms(now: datetime) -> int:
    """Drop what nobody came back for within a week. Returns how many."""
    return HeldForm.objects.filter(created_at__lt=now - timedelta(days=KEPT_DAYS)).delete()[0]


def _path(url: str) -> str:
    return urlsplit(url).path
