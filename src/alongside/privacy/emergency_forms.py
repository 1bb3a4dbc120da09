"""Forms of a medical emergency. They validate only; the rules say what must be there."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.rules.emergency import Facts
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput, TimeInput

from .emergency_words import FINDINGS, NO_CONSENT


def _words(label, rows: int = 3, help_text=""):
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class EmergencyForm(AlongsideForm):
    """The facts that the law wants written down at once. The person reads them."""

    once: ClassVar[bool] = True
    recipient = forms.CharField(
        label=_("Whom did you tell?"), max_length=200, help_text=_("The name of the doctor, nurse or medic.")
    )
    facility = forms.CharField(
        label=_("Where do they work?"), max_length=300, help_text=_("The hospital, clinic or ambulance service.")
    )
    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)
    nature = _words(_("What was the emergency?"))
    told = _words(_("What did you tell them?"), help_text=_("No more than the emergency needed."))
    no_consent = forms.ChoiceField(
        label=_("Why could nobody ask the person first?"), choices=NO_CONSENT, widget=ChoiceCards
    )

    def __init__(self, *args, time_zone: str, **kwargs):
        self.zone = ZoneInfo(time_zone)
        here = timezone.localtime(timezone.now(), self.zone)
        kwargs.setdefault("initial", {"on_day": here.date(), "at_time": here.time().replace(second=0, microsecond=0)})
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on_day") and cleaned.get("at_time") and self._at(cleaned) > timezone.now():
            self.add_error("at_time", _("That moment has not come yet."))
        return cleaned

    def _at(self, cleaned) -> datetime:
        return datetime.combine(cleaned["on_day"], cleaned["at_time"], tzinfo=self.zone)

    def facts(self, told_by: str) -> Facts:
        """What the action takes."""
        cleaned = self.cleaned_data
        return Facts(
            cleaned["recipient"], cleaned["facility"], told_by, self._at(cleaned), cleaned["nature"],
            cleaned["no_consent"], cleaned["told"],
        )  # fmt: skip


class ReviewForm(AlongsideForm):
    """What somebody else finds who looks at it. The person reads it."""

    finding = forms.ChoiceField(label=_("What do you find?"), choices=FINDINGS, widget=ChoiceCards)
    words = _words(_("What follows from it?"), help_text=_("Write it to the person: they read these words."))
