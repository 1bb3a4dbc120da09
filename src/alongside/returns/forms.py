"""A return to use, in the person's own words or with their peer."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput

LONGEST = 4000
OLDEST_DAYS = 366


class TellForm(AlongsideForm):
    """Which day it was, words if one likes, and who reads them."""

    once = True
    mark_optional = False
    on_day = forms.DateField(label=_("Which day was it?"), widget=DateInput(), help_text=_("About is fine."))
    words = forms.CharField(
        label=_("In your own words, if you like"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("What happened, how you are, what would help now."),
    )  # fmt: skip
    who = forms.ChoiceField(
        label=_("Who may read the words?"),
        choices=[
            ("beside", _("Those who may open my record: the person who walks with me, and those who support them")),
            ("me", _("Only me")),
        ],
        initial="beside", widget=ChoiceCards(hints={"me": _("They still see that you told it.")}),
    )  # fmt: skip

    def clean_on_day(self):
        day, today = self.cleaned_data["on_day"], timezone.localdate()
        if not today - timedelta(days=OLDEST_DAYS) <= day <= today:
            raise forms.ValidationError(_("Choose today or a day before it, within the last year."))
        return day
