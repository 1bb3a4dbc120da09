"""What somebody says when they ask for a file. It validates only; actions save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.exports import SCOPES
from alongside.rules.roster.written_files import FORMATS
from alongside.web.forms import AlongsideForm

SHORTEST_REASON = 20
WORDS = {
    "now": _("Only those with us now"),
    "all": _("Everybody who ever was with us"),
    "xlsx": _("Excel workbook (XLSX)"),
    "csv": _("Plain table (CSV)"),
}


class ExportForm(AlongsideForm):
    """Whom, as what, in which language, and why."""

    other_names = ("kind",)

    scope = forms.ChoiceField(
        label=_("Who is in it"), choices=[(code, WORDS[code]) for code in SCOPES], widget=forms.RadioSelect
    )
    file_format = forms.ChoiceField(
        label=_("Kind of file"), choices=[(code, WORDS[code]) for code in reversed(FORMATS)], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language of the columns"), choices=[("en", "English"), ("es", "Español")], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What is the file for?"),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write it to the people in it: they read these words on their privacy page."),
        error_messages={"min_length": _("Write a whole sentence that they will understand.")},
    )
