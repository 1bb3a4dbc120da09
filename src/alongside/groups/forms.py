"""Forms of groups. They validate and never save."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.rules.groups import MOST, is_day
from alongside.rules.note_modes import ASKED
from alongside.rules.wall_clock import exists
from alongside.web.forms import AlongsideForm
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards, TimeInput

from . import wording
from .models import Group
from .queries import Occasion, series_of

LANGUAGES = ("en", "es")


class GroupForm(SharedForm):
    """A group with its series, as a coordinator writes it."""

    once = True
    mark_optional = False
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=80, required=False)
    about_en = forms.CharField(
        label=_("What happens there, in English"), max_length=600, required=False,
        help_text=_("Two or three plain sentences."), widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )  # fmt: skip
    about_es = forms.CharField(
        label=_("What happens there, in Spanish"), max_length=600, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "es"}),
    )  # fmt: skip
    for_whom = forms.ChoiceField(
        label=_("For whom is it?"), choices=list(wording.FOR_WHOM.items()), initial="own_recovery",
        widget=ChoiceCards(hints=wording.FOR_WHOM_HINTS),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("In which language?"), initial="en")
    is_online = forms.BooleanField(label=_("It meets online"), required=False)
    place = forms.CharField(
        label=_("Where, or which link?"), max_length=300, required=False,
        help_text=_("Only those who have a place see this."),
    )  # fmt: skip
    capacity = forms.IntegerField(label=_("How many places?"), min_value=1, max_value=MOST, initial=10)
    rhythm = forms.ChoiceField(
        label=_("How often?"), choices=list(wording.RHYTHMS.items()), initial="weekly",
        widget=ChoiceCards(hints=wording.RHYTHM_HINTS),
    )  # fmt: skip
    starts_on = forms.DateField(
        label=_("The first day"), widget=DateInput, help_text=_("Its weekday is that of the group.")
    )
    until_on = forms.DateField(
        label=_("The last day"), required=False, widget=DateInput, help_text=_("Leave it empty if there is none yet.")
    )
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=600, initial=60)

    def __init__(self, *args, group: Group | None = None, stored: dict | None = None, **kwargs):
        kwargs["initial"] = (stored or {}) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices("language")
        if group is not None:
            del self.fields["submit_key"]
            self.remember(stored or {}, group.pk)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("name_en") and not cleaned.get("name_es") and not self.errors:
            self.add_error("name_en", _("Give it a name in one language at least."))
        begins, ends = cleaned.get("starts_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", _("The last day comes after the first."))
        return cleaned

    @property
    def wanted(self) -> dict:
        """What `actions` take, by name."""
        return {name: value for name, value in self.cleaned_data.items() if name != "submit_key"}


class ChangeForm(AlongsideForm):
    """Another day or time for one session, or that it is called off; with a plain reason that all read."""

    other_names = ("what",)
    day = forms.DateField(label=_("Which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)
    minutes = forms.IntegerField(label=_("How many minutes?"), min_value=5, max_value=600)
    reason = forms.CharField(
        label=_("Why?"), max_length=200, required=False,
        help_text=_("Everybody with a place reads it. Say nothing about anybody: “The room is being painted.”"),
    )  # fmt: skip

    def __init__(self, *args, occasion: Occasion, program, **kwargs):
        session = occasion.session
        first = {"day": session.day, "at_time": session.at, "minutes": session.minutes}
        super().__init__(*args, initial=first | (kwargs.pop("initial", None) or {}), **kwargs)
        self.occasion, self.series = occasion, series_of(occasion.group, program)

    def clean(self):
        cleaned = super().clean()
        day, at = cleaned.get("day"), cleaned.get("at_time")
        if not day or not at:
            return cleaned
        if not exists(day, at, self.series.zone):
            self.add_error("at_time", _("That night the clocks go forward and skip this time. Choose another one."))
        if abs(day - self.occasion.session.on_day) > timedelta(days=60):
            self.add_error("day", _("Choose a day within two months of the usual one."))
        elif day != self.occasion.session.on_day and is_day(self.series, day):
            self.add_error("day", _("The group meets on that day anyway. Choose another one, or call this one off."))
        return cleaned


class CancelForm(AlongsideForm):
    """That one session is called off."""

    other_names = ("what",)
    why = forms.CharField(
        label=_("Why is it called off?"), max_length=200,
        help_text=_("Everybody with a place reads it. Say nothing about anybody: “The room is being painted.”"),
    )  # fmt: skip


class SheetForm(AlongsideForm):
    """Who came. `shown` are those whom the page showed as there."""

    mark_optional = False
    came = forms.MultipleChoiceField(label=_("Who came?"), required=False, widget=MultiChoiceCards(columns=2))
    walk_ins = forms.IntegerField(
        label=_("How many more came?"), min_value=0, max_value=500, required=False,
        help_text=_("People who have no record here. Only the number is kept."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4000)

    def __init__(self, *args, names: dict, there: set, walk_ins: int, **kwargs):
        first = {
            "came": [str(one) for one in there], "walk_ins": walk_ins, "shown": " ".join(str(one) for one in there)
        }  # fmt: skip
        super().__init__(*args, initial=first | (kwargs.pop("initial", None) or {}), **kwargs)
        self.fields["came"].choices = [(str(key), name) for key, name in names.items()]

    def clean_came(self) -> set[UUID]:
        return {UUID(one) for one in self.cleaned_data["came"]}

    def clean_walk_ins(self) -> int:
        return self.cleaned_data["walk_ins"] or 0

    def clean_shown(self) -> set[UUID]:
        known = {key for key, _name in self.fields["came"].choices}
        return {UUID(one) for one in self.cleaned_data["shown"].split() if one in known}


class GroupNoteForm(AlongsideForm):
    """One note for all who came, and words for single people. What is asked follows from the mode in force."""

    once = True
    other_names = ("fine",)
    words = forms.CharField(
        label=_("What did the group do?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Each person gets this in their own record. Name nobody."),
    )  # fmt: skip
    kinds_of_support = forms.MultipleChoiceField(
        label=_("What kind of support was it?"), required=False, widget=MultiChoiceCards(columns=2)
    )
    service = forms.ChoiceField(
        label=_("What does it count as?"), choices=list(wording.SERVICES.items()), widget=ChoiceCards,
        help_text=_("For a payer it counts for those who said which goal of theirs the group goes with."),
    )  # fmt: skip
    place = forms.ChoiceField(label=_("Where were you?"), required=False, widget=ChoiceCards(columns=2))
    read_together = forms.BooleanField(
        label=_("Everybody who was there read these words, or heard them read aloud"), required=False
    )

    def __init__(self, *args, note_mode: str, people: dict[UUID, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["kinds_of_support"].choices = choices("kind_of_support")
        self.fields["place"].choices = choices("place")
        asked = {"note": "words"}
        wanted = {asked.get(name, name) for name in ASKED[note_mode]} | {"submit_key"}
        for name in [name for name in self.fields if name not in wanted]:
            del self.fields[name]
        if "words" in self.fields:
            for key, name in people.items():
                self.fields[f"own-{key}"] = forms.CharField(
                    label=_("For %(name)s alone") % {"name": name}, required=False, max_length=1000,
                    widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
                )  # fmt: skip

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The boxes for single people."""
        return [self[name] for name in self.fields if name.startswith("own-")]

    @property
    def own(self) -> dict[UUID, str]:
        """Words for single people by their id, where there are any."""
        found = {key: self.cleaned_data.get(f"own-{key}", "").strip() for key in self.people}
        return {key: words for key, words in found.items() if words}


class PlaceForm(AlongsideForm):
    """Joining: the name in this group, whether others may see it, and the goal it goes with."""

    mark_optional = False
    other_names = ("what",)
    alias = forms.CharField(
        label=_("How shall we call you there?"), required=False, max_length=40,
        help_text=_("A first name or any name you like. Leave it empty and we use your first name."),
    )  # fmt: skip
    shows_alias = forms.BooleanField(
        label=_("The others may see this name"), required=False,
        help_text=_("Names are shown only when everybody in the group agrees. Until then, you all see a number."),
    )  # fmt: skip
    goal = forms.ChoiceField(label=_("Which goal of yours does it go with?"), required=False, widget=ChoiceCards)

    def __init__(self, *args, goals=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = {str(one.pk): one for one in goals}
        self.fields["goal"].choices = [("", _("None of them")), *((key, one.words) for key, one in self.goals.items())]
        if not goals:
            del self.fields["goal"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("shows_alias") and not cleaned.get("alias"):
            self.add_error("alias", _("Choose the name that the others may see."))
        return cleaned

    @property
    def values(self) -> dict:
        """What `actions.ask_for_place` takes."""
        cleaned = self.cleaned_data
        return {
            "alias": cleaned["alias"], "shows_alias": cleaned["shows_alias"],
            "goal": self.goals.get(cleaned.get("goal") or ""),
        }  # fmt: skip


class AddForm(AlongsideForm):
    """Somebody whose record the reader may open, for a group; or a group for somebody."""

    who = forms.ChoiceField(label=_("Whom?"))

    def __init__(self, *args, options, name=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Choose")), *((str(key), words) for key, words in options)]
        if name:
            self.fields["who"].label = name
