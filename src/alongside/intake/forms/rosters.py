"""Uploading a roster, and saying which column is what."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.intake.actions.rosters import DATE_ORDERS
from alongside.intake.rosters.words import FIELDS, MAPPING, speak
from alongside.people.models import Site
from alongside.rules import roster as rules
from alongside.rules.roster.header_words import LIST_FIELDS
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards

KINDS = [
    ("", _("Find out from the list")),
    ("participants", _("People who want support")),
    ("peers", _("Peers")),
]
ORDERS = [("mdy", _("Month first: 03/04 is March 4")), ("dmy", _("Day first: 03/04 is April 3"))]
SURE, CHECK = 0.9, 0.0


class UploadForm(AlongsideForm):
    """A file, and whom it lists."""

    file = forms.FileField(
        label=_("The list"),
        help_text=_(
            "CSV, Excel (.xlsx), OpenDocument (.ods), up to 25 MB. Columns may be in any order, in English or Spanish."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.ods"}),
        error_messages={"required": _("Please choose a file."), "empty": _("There is nothing in this file.")},
    )
    kind = forms.ChoiceField(
        label=_("Who is in it?"), choices=KINDS, required=False, widget=ChoiceCards(columns=1), initial=""
    )
    mark_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        sites = list(Site.objects.all())
        if sites:
            self.fields["site"] = forms.ModelChoiceField(
                label=_("Site, where the list names none"), queryset=Site.objects.all(), required=False,
                empty_label=_("No site"),
            )  # fmt: skip


class ColumnsForm(AlongsideForm):
    """One select per column of a table, and the order of dates when the file does not tell."""

    mark_optional = False

    def __init__(self, *args, table: rules.Table, kind: str, mapping: dict, order: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.table, self.kind = table, kind
        choices = [("", _("Do not use")), *((field, FIELDS[field]) for field in rules.FIELDS[kind])]
        for place, header in enumerate(table.headers):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header or _("Column without a name"), choices=choices, required=False,
                initial=mapping.get(place) or "",
            )  # fmt: skip
        self.fields["date_order"] = forms.ChoiceField(
            label=_("How are the dates written?"), choices=ORDERS, required=False,
            widget=ChoiceCards(), initial=order if order in DATE_ORDERS else "",
            help_text=_("The dates in this list do not tell for sure whether the day or the month comes first."),
        )  # fmt: skip
        self.asks_order = self._is_ambiguous(mapping)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def _is_ambiguous(self, mapping: dict) -> bool:
        dates = [place for place, field in mapping.items() if field in ("birth_date", "started_on")]
        return bool(dates) and rules.date_order_of(self.table, mapping) == "ambiguous"

    @property
    def mapping(self) -> dict[int, str | None]:
        """Place of a column to its field, from what was sent."""
        return {place: self.cleaned_data.get(f"column_{place}") or None for place in range(len(self.table.headers))}

    def clean(self):
        cleaned = super().clean()
        mapping = self.mapping
        used = [field for field in mapping.values() if field]
        for place, field in mapping.items():
            if field and field not in LIST_FIELDS and used.count(field) > 1:
                self.add_error(f"column_{place}", speak(MAPPING, "twice", {"field": field}))
        if not {"goes_by", "legal_name", "first_name", "last_name"} & set(used):
            raise ValidationError(MAPPING["no_name"], code="no_name")
        if self._is_ambiguous(mapping):
            self.asks_order = True
            if not cleaned.get("date_order"):
                self.add_error("date_order", MAPPING["date_order"])
        return cleaned


class ConfirmForm(AlongsideForm):
    """A button: nothing but the token may come with it."""
