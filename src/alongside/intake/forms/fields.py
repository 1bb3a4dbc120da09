"""Fields that several forms of intake share: codes of the vocabulary as cards, a phone number, how to be reached."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.people.speaking import speak_hours
from alongside.rules.roster.contacts import read_phone, read_zip
from alongside.web.forms import YesNoField
from alongside.web.meanwhile import SharedForm
from alongside.web.templatetags.ui import when
from alongside.web.widgets import MultiChoiceCards, PhoneInput

REACH = [
    ("call", _("Call me")),
    ("text", _("Text me")),
    ("email", _("E-mail me")),
    ("come_by", _("I will come by myself")),
]
REACH_THEM = [
    ("call", _("Call")),
    ("text", _("Text message")),
    ("email", _("E-mail")),
    ("come_by", _("They will come by")),
]
CHANNEL = {"call": "phone", "text": "text", "email": "email"}
HOURS = [
    ("9-20", _("Any time, 9 in the morning to 8 in the evening")),
    ("9-12", _("In the morning, 9 to noon")),
    ("12-17", _("In the afternoon, noon to 5")),
    ("17-20", _("In the evening, 5 to 8")),
]


class Codes(forms.MultipleChoiceField):
    """Any number of codes of one group, as cards."""

    def __init__(self, group: str, codes: Iterable[str] | None = None, *, inline: bool = False, **options):
        options.setdefault("required", False)
        super().__init__(choices=choices(group, codes), widget=MultiChoiceCards(inline=inline), **options)


class PhoneField(forms.CharField):
    """A phone number; the cleaned value is E.164, the form in which it is kept and found again."""

    widget = PhoneInput

    def __init__(self, **options):
        super().__init__(**{"max_length": 40, "label": _("Phone"), **options})

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        number = read_phone(text, "US").number
        if not number:
            raise ValidationError(_("Please write the phone number with its area code, such as (213) 555-0123."))
        return number


class ZipField(forms.CharField):
    """Five digits; nothing else is asked about where somebody lives."""

    def __init__(self, **options):
        super().__init__(**{"max_length": 10, "label": _("ZIP code"), "required": False, **options})
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return ""
        code = read_zip(text)[0]
        if not code:
            raise ValidationError(_("A ZIP code has five digits."))
        return code


class ReachFields(SharedForm):
    """How and when somebody may be reached. `safe_contact` is what `set_safe_contact` takes."""

    autocomplete = {"phone": "tel", "email": "email"}
    fields_of = {
        **dict.fromkeys(("channel", "may_call", "may_text", "may_email"), ("reach",)),
        **dict.fromkeys(("from_hour", "until_hour"), ("hours",)),
    }
    reach = forms.MultipleChoiceField(
        label=_("How may we reach you?"),
        choices=REACH,
        widget=MultiChoiceCards(hints={"come_by": _("We will not call or write.")}),
        error_messages={"required": _("Please choose at least one, or say that you will come by.")},
    )
    phone = PhoneField(required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    may_voicemail = YesNoField(
        label=_("If nobody answers, may we leave a short message?"),
        help_text=_("We only say a first name and a number. We never say why we call."),
        required=False,
    )
    hours = forms.ChoiceField(label=_("When is a good time?"), choices=HOURS, initial="9-20", widget=forms.RadioSelect)
    name_to_use = forms.CharField(
        label=_("If somebody else answers, whom should we ask for?"), required=False, max_length=80
    )

    speaks_of_them = False
    """Whether a coordinator fills this in about somebody else."""

    def say_stopped(self, at: datetime | None) -> None:
        """That the person ended texts by a STOP, and when: text is chosen again only because they wish it."""
        if at is None:
            return
        words = gettext("You stopped texts (%(day)s). Choose “text” if you want them again.")
        if self.speaks_of_them:
            words = gettext("They stopped texts themselves (%(day)s). Choose “text” only if they ask for them again.")
        self.fields["reach"].help_text = words % {"day": when(at)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.speaks_of_them:
            self.fields["reach"].label = _("How may we reach them?")
            self.fields["reach"].choices = REACH_THEM
            self.fields["hours"].label = _("When is a good time for them?")

    def clean(self):
        cleaned = super().clean()
        reach = cleaned.get("reach") or []
        if "come_by" in reach and len(reach) > 1:
            self.add_error("reach", _("Please choose either a way to reach you, or that you will come by."))
        if {"call", "text"} & set(reach) and not cleaned.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Please give us the number to call or text."))
        if "email" in reach and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please give us the e-mail address."))
        return cleaned

    @property
    def safe_contact(self) -> dict[str, object]:
        """The rules as `people.SafeContact` keeps them."""
        reach = self.cleaned_data["reach"]
        start, _dash, end = self.cleaned_data["hours"].partition("-")
        return {
            "channel": next((CHANNEL[one] for one in CHANNEL if one in reach), "none"),
            "may_call": "call" in reach,
            "may_text": "text" in reach,
            "may_email": "email" in reach,
            "may_voicemail": bool(self.cleaned_data["may_voicemail"]) and "call" in reach,
            "from_hour": int(start),
            "until_hour": int(end),
            "name_to_use": self.cleaned_data["name_to_use"],
        }


def reach_initial(safe) -> dict[str, object]:
    """The stored rules as this form shows them; hours that no choice names get a choice of their own."""
    if safe is None:
        return {}
    allowed = {"call": safe.may_call, "text": safe.may_text, "email": safe.may_email}
    reach = [name for name, may in allowed.items() if may] if safe.channel != "none" else ["come_by"]
    return {
        "reach": reach or ["come_by"],
        "may_voicemail": safe.may_voicemail,
        "hours": f"{safe.from_hour}-{safe.until_hour}",
        "name_to_use": safe.name_to_use,
    }


def allow_hours(form: ReachFields, hours: str) -> None:
    """Let a form keep hours that came from a roster, such as 10 to 14."""
    field = form.fields["hours"]
    if hours and hours not in dict(field.choices):
        start, _dash, end = hours.partition("-")
        field.choices = [*field.choices, (hours, speak_hours(int(start), int(end)))]
