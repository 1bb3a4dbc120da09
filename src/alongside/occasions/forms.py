"""Forms of events. They validate and never save."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.people.models import Program
from alongside.rules.occasions import MOST, Hours, why_not_hours
from alongside.rules.stories import ALIAS_LONGEST, tidy
from alongside.web.forms import AlongsideForm, VisitorForm
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards, TimeInput

from . import wording
from .models import Occasion

ALIAS = _("Which name shall we write down?")
ALIAS_HELP = _("Any name. We made one up for you; better not your own.")


class OccasionForm(SharedForm):
    """An event, as staff write it."""

    once = True
    mark_optional = False
    title_en = forms.CharField(
        label=_("Title in English"), max_length=100, required=False, widget=forms.TextInput(attrs={"lang": "en"})
    )
    title_es = forms.CharField(
        label=_("Title in Spanish"), max_length=100, required=False, widget=forms.TextInput(attrs={"lang": "es"})
    )
    words_en = forms.CharField(
        label=_("What happens there, in English"), max_length=2000, required=False,
        help_text=_("A few plain sentences. Who may come alone? What is there to eat?"),
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
    )  # fmt: skip
    words_es = forms.CharField(
        label=_("What happens there, in Spanish"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "es"}),
    )  # fmt: skip
    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("From"), widget=TimeInput)
    until_time = forms.TimeField(label=_("Until"), widget=TimeInput)
    until_day = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("Only if it lasts longer than one day.")
    )
    is_online = forms.BooleanField(label=_("It is online"), required=False)
    place = forms.CharField(
        label=_("Where?"), max_length=300, required=False,
        help_text=_("Name of the place and address. All who see the event read it."),
    )  # fmt: skip
    link = forms.CharField(
        label=_("Link to join online"), max_length=300, required=False,
        help_text=_("Only those who have a place see it."),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=_("For whom is it?"), choices=list(wording.AUDIENCES.items()), initial="public",
        widget=ChoiceCards(hints=wording.AUDIENCE_HINTS),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=_("How many places?"), min_value=1, max_value=MOST, required=False,
        help_text=_("Leave it empty if everybody fits in."), widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), initial=["en"], widget=MultiChoiceCards(columns=2)
    )
    access = forms.MultipleChoiceField(
        label=_("What makes it easier to come?"), required=False, choices=list(wording.ACCESS.items()),
        widget=MultiChoiceCards(columns=2),
    )  # fmt: skip
    bring_en = forms.CharField(
        label=_("What to bring, in English"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )  # fmt: skip
    bring_es = forms.CharField(
        label=_("What to bring, in Spanish"), max_length=300, required=False,
        widget=forms.TextInput(attrs={"lang": "es"}),
    )  # fmt: skip
    is_sober = forms.BooleanField(
        label=_("Say on the page that there is no alcohol and there are no drugs"), required=False, initial=True
    )

    def __init__(self, *args, program: Program, occasion: Occasion | None = None, stored: dict | None = None, **kwargs):
        kwargs["initial"] = (stored or {}) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(program.time_zone)
        self.fields["languages"].choices = choices("language")
        if occasion is not None:
            del self.fields["submit_key"]
            self.remember(stored or {}, occasion.pk)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("title_en") and not cleaned.get("title_es") and not self.errors:
            self.add_error("title_en", _("Give it a title in one language at least."))
        if not cleaned.get("until_day"):
            cleaned["until_day"] = cleaned.get("on_day")
        if all(cleaned.get(name) for name in ("on_day", "at_time", "until_day", "until_time")):
            names = ("on_day", "at_time", "until_day", "until_time")
            field, code = why_not_hours(Hours(*(cleaned[name] for name in names), self.zone))
            if code:
                self.add_error(field, wording.NOT_HOURS[code])
        if cleaned.get("link") and not cleaned["link"].startswith(("https://", "http://")):
            self.add_error("link", _("A link begins with https://"))
        return cleaned

    @property
    def wanted(self) -> dict:
        """What `actions` take, by name."""
        return {name: value for name, value in self.cleaned_data.items() if name != "submit_key"}


class OffForm(AlongsideForm):
    """That it is called off."""

    why = forms.CharField(
        label=_("Why is it called off?"), max_length=200,
        help_text=_("Everybody who comes reads it. Say nothing about anybody: “The hall has no power.”"),
    )  # fmt: skip


class CountForm(AlongsideForm):
    """How many came: a number, no names."""

    came = forms.IntegerField(
        label=_("How many people came?"), min_value=0, max_value=50_000,
        help_text=_("Those without a place too. Only the number is kept."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def _alias() -> forms.CharField:
    return forms.CharField(
        label=ALIAS, max_length=ALIAS_LONGEST, help_text=ALIAS_HELP,
        error_messages={"required": _("Choose any name, such as one of a bird.")},
    )  # fmt: skip


class VisitorComesForm(VisitorForm):
    """A name, and nothing else: no account, no address."""

    alias = _alias()

    def clean_alias(self) -> str:
        return _one_line(self.cleaned_data["alias"])


class MailForm(AlongsideForm):
    """Where a visitor who waits gets one mail. Empty: nowhere."""

    mark_optional = False
    autocomplete: ClassVar[dict[str, str]] = {"to": "email"}
    to = forms.EmailField(
        label=_("Your e-mail address"), required=False, max_length=200,
        help_text=_(
            "The mail says only that something has changed. Your address is erased once it is sent. Leave it empty to "
            "get none."
        ),
    )  # fmt: skip


class ComesForm(AlongsideForm):
    """Somebody signed in: the name for this event, and whether to be reminded."""

    once = True
    other_names = ("what", "wants_reminder")  # of a page that was open since yesterday
    mark_optional = False
    alias = _alias()
    wants_reminder = forms.BooleanField(
        label=_("Remind me the day before"), required=False,
        help_text=_("Once, in words that say nothing about the event, in the way you allow."),
    )  # fmt: skip

    def __init__(self, *args, may_remind: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_remind:  # the day before is over: a tick would promise what never comes
            del self.fields["wants_reminder"]

    def clean_alias(self) -> str:
        return _one_line(self.cleaned_data["alias"])


def _one_line(alias: str) -> str:
    found = " ".join(tidy(alias).split())
    if not found:
        raise forms.ValidationError(_("Choose any name, such as one of a bird."))
    return found
