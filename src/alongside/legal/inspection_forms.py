"""Forms of an audit by others (§2.53). They validate only; `rules.inspection` says what must be there."""

from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.rules.inspection import HOW, Terms, list_wrong, promises_of
from alongside.web.forms import AlongsideForm

from . import wording
from .forms import cards, day_field, line, list_item_words, words_field


class InspectionForm(AlongsideForm):
    """Who audits us, for whom, at what they look, and what they promised in writing."""

    once: ClassVar[bool] = True
    body = line(_("Who audits us?"), help_text=_("Name and firm or office."))
    behalf = line(_("On whose behalf?"), help_text=_("The agency, plan or organization; their own, if it is theirs."))
    capacity = cards(_("In which capacity?"), wording.CAPACITY_WORDS, hints=wording.CAPACITY_HINTS)
    how = cards(_("Do they take anything along?"), wording.HOW_WORDS)
    purpose = words_field(_("What is it about?"), rows=2, help_text=_("The people whose records they see read this."))
    items = cards(_("What do they need to see of a record?"), {}, many=True, help_text=_("No more than it takes."))
    why_named = words_field(_("Why can it not be done without names?"), rows=2, required=False)
    signed_by = line(_("Who signed their agreement?"))
    agreed_on = day_field(_("On which day did they sign it?"))
    promises = cards(
        _("What does it promise?"), wording.PROMISE_WORDS, hints=wording.PROMISE_HINTS, many=True,
        help_text=_("Tick only what stands in the paper that they signed."),
    )  # fmt: skip
    kept_where = line(_("Where is the signed paper kept?"))
    destroy_by = day_field(
        _("By which day do they destroy the copies?"), required=False, help_text=_("Only if they take something along.")
    )

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = list(list_item_words().items())

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        for name in list_wrong(self.terms(), self.today, known=tuple(list_item_words())):
            self.add_error(name, self._say(name))
        return cleaned

    def _say(self, name: str):
        words = wording.INSPECTION_WRONG.get(name, _("This is needed."))
        owed = [str(wording.PROMISE_WORDS[code]) for code in promises_of(self.cleaned_data["how"])]
        return str(words).format(promises="; ".join(owed)) if name == "promises" else words

    def terms(self) -> Terms:
        """What the action takes."""
        cleaned = self.cleaned_data
        names = ("body", "behalf", "capacity", "purpose", "signed_by", "agreed_on", "destroy_by", "why_named")
        return Terms(
            how=cleaned["how"] if cleaned["how"] in HOW else "", items=tuple(cleaned["items"]),
            promises=tuple(cleaned["promises"]), **{name: cleaned[name] for name in names},
        )  # fmt: skip


class InspectionEndForm(AlongsideForm):
    """How it ended; of copies, the day on which they were destroyed."""

    destroyed_on = day_field(
        _("On which day were the copies destroyed?"), help_text=_("As they confirmed it to us in writing.")
    )
    words = words_field(_("How did it end?"))

    def __init__(self, *args, copied: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not copied:
            del self.fields["destroyed_on"]

    def note_wrong(self, wrong: list[str]) -> None:
        """What the action found on top."""
        for name in wrong:
            self.add_error(name if name in self.fields else None,
                           forms.ValidationError(wording.INSPECTION_WRONG.get(name, _("This is needed."))))  # fmt: skip
