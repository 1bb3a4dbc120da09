"""The form of one instrument: its own words in its own order, and nothing has to be answered."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards

from .catalog import Form


class AnswersForm(AlongsideForm):
    """One field for each item, `item_0` …; whoever leaves one open goes on another day."""

    mark_optional = False
    first_unscored = ""
    """The field from which on nothing is counted, where there is one."""

    def __init__(self, *args, form: Form, language: str, stored: Mapping[int, int], **kwargs):
        kwargs["initial"] = {f"item_{item}": str(points) for item, points in stored.items()} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        for number, item in enumerate(form.asked):
            labels = form.text(item["labels"], language)
            choices = [(str(points), label) for points, label in zip(item["points"], labels, strict=True)]
            self.fields[f"item_{number}"] = forms.ChoiceField(
                label=f"{number + 1}. {form.text(item, language)}", required=False,
                choices=[*choices, ("", _("Leave open"))], widget=ChoiceCards(inline=True),
            )  # fmt: skip

        if form.rule.unscored:
            self.first_unscored = f"item_{len(form.rule.points)}"

    @property
    def answers(self) -> dict[int, int]:
        """Number of the item to its points, of those that were answered."""
        return {int(name[5:]): int(value) for name, value in self.cleaned_data.items() if value != ""}
