"""Forms of allauth in our words: signing in, asking for a new password, choosing one, codes and passkeys."""

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.login import perform_password_login
from allauth.mfa.base import forms as code_forms
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.audit.actions import record
from alongside.people import outbox, sessions
from alongside.people.actor import VISITOR
from alongside.people.passwords import LongAndUncommon

from .adapters import note_refused_factor


class LoginForm(allauth_forms.LoginForm):
    """User name or e-mail, password, and whether this is the person's own phone."""

    own_phone = forms.BooleanField(
        label=_("This is my own phone"),
        required=False,
        help_text=_("Then you stay signed in here for up to 30 days. Leave it empty on a phone or computer you share."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("User name or e-mail"), _("Password")
        login.max_length = 254
        login.widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "autocorrect": "off",
            "spellcheck": "false",
            "maxlength": "254",
        }
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""

    def login(self, request, redirect_url=None):
        """Sign in, or go on to the second step. The wish for a long session waits in the session until then.

        What was typed stays out of the session: it may be an e-mail, and sessions are stored as they are.
        """
        request.session[sessions.WANTS_OWN_PHONE] = self.cleaned_data["own_phone"]
        self._login.redirect_url, self._login.email = redirect_url, None
        return perform_password_login(request, {}, self._login)


class ResetForm(forms.Form):
    """Asks for a new password. The same row is written whatever was typed; the worker finds out the rest (A1, A3)."""

    email = forms.CharField(
        label=_("User name or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def save(self, request, **ignored) -> str:
        """Queue the wish for a new password and return what was typed. The entry names nobody: nobody is known yet."""
        typed = self.cleaned_data["email"]
        with transaction.atomic():
            outbox.queue_reset(typed, language=get_language() or "en")
            record(act="account.reset_asked", by=VISITOR, object_kind="account")
        return typed


def _reword(form, **labels) -> None:
    """Set our labels and hints, and drop placeholders, which vanish as soon as somebody types."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = LongAndUncommon().get_help_text() if name == "password1" else ""
        if name in labels:
            field.label = labels[name]


class ChangeForm(allauth_forms.ChangePasswordForm):
    """Choosing a new password, signed in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(
            self,
            oldpassword=_("Current password"),
            password1=_("New password"),
            password2=_("New password, once more"),
        )


class FirstPasswordForm(allauth_forms.SetPasswordForm):
    """A first password for an account that has signed in by codes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, password1=_("New password"), password2=_("New password, once more"))


class FromLinkForm(allauth_forms.ResetPasswordKeyForm):
    """Choosing a new password from the link of a message."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, password1=_("New password"), password2=_("New password, once more"))


class AgainForm(allauth_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, password=_("Password"))


class _WritesRefused:
    """A code that does not fit is written into the log (allauth tells here, before it says so)."""

    def _emit_authentication_failed(self, authenticator) -> None:
        super()._emit_authentication_failed(authenticator)
        note_refused_factor(self.user, authenticator.type)


class CodeForm(_WritesRefused, code_forms.AuthenticateForm):
    """The code of the second step."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code"))


class CodeAgainForm(_WritesRefused, code_forms.ReauthenticateForm):
    """The code once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, code=_("Code"))


class AppForm(app_forms.ActivateTOTPForm):
    """The first code of a new code app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, code=_("2. Type the code that the app shows"))


class PasskeyForm(passkey_forms.AddWebAuthnForm):
    """A new passkey and its name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, name=_("Name"), passwordless=_("Sign in with just this passkey"))
        self.fields["passwordless"].help_text = _(
            "Then you need no password on this device. It asks for your finger, face or PIN."
        )


class PasskeyNameForm(passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _reword(self, name=_("Name"))
