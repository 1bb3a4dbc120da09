"""The form of a report that the law demands: exactly the fields of its kind."""

from typing import ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.rules.mandated_report import MOST_BY_WORD, Facts
from alongside.rules.report_lists import ReportPolicy

from . import wording
from .forms import MomentForm, cards, day_field, line, start_of, words_field
from .showing import speak

WRONG = {
    "reveals": _("These words would tell that the person is with us, or who we are. Leave that out."),
    "held_until": _("Please name a day to come; after a word of mouth it is at most 30 days away."),
}


class ReportForm(MomentForm):
    """What was told, to which agency, when; whom the reporter told here first; when the person reads of it."""

    once: ClassVar[bool] = True
    other_names: ClassVar[tuple[str, ...]] = ("kind",)
    agency = line(_("Which agency did you call?"), help_text=_("And with whom you spoke."))
    reference = line(_("The number they gave you"), required=False)
    told_first = cards(_("Who knew here before you called?"), wording.TOLD_FIRST_WORDS)
    held_back = cards(_("When does the person read that this was reported?"), wording.HELD_BACK_WORDS)
    held_until = day_field(_("From which day, if later?"), required=False)

    def __init__(self, *args, kind: str, lists: ReportPolicy, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, own, told = lists.kind(kind), lists.lists.get(kind), {}
        asked = {one.name: one for one in own.questions} if own else {}
        for field in self.kind.fields:
            question = asked.get(field)
            label = getattr(question, speak()) if question else wording.FIELDS[field]
            told[f"told_{field}"] = words_field(
                label, rows=2, required=field in self.kind.needed, limit=1000,
                help_text=question.section if question else "",
            )  # fmt: skip
        ends = ("agency", "reference", "on_day", "at_time", "told_first", "held_back", "held_until", "submit_key")
        self.fields = {**told, **{name: self.fields[name] for name in ends}}
        for name, field in self.fields.items():
            self._dress(name, field)

    def clean(self):
        cleaned = super().clean()
        until = cleaned.get("held_until")
        held = cleaned.get("held_back", "no")
        days = (until - timezone.localtime(timezone.now(), self.zone).date()).days if until else 0
        too_late = held == "agency_said" and days > MOST_BY_WORD.days
        if (held != "no" and days < 1) or (held == "no" and until) or too_late:
            self.add_error("held_until", WRONG["held_until"])
        return cleaned

    def facts(self, made_by: str) -> Facts:
        """What the action takes."""
        cleaned = self.cleaned_data
        return Facts(
            kind=self.kind.code,
            told={field: cleaned[f"told_{field}"] for field in self.kind.fields},
            agency=cleaned["agency"],
            made_by=made_by,
            made_at=self.moment(),
            told_first=cleaned["told_first"],
            held_back=cleaned["held_back"],
            held_until=start_of(cleaned["held_until"], self.zone),
        )

    def note_wrong(self, wrong: list[str]) -> None:
        """What the rules found on top."""
        self.add_error(None, forms.ValidationError([WRONG[code] for code in wrong if code in WRONG] or [_wrong()]))


def _wrong():
    return _("Something is missing. Nothing was written down.")
