"""Forms of a complaint. They validate only."""

from typing import ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards


class ComplaintForm(AlongsideForm):
    """What happened, and whom it is about. `whom` are people of staff; without any, the question is not asked."""

    once: ClassVar[bool] = True
    words = forms.CharField(
        label=_("What happened?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In your own words. When was it, and what should be different?"),
    )  # fmt: skip
    about = forms.ChoiceField(
        label=_("Is it about somebody who works here?"), required=False, widget=ChoiceCards,
        help_text=_("Whoever it is about does not get to read or answer it."),
    )  # fmt: skip

    def __init__(self, *args, whom=(), **kwargs):
        super().__init__(*args, **kwargs)
        if whom:
            self.fields["about"].choices = [
                ("", _("No, or I would rather not say")), *((str(one.user_id), one.goes_by) for one in whom),
            ]  # fmt: skip
        else:
            del self.fields["about"]

    def values(self) -> dict:
        """Arguments of `actions.receive_complaint`."""
        about = self.cleaned_data.get("about")
        return {"words": self.cleaned_data["words"], "about_id": UUID(about) if about else None}


class ReachForm(ComplaintForm):
    """The same without an account: how to answer, for whoever wants an answer."""

    reach = forms.CharField(
        label=_("How can we answer you?"), max_length=300, required=False,
        help_text=_("A phone, an e-mail or an address. Leave it empty if you want no answer."),
    )  # fmt: skip


class AnswerForm(AlongsideForm):
    """The answer. The person reads it."""

    words = forms.CharField(
        label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Write it to the person: what you found, what changes, and whom they can ask next."),
    )  # fmt: skip
