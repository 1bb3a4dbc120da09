"""The full form in short parts, for the coordinator and for the person themselves. Each part is one small page."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.intake.actions.wishes import Wish, by_feature
from alongside.intake.models import Wishes
from alongside.people.labels import choices, label
from alongside.people.models import Episode
from alongside.rules.vocabulary import GENDERS, LANGUAGES, PREFERENCES
from alongside.web.forms import AlongsideForm, AvailabilityField
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards

from .fields import Codes, ReachFields, ZipField, allow_hours, reach_initial
from .public import LONGEST_WORDS

STRENGTH = [("", _("No matter")), ("like", _("Would like")), ("must", _("Must"))]
PERSON_FIELDS = ("goes_by", "pronouns", "language", "phone", "email")
STAFF_PERSON_FIELDS = (*PERSON_FIELDS, "legal_name", "birth_date")
SAFE_FIELDS = (
    "channel", "may_call", "may_text", "may_email", "may_voicemail", "from_hour", "until_hour", "name_to_use",
)  # fmt: skip


def words_field(label, rows: int = 3, **options) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label, required=False, max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class PersonPart(ReachFields):
    """What to call somebody and how to reach them safely."""

    autocomplete = {}
    goes_by = forms.CharField(label=_("Name to use"), max_length=80)
    pronouns = forms.CharField(label=_("Pronouns"), max_length=30, required=False)
    language = forms.ChoiceField(label=_("Language to talk in"), choices=choices("language", LANGUAGES))
    field_order = ("goes_by", "pronouns", "language")
    person_fields = PERSON_FIELDS

    def __init__(self, *args, episode: Episode, **kwargs):
        person = episode.person
        initial = {name: getattr(person, name) for name in self.person_fields}
        safe = getattr(person, "safe_contact", None)
        initial |= reach_initial(safe)
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        allow_hours(self, str(initial.get("hours", "")))
        self.say_stopped(safe.texts_stopped_at if safe else None)
        kept = {name: getattr(safe, name) for name in SAFE_FIELDS if safe}
        self.remember({name: getattr(person, name) for name in self.person_fields} | kept, of=person.pk)

    @property
    def person_values(self) -> dict[str, object]:
        """Fields of a person."""
        return {name: self.cleaned_data[name] for name in self.person_fields}

    @property
    def wanted(self) -> dict[str, object]:
        return self.person_values | self.safe_contact


class StaffPersonPart(PersonPart):
    """With what only the office needs."""

    legal_name = forms.CharField(label=_("Full name, if needed"), max_length=160, required=False)
    birth_date = forms.DateField(label=_("Date of birth, if needed"), required=False, widget=DateInput())
    person_fields = STAFF_PERSON_FIELDS
    speaks_of_them = True


class WishesPart(SharedForm):
    """A part whose fields are fields of `Wishes`."""

    def __init__(self, *args, episode: Episode, **kwargs):
        wishes = getattr(episode, "wishes", None) or Wishes()
        initial = {name: getattr(wishes, name) for name in self.base_fields}
        kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.remember(initial, of=episode.pk)

    @property
    def values(self) -> dict[str, object]:
        """What `save_wishes` takes."""
        return {name: self.cleaned_data[name] for name in self.base_fields}


class HelpPart(WishesPart):
    """What would help, in own words too."""

    needs = Codes("need", label=_("What would help?"))
    own_words = words_field(_("In your own words"), help_text=_("As much or as little as you like."))
    pathways = Codes("pathway", label=_("Your pathway"), help_text=_("There are many. All are welcome."))
    languages = Codes("language", label=_("Languages you can talk in"))


class TimesPart(WishesPart):
    """When and where."""

    hours = AvailabilityField(label=_("When are you usually free?"), required=False)
    modes = Codes("mode", label=_("How would you like to meet?"))
    zip = ZipField(label=_("ZIP code, to meet nearby"))
    max_miles = forms.IntegerField(
        label=_("How far could you travel? Miles"), required=False, min_value=0, max_value=200
    )

    @property
    def values(self) -> dict[str, object]:
        values = super().values
        # What a roster did not say and nobody chose now stays "not known", which is not the same as "never".
        return values | {"hours_known": values["hours"] != "0" * 42}


class LifePart(WishesPart):
    """What one may have in common with a peer."""

    gender = forms.ChoiceField(
        label=_("Gender"), required=False, choices=[("", _("Not asked")), *choices("gender", GENDERS)],
        widget=ChoiceCards(),
    )  # fmt: skip
    age = forms.IntegerField(label=_("Age in years"), required=False, min_value=12, max_value=120)
    races = Codes(
        "race",
        label=_("Race or ethnicity"),
        help_text=_(
            "As many as you like, or none. It only helps us see that everybody is served alike; no match uses it."
        ),
    )
    experiences = Codes(
        "experience", label=_("What have you been through?"), help_text=_("Only what you choose to share.")
    )
    life_stages = Codes("life_stage", label=_("Where are you in life?"))
    interests = Codes("interest", label=_("What do you enjoy?"))


class PeerPart(SharedForm):
    """What somebody asks of a peer: for each feature no matter, would like or must, and which values."""

    mark_optional = False
    fields_of = {feature: (f"{feature}_strength", f"{feature}_values") for feature in PREFERENCES}

    def __init__(self, *args, episode: Episode, **kwargs):
        wishes = getattr(episode, "wishes", None)
        rows = wishes.preferences.all() if wishes else ()
        self.earlier = [Wish(one.feature, one.value, one.strength) for one in rows]
        super().__init__(*args, **kwargs)
        for feature, values in PREFERENCES.items():
            group = "preference_age" if feature == "age" else feature
            mine = [wish for wish in self.earlier if wish.feature == feature]
            self.fields[f"{feature}_strength"] = forms.ChoiceField(
                label=label("preference", feature), choices=STRENGTH, required=False,
                widget=ChoiceCards(inline=True), initial=_strength_of(mine),
            )  # fmt: skip
            self.fields[f"{feature}_values"] = forms.MultipleChoiceField(
                label=QUESTIONS[feature], choices=choices(group, values), required=False,
                widget=MultiChoiceCards(), initial=[wish.value for wish in mine],
            )  # fmt: skip
        for name in self.fields:
            self._dress(name, self.fields[name])
        self.remember(by_feature(self.earlier), of=episode.pk)

    @property
    def features(self) -> list[dict]:
        """For the template: each feature with its two fields; open where something is asked or wrong."""
        return [
            {
                "name": label("preference", feature),
                "strength": self[f"{feature}_strength"],
                "values": self[f"{feature}_values"],
                "said": "; ".join(
                    f"{label('strength', wish.strength)}: "
                    f"{label('preference_age' if feature == 'age' else feature, wish.value)}"
                    for wish in self.earlier
                    if wish.feature == feature
                ),
                "is_open": bool(self[f"{feature}_values"].errors or self.meanwhile),
            }
            for feature in PREFERENCES
        ]

    def clean(self):
        cleaned = super().clean()
        for feature in PREFERENCES:
            strength, values = cleaned.get(f"{feature}_strength"), cleaned.get(f"{feature}_values")
            if strength and not values:
                self.add_error(f"{feature}_values", _("Please choose at least one, or say “No matter”."))
        return cleaned

    @property
    def preferences(self) -> list[Wish]:
        """The whole set. A feature that nobody touched keeps its wishes, even of mixed strength."""
        found = []
        for feature in PREFERENCES:
            names = {f"{feature}_strength", f"{feature}_values"}
            if not names & set(self.changed_data):
                found.extend(wish for wish in self.earlier if wish.feature == feature)
            elif strength := self.cleaned_data[f"{feature}_strength"]:
                found.extend(Wish(feature, value, strength) for value in self.cleaned_data[f"{feature}_values"])
        return found

    @property
    def wanted(self) -> dict[str, object]:
        return by_feature(self.preferences)


def _strength_of(wishes: Iterable[Wish]) -> str:
    strengths = {wish.strength for wish in wishes}
    return "must" if strengths == {"must"} else "like" if strengths else ""


QUESTIONS = {
    "gender": _("My peer is"),
    "language": _("My peer speaks"),
    "pathway": _("My peer’s pathway"),
    "age": _("My peer’s age"),
    "experience": _("My peer has lived through"),
    "life_stage": _("My peer’s stage of life"),
    "mode": _("We meet by"),
}


class FinishPart(SharedForm):
    """The end of intake: the limits of confidentiality were told (J1), and notes of the office."""

    limits_told = forms.BooleanField(
        label=_("I told them what stays between us, and what cannot."),
        help_text=_("Danger to somebody’s life, harm to a child, a court order: then we may have to speak."),
        required=False,
    )
    staff_notes = words_field(_("Notes of the office"))
    other_names = ("action",)

    def __init__(self, *args, episode: Episode, **kwargs):
        wishes = getattr(episode, "wishes", None)
        told = bool(wishes and wishes.limits_told_at)
        stored = {"limits_told": told, "staff_notes": wishes.staff_notes if wishes else ""}
        kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.told = told
        self.remember(stored, of=episode.pk)


class StartForm(ReachFields):
    """The first page of intake by form: for whom, brief or full, what to call them, how to reach them."""

    once = True
    speaks_of_them = True
    kind = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=[
            ("own_recovery", _("Their own recovery")),
            ("loved_one", _("They love someone in or seeking recovery")),
        ],
        widget=ChoiceCards(hints={"loved_one": _("They get a record of their own, apart from that person’s.")}),
    )
    depth = forms.ChoiceField(
        label=_("How much now?"),
        choices=[("full", _("The full form")), ("brief", _("Brief: phone check-ins only"))],
        widget=ChoiceCards(
            hints={"full": _("For being matched with a peer."), "brief": _("No matching; they can have more later.")}
        ),
        initial="full",
    )
    goes_by = forms.CharField(label=_("Name they go by"), max_length=80)
    language = forms.ChoiceField(label=_("Language to talk in"), choices=choices("language", LANGUAGES), initial="en")
    legal_name = forms.CharField(
        label=_("Full name, if needed"), max_length=160, required=False, help_text=_("Also finds who was here before.")
    )
    field_order = ("kind", "depth", "goes_by", "language", "legal_name")
    other_names = ("who",)

    @property
    def person_values(self) -> dict[str, object]:
        """Fields of a new person; empty ones are left out."""
        names = ("goes_by", "language", "legal_name", "phone", "email")
        return {name: self.cleaned_data[name] for name in names if self.cleaned_data[name]}


class BoundaryForm(AlongsideForm):
    """Two people who are never paired."""

    other = forms.ChoiceField(label=_("This peer"))
    kind = forms.ChoiceField(label=_("Because"), choices=choices("boundary"))
    other_names = ("part",)

    def __init__(self, *args, peers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [("", _("Choose a peer")), *((str(one.pk), one.person.goes_by) for one in peers)]


PARTS = {
    "person": (_("Contact"), StaffPersonPart), "help": (_("Help"), HelpPart), "peer": (_("A peer"), PeerPart),
    "times": (_("Times"), TimesPart), "life": (_("About them"), LifePart), "finish": (_("Finish"), FinishPart),
}  # fmt: skip
BRIEF_PARTS = ("person", "help", "finish")
OWN_PARTS = {
    "help": (_("What would help"), HelpPart), "peer": (_("A peer who fits"), PeerPart),
    "times": (_("Times and places"), TimesPart), "life": (_("About me"), LifePart),
    "person": (_("How to reach me"), PersonPart),
}  # fmt: skip
