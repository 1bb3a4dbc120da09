"""Forms of the directory. They validate and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.fetching import NotFetched, check_url
from alongside.people.due_feeds import NOT_FETCHED
from alongside.people.labels import LABELS
from alongside.rules.feeds import HOURS
from alongside.rules.resources.by_hand import DAY_FIELDS, read_spans
from alongside.rules.resources.card import web_address
from alongside.rules.resources.found import MOST_BYTES
from alongside.rules.resources.reports import KINDS, LONGEST
from alongside.web.forms import AlongsideForm, Trap
from alongside.web.widgets import ChoiceCards, MultiChoiceCards, PhoneInput

from .bits import LANGUAGE_BITS
from .wording import GROUPS, NEEDS, REPORTS, WEEKDAYS

SPOKEN = [(code, LABELS["language"][code]) for code in LANGUAGE_BITS]


class SearchForm(AlongsideForm):
    """What, where, and a few narrower choices."""

    mark_optional = False
    words = forms.CharField(label=_("What do you need?"), required=False, max_length=100,
                            help_text=_("In English or Spanish, such as: food, rent, lawyer"))  # fmt: skip
    place = forms.CharField(label=_("Where?"), required=False, max_length=60, help_text=_("City or ZIP code"))
    need = forms.ChoiceField(label=_("Kind of help"), required=False, choices=[("", _("Any")), *NEEDS.items()])
    group = forms.ChoiceField(label=_("Made for"), required=False, choices=[("", _("Anybody")), *GROUPS.items()])
    language = forms.ChoiceField(label=_("They speak"), required=False,
                                 choices=[("", _("Any language")), *SPOKEN])  # fmt: skip
    age = forms.IntegerField(
        label=_("For what age?"), required=False, min_value=0, max_value=119,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Please write the age as a number, such as 34.")},
    )  # fmt: skip
    is_free = forms.BooleanField(label=_("Costs nothing"), required=False)
    is_open = forms.BooleanField(label=_("Open now"), required=False)


class ReportForm(AlongsideForm):
    """What is wrong. The field `website` is a trap: people do not see it."""

    once = True
    kind = forms.ChoiceField(label=_("What is wrong?"), choices=[(code, REPORTS[code]) for code in KINDS],
                             widget=ChoiceCards(columns=1))  # fmt: skip
    words = forms.CharField(
        label=_("What should it say?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the right number. Please write nothing about yourself."),
    )  # fmt: skip
    website = Trap()


class ListForm(AlongsideForm):
    """A file, and whose list it is."""

    mark_optional = False
    file = forms.FileField(
        label=_("The list"),
        help_text=_(
            "HSDS (Open Referral), versions 1, 2 and 3: JSON, or a zip of tables. Also what the federal "
            "treatment locator answers (findtreatment.gov). Up to 25 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.zip,.csv"}),
        error_messages={"required": _("Please choose a file."), "empty": _("There is nothing in this file.")},
    )
    feed = forms.CharField(
        label=_("Whose list is it?"), max_length=100,
        help_text=_("A name that everybody knows, such as “2-1-1 of the county”. It stands beside each entry. Use the "
                    "same name each time: then the next list changes this one."),
    )  # fmt: skip

    def clean_file(self):
        """Refuse by size before anything is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: up to 25 MB."))
        return file


class SourceForm(AlongsideForm):
    """An address from which a list is read again and again."""

    once = True
    mark_optional = False
    other_names = ("action",)
    feed = forms.CharField(
        label=_("Whose list is it?"), max_length=100,
        help_text=_("A name that everybody knows, such as “2-1-1 of the county”. It stands beside each entry. A list "
                    "that came as a file so far keeps its name."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Address of the list"), required=False, max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("The whole list as HSDS (Open Referral): JSON, or a zip of tables. It begins with https."),
    )  # fmt: skip
    every_hours = forms.TypedChoiceField(label=_("How often shall we look?"), coerce=int)

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = {0: _("Only when asked"), 6: _("Four times a day"), 24: _("Once a day"), 168: _("Once a week")}
        self.fields["every_hours"].choices = [(number, hours[number]) for number in HOURS]
        self.is_new = is_new
        if not is_new:
            del self.fields["feed"]

    def clean_url(self) -> str:
        """An address that may be asked."""
        url = self.cleaned_data["url"].strip()
        if not url and self.is_new:
            raise forms.ValidationError(_("Write the whole address, with https."))
        if url:
            try:
                check_url(url)
            except NotFetched as error:
                raise forms.ValidationError(NOT_FETCHED[error.reason]) from None
        return url


class WholeForm(AlongsideForm):
    """Whether what is missing in a list is no longer listed."""

    is_whole = forms.BooleanField(
        label=_("This is the whole list: what is not in it is no longer listed"), required=False
    )


class Lines(forms.CharField):
    """A text of several lines, counted as it is kept: a browser ends each line in two signs."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class ResourceForm(AlongsideForm):
    """One resource by hand. Hours are typed, a line for each day."""

    once = True
    name = forms.CharField(label=_("Name"), max_length=300)
    organization = forms.CharField(label=_("Who runs it"), required=False, max_length=300)
    description = Lines(label=_("What they do, in plain words"), required=False, max_length=4000,
                                  widget=forms.Textarea(attrs={"rows": 4}))  # fmt: skip
    needs = forms.MultipleChoiceField(label=_("Helps with"), choices=list(NEEDS.items()), required=False,
                                      widget=MultiChoiceCards())  # fmt: skip
    groups = forms.MultipleChoiceField(label=_("Made for, if for some only"), choices=list(GROUPS.items()),
                                       required=False, widget=MultiChoiceCards())  # fmt: skip
    eligibility = Lines(label=_("Who may come"), required=False, max_length=1500,
                                  widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    how_to_apply = Lines(label=_("How to begin"), required=False, max_length=600,
                                   widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    cost = Lines(label=_("What it costs"), required=False, max_length=8000,
                           widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
    phone = forms.CharField(label=pgettext_lazy("number", "Phone"), required=False, max_length=60, widget=PhoneInput())
    url = forms.CharField(label=_("Website"), required=False, max_length=500)
    street = forms.CharField(label=_("Street and number"), required=False, max_length=300)
    city = forms.CharField(label=_("City"), required=False, max_length=80)
    state = forms.CharField(label=_("State"), required=False, max_length=80)
    postal_code = forms.CharField(label=_("ZIP code"), required=False, max_length=20)
    keep_private = forms.BooleanField(
        label=_("Keep the address private"), required=False,
        help_text=_("For a shelter from violence at home, for example. Only the city is shown."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(label=_("They speak"), choices=SPOKEN, required=False,
                                          widget=MultiChoiceCards())  # fmt: skip
    accessibility = Lines(
        label=_("Getting in with a wheelchair, and other access"), required=False, max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(DAY_FIELDS):
            field = forms.CharField(label=WEEKDAYS[number], required=False, max_length=60)
            field.widget.attrs["autocomplete"] = "off"
            self.fields[name] = field

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        for name in DAY_FIELDS:
            try:
                read_spans(cleaned.get(name) or "")
            except ValueError:
                self.add_error(name, _("Please write hours like 9:00-17:00, several with a comma, or 24 for all day."))
        if cleaned.get("url") and not web_address(cleaned["url"]):
            self.add_error("url", _("Please write it like www.example.org."))
        return cleaned

    @property
    def days(self):
        """The bound fields of the week."""
        return [self[name] for name in DAY_FIELDS]
