"""Forms of the participant's own pages and of the thread. They validate only; actions save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm


class MessageForm(AlongsideForm):
    """One message of a thread."""

    once = True
    body = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a few words first.")},
    )


class AnswerForm(AlongsideForm):
    """The participant's answer to a note about them."""

    once = True
    words = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        help_text=_("Say what you see differently, or what was good. It stays beside the note."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words first.")},
    )
