"""Forms of demands, papers and releases. They validate only; the rules say what must be there."""

from datetime import date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.privacy.consent_words import say_items_of_them
from alongside.rules.consent import ITEMS
from alongside.rules.legal_demand import QUESTIONS
from alongside.web.forms import AlongsideForm, YesNoField
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards, TimeInput

from . import wording
from .wording import choices


def words_field(label, *, rows: int = 3, help_text="", required: bool = True, limit: int = 2000) -> forms.CharField:
    """Words of any kind; what is kept of them is encrypted."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=limit, widget=widget, help_text=help_text, required=required)


def line(label, *, help_text="", required: bool = True) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=300, help_text=help_text, required=required)


def cards(label, words, codes=None, *, hints=None, many: bool = False, required: bool = True, help_text=""):
    """One or several of a closed list, each as a card."""
    field, widget = (forms.MultipleChoiceField, MultiChoiceCards) if many else (forms.ChoiceField, ChoiceCards)
    return field(
        label=label, choices=choices(words, codes), widget=widget(hints=hints), required=required, help_text=help_text
    )  # fmt: skip


def day_field(label, *, required: bool = True, help_text="") -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=DateInput, required=required, help_text=help_text)


def end_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The last moment of a day there, so that "until the 5th" holds on the 5th."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone) if day else None


def start_of(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The first moment of a day there."""
    return datetime.combine(day, time(), tzinfo=zone) if day else None


def list_item_words(codes=ITEMS) -> dict:
    """Items of a record in the reader's language."""
    return dict(zip(codes, say_items_of_them(codes), strict=True))


class MomentForm(AlongsideForm):
    """A form with a day and a time at which something happened, in the time zone of the program."""

    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)

    def __init__(self, *args, time_zone: str, **kwargs):
        self.zone = ZoneInfo(time_zone)
        here = timezone.localtime(timezone.now(), self.zone)
        kwargs.setdefault("initial", {"on_day": here.date(), "at_time": here.time().replace(second=0, microsecond=0)})
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on_day") and cleaned.get("at_time") and self.moment() > timezone.now():
            self.add_error("at_time", _("That moment has not come yet."))
        return cleaned

    def moment(self) -> datetime:
        """When it happened."""
        return datetime.combine(self.cleaned_data["on_day"], self.cleaned_data["at_time"], tzinfo=self.zone)


class DemandForm(MomentForm):
    """What came, from whom, when, what it asks, whom it names."""

    once: ClassVar[bool] = True
    field_order: ClassVar[list[str]] = ["kind", "sender", "on_day", "at_time", "asks", "names"]
    kind = cards(_("What came?"), wording.KIND_WORDS, hints=wording.KIND_HINTS)
    sender = line(_("From whom?"), help_text=_("Court, agency, officer or lawyer, and how to reach them."))
    asks = words_field(_("What does it ask for?"))
    names = words_field(
        _("Whom does it name?"), rows=2, required=False,
        help_text=_("As it is written there. Do not look whether we know the person: the director does that."),
    )  # fmt: skip


class CounselForm(MomentForm):
    """Who was told, and when."""

    field_order: ClassVar[list[str]] = ["counsel", "on_day", "at_time"]
    counsel = line(_("Which counsel was told?"), help_text=_("Name, and how."))


class WordsForm(AlongsideForm):
    """Words alone: something to add, why something ends."""

    words = words_field(_("In words"))

    def __init__(self, *args, label=None, **kwargs):
        super().__init__(*args, **kwargs)
        if label:
            self.fields["words"].label = label


class ScanForm(AlongsideForm):
    """A paper itself, as a file."""

    once: ClassVar[bool] = True
    words = line(_("Which paper is it?"), help_text=_("For example: the subpoena, page 1 of 2."))
    file = forms.FileField(
        label=_("The file"), max_length=200,
        help_text=_("A PDF, or a picture of one page as JPEG or PNG, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
        error_messages={"required": _("Please choose the file."), "missing": _("Please choose the file."),
                        "empty": _("There is nothing in this file.")},
    )  # fmt: skip


class FindForm(AlongsideForm):
    """Why it is about somebody, and the beginning of a name."""

    words = words_field(_("Why?"), rows=2, help_text=_("It stays with this matter."))
    name = forms.CharField(label=_("The name begins with"), max_length=80)


class MandateForm(AlongsideForm):
    """What compels."""

    kind = cards(_("What compels?"), wording.MANDATE_WORDS)
    court = line(_("Who issued it?"))
    number = line(_("Its number"))
    issued_on = day_field(_("Issued on"))
    valid_until = day_field(_("In force until"), required=False, help_text=_("Leave empty if it names no day."))
    kept_where = line(_("Where is the paper itself kept?"))

    def values(self, zone: ZoneInfo) -> dict:
        """What the action takes."""
        return self.cleaned_data | {"valid_until": end_of(self.cleaned_data["valid_until"], zone)}


class OrderForm(AlongsideForm):
    """What authorizes, with every question of its section."""

    court = line(_("Which court?"))
    number = line(_("Its number"))
    issued_on = day_field(_("Issued on"))
    valid_until = day_field(_("In force until"), required=False, help_text=_("Leave empty if it names no day."))
    kept_where = line(_("Where is the paper itself kept?"))
    recipient = line(_("Who may have it, by name?"), help_text=_("Exactly as the order says."))
    items = forms.MultipleChoiceField(
        label=_("What does it name?"), widget=MultiChoiceCards,
        help_text=_("Safety plans, what peers write for themselves and limits between people never go out."),
    )  # fmt: skip
    confidential = cards(_("Does it allow what the person said in confidence?"), wording.CONFIDENTIAL_WORDS)
    forbids_telling = YesNoField(label=_("Does it forbid to tell the person?"))
    tell_from = day_field(
        _("From which day may they read of it?"), required=False, help_text=_("If the order or counsel names one.")
    )

    def __init__(self, *args, purpose: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        self.fields["items"].choices = list(list_item_words().items())
        for code, section in QUESTIONS[purpose].items():
            self.fields[f"q_{code}"] = YesNoField(label=wording.QUESTION_WORDS[code], help_text=f"42 CFR {section}")
        if purpose == "undercover":
            del self.fields["items"]
        for name, field in self.fields.items():
            self._dress(name, field)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("tell_from") and cleaned.get("forbids_telling") is False:
            self.add_error("tell_from", _("It does not forbid it, so they read of it at once."))
        return cleaned

    def values(self, zone: ZoneInfo) -> dict:
        """What the action takes."""
        cleaned = self.cleaned_data
        plain = {name: cleaned[name] for name in ("court", "number", "issued_on", "kept_where", "recipient")}
        return plain | {
            "purpose": self.purpose, "items": cleaned.get("items", ()), "confidential": cleaned["confidential"],
            "forbids_telling": cleaned["forbids_telling"], "tell_from": start_of(cleaned["tell_from"], zone),
            "valid_until": end_of(cleaned["valid_until"], zone),
            "answers": {code: cleaned[f"q_{code}"] for code in QUESTIONS[self.purpose]},
        }  # fmt: skip


class TellingForm(AlongsideForm):
    """From when on the person may read of it."""

    tell_from = day_field(_("From which day may they read of it?"))
    words = words_field(_("Who said so?"), rows=2)


class ReleaseForm(AlongsideForm):
    """Which order, which mandate, which of the items that the order names."""

    order = forms.ChoiceField(label=_("Under which order?"), widget=ChoiceCards)
    mandate = forms.ChoiceField(label=_("Which mandate compels?"), widget=ChoiceCards)
    items = forms.MultipleChoiceField(label=_("What goes out?"), widget=MultiChoiceCards)

    def __init__(self, *args, papers, **kwargs):
        super().__init__(*args, **kwargs)
        self.papers = {str(paper.pk): paper for paper in papers}
        for what in ("order", "mandate"):
            self.fields[what].choices = [
                (key, f"{one.court}, {one.number}") for key, one in self.papers.items() if one.what == what
            ]
        named = {item for one in self.papers.values() for item in one.items}
        self.fields["items"].choices = list(list_item_words([item for item in ITEMS if item in named]).items())
