"""Where allauth asks us: closed sign-up, our words, our mail, our sessions, encrypted secrets."""

import time

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from alongside.audit.actions import record
from alongside.audit.fields import decrypt, encrypt
from alongside.people import actions, codes, outbox, second_factor, sessions
from alongside.people.accounts.secrets import SECRETS
from alongside.people.actor import Actor, get_actor

SAID = {
    "account/messages/password_changed.txt": _("Your new password is set."),
    "mfa/messages/totp_activated.txt": _("The code app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The code app is no longer used."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("Here are your new backup codes."),
}
"""What is said after a step; what is not here goes without saying."""

SECOND_FACTOR_ADDED = frozenset({"mfa/email/totp_activated", "mfa/email/webauthn_added"})


def actor_for(user, request=None) -> Actor:
    """The actor for an entry about an account's own act, in the program it would enter."""
    return get_actor(user, request.session.get("program_id") if request else None)[0]


def factors_of(request, user) -> str:
    """How somebody signed in, as a code: `password`, `password.totp`, `webauthn` (a passkey alone)."""
    ways = (entry.get("type") or entry["method"] for entry in get_authentication_records(request, user))
    return ".".join(dict.fromkeys(ways))


def note_refused_factor(user, factor: str) -> None:
    """A wrong code of the second step is written without the code."""
    record(act="account.sign_in_refused", by=actor_for(user), object_kind="account", object_id=user.pk, reason=factor,
           outcome="refused")  # fmt: skip


class Adapter(DefaultAccountAdapter):
    """Accounts are made by invitation only; no answer says whether one exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("That did not match. Please check both fields and try again."),
        "too_many_login_attempts": _("That was several tries in a short time. Please wait five minutes and try again."),
        "rate_limited": _("That was a lot in a short time. Please wait a minute and try again."),
        "incorrect_password": _("That password did not match."),
        "incorrect_code": _("That code did not match. Please try the newest one."),
        "enter_current_password": _("That is not your current password."),
    }

    def is_open_for_signup(self, request) -> bool:
        """Never: an account is made from an invitation link."""
        return False

    def login(self, request, user) -> None:
        """Sign in, start the clocks of the session, and write it down."""
        user.backend = settings.AUTHENTICATION_BACKENDS[0]
        super().login(request, user)
        sessions.begin(request, user)
        with transaction.atomic():
            record(act="account.signed_in", by=actor_for(user, request), object_kind="account", object_id=user.pk,
                   reason=factors_of(request, user))  # fmt: skip

    def authentication_failed(self, request, **credentials) -> None:
        """A refused try is written without what was typed (G1, G4)."""
        record(act="account.sign_in_refused", by=Actor(), object_kind="account", reason="password", outcome="refused")

    def respond_user_inactive(self, request, user):
        """The same answer as for anybody who is not signed in."""
        return redirect("account_login")

    def get_logout_redirect_url(self, request) -> str:
        """Back to the public page."""
        return sessions.public_home()

    def logout(self, request) -> None:
        """End the session here and in the list of devices."""
        if request.user.is_authenticated:
            with transaction.atomic():
                record(act="account.signed_out", by=actor_for(request.user, request), object_kind="account",
                       object_id=request.user.pk)  # fmt: skip
        sessions.end_this(request)

    def get_password_change_redirect_url(self, request) -> str:
        """The account page, which lists everything."""
        return reverse("account_settings")

    def set_password(self, user, password: str) -> None:
        """Set a new password, write it down and tell the person in neutral words (F4)."""
        with transaction.atomic():
            super().set_password(user, password)
            record(act="account.password_changed", by=actor_for(user), object_kind="account", object_id=user.pk)
            actions.end_paper_codes(user=user, by=actor_for(user))  # whoever had taken the sheet is out too
            outbox.queue_account_notice(user, "account_changed")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Signing in counts like signing in again: within five minutes nobody is asked twice (D5)."""
        since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        entries = get_authentication_records(self.request, self.request.user)
        if any(entry["at"] > since for entry in entries):
            return False
        user, by_door = self.request.user, any(entry["method"] == "demo" for entry in entries)
        # The library asks nobody who has neither password nor second step; who has codes is asked for one.
        if not by_door and not get_reauthentication_flows(user) and codes.may_use(user):
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user) -> list[dict]:
        """The library's ways, and a code by mail or from paper for a participant."""
        methods = super().get_reauthentication_methods(user)
        if user.is_authenticated and codes.may_use(user):
            methods.append({"id": "code_again", "description": _("With a code by mail or on paper"),
                            "url": reverse("code_again")})  # fmt: skip
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """A library's own words never leave: the person gets our neutral notice (E1)."""
        outbox.queue_account_notice(self.request.user, "account_changed")

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:
        """A changed second factor is written down and told; passwords are handled where they are set."""
        if not template_prefix.startswith("mfa/"):
            return
        if template_prefix in SECOND_FACTOR_ADDED:
            second_factor.mark_passed(self.request.session)
        with transaction.atomic():
            record(act="account.second_factor_changed", by=actor_for(user, self.request), object_kind="account",
                   object_id=user.pk)  # fmt: skip
            outbox.queue_account_notice(user, "account_changed")

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """Say our sentence for this step, or the given one; stay silent otherwise."""
        words = message or SAID.get(message_template)
        if words:
            messages.add_message(request, level, words, extra_tags)


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted; labels show the user name, never an e-mail."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": Adapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Your role needs a second step. Set up another one first."),
    }

    def encrypt(self, text: str) -> str:
        """Under the newest field key (I7)."""
        return str(encrypt(text, SECRETS))

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of `encrypt`."""
        return decrypt(encrypted_text, SECRETS)

    def _get_user_identifier(self, user) -> str:
        return user.username

    def _get_site_name(self) -> str:
        program = getattr(self.request, "program", None)
        return program.public_name if program else "Side by Side"

    def can_delete_authenticator(self, authenticator) -> bool:
        """Staff keep at least one second factor."""
        return second_factor.may_remove(authenticator)

    def build_totp_svg(self, url: str) -> str:
        """The QR picture on white, so that a phone reads it on a dark page too."""
        return qrcode.make(url, image_factory=SvgPathFillImage, border=2).to_string(encoding="unicode")

    def generate_authenticator_name(self, user, type) -> str:
        """A name the person can change."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return str(_("Passkey %(number)d") % {"number": count + 1})
