"""What is asked about a worry: own words, and never a measure of risk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.speaking import speak_hour, speak_phone
from alongside.rules.escalation import SOURCES, list_skipped, needs_why
from alongside.rules.roster.contacts import read_phone
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import PhoneInput

MEASURES = {
    "own_plan": _("We talked with them and went by their own plan"),
    "chosen": _("Somebody they chose came in"),
    "crisis_team": _("A crisis line or a crisis team came in, with their yes"),
    "emergency": _("Medical help was called"),
    "police": _("The police was called"),
}
"""The least invasive first (J2)."""

CONFIRMED = {
    "spoke": _("One of us spoke with them or saw them"),
    "with_them": _("Somebody who is with them told us"),
}
FEW_WORDS = _("Please write a few words.")


def _words(label, hint="") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": FEW_WORDS},
    )  # fmt: skip


class WorryForm(AlongsideForm):
    """What somebody noticed, in their own words."""

    once = True
    words = _words(
        _("What did you notice?"), _("What you saw or heard, as it was. You need not say how serious it is.")
    )
    source = forms.ChoiceField(choices=[(one, one) for one in SOURCES], widget=forms.HiddenInput, initial="worry")


class WordsForm(AlongsideForm):
    """More words on a worry."""

    words = _words(_("Add something"), _("Everybody who may read this page reads it. Nothing is changed or removed."))


class DutyTextsForm(AlongsideForm):
    """Whether somebody on duty is texted too, and on which number."""

    mark_optional = False
    wishes = forms.BooleanField(label=_("Text me when I am to hear of a worry"), required=False)
    phone = forms.CharField(label=_("On which number?"), max_length=32, required=False, widget=PhoneInput)

    def __init__(self, *args, region: str, initial: dict, **kwargs):
        super().__init__(*args, initial=initial | {"phone": speak_phone(initial["phone"])}, **kwargs)
        self.region = region

    def clean(self):
        cleaned = super().clean()
        typed = cleaned.get("phone") or ""
        number = read_phone(typed, self.region).number if typed else ""
        if (typed or cleaned.get("wishes")) and not number:
            self.add_error("phone", _("This is no telephone number. Digits, spaces and a + are fine."))
        return cleaned | {"phone": number}


class HandForm(AlongsideForm):
    """To whom a worry is handed."""

    other = forms.ChoiceField(label=_("Who?"))
    words = forms.CharField(
        label=_("What should they know?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose"))] + [(str(one.pk), one.goes_by) for one in others]


class MeasureForm(AlongsideForm):
    """What was done toward the person, the least invasive first; why nothing less was enough, where it was not."""

    measure = forms.ChoiceField(label=_("What was done?"), choices=list(MEASURES.items()), widget=forms.RadioSelect)
    why_not_less = forms.CharField(
        label=_("Why was nothing smaller enough?"), required=False, max_length=2000,
        help_text=_("Only where a smaller step was left out, and always for the police."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args, taken=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.taken = taken

    def clean(self):
        cleaned = super().clean()
        measure = cleaned.get("measure")
        if measure and needs_why(measure, self.taken) and not (cleaned.get("why_not_less") or "").strip():
            skipped = [str(MEASURES[one]) for one in list_skipped(measure, self.taken)]
            less = _("Please say why this was not enough: %(steps)s.") % {"steps": "; ".join(skipped)}
            self.add_error("why_not_less", less if skipped else _("Please say why nothing else was enough."))
        return cleaned


class ResolveForm(MeasureForm):
    """How contact was confirmed, what was agreed, and what was done in the end where nobody wrote it down yet."""

    field_order = ("confirmed", "words", "measure", "why_not_less")

    confirmed = forms.ChoiceField(
        label=_("How do we know how they are?"), choices=list(CONFIRMED.items()), widget=forms.RadioSelect
    )
    words = _words(_("What was agreed?"), _("The plan of the person themself comes first."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["measure"].required = not self.taken


class DebriefForm(AlongsideForm):
    """How the one who raised it is."""

    words = _words(_("How are they, and what do they need?"), _("They read it too."))


def _hours() -> list[tuple[int, str]]:
    return [(hour, speak_hour(hour)) for hour in range(24)]


class TurnForm(AlongsideForm):
    """A stretch of each week, who is on duty and who stands in."""

    weekday = forms.TypedChoiceField(label=_("Day"), coerce=int)
    from_hour = forms.TypedChoiceField(label=_("From"), coerce=int, choices=_hours, initial=9)
    until_hour = forms.TypedChoiceField(
        label=_("Until"), coerce=int, choices=_hours, initial=17,
        help_text=_("Past midnight is fine. The same hour twice: a whole day."),
    )  # fmt: skip
    person = forms.ChoiceField(label=_("On duty"))
    deputy = forms.ChoiceField(label=_("Deputy"), required=False)

    def __init__(self, *args, staff, days, **kwargs):
        super().__init__(*args, **kwargs)
        names = [("", _("Choose"))] + [(str(one.pk), one.goes_by) for one in staff]
        self.fields["weekday"].choices = days
        self.fields["person"].choices = names
        self.fields["deputy"].choices = [("", _("Nobody")), *names[1:]]
