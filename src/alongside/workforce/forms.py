"""What a peer offers, as forms. They validate; actions save."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.people.models import Site
from alongside.rules.roster.contacts import read_zip
from alongside.rules.vocabulary import AGE_BANDS, EXPERIENCES, GENDERS
from alongside.web.forms import AlongsideForm, AvailabilityField
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards

from .models import PeerProfile
from .words import SERVES

LONGEST_STORY = 2000
LIMIT_CHOICES = {
    "gender": choices("gender", GENDERS[:3]),
    "age": choices("age_band", AGE_BANDS),
    "experience": choices("experience", EXPERIENCES),
}
"""Features that a limit may name, with their values."""


def _codes(group: str, label, **options) -> forms.MultipleChoiceField:
    options.setdefault("required", False)
    return forms.MultipleChoiceField(label=label, choices=choices(group), widget=MultiChoiceCards(), **options)


class ProfileForm(SharedForm):
    """What a peer shares and offers: their own to change."""

    mark_optional = False
    fields_of = {"limits": tuple(f"limit_{feature}" for feature in LIMIT_CHOICES)}
    story = forms.CharField(
        label=_("A few sentences about you"), required=False, max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("People read it when they choose a peer. Write it the way you would say it."),
    )  # fmt: skip
    story_language = forms.ChoiceField(
        label=_("It is written in"), choices=choices("language", ("en", "es")), widget=ChoiceCards(inline=True)
    )
    experiences = _codes("experience", _("What you have lived through"), help_text=_("Only what you choose to share."))
    pathways = _codes("pathway", _("Your pathway"))
    languages = _codes(
        "language", _("Languages you can support someone in"), required=True,
        error_messages={"required": _("Please choose at least one.")},
    )  # fmt: skip
    serves = forms.MultipleChoiceField(
        label=_("Whom you walk with"),
        choices=list(SERVES.items()),
        widget=MultiChoiceCards(),
        error_messages={"required": _("Please choose at least one.")},
    )
    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("Not said")), *choices("gender", GENDERS)],
        widget=ChoiceCards(),
    )  # fmt: skip
    life_stages = _codes("life_stage", _("Where you are in life"))
    interests = _codes("interest", _("What you enjoy"))
    capacity = forms.IntegerField(
        label=_("How many people at most"), min_value=0, max_value=60,
        help_text=_("As many as you can carry well. Fewer is fine."),
    )  # fmt: skip
    hours = AvailabilityField(label=_("When you are usually free"), required=False)
    modes = _codes("mode", _("How you like to meet"))
    zip = forms.CharField(
        label=_("ZIP code, to meet nearby"), max_length=10, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    max_miles = forms.IntegerField(
        label=_("How far you can travel, in miles"), required=False, min_value=0, max_value=200
    )
    limit_gender = forms.MultipleChoiceField(
        label=_("Gender"), required=False, choices=LIMIT_CHOICES["gender"], widget=MultiChoiceCards()
    )
    limit_age = forms.MultipleChoiceField(
        label=_("Age"), required=False, choices=LIMIT_CHOICES["age"], widget=MultiChoiceCards()
    )
    limit_experience = forms.MultipleChoiceField(
        label=_("Been through"), required=False, choices=LIMIT_CHOICES["experience"], widget=MultiChoiceCards()
    )
    limits_words = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST_STORY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Your coordinator reads this. Those whom you walk with never do."),
    )  # fmt: skip

    def __init__(self, *args, peer: PeerProfile, **kwargs):
        initial = {name: getattr(peer, name) for name in self.base_fields if hasattr(peer, name)}
        for feature in LIMIT_CHOICES:
            initial[f"limit_{feature}"] = [one["value"] for one in peer.limits if one["feature"] == feature]
        kwargs["initial"] = initial | kwargs.get("initial", {})
        self.other_limits = [one for one in peer.limits if one["feature"] not in LIMIT_CHOICES]
        super().__init__(*args, **kwargs)
        self.remember({name: getattr(peer, name) for name in (*self.base_fields, "limits") if hasattr(peer, name)},
                      of=peer.pk)  # fmt: skip

    def clean_zip(self) -> str:
        text = self.cleaned_data["zip"]
        code = read_zip(text)[0] if text else ""
        if text and not code:
            raise ValidationError(_("A ZIP code has five digits."))
        return code

    @property
    def values(self) -> dict[str, object]:
        """Fields of a profile, as `change_peer` takes them. Limits that this form does not show stay."""
        values = {name: value for name, value in self.cleaned_data.items() if not name.startswith("limit_")}
        limits = [
            {"feature": feature, "value": value}
            for feature in LIMIT_CHOICES
            for value in self.cleaned_data[f"limit_{feature}"]
        ]
        return values | {"limits": [*limits, *self.other_limits]}

    @property
    def wanted(self) -> dict[str, object]:
        return self.values


class AwayForm(AlongsideForm):
    """Taking nobody new, until a day or until one says otherwise."""

    until = forms.DateField(
        label=_("Until"), required=False, widget=DateInput(), help_text=_("Leave it empty if you do not know yet.")
    )
    mark_optional = False


class SupportForm(SharedForm):
    """Who supports a peer, and where they work."""

    supervisor = forms.ModelChoiceField(
        label=_("Supervisor"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    site = forms.ModelChoiceField(label=_("Site"), queryset=None, required=False, empty_label=_("No site"))
    mark_optional = False

    def __init__(self, *args, peer: PeerProfile, supervisors, **kwargs):
        stored = {"supervisor": peer.person.supervisor_id, "site": peer.site_id}
        kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = supervisors
        self.fields["site"].queryset = Site.objects.all()
        self.remember(stored, of=peer.pk)

    @property
    def wanted(self) -> dict[str, object]:
        return {name: one.pk if one else None for name, one in self.cleaned_data.items()}
