"""Forms of skills. They validate and never save."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.skills import LINE, LINES, LONGEST, split_lines
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput

from . import wording
from .units import LANGUAGES


class StandForm(AlongsideForm):
    """Where somebody stands with a unit."""

    mark_optional = False
    stand = forms.ChoiceField(label=_("Where are you with it?"), required=False, widget=ChoiceCards(inline=True))

    def __init__(self, *args, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        options = [(code, name) for code, (name, _words) in wording.STANDS.items()]
        self.fields["stand"].choices = [*options, ("", _("I leave this open") if is_own else _("Leave open"))]
        if not is_own:
            self.fields["stand"].label = _("Where do they say they are with it?")


class PracticeForm(AlongsideForm):
    """Something that was tried: a day is enough."""

    once = True
    happened_on = forms.DateField(label=_("Which day?"), widget=DateInput)
    feel = forms.ChoiceField(label=_("How was it?"), required=False, widget=ChoiceCards(inline=True))
    words = forms.CharField(
        label=_("What would you like to remember of it?"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )  # fmt: skip
    together = forms.BooleanField(label=_("We practised together"), required=False)

    def __init__(self, *args, is_own: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["feel"].choices = [
            *wording.FEELS.items(),
            ("", _("I leave this open") if is_own else _("Leave open")),
        ]
        if not is_own:
            self.fields["words"].label = _("What would they like to remember of it? In their words.")


PARTS: dict[str, tuple[object, object, int, int]] = {
    "title": (_("Title"), "", 80, 1),
    "why": (_("Why it helps"), _("Two or three plain sentences."), 600, 3),
    "ideas": (_("Ideas"), _("One on each line, eight at most."), LINES * LINE, 6),
    "practice": (_("One thing to try"), _("Small enough for this week."), 400, 3),
    "questions": (_("To talk about"), _("One question on each line."), LINES * LINE, 3),
    "sources": (_("Where it comes from"), _("One source on each line. Leave it empty if it is your own."), 600, 2),
}
"""Part of a unit -> label, help, letters at most, rows of the box."""

LISTS = ("ideas", "questions", "sources")
NEEDED = ("title", "why", "practice")


class UnitForm(AlongsideForm):
    """A unit of the program's own, in one language or in both: `title_en` \u2026 `sources_es`."""

    once = True
    mark_optional = False

    def __init__(self, *args, stored: Mapping[str, Mapping] | None = None, **kwargs):
        kwargs["initial"] = _initial(stored or {}) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for part, (label, helps, longest, rows) in PARTS.items():
                widget = forms.TextInput() if rows == 1 else forms.Textarea(attrs={"rows": rows})
                widget.attrs["lang"] = language
                self.fields[f"{part}_{language}"] = forms.CharField(
                    label=label, help_text=helps, max_length=longest, required=False, widget=widget
                )

    def in_language(self, language: str) -> list[forms.BoundField]:
        """The fields of one language."""
        return [self[f"{part}_{language}"] for part in PARTS]

    def clean(self):
        values = super().clean()
        begun = [one for one in LANGUAGES if any(values.get(f"{part}_{one}") for part in PARTS)]
        if not begun and not self.errors:
            self.add_error("title_en", _("Write the unit in one language at least."))
        for language in begun:
            for part in NEEDED:
                if not values.get(f"{part}_{language}") and f"{part}_{language}" not in self.errors:
                    self.add_error(f"{part}_{language}", _("This is needed in a language that was begun."))
            for part in ("ideas", "questions"):
                lines = split_lines(values.get(f"{part}_{language}") or "")
                if len(lines) > LINES:
                    self.add_error(f"{part}_{language}", _("Eight lines at most: a page of two minutes."))
                elif any(len(line) > LINE for line in lines):
                    self.add_error(f"{part}_{language}", _("One line is too long. Two hundred letters are enough."))
        return values

    @property
    def unit_words(self) -> dict[str, dict]:
        """Language to the words of the unit, of those that were written."""
        values = self.cleaned_data
        found = {}
        for language in LANGUAGES:
            if values.get(f"title_{language}"):
                found[language] = {
                    part: list(split_lines(values[f"{part}_{language}"]))
                    if part in LISTS
                    else values[f"{part}_{language}"]
                    for part in PARTS
                }
        return found


def _initial(stored: Mapping[str, Mapping]) -> dict[str, str]:
    return {
        f"{part}_{language}": "\n".join(value) if isinstance(value := words.get(part, ""), list) else value
        for language, words in stored.items()
        for part in PARTS
    }
