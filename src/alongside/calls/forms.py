"""Forms of calls: what somebody agrees to, what a call came to, who is trained."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.speaking import speak_phone
from alongside.rules.phone_support import OUTCOMES, WISHES
from alongside.rules.roster.contacts import read_phone
from alongside.web.forms import AlongsideForm, AvailabilityField, YesNoField
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards, PhoneInput

from .wording import EVERY, LANGUAGES, OUTCOME_HINTS, zone_choices
from .wording import OUTCOMES as OUTCOME_WORDS


class AgreeForm(AlongsideForm):
    """On which number, when, in which language, and whether a message may be left."""

    mark_optional = False
    phone = forms.CharField(label=_("On which number?"), max_length=32, widget=PhoneInput)
    hours = AvailabilityField(label=_("When may we call?"))
    time_zone = forms.ChoiceField(label=_("Your time zone"))
    language = forms.ChoiceField(
        label=_("In which language?"), choices=list(LANGUAGES.items()), widget=ChoiceCards(inline=True)
    )
    may_voicemail = YesNoField(
        label=_("If nobody answers, may we leave a short message?"),
        help_text=_("It says a first name and that it is nothing urgent. It never says why we call."),
    )
    every = forms.TypedChoiceField(
        label=_("How often, after the first weeks?"), required=False, coerce=int, empty_value=None,
        choices=[("", _("As it is now, until I say otherwise")), *((days, EVERY[days]) for days in WISHES)],
        widget=ChoiceCards(),
    )  # fmt: skip

    def __init__(self, *args, region: str, zones: tuple[str, ...], initial: dict, **kwargs):
        super().__init__(*args, initial=initial | {"phone": speak_phone(initial.get("phone", ""))}, **kwargs)
        self.region = region
        self.fields["time_zone"].choices = zone_choices(*zones)

    def clean_phone(self) -> str:
        found = read_phone(self.cleaned_data["phone"], self.region)
        if not found.number:
            raise forms.ValidationError(_("This is no telephone number. Digits, spaces and a + are fine."))
        return found.number

    @property
    def values(self) -> dict:
        """What `actions.agree` takes."""
        values = dict(self.cleaned_data)
        values.pop("said", None)
        return values | {"wished_every_days": values.pop("every")}


class SpokenForm(AgreeForm):
    """The same, said to one of us."""

    said = forms.BooleanField(
        label=_("They told me so themself, in their own words"),
        error_messages={"required": _("Only the person themself can agree. Ask them first.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].label = _("Their time zone")


class PauseForm(AlongsideForm):
    """Until when."""

    mark_optional = False
    until = forms.DateField(
        label=_("Until which day?"), required=False, widget=DateInput(),
        help_text=_("Leave it empty to pause until you say so."),
    )  # fmt: skip


class TakeForm(AlongsideForm):
    """Which call of the queue. Not in the path, so that every id is answered alike."""

    call = forms.UUIDField(widget=forms.HiddenInput)
    all_the_same = forms.BooleanField(required=False, widget=forms.HiddenInput)


class OutcomeForm(AlongsideForm):
    """What a call came to, in two taps; a few words if one likes."""

    once = True
    mark_optional = False
    outcome = forms.ChoiceField(label=_("What came of it?"), widget=ChoiceCards(hints=OUTCOME_HINTS))
    note = forms.CharField(
        label=_("A few words, if you like"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person may read them. Those who walk with them too."),
    )  # fmt: skip

    every = forms.TypedChoiceField(
        label=_("How often would they like to be called?"), required=False, coerce=int, empty_value=None,
        choices=[("", _("They did not say")), *((days, EVERY[days]) for days in WISHES)], widget=ChoiceCards(),
    )  # fmt: skip

    def __init__(self, *args, may_voicemail: bool, asks: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["every"]
        shown = [one for one in OUTCOME_WORDS if may_voicemail or one != "message_left"]
        self.fields["outcome"].choices = [(one, OUTCOME_WORDS[one]) for one in shown if one in OUTCOMES]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == "worried" and not cleaned.get("note", "").strip():
            self.add_error("note", _("Please write what you noticed."))
        return cleaned


class CallerForm(AlongsideForm):
    """In which languages somebody calls, and since when they are trained."""

    mark_optional = False
    languages = forms.MultipleChoiceField(
        label=_("They call in"), choices=list(LANGUAGES.items()), widget=MultiChoiceCards()
    )
    trained_on = forms.DateField(
        label=_("Trained on"), widget=DateInput(), help_text=_("The day on which the training for callers ended.")
    )
