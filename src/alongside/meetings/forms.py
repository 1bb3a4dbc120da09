"""Forms of meetings. They validate and never save."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.fetching import NotFetched, check_url
from alongside.rules import bounded_json
from alongside.rules.feeds import HOURS
from alongside.rules.meetings.kinds import ACCESS, FELLOWSHIPS, SEARCHED
from alongside.rules.meetings.places import RADII
from alongside.rules.meetings.text import host_of, phone_number, web_address
from alongside.rules.meetings.times import known_zone
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, MultiChoiceCards, TimeInput

from . import wording
from .actions import BODIES, FORMATS

LIMIT = 6_000_000
"""Bytes of a file that is brought: what the house takes in one request."""


class SearchForm(AlongsideForm):
    """What somebody looks for. Everything may be left as it is."""

    mark_optional = False
    other_names = ("page", "without", "forget")
    when = forms.ChoiceField(label=_("When?"), required=False)
    near = forms.CharField(
        label=_("Near which city or ZIP code?"), required=False, max_length=100,
        help_text=_("Leave it empty for everywhere. What you write here is used for this search and not kept."),
    )  # fmt: skip
    miles = forms.TypedChoiceField(label=_("How far?"), required=False, coerce=int, empty_value=10)
    position = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    mode = forms.ChoiceField(label=_("How?"), required=False, choices=list(wording.MODES.items()))
    kind = forms.ChoiceField(label=_("Which kind?"), required=False, choices=list(wording.KINDS.items()))
    fellowship = forms.ChoiceField(label=_("Which fellowship?"), required=False)
    language = forms.ChoiceField(label=_("In which language?"), required=False)
    types = forms.MultipleChoiceField(label=_("What should it be like?"), required=False, widget=MultiChoiceCards)
    access = forms.MultipleChoiceField(label=_("What do you need to get in and stay?"), required=False,
                                       widget=MultiChoiceCards)  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = [*wording.WHENS.items(), *wording.DAYS.items()]
        self.fields["miles"].choices = [(miles, wording.MILES % {"miles": miles}) for miles in RADII]
        self.fields["fellowship"].choices = [
            ("", _("All fellowships")),
            *((code, wording.speak_fellowship(code)) for code in FELLOWSHIPS if code not in ("own", "other")),
        ]
        self.fields["language"].choices = [
            ("", _("Any language")),
            *((code, wording.speak_language(code)) for code in wording.LANGUAGES),
        ]
        self.fields["types"].choices = [(code, wording.speak_type(code)) for code in SEARCHED]
        self.fields["access"].choices = [(code, wording.speak_type(code)) for code in ACCESS]

    def clean_position(self) -> tuple[float, float] | None:
        """A position from the browser: two rounded numbers, or none."""
        north, _comma, east = self.cleaned_data["position"].partition(",")
        try:
            point = float(north), float(east)
        except ValueError:
            return None
        return point if -90 <= point[0] <= 90 and -180 <= point[1] <= 180 else None

    @property
    def has_more(self) -> bool:
        """Whether something is chosen below the fold, so that the page opens it."""
        return any(self.cleaned_data.get(name) for name in ("kind", "fellowship", "language", "types", "access"))


class MeaningFiles(AlongsideForm):
    """What a BMLT server tells beside its list, brought as files: an address is asked for it by itself."""

    formats = forms.FileField(
        label=_("What its codes mean (optional)"), required=False,
        widget=forms.FileInput(attrs={"accept": ".json"}),
        help_text=_(
            "Only for a file of a BMLT server: the file it gives for GetFormats. It is kept for the next time."
        ),
    )  # fmt: skip
    bodies = forms.FileField(
        label=_("Who keeps its meetings (optional)"), required=False,
        widget=forms.FileInput(attrs={"accept": ".json"}),
        help_text=_("Only for a file of a BMLT server: the file it gives for GetServiceBodies."),
    )  # fmt: skip

    def clean_formats(self) -> list:
        """Rows of GetFormats, or none."""
        return self._rows("formats")

    def clean_bodies(self) -> list:
        """Rows of GetServiceBodies, or none."""
        return self._rows("bodies")

    def _rows(self, name: str) -> list:
        file = self.cleaned_data[name]
        if not file:
            return []
        if file.size > LIMIT:
            raise ValidationError(wording.PROBLEMS["too_large"])
        try:
            told = bounded_json.load(file.read())
        except bounded_json.NotJson:
            raise ValidationError(wording.PROBLEMS["not_json"]) from None
        if not isinstance(told, list) or not any(isinstance(row, dict) and row.get("id") for row in told):
            raise ValidationError(_("This is not the list that such a server gives."))
        return told

    @property
    def meanings(self) -> dict[str, list]:
        """As the reading of a list takes them."""
        return {name: rows for name in (FORMATS, BODIES) if (rows := self.cleaned_data.get(name))}


class FeedForm(MeaningFiles):
    """A source of meetings: an address, or a file."""

    once = True
    mark_optional = False
    name = forms.CharField(label=_("Who keeps these meetings?"), max_length=120,
                           help_text=_("Shown beside each meeting, to give them credit."))  # fmt: skip
    site = forms.CharField(label=_("Their page for people (optional)"), required=False, max_length=300,
                           widget=forms.TextInput(attrs={"inputmode": "url"}))  # fmt: skip
    fellowship = forms.ChoiceField(label=_("Which fellowship?"))
    url = forms.CharField(
        label=_("Address of the list"), required=False, max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        help_text=_("Meeting Guide JSON, the same as a published sheet (CSV), or a BMLT server. It begins with https."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a file"), required=False,
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.tsv,.txt"}), help_text=_("JSON or CSV, up to 6 MB."),
    )  # fmt: skip
    every_hours = forms.TypedChoiceField(
        label=_("How often shall we look?"), coerce=int, required=False, empty_value=24
    )
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=64,
        help_text=_("For meetings that name none. Such as America/Los_Angeles."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of meetings that name none"))
    first_day = forms.ChoiceField(
        label=_("Which day is number 1 in this list?"), required=False, choices=list(wording.FIRST_DAYS.items()),
        help_text=_(
            "Only where it writes its days as numbers, and after asking whoever keeps it. Its meetings change at once."
        ),
    )  # fmt: skip
    field_order = ("name", "site", "fellowship", "url", "file", "formats", "bodies", "every_hours", "time_zone",
                   "language", "first_day")  # fmt: skip

    def __init__(self, *args, is_new: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_new = is_new
        self.fields["fellowship"].choices = [
            (code, wording.speak_fellowship(code)) for code in FELLOWSHIPS if code != "own"
        ]
        hours = {0: _("Only when asked"), 6: _("Four times a day"), 24: _("Once a day"), 168: _("Once a week")}
        self.fields["every_hours"].choices = [(number, hours[number]) for number in HOURS]
        self.fields["language"].choices = [(code, wording.speak_language(code)) for code in wording.LANGUAGES]
        if not is_new:
            for name in ("url", "file", "formats", "bodies"):
                del self.fields[name]
        else:
            del self.fields["first_day"]  # nobody asks before there is a doubt

    def clean_time_zone(self) -> str:
        """A zone that there is."""
        if known_zone(self.cleaned_data["time_zone"]) is None:
            raise ValidationError(_("There is no such time zone. Write it like America/Los_Angeles."))
        return self.cleaned_data["time_zone"]

    def clean_site(self) -> str:
        """A page that a link may lead to."""
        site = self.cleaned_data["site"]
        if site and not host_of(site):
            raise ValidationError(_("Write the whole address, with https."))
        return site

    def clean_url(self) -> str:
        """An address that may be asked."""
        url = self.cleaned_data["url"].strip()
        if url:
            try:
                check_url(url)
            except NotFetched as error:
                raise ValidationError(wording.PROBLEMS[error.reason]) from None
        return url

    def clean_file(self):
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file and file.size > LIMIT:
            raise ValidationError(wording.PROBLEMS["too_large"])
        return file

    def clean(self):
        values = super().clean()
        if self.is_new and not self.errors and bool(values.get("url")) == bool(values.get("file")):
            self.add_error("url", _("Give an address or a file: one of the two."))
        return values


class AgainForm(MeaningFiles):
    """The next file of a source that comes as files."""

    mark_optional = False
    file = forms.FileField(label=_("The new file"), widget=forms.FileInput(attrs={"accept": ".json,.csv,.tsv,.txt"}),
                           help_text=_("What it no longer holds is taken off the list."))  # fmt: skip
    clean_file = FeedForm.clean_file
    may_lose = forms.BooleanField(label=_("It is right that most of the meetings are gone"), required=False)


def check_link(typed: str) -> str:
    """A link that can be followed, or nothing: one that cannot is said, not left out."""
    url = typed.strip()
    if url and not web_address(url):
        raise ValidationError(_("This link or number cannot be used. Please check it."))
    return url


def check_number(typed: str) -> str:
    """A number that can be dialled, or nothing."""
    number = typed.strip()
    if number and not phone_number(number):
        raise ValidationError(_("This link or number cannot be used. Please check it."))
    return number


class OwnForm(AlongsideForm):
    """A meeting of the program's own."""

    once = True
    mark_optional = False
    other_names = ("action",)
    name = forms.CharField(label=_("What is it called?"), max_length=120)
    days = forms.MultipleChoiceField(label=_("On which days?"), required=False, widget=MultiChoiceCards,
                                     help_text=_("None means by appointment."))  # fmt: skip
    starts = forms.TimeField(label=_("From"), required=False, widget=TimeInput)
    ends = forms.TimeField(label=_("Until"), required=False, widget=TimeInput)
    place = forms.CharField(label=_("Name of the place"), required=False, max_length=120)
    address = forms.CharField(label=_("Street and number"), required=False, max_length=120)
    city = forms.CharField(label=pgettext_lazy("address", "City"), required=False, max_length=80)
    state = forms.CharField(label=pgettext_lazy("address", "State"), required=False, max_length=40)
    postal_code = forms.CharField(label=_("ZIP code"), required=False, max_length=20)
    latitude = forms.FloatField(label=_("Latitude"), required=False, min_value=-90, max_value=90,
                                help_text=_("With both numbers the meeting is found by nearness."))  # fmt: skip
    longitude = forms.FloatField(label=_("Longitude"), required=False, min_value=-180, max_value=180)
    online_url = forms.CharField(label=_("Link to join online"), required=False, max_length=1000)
    online_phone = forms.CharField(label=_("Number to call in"), required=False, max_length=60)
    types = forms.MultipleChoiceField(label=_("What is it like?"), required=False, widget=MultiChoiceCards)
    language = forms.ChoiceField(label=_("In which language?"), widget=ChoiceCards(inline=True),
                                 choices=[("EN", _("English")), ("S", _("Spanish")), ("both", _("Both"))])  # fmt: skip
    notes = forms.CharField(label=_("What should somebody new know?"), required=False, max_length=1500,
                            widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = list(wording.DAYS.items())
        self.fields["types"].choices = [(code, wording.speak_type(code)) for code in (*SEARCHED, *ACCESS)]

    def clean_online_url(self) -> str:
        return check_link(self.cleaned_data["online_url"])

    def clean_online_phone(self) -> str:
        return check_number(self.cleaned_data["online_phone"])

    def clean(self):
        values = super().clean()
        if self.errors:
            return values
        if not (values["address"] and values["city"]) and not (values["online_url"] or values["online_phone"]):
            self.add_error("address", _("Say where: a street and a city, or a link or number."))
        if bool(values["days"]) != bool(values["starts"]):
            self.add_error("starts", _("Give both days and a time, or neither."))
        if (values["latitude"] is None) != (values["longitude"] is None):
            self.add_error("longitude", _("Give both numbers, or neither."))
        return values

    @property
    def told(self) -> dict[str, object]:
        """The fields as an entry of Meeting Guide, without a slug."""
        values = self.cleaned_data
        languages = ["EN", "S"] if values["language"] == "both" else [values["language"]]
        area = " ".join(filter(None, (values["state"], values["postal_code"])))
        return {
            "name": values["name"], "day": [int(day) for day in values["days"]],
            "time": f"{values['starts']:%H:%M}" if values["starts"] else "",
            "end_time": f"{values['ends']:%H:%M}" if values["ends"] and values["starts"] else "",
            "location": values["place"], "address": values["address"], "city": values["city"], "state": values["state"],
            "postal_code": values["postal_code"], "approximate": "no" if values["address"] else "yes",
            "formatted_address": ", ".join(filter(None, (values["address"], values["city"], area))),
            "latitude": values["latitude"], "longitude": values["longitude"], "conference_url": values["online_url"],
            "conference_phone": values["online_phone"], "types": [*values["types"], *languages],
            "notes": values["notes"],
        }  # fmt: skip
