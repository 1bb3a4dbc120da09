"""Forms of outings. They validate and never save."""

from datetime import time

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.meetings.forms import check_link, check_number
from alongside.meetings.wording import DAYS
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, MultiChoiceCards, TimeInput

from . import wording

LENGTHS = (30, 45, 60, 75, 90, 120, 180)


class _Days(forms.TypedMultipleChoiceField):
    """Days of the week, as lists of meetings count them."""

    def __init__(self, **kwargs):
        super().__init__(choices=list(DAYS.items()), coerce=int, widget=MultiChoiceCards(columns=2), **kwargs)


class OwnForm(AlongsideForm):
    """A meeting that is in no list, or something else of one's own."""

    once = True
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=list(wording.OWN_KINDS.items()), initial="meeting", widget=ChoiceCards
    )
    name = forms.CharField(
        label=_("What do you call it?"), max_length=80, error_messages={"required": _("Give it a name.")}
    )
    days = _Days(label=_("On which days?"), error_messages={"required": _("Choose one day at least.")})
    at_time = forms.TimeField(label=_("At what time?"), required=False, widget=TimeInput)
    minutes = forms.TypedChoiceField(
        label=_("How long?"), coerce=int, initial=60, choices=[(one, wording.minutes_of(one)) for one in LENGTHS]
    )
    place = forms.CharField(
        label=_("Where?"), max_length=200, required=False, help_text=_("In your own words, or a link.")
    )

    @property
    def values(self) -> dict:
        """What `actions` take."""
        told = self.cleaned_data
        at: time | None = told["at_time"]
        return {
            "kind": told["kind"], "name": told["name"], "place": told["place"], "days": told["days"],
            "starts": at.hour * 60 + at.minute if at else None, "minutes": told["minutes"],
        }  # fmt: skip


class PlanForm(AlongsideForm):
    """On which of its days somebody means to go. None is an answer too."""

    mark_optional = False
    other_names = ("what",)
    days = _Days(label=_("On which days do you mean to go?"), required=False)

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(code, name) for code, name in DAYS.items() if int(code) in days]


class FeltForm(AlongsideForm):
    """How it felt."""

    mark_optional = False
    other_names = ("what",)
    felt = forms.CharField(
        label=_("How did it feel?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For you alone. Empty it and save, and it is gone."),
    )  # fmt: skip


class AskForm(AlongsideForm):
    """Asking the peer to come along."""

    other_names = ("what",)
    words = forms.CharField(
        label=_("A few words, if you like"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class YesForm(AlongsideForm):
    """The peer comes along."""

    other_names = ("what",)
    answer = forms.CharField(
        label=_("A few words, if you like"), max_length=300, required=False,
        help_text=_("Such as where you meet."),
    )  # fmt: skip


class NoForm(AlongsideForm):
    """Not this time, with a kind reason."""

    other_names = ("what",)
    reason = forms.ChoiceField(label=_("Why not this time?"), choices=list(wording.REASONS.items()), widget=ChoiceCards)
    no_words = forms.CharField(label=_("A few words, if you like"), max_length=300, required=False)


class ListingForm(AlongsideForm):
    """What everybody reads of a group of the program."""

    mark_optional = False
    other_names = ("action",)
    name = forms.CharField(
        label=_("Under which name?"), max_length=120,
        help_text=_("Such as “Tuesday coffee”. It may be another than the name of the group. Name no person."),
    )  # fmt: skip
    address = forms.CharField(label=_("Street and number"), required=False, max_length=120)
    city = forms.CharField(label=pgettext_lazy("address", "City"), required=False, max_length=80)
    state = forms.CharField(label=pgettext_lazy("address", "State"), required=False, max_length=40)
    postal_code = forms.CharField(label=_("ZIP code"), required=False, max_length=20)
    conference_url = forms.CharField(label=_("Link to join online"), required=False, max_length=1000)
    conference_phone = forms.CharField(
        label=_("Number to call first"), required=False, max_length=60,
        help_text=_("Where people have to ask for a place, give a number instead of a street."),
    )  # fmt: skip
    group_notes = forms.CharField(
        label=_("What should somebody new know?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean_conference_url(self) -> str:
        return check_link(self.cleaned_data["conference_url"])

    def clean_conference_phone(self) -> str:
        return check_number(self.cleaned_data["conference_phone"])

    def clean(self):
        values = super().clean()
        if self.errors:
            return values
        has_place = values["address"] and values["city"]
        if not has_place and not (values["conference_url"] or values["conference_phone"]):
            self.add_error("address", _("Say where: a street and a city, or a link or number."))
        return values
