"""Forms of a person's own pages. They validate and never save; only a new goal or step needs words."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.speaking import speak_hour
from alongside.rules import sheets as rules
from alongside.web.forms import AlongsideForm
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, DateInput, PhoneInput

from . import wording

FEW_WORDS = _("Write a few words first.")


def list_hours() -> list[tuple[str, str]]:
    """Each hour of the day as people of the reader's language write it."""
    return [(str(hour), speak_hour(hour)) for hour in range(24)]


class PartsForm(SharedForm):
    """The words of one page: every part optional, none marked so, because nothing here has to be."""

    mark_optional = False

    def __init__(self, *args, kind: str, stored: Mapping[str, str], of: object, **kwargs):
        parts = rules.WORDS[kind]
        kwargs["initial"] = {part: stored.get(part, "") for part in parts} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for part in parts:
            name, asks = wording.PARTS[part]
            area = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
            self.fields[part] = forms.CharField(
                label=name, help_text=asks, required=False, max_length=rules.LONGEST, widget=area
            )
        self.remember({part: stored.get(part, "") for part in parts}, of=of)


class StagesForm(SharedForm):
    """Where somebody stands in each area of life; "rather not say" is an answer too."""

    mark_optional = False

    def __init__(self, *args, stored: Mapping[str, str], of: object, **kwargs):
        kwargs["initial"] = {part: stored.get(part, "") for part in rules.STAGE_PARTS} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        hints = {code: words for code, (_name, words) in wording.STAGES.items()}
        options = [(code, name) for code, (name, _words) in wording.STAGES.items()]
        for area in rules.AREAS:
            name, words = wording.AREAS[area]
            self.fields[f"stage_{area}"] = forms.ChoiceField(
                label=name, help_text=words, required=False, choices=[*options, ("", _("I leave this open"))],
                widget=ChoiceCards(hints=hints),
            )  # fmt: skip
        self.remember({part: stored.get(part, "") for part in rules.STAGE_PARTS}, of=of)


class GoalForm(SharedForm):
    """A goal: what, and in which area of life."""

    once = True
    words = forms.CharField(
        label=_("What would you like?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": FEW_WORDS},
    )  # fmt: skip
    area = forms.ChoiceField(label=_("Where in life does it belong?"), widget=ChoiceCards(columns=2))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(code, name) for code, (name, _words) in wording.AREAS.items()]


class StepForm(SharedForm):
    """One small step: what, who takes it, and a day if that helps."""

    once = True
    words = forms.CharField(label=_("One small step"), max_length=300, error_messages={"required": FEW_WORDS})
    owner = forms.ChoiceField(label=_("Who takes it?"), initial="person", widget=ChoiceCards(inline=True))
    due_on = forms.DateField(label=_("By which day?"), required=False, widget=DateInput)

    def __init__(self, *args, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list((wording.OWN_OWNERS if is_own else wording.OWNERS).items())


class BeginForm(AlongsideForm):
    """From which day on to count."""

    once = True
    first_on = forms.DateField(label=_("From which day on?"), widget=DateInput)


class FirstDayForm(AlongsideForm):
    """Another first day of what is being counted."""

    first_on = forms.DateField(label=_("First day"), widget=DateInput)


class MilestoneForm(AlongsideForm):
    """Something to be glad of."""

    once = True
    words = forms.CharField(label=_("What are you glad of?"), max_length=300, error_messages={"required": FEW_WORDS})
    happened_on = forms.DateField(label=_("Which day?"), required=False, widget=DateInput)


class OnCallForm(AlongsideForm):
    """The telephone of the peer on call, and its hours."""

    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=32, widget=PhoneInput,
        help_text=_("It rings at whoever is on call. Leave it empty while nobody is."),
    )  # fmt: skip
    from_hour = forms.TypedChoiceField(label=_("Answered from"), coerce=int, choices=list_hours, initial=9)
    until_hour = forms.TypedChoiceField(
        label=_("Until"), coerce=int, choices=list_hours, initial=21,
        help_text=_("The same hour twice: day and night."),
    )  # fmt: skip

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"].strip()
        digits = "".join(one for one in phone if one.isdigit())
        if phone and not 3 <= len(digits) <= 15:
            raise forms.ValidationError(_("This is no telephone number. Digits, spaces and a + are fine."))
        return phone
