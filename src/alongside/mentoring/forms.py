"""Forms of the daily work. They validate only; actions save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import DateInput


class AdditionForm(AlongsideForm):
    """Words that the author adds to a note; where words are read together, they say that they were."""

    once = True
    other_names = ("words_shown",)
    words = forms.CharField(label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    read_together = forms.BooleanField(
        label=_("We both read these words"),
        error_messages={"required": _("Read these words together first. They are kept for you as a draft meanwhile.")},
    )

    def __init__(self, *args, note_mode: str, **kwargs):
        super().__init__(*args, **kwargs)
        if note_mode != "together":
            del self.fields["read_together"]


class SupportRaisedForm(AlongsideForm):
    """A return to use, told by the person. It brings their peer closer and changes nothing else."""

    once = True
    mark_optional = False
    on_day = forms.DateField(label=_("Which day?"), widget=DateInput)
    words = forms.CharField(
        label=_("In their words, if they like"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("They read it too."),
    )  # fmt: skip


class SeenForm(AlongsideForm):
    """A supervisor's thanks for a note, with a few words or none."""

    words = forms.CharField(label=_("A few kind words"), required=False, max_length=300)
