"""The two forms a visitor meets: signing in, and asking for a new password."""

from allauth.account import forms as allauth_forms
from allauth.account.internal.flows.login import perform_password_login
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alongside.people import outbox, sessions


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
        """Queue the wish for a new password and return what was typed."""
        typed = self.cleaned_data["email"]
        outbox.queue_reset(typed, language=get_language() or "en")
        return typed
