"""Joining two records: whose name, birth date, phone and account the joined record has, and who will read it."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.people.actions.merging import CHOSEN_FIELDS
from alongside.people.labels import label
from alongside.people.models import Person
from alongside.people.speaking import speak_phone
from alongside.web.forms import AlongsideForm

LABELS = {
    "goes_by": _("Name to go by"),
    "legal_name": _("Name in documents"),
    "birth_date": _("Birth date"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "external_id": _("Record number"),
    "pronouns": _("Pronouns"),
    "language": _("Language"),
    "supervisor": _("Supported in this work by"),
    "user": _("Account that goes on"),
}


class JoinForm(AlongsideForm):
    """One choice for each thing of which both have one, and they differ. `kept` is the person whose record stays."""

    mark_optional = False

    def __init__(self, *args, kept: Person, gone: Person, readers: frozenset[UUID], asks_account: bool, **kwargs):
        self.kept, self.gone, self.current_readers = kept, gone, readers
        super().__init__(*args, **kwargs)
        for name in LABELS:
            mine, theirs = getattr(kept, name), getattr(gone, name)
            if mine and theirs and mine != theirs and (name != "user" or asks_account):
                choices = [(str(kept.pk), speak(name, mine)), (str(gone.pk), speak(name, theirs))]
                self.fields[name] = forms.ChoiceField(
                    label=LABELS[name], choices=choices, widget=forms.RadioSelect, initial=str(kept.pk)
                )
        self.fields["readers"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=",".join(sorted(map(str, readers)))
        )
        if readers or kept.user_id or gone.user_id:
            self.fields["looked"] = forms.BooleanField(
                label=_("I looked at who will read the joined record, and it may be so.")
            )
        for name, field in self.fields.items():
            self._dress(name, field)

    def clean_readers(self) -> frozenset[UUID]:
        """The readers that the page showed."""
        try:
            return frozenset(UUID(one) for one in filter(None, self.cleaned_data["readers"].split(",")))
        except ValueError as error:
            raise ValidationError(_("Please reload the page.")) from error

    @property
    def take(self) -> dict[str, UUID]:
        """Field to the id of the person whose value stays."""
        return {name: UUID(self.cleaned_data[name]) for name in CHOSEN_FIELDS if name in self.cleaned_data}


def speak(name: str, value) -> str:
    """A value of a person as it is read."""
    if name == "birth_date":
        return date_format(value, "DATE_FORMAT")
    if name == "language":
        return str(label("language", value))
    if name == "user":
        return value.username
    return value.goes_by if name == "supervisor" else speak_phone(value) if name == "phone" else value
