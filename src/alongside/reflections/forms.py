"""A reflection: a few words, and how long to keep them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards

KEPT = (("1", _("Until tomorrow")), ("7", _("A week")), ("30", _("30 days")))


class ReflectionForm(AlongsideForm):
    """Nothing is chosen beforehand except the middle: short enough, and long enough for the next talk with somebody."""

    once = True
    words = forms.CharField(
        label=_("A few words"),
        max_length=2000,
        help_text=_("How it was for you. Leave out names, and what somebody told you."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write a few words first.")},
    )
    kept_days = forms.TypedChoiceField(
        label=_("How long should it stay?"), choices=KEPT, coerce=int, initial="7", widget=ChoiceCards(inline=True)
    )
