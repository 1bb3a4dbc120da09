"""What is told by voice under a permission: the form in which it is written down."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.web.widgets import DateInput, MultiChoiceCards, TimeInput

from .consent_words import say_items
from .models import Consent
from .sharing_forms import ToForm


class SpokenForm(ToForm):
    """What, to which number or in which room, and when. Only what the permission covers can be chosen."""

    once: ClassVar[bool] = True
    field_order = ("to_name", "to_class", "items", "reached_at", "on_day", "at_time")
    items = forms.MultipleChoiceField(label=_("What do you tell?"), widget=MultiChoiceCards)
    reached_at = forms.CharField(
        label=_("Whom do you speak with, and how?"), max_length=300,
        help_text=_("A name, and the phone number or the place. The person reads it in their list."),
    )  # fmt: skip
    on_day = forms.DateField(label=_("On which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)

    def __init__(self, *args, consent: Consent, kept_back: list[str], held: dict | None = None, **kwargs):
        self.consent, self.zone = consent, ZoneInfo(consent.person.program.time_zone)
        here = timezone.localtime(timezone.now(), self.zone)
        initial = {"on_day": here.date(), "at_time": here.time().replace(second=0, microsecond=0)}
        super().__init__(*args, consent=consent, initial=initial | (held or {}), **kwargs)
        items = [item for item in consent.items if item not in kept_back]
        self.fields["items"].choices = list(zip(items, say_items(items), strict=True))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on_day") and cleaned.get("at_time"):
            at = self.told_at()
            if at > timezone.now():
                self.add_error("at_time", _("That moment has not come yet."))
            elif self.consent.signed_at and at < self.consent.signed_at:
                self.add_error(
                    "at_time", _("Then it was not signed yet. Please talk with the director of the program.")
                )
        return cleaned

    def told_at(self) -> datetime:
        """The moment at which it is told."""
        at = datetime.combine(self.cleaned_data["on_day"], self.cleaned_data["at_time"], tzinfo=self.zone)
        # The field knows no seconds: in the minute of the signature, it is told after it.
        signed_at = self.consent.signed_at
        return signed_at if signed_at and signed_at.replace(second=0, microsecond=0) == at else at
