"""What is asked when something is taken along, kept for another time, or erased. They validate; actions save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.retention import KINDS, LONGEST, PeriodRefused, check_period
from alongside.web.forms import AlongsideForm

from .wording import KIND_WORDS

SHORTEST = 10


class IdentityForm(AlongsideForm):
    """How staff made sure who it is. The person reads these words on their privacy page."""

    words = forms.CharField(
        label=_("How did you make sure that it is them, and that they want it?"),
        min_length=SHORTEST,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: they sat with me and showed an ID. They can read this."),
        error_messages={"min_length": _("Write a whole sentence that they will understand.")},
    )


class EraseForm(AlongsideForm):
    """The person says that they have read what goes and what stays."""

    understood = forms.BooleanField(label=_("I have read what goes and what stays. It cannot be brought back."))


class DeclineForm(AlongsideForm):
    """Why not, to the person."""

    words = forms.CharField(
        label=_("Why not? Write it to them."), min_length=SHORTEST, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": _("Write a whole sentence that they will understand.")},
    )  # fmt: skip


class ReasonForm(AlongsideForm):
    """What papers under seal are needed for."""

    words = forms.CharField(
        label=_("What do you need them for?"), min_length=SHORTEST, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("It is written to the log, and nobody can take it out."),
    )  # fmt: skip


class PeriodForm(AlongsideForm):
    """Another period for one kind of record, with the law or the agreement that says so."""

    kind = forms.ChoiceField(label=_("Kind of record"), choices=[(code, KIND_WORDS[code][0]) for code in KINDS])
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=LONGEST, help_text=_("12 months are a year."))
    basis = forms.CharField(
        label=_("Which law or agreement says so, and who advised you?"), max_length=300,
        help_text=_("For example: 42 CFR 438.3(u), ten years; our contract with the county."),
    )  # fmt: skip

    def clean(self):
        """The law's least is told beside the field."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") and cleaned.get("months"):
            try:
                check_period(cleaned["kind"], cleaned["months"])
            except PeriodRefused as refused:
                self.add_error("months", _("The law asks for at least %(least)d months.") % {"least": refused.least})
        return cleaned
