"""Forms of check-ins. Nothing has to be answered, and so nothing is marked "optional"."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards

from . import wording


class CheckInForm(AlongsideForm):
    """One row of numbers for each question, and whether a call is wished where somebody could call."""

    once = True
    mark_optional = False

    def __init__(self, *args, questions: Sequence[str], scale: int, may_ask_call: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for one in questions:
            _name, asks, lowest, best = wording.QUESTIONS[one]
            numbers = [(str(number), str(number)) for number in range(1, scale + 1)]
            ends = _("1 is “%(lowest)s”, %(top)d is “%(best)s”.") % {"lowest": lowest, "top": scale, "best": best}
            self.fields[one] = forms.ChoiceField(
                label=asks, help_text=ends, required=False, choices=[*numbers, ("", _("Leave out"))],
                widget=ChoiceCards(inline=True),
            )  # fmt: skip
        if may_ask_call:
            self.fields["wants_call"] = forms.BooleanField(label=_("Please call me"), required=False)

    @property
    def answers(self) -> dict[str, int]:
        """What was answered, by question."""
        return {one: int(self.cleaned_data[one]) for one in self.questions if self.cleaned_data[one]}


class WishesForm(AlongsideForm):
    """Who reads them, and how to be asked."""

    mark_optional = False
    who = forms.ChoiceField(
        label=_("Who may read my check-ins?"),
        choices=[
            ("beside", _("Those who may open my record: the person who walks with me, and those who support them")),
            ("me", _("Only me")),
        ],
        widget=ChoiceCards(
            hints={"me": _("Nobody sees them, and nobody notices when they stop. “Please call me” still arrives.")}
        ),
    )
    is_reminded = forms.BooleanField(
        label=_("Remind me"), required=False,
        help_text=_("A short message that says nothing about what it is for, in the way and the hours you allowed."),
    )  # fmt: skip
    answers_by_text = forms.BooleanField(
        label=_("I also want to answer by text message"), required=False,
        help_text=_("Text messages can be read by whoever holds your phone, and by the phone company."),
    )  # fmt: skip
