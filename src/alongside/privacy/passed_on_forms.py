"""Forms of a request for the list of an intermediary (§2.24). They validate only; the rules say which day can be."""

from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput

from .passed_on_words import ANSWERED, SENT

WHAT_DAYS = {
    "asked_on": _("It cannot lie before the permission was signed, or after today."),
    "received_on": _("It cannot lie before the letter went, or after today. It is written down once."),
    "disclosed_on": _("It cannot lie before the permission was signed, or after today."),
    "answered_on": _("It cannot lie before the letter went, or after today."),
}
"""Why a day cannot be, by its field."""


class SentForm(AlongsideForm):
    """The letter went: when, and how."""

    once: ClassVar[bool] = True
    asked_on = forms.DateField(label=_("When did the letter go?"), widget=DateInput, initial=timezone.localdate)
    sent_how = forms.ChoiceField(label=_("How did it go?"), choices=list(SENT.items()), widget=ChoiceCards)


class ReceivedForm(AlongsideForm):
    """When they got it, if somebody knows."""

    received_on = forms.DateField(
        label=_("When did they get it?"), widget=DateInput,
        help_text=_("If you know it, from a stamp or by phone. Their 30 days run from that day."),
    )  # fmt: skip


class LineForm(AlongsideForm):
    """One line of their list, as it stands on the paper."""

    once: ClassVar[bool] = True
    recipient = forms.CharField(label=_("Who got something?"), max_length=300)
    disclosed_on = forms.DateField(label=_("On which day?"), widget=DateInput)
    what = forms.CharField(
        label=_("What did they get?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As briefly as it stands on the paper."),
    )  # fmt: skip


class AnswerListForm(AlongsideForm):
    """Their answer is whole."""

    answered_on = forms.DateField(label=_("When was it here?"), widget=DateInput, initial=timezone.localdate)
    answered_how = forms.ChoiceField(
        label=_("What did they answer?"), choices=list(ANSWERED.items()), widget=ChoiceCards
    )
    words = forms.CharField(
        label=_("What did they write beside it?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
