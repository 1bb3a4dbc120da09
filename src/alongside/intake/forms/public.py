"""The public forms: asking for someone, and applying as a peer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.web.forms import AlongsideForm, AvailabilityField, Trap
from alongside.web.widgets import ChoiceCards, MultiChoiceCards
from alongside.workforce.words import SERVES

from .fields import Codes, PhoneField, ReachFields

OWN_NEEDS = (
    "someone_to_talk_to", "first_weeks", "cravings_and_triggers", "meetings_and_groups", "new_friends", "family",
    "housing", "work_or_school", "health_care", "court_or_probation", "money_and_benefits", "sleep_and_routine",
)  # fmt: skip
LOVED_ONE_NEEDS = (
    "understanding_a_loved_one", "someone_to_talk_to", "family", "meetings_and_groups", "new_friends",
    "sleep_and_routine", "money_and_benefits",
)  # fmt: skip
LONGEST_WORDS = 2000


class AskForm(ReachFields):
    """Three questions: what would help, what to call you, how to reach you safely."""

    once = True
    mark_optional = False
    autocomplete = {**ReachFields.autocomplete, "goes_by": "nickname"}
    kind = forms.ChoiceField(
        label=_("Who is this for?"),
        choices=[("own_recovery", _("For me")), ("loved_one", _("For me, because of someone I love"))],
        widget=ChoiceCards(),
    )
    needs = Codes("need", label=_("What would help?"), help_text=_("Choose any. You can change it later."), inline=True)
    own_words = forms.CharField(
        label=_("Anything in your own words?"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Only if you like."),
    )  # fmt: skip
    goes_by = forms.CharField(
        label=_("What name should we use?"), max_length=80,
        help_text=_("Any name you like. It need not be your real one."),
    )  # fmt: skip
    website = Trap()
    field_order = ("kind", "needs", "own_words", "goes_by")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reach"].label = _("Ways that are safe for you")
        kind = self.data.get("kind") or self.initial.get("kind")
        if kind == "loved_one":
            # What was chosen before the answer to the first question changed is still taken.
            chosen = [need for need in self.data.getlist("needs") if need in OWN_NEEDS] if self.is_bound else []
            self.fields["needs"].choices = choices("need", dict.fromkeys((*LOVED_ONE_NEEDS, *chosen)))
        elif not self.is_bound:
            self.fields["needs"].choices = choices("need", OWN_NEEDS)

    @property
    def answers(self) -> dict[str, object]:
        """What an inquiry keeps of the questions."""
        return {"needs": self.cleaned_data["needs"], "own_words": self.cleaned_data["own_words"]}


class ApplyForm(AlongsideForm):
    """Becoming a peer: who, how to reach, what one offers. Only what somebody chooses to share."""

    once = True
    autocomplete = {"goes_by": "nickname", "phone": "tel", "email": "email"}
    goes_by = forms.CharField(label=_("What name do you go by?"), max_length=80)
    phone = PhoneField(required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=200)
    serves = forms.MultipleChoiceField(
        label=_("Whom would you like to walk with?"),
        choices=list(SERVES.items()),
        widget=MultiChoiceCards(),
        error_messages={"required": _("Please choose at least one.")},
    )
    languages = Codes(
        "language", label=_("Languages you can support someone in"), required=True,
        error_messages={"required": _("Please choose at least one.")},
    )  # fmt: skip
    experiences = Codes(
        "experience", label=_("What have you lived through?"),
        help_text=_("Share only what you choose to. People see it when they choose a peer."),
    )  # fmt: skip
    pathways = Codes("pathway", label=_("Your pathway"), help_text=_("There are many. All are welcome."))
    modes = Codes("mode", label=_("How would you like to meet?"))
    capacity = forms.TypedChoiceField(
        label=_("How many people could you walk with?"), coerce=int, initial=2,
        choices=[(number, str(number)) for number in range(1, 11)], widget=forms.Select,
    )  # fmt: skip
    hours = AvailabilityField(label=_("When are you usually free?"), required=False)
    why = forms.CharField(
        label=_("Why would you like to do this?"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    story = forms.CharField(
        label=_("A few sentences about you"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In your own words, for the people who choose a peer. You can change it at any time."),
    )  # fmt: skip
    website = Trap()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("phone") and not cleaned.get("email") and not {"phone", "email"} & self.errors.keys():
            raise ValidationError(_("Please give us a phone number or an e-mail, so that we can answer."))
        return cleaned

    @property
    def answers(self) -> dict[str, object]:
        """Fields of a peer profile."""
        names = ("serves", "languages", "experiences", "pathways", "modes", "capacity", "hours", "story")
        return {name: self.cleaned_data[name] for name in names}
