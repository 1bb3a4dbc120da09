"""Forms of service providers. They validate only."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput

SERVICES = (
    ("host", _("Computers on which this runs")),
    ("mail", _("Sending mail")),
    ("text", _("Sending text messages")),
    ("backup", _("A place for backups")),
    ("other", _("Something else")),
)
AGREEMENTS = (
    ("both", _("One paper for Part 2 and HIPAA")),
    ("qsoa", _("Qualified service organization agreement (Part 2)")),
    ("baa", _("Business associate agreement (HIPAA)")),
    ("contract", _("Another written contract")),
    ("own", _("None: we run it ourselves, nobody outside sees it")),
)


class ProviderForm(AlongsideForm):
    """Who serves us, what they may see, and where the signed paper lies."""

    service = forms.ChoiceField(label=_("What do they do for us?"), choices=SERVICES, widget=ChoiceCards)
    name = forms.CharField(label=_("Who are they?"), max_length=120)
    agreement = forms.ChoiceField(label=_("Which written agreement is there?"), choices=AGREEMENTS, widget=ChoiceCards)
    agreed_on = forms.DateField(label=_("Signed on which day?"), widget=DateInput)
    may_see = forms.CharField(label=_("What may they see?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    kept_where = forms.CharField(label=_("Where does the signed paper lie?"), max_length=200)
    review_on = forms.DateField(label=_("When do we look at it again?"), widget=DateInput)

    def clean(self):
        cleaned = super().clean()
        signed, again, today = cleaned.get("agreed_on"), cleaned.get("review_on"), timezone.localdate()
        if signed and signed > today:
            self.add_error("agreed_on", _("That day has not come yet."))
        if again and (again <= today or (signed and again <= signed)):
            self.add_error("review_on", _("Choose a day that is still to come."))
        return cleaned
