"""Forms of the notice and the limits. They validate only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.rules.limits import HOW
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput

from .notice_words import WHY_NOT

LANGUAGES = (("en", _("English")), ("es", _("Spanish")))
SAID_HOW = {"spoken": _("I told them"), "paper": _("They read it on paper"), "screen": _("They read it on a screen")}


def _past_day(day):
    if day > timezone.localdate():
        raise forms.ValidationError(_("That day has not come yet."))
    return day


class NoticeForm(AlongsideForm):
    """Whom people can ask, and from which day the notice holds."""

    contact = forms.CharField(label=_("Whom can people ask? A name or a title"), max_length=120)
    phone = forms.CharField(label=_("Their phone"), max_length=32)
    email = forms.EmailField(label=_("Their e-mail"), max_length=120)
    effective_on = forms.DateField(label=_("From which day does it hold?"), widget=DateInput)

    def clean_effective_on(self):
        day = self.cleaned_data["effective_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(
                _("Choose today or a later day: a notice cannot begin before people can read it.")
            )
        return day


class OfferedForm(AlongsideForm):
    """What staff note of a notice on paper."""

    has_it = forms.ChoiceField(
        label=_("Did they sign that they have it?"), widget=ChoiceCards,
        choices=(("yes", _("Yes, the signed paper is here")), ("no", _("No, but it was offered"))),
    )  # fmt: skip
    why_not = forms.ChoiceField(label=_("If not, why?"), required=False, widget=ChoiceCards, choices=WHY_NOT)
    why_words = forms.CharField(
        label=_("In a few words"), required=False, max_length=300, help_text=_("They can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES, widget=ChoiceCards)
    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)

    def clean_on_day(self):
        return _past_day(self.cleaned_data["on_day"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("has_it") == "no" and not cleaned.get("why_not"):
            self.add_error("why_not", _("Please choose."))
        return cleaned

    def values(self) -> dict:
        """Arguments of `actions.offer_notice`."""
        cleaned = self.cleaned_data
        has_it = cleaned["has_it"] == "yes"
        return {
            "outcome": "acknowledged" if has_it else "not_signed", "how": "paper", "language": cleaned["language"],
            "why_not": "" if has_it else cleaned["why_not"], "why_words": "" if has_it else cleaned["why_words"],
            "on_day": cleaned["on_day"],
        }  # fmt: skip


class LimitsForm(AlongsideForm):
    """How somebody was told, if not just now and aloud."""

    how = forms.ChoiceField(label=_("How were they told?"), widget=ChoiceCards,
                            choices=tuple((code, SAID_HOW[code]) for code in HOW))  # fmt: skip
    language = forms.ChoiceField(label=_("In which language?"), choices=LANGUAGES, widget=ChoiceCards)
    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)

    def clean_on_day(self):
        return _past_day(self.cleaned_data["on_day"])
