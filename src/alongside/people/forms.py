"""Forms of accounts. They validate; actions save."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.rules.access import needs_second_factor
from alongside.rules.sign_in_codes import may_use_codes
from alongside.rules.support import MINUTES
from alongside.web.forms import AlongsideForm
from alongside.web.meanwhile import SharedForm

from .labels import choices
from .passwords import ALONE, BESIDE_SECOND_FACTOR, LONGEST, why_not
from .queries import STAFF_ACCOUNT_ROLES

MINUTES_SAID = {30: _("30 minutes"), 60: _("1 hour"), 120: _("2 hours"), 240: _("4 hours")}
NAME = re.compile(r"[^\W_](?:[\w.-]{0,38}[^\W_])?\Z")


class NewPassword(forms.CharField):
    """A password being chosen, typed once: it can be shown, pasted, and made by a password keeper."""

    widget = forms.PasswordInput

    def __init__(self, **options):
        super().__init__(**{"strip": False, "max_length": LONGEST * 2, "label": _("Password"), **options})
        self.widget.attrs["autocomplete"] = "new-password"


class JoinForm(AlongsideForm):
    """Making an account from an invitation: a name of one's own choice, a password, a language."""

    autocomplete = {"name": "username", "password": "new-password"}
    name = forms.CharField(
        label=_("Choose a name to sign in with"),
        max_length=40,
        help_text=_("It does not have to be your real name. We add two digits, so it will look like river-27."),
    )
    password = NewPassword()
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args, roles=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.shortest = BESIDE_SECOND_FACTOR if needs_second_factor(roles) else ALONE
        self.fields["password"].help_text = _long_enough(self.shortest)
        if may_use_codes(roles):
            self.fields["password"].required = False
            self.fields["password"].help_text = _("At least 15 characters. A few words in a row are easy to remember. "
                "Or leave it empty: then you get a sheet with codes to sign in with.")  # fmt: skip
        self.fields["name"].widget.attrs.update(autocapitalize="none", spellcheck="false")

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not NAME.match(name):
            raise ValidationError(_("Please use letters, digits, dots or hyphens, without spaces."))
        return name

    def clean_password(self) -> str:
        if not self.cleaned_data["password"] and not self.fields["password"].required:
            return ""  # they sign in by codes
        return check(self.cleaned_data["password"], self.shortest, self.data.get("name", ""))


class NewPasswordForm(AlongsideForm):
    """Choosing a new password with a link that was given by hand."""

    autocomplete = {"password": "new-password"}
    password = NewPassword(label=_("New password"))

    def __init__(self, *args, roles=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.shortest = BESIDE_SECOND_FACTOR if needs_second_factor(roles) else ALONE
        self.fields["password"].help_text = _long_enough(self.shortest)

    def clean_password(self) -> str:
        return check(self.cleaned_data["password"], self.shortest, "")


def check(password: str, shortest: int, username: str) -> str:
    """The password itself, or ValidationError with the reason."""
    if reason := why_not(password, shortest=shortest, username=username):
        raise ValidationError(reason)
    return password


def _long_enough(shortest: int):
    if shortest == ALONE:
        return _("At least 15 characters. A few words in a row are easy to remember.")
    return _("At least 12 characters. A few words in a row are easy to remember.")


class _OwnPhone(AlongsideForm):
    """Whether this is the person's own phone: as on the page with the password."""

    own_phone = forms.BooleanField(
        label=_("This is my own phone"), required=False,
        help_text=_("Then you stay signed in here for up to 30 days. Leave it empty on a phone or computer you share."),
    )  # fmt: skip


class AskCodeForm(AlongsideForm):
    """For which account a code by mail is asked."""

    autocomplete = {"login": "username"}
    login = forms.CharField(
        label=_("User name or e-mail"), max_length=254,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip


class MailedCodeForm(_OwnPhone):
    """The code from the mail. Spaces are nothing: people read it in parts."""

    autocomplete = {"code": "one-time-code"}
    field_order = ["code", "own_phone"]
    code = forms.CharField(
        label=_("The code from the mail"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
    )  # fmt: skip


class PaperCodeForm(_OwnPhone):
    """A code from a printed sheet, and whose it is: the sheet does not say."""

    autocomplete = {"login": "username", "code": "off"}
    field_order = ["login", "code", "own_phone"]
    login = AskCodeForm.base_fields["login"]
    code = forms.CharField(
        label=_("A code from your sheet"), max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("One that you have not used yet. Cross it out afterwards."),
    )  # fmt: skip


class CodeAgainForm(AlongsideForm):
    """A code by which somebody who is signed in shows once more that it is them."""

    autocomplete = {"code": "one-time-code"}
    code = forms.CharField(
        label=_("Code"), max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("From the mail, or one from your sheet that you have not used yet."),
    )  # fmt: skip


class EmailForm(AlongsideForm):
    """The e-mail of an account; empty removes it."""

    autocomplete = {"email": "email"}
    mark_optional = False
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Only for a new password and for neutral notices. Leave it empty to have none."),
    )


class SupportForm(AlongsideForm):
    """Whom a director lets help from outside, for how long, and why."""

    once = True
    email = forms.EmailField(
        label=_("E-mail of their account"),
        max_length=254,
        help_text=_("Exactly the one they confirmed here. They need a second step at sign-in."),
    )
    minutes = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        choices=[(minutes, MINUTES_SAID[minutes]) for minutes in MINUTES],
        widget=forms.RadioSelect,
        help_text=_("It ends by itself. You can end it before."),
    )
    words = forms.CharField(
        label=_("What do they help with?"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Directors read it here. Please name nobody who is served."),
        error_messages={"min_length": _("Please write a few words, so that others understand it later.")},
    )


class RolesForm(SharedForm):
    """Staff roles of an account or of an invitation."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=choices("role", STAFF_ACCOUNT_ROLES),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class InviteStaffForm(RolesForm):
    """Inviting staff: at least one role.

    Not as a peer: a peer has a profile with hours, languages and capacity, which an application or a roster brings.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        roles.choices = choices("role", [role for role in STAFF_ACCOUNT_ROLES if role != "peer"])
        roles.help_text = _("Peers are not invited here. They come by application, or a coordinator brings them in.")
        roles.required = True
        roles.error_messages["required"] = _("Choose at least one role.")
