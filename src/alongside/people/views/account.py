"""A person's own account: user name, e-mail, password, second step, devices."""

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.audit.actions import record
from alongside.people import actions, codes, known_devices, outbox, second_factor, sessions
from alongside.people.actor import get_programs_of
from alongside.people.forms import EmailForm
from alongside.people.step_up import ask_who_it_is

CONFIRM_SECONDS, CONFIRM_SALT = 24 * 3600, "alongside.people.email"


@require_safe
def account_settings(request: HttpRequest) -> HttpResponse:
    """Everything about signing in, on one page."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    known, new_sign_ins = known_devices.list_for_page(request.user, timezone.now())
    return render(request, "people/account.html", {
        "known": known,
        "new_sign_ins": new_sign_ins,
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "may_use_codes": codes.may_use(request.user),
        "paper_left": codes.open_paper(request.user, timezone.now()).count(),
        "devices": sessions.list_sign_ins(request.user),
        "this_device": request.session.session_key,
        "programs": get_programs_of(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def change_email(request: HttpRequest) -> HttpResponse:
    """Set or remove the e-mail of the account. A new one counts after its owner confirmed it."""
    form = EmailForm(request.POST if request.method == "POST" else None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not email:
            actions.set_own_email(user=request.user, email="", by=request.actor)
            messages.success(request, _("Your account has no e-mail now."))
        elif email != request.user.email and not ratelimit.consume(request, action="manage_email", user=request.user):
            return ratelimit.respond_429(request)
        elif email != request.user.email:
            token = signing.dumps([str(request.user.pk), email], salt=CONFIRM_SALT)
            outbox.queue_confirmation(request.user, email, reverse("confirm_email", args=[token]))
            messages.success(request, _("We are sending a message to that address. Please open the link in it."))
        return redirect("account_settings")
    return render(request, "people/change_email.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: HttpRequest, token: str) -> HttpResponse:
    """The link in that message: asks once, then sets the e-mail. A link changes nothing by being opened (E5)."""
    try:
        user_id, email = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_SECONDS)
    except signing.BadSignature:
        return render(request, "people/dead_link.html")
    if user_id != str(request.user.pk):
        raise Http404
    if request.method == "POST":
        try:
            actions.set_own_email(user=request.user, email=email, by=request.actor)
        except actions.EmailInUse:
            return render(request, "people/dead_link.html")
        messages.success(request, _("Thank you, the address is confirmed."))
        return redirect("account_settings")
    return render(request, "people/confirm_email.html", {"email": email})


@require_POST
@reauthentication_required
def end_sign_ins(request: HttpRequest) -> HttpResponse:
    """End one session of this account, or all others. Who it is is asked again after five minutes (D5)."""
    if device := request.POST.get("device"):
        row = next((row for row in sessions.list_sign_ins(request.user) if str(row.pk) == device), None)
        if row is None:
            raise Http404
        which = {"only": row.pk}
    else:
        which = {"but": request.session.session_key}
    with transaction.atomic():
        sessions.end_sign_ins(request.user, **which)
        record(act="account.session_ended", by=request.actor, object_kind="account", object_id=request.user.pk)
    messages.success(request, _("Done. That device has to sign in again."))
    return redirect("account_settings")


@require_POST
def forget_devices(request: HttpRequest) -> HttpResponse:
    """No device is known any more, this one included."""
    if asked := ask_who_it_is(request):
        return asked
    known_devices.forget_devices(request.user, request.actor)
    messages.success(request, _("Done. No device is known any more."))
    response = redirect("account_settings")
    response.delete_cookie(settings.DEVICE_COOKIE_NAME, path="/", samesite="Lax")
    return response


@require_safe
def choose_second_factor(request: HttpRequest) -> HttpResponse:
    """Choose how to set up the second step that a role needs."""
    if second_factor.has_one(request.user):
        return redirect("account_settings")
    return render(request, "people/second_factor.html")
