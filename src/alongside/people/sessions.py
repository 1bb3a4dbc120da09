"""How long a session lasts, what happens to words typed when it ends, and where somebody is signed in (F3, F4).

Staff and peers: 15 minutes idle, 12 hours at most. Participants: a shared phone by default (15 minutes idle, gone with
the browser); on their own phone up to 30 days, with the password asked again after 15 idle minutes.
"""

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.module_loading import import_string

from alongside.rules.access import needs_second_factor

from .actor import roles_anywhere
from .devices import name_device
from .held_forms import erase_old_held_forms, hold_form, page_of, take_held_form
from .known_devices import keep_cookie, note_sign_in
from .models import SignIn
from .second_factor import page_to_show_again

__all__ = ["SessionLimits", "erase_old_held_forms", "take_held_form"]

BEGAN, SEEN, OWN_PHONE, WANTS_OWN_PHONE, LOCKED, ENDED = "began", "seen", "own_phone", "wants_own", "locked", "ended"
SEEN_EVERY_SECONDS = 30
"""The moment of the latest request is written at most this often: a page load does not always cost a write."""

QUIET = "X-Quiet"
"""A request with this header (a page that looks for news by itself) is no sign that somebody is there."""

LOCKED_PAGES = frozenset({"me_messages", "me_thread", "me_notes", "me_note", "me_plan"})
"""Pages of the participant that ask for the password again on an own phone that lay idle (F3)."""


def public_home() -> str:
    """Where a visitor lands after leaving."""
    try:
        return reverse("public_home")
    except NoReverseMatch:
        return "/"


def begin(request: HttpRequest, user) -> None:
    """Start the clocks of a new session and add the device to the person's list."""
    now = timezone.now()
    works_here = needs_second_factor(roles_anywhere(user))
    own = bool(request.session.pop(WANTS_OWN_PHONE, False)) and not works_here
    request.session.pop(ENDED, None)
    request.session.update({BEGAN: now.timestamp(), SEEN: now.timestamp(), OWN_PHONE: own})
    set_expiry(request)
    if not request.session.session_key:
        request.session.save()
    _note_device(request, now)
    note_sign_in(request, user, remembers=own or works_here, now=now)


def set_expiry(request: HttpRequest) -> None:
    """An own phone keeps its cookie for 30 days; any other forgets it with the browser."""
    request.session.set_expiry(settings.OWN_PHONE_DAYS * 86_400 if request.session.get(OWN_PHONE) else 0)


def end_this(request: HttpRequest) -> None:
    """Sign out here, in the list of devices too."""
    SignIn.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def is_over(session, *, staff: bool, now: datetime) -> bool:
    """Whether a session has outlived its limits. A session without marks counts as begun now."""
    age = now.timestamp() - session.get(BEGAN, now.timestamp())
    idle = now.timestamp() - session.get(SEEN, now.timestamp())
    if staff:
        return idle > settings.STAFF_IDLE_MINUTES * 60 or age > settings.STAFF_LONGEST_HOURS * 3600
    if session.get(OWN_PHONE):
        return age > settings.OWN_PHONE_DAYS * 86_400
    return idle > settings.SHARED_PHONE_IDLE_MINUTES * 60


class SessionLimits:
    """Ends sessions that are over, keeping what was just typed; locks private pages on an own phone that lay idle."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.session_is_over = False
        if request.user.is_authenticated:
            now = timezone.now()
            request.roles_anywhere = roles_anywhere(request.user)
            if is_over(request.session, staff=needs_second_factor(request.roles_anywhere), now=now):
                request.session_is_over = True
                if request.method != "POST":
                    _end_because_idle(request)
            else:
                self._note_seen(request, now)
        response = self.get_response(request)
        keep_cookie(request, response)
        return response

    def process_view(self, request, view, args, kwargs):
        """After the CSRF check: only words that came from our own page are kept."""
        if request.session_is_over and request.user.is_authenticated:
            hold_form(request)
            _end_because_idle(request)
            return to_sign_in(request)
        if request.session.get(LOCKED) and request.resolver_match.url_name in LOCKED_PAGES:
            return self._ask_again(request)
        return None

    @staticmethod
    def _note_seen(request, now: datetime) -> None:
        seen = request.session.get(SEEN)
        idle = now.timestamp() - (seen or 0)
        if seen and request.session.get(OWN_PHONE) and idle > settings.SHARED_PHONE_IDLE_MINUTES * 60:
            request.session[LOCKED] = now.timestamp()
        if idle > SEEN_EVERY_SECONDS and QUIET not in request.headers:
            request.session.setdefault(BEGAN, now.timestamp())
            request.session[SEEN] = now.timestamp()
            _note_device(request, now)

    @staticmethod
    def _ask_again(request):
        entries = get_authentication_records(request, request.user)
        if any(entry["at"] > request.session[LOCKED] for entry in entries):
            del request.session[LOCKED]
            return None
        if request.method == "POST":
            hold_form(request)
        path = page_to_show_again(request.user)
        return _lead(request, f"{path}?{urlencode({'next': page_of(request)})}")


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and, after it, back to the page where this request began."""
    return _lead(request, redirect_to_login(page_of(request)).url)


def _lead(request, url: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _end_because_idle(request) -> None:
    end_this(request)
    request.session[ENDED] = True


# --- where I am signed in -----------------------------------------------------------------------------------------


def _note_device(request, now: datetime) -> None:
    if key := request.session.session_key:
        SignIn.objects.update_or_create(
            session_key=key,
            defaults={"latest_at": now, "own_phone": bool(request.session.get(OWN_PHONE)), "user": request.user},
            create_defaults={
                "user": request.user,
                "device": name_device(request.headers.get("User-Agent", "")),
                "own_phone": bool(request.session.get(OWN_PHONE)),
                "created_at": now,
                "latest_at": now,
            },
        )


def stored_session(key: str):
    """The session of another device, wherever sessions are kept."""
    return import_string(f"{settings.SESSION_ENGINE}.SessionStore")(key)


def list_sign_ins(user) -> list[SignIn]:
    """The devices on which this account is signed in, the latest first; sessions that are over are left out."""
    staff, now = needs_second_factor(roles_anywhere(user)), timezone.now()
    found = []
    for sign_in in SignIn.objects.filter(user=user):
        session = stored_session(sign_in.session_key)
        if session.get("_auth_user_id") == str(user.pk) and not is_over(session, staff=staff, now=now):
            found.append(sign_in)
    return found


def end_sign_ins(user, *, only=None, but: str | None = None) -> int:
    """End sessions of an account: the one with this SignIn id, or all but this session key. Returns how many."""
    rows = SignIn.objects.filter(user=user)
    rows = rows.filter(pk=only) if only else rows.exclude(session_key=but or "")
    with transaction.atomic():
        keys = list(rows.values_list("session_key", flat=True))
        for key in keys:
            stored_session(key).delete()
        rows.delete()
    return len(keys)


def forget_old_sign_ins(now: datetime) -> int:
    """Drop list entries that nothing can continue any more. Returns how many."""
    return SignIn.objects.filter(latest_at__lt=now - timedelta(days=settings.OWN_PHONE_DAYS)).delete()[0]
