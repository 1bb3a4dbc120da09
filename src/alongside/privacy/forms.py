"""Forms of opening a record with a reason. They validate only; actions save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm

SHORTEST_REASON = 20


class ReasonForm(AlongsideForm):
    """Why a director opens one record. The person reads these words."""

    words = forms.CharField(
        label=_("Why do you need to open it?"),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write it to the person: they read these words on their privacy page."),
        error_messages={"min_length": _("Write a whole sentence that the person will understand.")},
    )


class FindForm(ReasonForm):
    """The reason first, then the name a person goes by."""

    name = forms.CharField(
        label=_("The name they go by"),
        min_length=2,
        max_length=80,
        error_messages={"min_length": _("Write at least two letters.")},
    )
