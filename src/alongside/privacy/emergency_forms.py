"""Forms of a medical emergency. They validate only; the rules say what must be there."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.rules.emergency import Facts
from alongside.web.forms import AlongsideForm, YesNoField
from alongside.web.widgets import ChoiceCards, DateInput, TimeInput

from .emergency_words import ACTS_AS, FINDINGS, NO_CAPACITY, NO_CONSENT, THREAT_TO


def _words(label, rows: int = 3, help_text=""):
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text
    )


class _ToldForm(AlongsideForm):
    """What was told, and at what moment."""

    once: ClassVar[bool] = True

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


class EmergencyForm(_ToldForm):
    """The facts that the law wants written down at once. The person reads them."""

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

    def facts(self, told_by: str) -> Facts:
        """What the action takes."""
        cleaned = self.cleaned_data
        return Facts(
            cleaned["recipient"], cleaned["facility"], told_by, self._at(cleaned), cleaned["nature"],
            cleaned["no_consent"], cleaned["told"],
        )  # fmt: skip


class FdaForm(_ToldForm):
    """The facts of what was told to the FDA about a product. The person reads them."""

    recipient = forms.CharField(
        label=_("Whom did you tell?"), max_length=200,
        help_text=_("Name and profession. It may only be medical staff of the FDA, such as a doctor or nurse."),
    )  # fmt: skip
    facility = forms.CharField(
        label=_("Which office of the FDA?"), max_length=300,
        help_text=_("And the number that you called back: look it up yourself, do not take the one they gave you."),
    )  # fmt: skip
    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)
    product = forms.CharField(
        label=_("Which product?"), max_length=300, help_text=_("Its name, maker and lot, as they said it.")
    )
    nature = _words(
        _("What do they say is wrong?"),
        help_text=_("Which error in making, labeling or selling it, and how it may harm somebody’s health."),
    )
    only_to_notify = YesNoField(
        label=_("Did they say that they use it only to notify people or their doctors of the danger?")
    )
    told = _words(_("What did you tell them?"), help_text=_("Only what it takes to reach the person or their doctor."))

    def clean_only_to_notify(self):
        """A no is an answer, and then nothing may be told."""
        answer = self.cleaned_data["only_to_notify"]
        if answer is not True:
            raise forms.ValidationError(
                _("Then nothing may be told. If something was told already, tell the director at once.")
            )
        return answer

    def facts(self, told_by: str) -> Facts:
        """What the action takes."""
        cleaned = self.cleaned_data
        return Facts(
            cleaned["recipient"], cleaned["facility"], told_by, self._at(cleaned), cleaned["nature"], "",
            cleaned["told"], kind="fda", product=cleaned["product"], only_to_notify=cleaned["only_to_notify"],
        )  # fmt: skip


class ParentForm(_ToldForm):
    """What a director judged of a minor in danger, and told whoever acts for them. The person reads it."""

    asks_for_services = YesNoField(
        label=_("Are they asking for help, or did they just come?"),
        help_text=_("Somebody who has been with us for a while is asked, like everybody."),
    )
    no_capacity = forms.ChoiceField(
        label=_("Why can they not decide whether a parent is told?"), choices=NO_CAPACITY, widget=ChoiceCards
    )
    judged_no_capacity = YesNoField(
        label=_("Do you judge, as the director, that they cannot decide this with reason?"),
        help_text=_("Not wanting it is no reason: it is a decision."),
    )
    threat_to = forms.ChoiceField(label=_("Who is in danger?"), choices=THREAT_TO, widget=ChoiceCards)
    nature = _words(_("What is the danger?"), help_text=_("To whose life or body, and why it is a great one."))
    judged_threat = YesNoField(
        label=_("Do you judge, as the director, that the danger is real and great, and that telling it may reduce it?")
    )
    recipient = forms.CharField(label=_("Whom did you tell?"), max_length=200, help_text=_("Their name."))
    acts_as = forms.ChoiceField(label=_("By what right do they act?"), choices=ACTS_AS, widget=ChoiceCards)
    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)
    told = _words(_("What did you tell them?"), help_text=_("Only what makes the danger smaller."))

    def clean(self):
        """A no is an answer, and then nothing may be told."""
        cleaned = super().clean()
        for question in ("asks_for_services", "judged_no_capacity", "judged_threat"):
            if cleaned.get(question) is False:
                self.add_error(
                    question, _("Then nobody may be told without the person. If somebody was told already, it is to be "
                                "looked at as an incident.")
                )  # fmt: skip
        return cleaned

    def facts(self, told_by: str) -> Facts:
        """What the action takes."""
        cleaned = self.cleaned_data
        judged = ("acts_as", "no_capacity", "threat_to", "asks_for_services", "judged_no_capacity", "judged_threat")
        return Facts(
            cleaned["recipient"], "", told_by, self._at(cleaned), cleaned["nature"], "", cleaned["told"],
            kind="parent", **{name: cleaned[name] for name in judged},
        )  # fmt: skip


class ReviewForm(AlongsideForm):
    """What somebody else finds who looks at it. The person reads it."""

    finding = forms.ChoiceField(label=_("What do you find?"), choices=FINDINGS, widget=ChoiceCards)
    words = _words(_("What follows from it?"), help_text=_("Write it to the person: they read these words."))

    def __init__(self, *args, findings: tuple = FINDINGS, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["finding"].choices = findings


FactsForm = EmergencyForm | FdaForm | ParentForm
"""Each gives the `facts` of its kind."""
