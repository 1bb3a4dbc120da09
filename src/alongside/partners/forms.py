"""Forms of pages for partners. They validate only."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.rules.partner_links import LONGEST_DAYS
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput

from .wording import SAID_LATER, list_reasons

ANSWERS = (("yes", _("Yes, we take this on")), ("no", _("No, not at this time")))


class SendForm(AlongsideForm):
    """Where the link goes, and for how many days."""

    once = True
    address = forms.EmailField(
        label=_("Their e-mail"), max_length=254,
        help_text=_("The mail holds the link only: no name, and nothing about anybody."),
    )  # fmt: skip
    days = forms.IntegerField(label=_("For how many days?"), min_value=1, max_value=LONGEST_DAYS)

    def __init__(self, *args, address: str = "", held: dict | None = None, **kwargs):
        initial = {"address": address if "@" in address else "", "days": settings.PARTNER_LINK_DAYS}
        super().__init__(*args, initial=initial | (held or {}), **kwargs)


class CodeForm(AlongsideForm):
    """The code that came in another way than the link. Spaces are nothing: people read it in parts."""

    autocomplete = {"code": "one-time-code"}
    code = forms.CharField(
        label=_("The code"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "spellcheck": "false"}),
        help_text=_("Eight digits. You got it in another way, such as by phone."),
    )  # fmt: skip

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())


class AnswerForm(AlongsideForm):
    """Yes, or no with a reason of a closed list; words only if they want."""

    proof = forms.CharField(max_length=400, widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=_("Can you take this on?"), choices=ANSWERS, widget=ChoiceCards)
    reason = forms.ChoiceField(label=_("If not, why?"), required=False, widget=ChoiceCards)
    words = forms.CharField(
        label=_("Anything to add?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads this too."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list_reasons()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == "no" and not cleaned.get("reason"):
            self.add_error("reason", _("Please choose a reason."))
        return cleaned


class LaterForm(AlongsideForm):
    """How it went on after a yes: chosen from a list, with a day if they know it."""

    proof = forms.CharField(max_length=400, widget=forms.HiddenInput)
    said = forms.ChoiceField(label=_("How did it go on?"), choices=list(SAID_LATER.items()), widget=ChoiceCards)
    on_day = forms.DateField(label=_("On which day?"), required=False, widget=DateInput)

    def clean_on_day(self):
        day = self.cleaned_data["on_day"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that has been."))
        return day
