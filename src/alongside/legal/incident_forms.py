"""Forms of incidents. They validate only; the rules say what must be there."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.audit.queries import EXPORTING, NAMING
from alongside.rules.breach import DECISIONS, FACTORS, delay_refused, is_toll_free, name_in
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import DateInput, TimeInput

from . import wording
from .forms import cards, day_field, line, words_field

ACTS = {"opened": ("record.opened",), "exported": EXPORTING, "named": NAMING}
"""What is looked for in the log, in groups that people know."""

LANGUAGES = ("en", "es")
PARTS = ("what_happened", "protect_yourself", "what_we_do")


class IncidentForm(AlongsideForm):
    """What happened, when it was discovered, who owns it."""

    once: ClassVar[bool] = True
    what_happened = words_field(_("What happened?"), rows=4, help_text=_("As far as it is known now."))
    happened_on = day_field(_("On which day did it happen?"), required=False, help_text=_("Leave empty if unknown."))
    discovered_on = day_field(
        _("On which day did anybody here first know of it?"), help_text=_("The clocks run from this day.")
    )
    owner = forms.ChoiceField(label=_("Who owns it?"))

    def __init__(self, *args, owners, today, **kwargs):
        kwargs.setdefault("initial", {"discovered_on": today})
        super().__init__(*args, **kwargs)
        self.today = today
        self.owners = {str(one.pk): one for one in owners}
        self.fields["owner"].choices = [(key, one.goes_by) for key, one in self.owners.items()]

    def clean(self):
        cleaned = super().clean()
        happened, discovered = cleaned.get("happened_on"), cleaned.get("discovered_on")
        if discovered and discovered > self.today:
            self.add_error("discovered_on", _("That day has not come yet."))
        if happened and discovered and happened > discovered:
            self.add_error("happened_on", _("It cannot have happened after it was discovered."))
        return cleaned


class SearchForm(AlongsideForm):
    """Whose acts, which, from when until when."""

    account = forms.ChoiceField(label=_("Whose account?"))
    acts = cards(_("What was done?"), wording.ACT_WORDS, many=True)
    from_day = forms.DateField(label=_("From"), widget=DateInput)
    from_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)
    until_day = forms.DateField(label=_("Until"), widget=DateInput)
    until_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)

    def __init__(self, *args, accounts, time_zone: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = ZoneInfo(time_zone)
        self.fields["account"].choices = [(str(pk), name) for pk, name in accounts]

    def clean(self):
        cleaned = super().clean()
        names = ("from_day", "from_time", "until_day", "until_time")
        if all(cleaned.get(name) is not None for name in names) and self._at("from") >= self._at("until"):
            self.add_error("until_day", _("The end comes after the beginning."))
        return cleaned

    def _at(self, which: str) -> datetime:
        cleaned = self.cleaned_data
        return datetime.combine(cleaned[f"{which}_day"], cleaned[f"{which}_time"], tzinfo=self.zone)

    def values(self) -> dict:
        """What the action takes."""
        acts = {act for group in self.cleaned_data["acts"] for act in ACTS[group]}
        return {"account": self.cleaned_data["account"], "acts": acts, "from_at": self._at("from"),
                "until_at": self._at("until")}  # fmt: skip


class AssessForm(AlongsideForm):
    """The four factors and what follows."""

    decision = cards(_("What follows?"), wording.DECISION_WORDS, DECISIONS)
    words = words_field(_("Why?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        factors = {
            f"factor_{code}": words_field(wording.FACTOR_WORDS[code], help_text=f"45 CFR {section}")
            for code, section in FACTORS.items()
        }
        self.fields = {**factors, **self.fields}
        for name, field in self.fields.items():
            self._dress(name, field)

    def values(self) -> dict:
        """What the action takes."""
        cleaned = self.cleaned_data
        return {"factors": {code: cleaned[f"factor_{code}"] for code in FACTORS}, "decision": cleaned["decision"],
                "words": cleaned["words"]}  # fmt: skip


class LetterForm(AlongsideForm):
    """What the letter says beside its fixed words, in both languages."""

    information = cards(_("Which information was in it?"), wording.INFORMATION_WORDS, many=True)
    contact = line(_("How can people ask us, at no cost?"), help_text=_("A toll-free number, e-mail or address."))

    LABELS: ClassVar[dict] = {
        "what_happened": _("What happened, in plain words"),
        "protect_yourself": _("What people can do to protect themselves"),
        "what_we_do": _("What we do about it"),
    }
    SPOKEN: ClassVar[dict] = {"en": _("in English"), "es": _("in Spanish")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            for part in PARTS:
                self.fields[f"{code}_{part}"] = words_field(self.LABELS[part], help_text=self.SPOKEN[code])
        for name, field in self.fields.items():
            self._dress(name, field)

    def values(self) -> dict:
        """What the action takes."""
        cleaned = self.cleaned_data
        letter = {code: {part: cleaned[f"{code}_{part}"] for part in PARTS} for code in LANGUAGES}
        return {"information": cleaned["information"], "contact": cleaned["contact"], "letter": letter}


class DelayForm(AlongsideForm):
    """Who asked to wait, how, why, and until when."""

    once: ClassVar[bool] = True
    kind = cards(_("How did they say it?"), wording.DELAY_WORDS)
    reason = cards(_("Why?"), wording.DELAY_REASON_WORDS)
    official = line(_("Who said it?"), help_text=_("Name, agency, and how to reach them."))
    asked_on = day_field(_("On which day?"))
    until = day_field(_("Until which day shall we wait?"), help_text=_("Exactly as they said. Nobody is told before."))

    def __init__(self, *args, incident, today, **kwargs):
        kwargs.setdefault("initial", {"asked_on": today})
        super().__init__(*args, **kwargs)
        self.incident, self.today = incident, today

    def clean(self):
        cleaned = super().clean()
        asked, until, kind = cleaned.get("asked_on"), cleaned.get("until"), cleaned.get("kind")
        if asked and not self.incident.discovered_on <= asked <= self.today:
            self.add_error("asked_on", _("Please name a day since it was discovered."))
        refused = delay_refused(kind, asked, until) if kind and asked and until else ""
        if refused == "order":
            self.add_error("until", _("The end comes after the beginning."))
        elif refused and kind == "spoken":
            self.add_error("until", _("By word of mouth it is 30 days at most. For more they have to write."))
        elif refused:
            self.add_error("until", _("That is more than three years. Please look at the day again."))
        return cleaned


class PostingForm(AlongsideForm):
    """The notice for all to see, in both languages, with its number."""

    once: ClassVar[bool] = True
    place = cards(_("Where does it stand?"), wording.WHERE_POSTED_WORDS)
    toll_free = line(
        _("Which number can people call at no cost?"), help_text=_("Somebody answers it for 90 days at least.")
    )  # fmt: skip
    medium = line(_("Which newspaper or station?"), required=False, help_text=_("Only where it is not this site."))
    posted_on = day_field(_("Since which day?"), required=False, help_text=_("Only where it is not this site."))
    information = cards(_("Which information was in it?"), wording.INFORMATION_WORDS, many=True)

    def __init__(self, *args, incident, today, names=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.incident, self.today, self.names = incident, today, names
        for code in LANGUAGES:
            for part in PARTS:
                self.fields[f"{code}_{part}"] = words_field(
                    LetterForm.LABELS[part], help_text=LetterForm.SPOKEN[code], required=False
                )  # fmt: skip
        for name, field in self.fields.items():
            self._dress(name, field)

    def clean_toll_free(self):
        number = self.cleaned_data["toll_free"]
        if not is_toll_free(number):
            raise forms.ValidationError(
                _("A number that costs nothing begins with 800, 833, 844, 855, 866, 877 or 888.")
            )
        return number

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("place") == "media" and not cleaned.get("medium"):
            self.add_error("medium", _("Please say where it stands."))
        began = cleaned.get("posted_on")
        if cleaned.get("place") == "media" and began and not self.incident.discovered_on <= began <= self.today:
            self.add_error("posted_on", _("Please name a day since it was discovered."))
        for code in LANGUAGES:
            for part in PARTS:
                self._check_words(cleaned, f"{code}_{part}")
        return cleaned

    def _check_words(self, cleaned: dict, name: str) -> None:
        said = cleaned.get(name) or ""
        if cleaned.get("place") == "home_page" and not said.strip():
            self.add_error(name, _("Please write a few words."))
        if found := name_in(said, self.names):
            self.add_error(name, _("Everybody can read it: please leave out “%(name)s”.") % {"name": found})

    def values(self) -> dict:
        """What the action takes."""
        cleaned = self.cleaned_data
        words = {code: {part: cleaned[f"{code}_{part}"] for part in PARTS} for code in LANGUAGES}
        return {"words": words} | {
            name: cleaned[name] for name in ("place", "toll_free", "medium", "posted_on", "information")
        }


class TellForm(AlongsideForm):
    """Who of those affected was told, and how."""

    how = cards(_("How are they told?"), wording.HOW_TOLD_WORDS)
    people = forms.MultipleChoiceField(label=_("Who?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["people"].choices = [(key, row.person.goes_by) for key, row in self.rows.items()]


class AuthorityForm(AlongsideForm):
    """HHS or the media were told."""

    who = cards(_("Who was told?"), {"hhs": _("HHS"), "media": _("The media")})
    on = day_field(_("On which day?"))

    def __init__(self, *args, incident, **kwargs):
        super().__init__(*args, **kwargs)
        self.incident = incident

    def clean(self):
        cleaned = super().clean()
        on = cleaned.get("on")
        if on and not self.incident.discovered_on <= on <= timezone.localdate():
            self.add_error("on", _("Please name a day since it was discovered."))
        return cleaned
