"""Forms of times together. They validate only; actions save."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.rules.wall_clock import exists, starts_at
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, DateInput, TimeInput

MINUTES = (("15", _("15 min")), ("30", _("30 min")), ("45", _("45 min")), ("60", _("1 hour")), ("90", _("1½ hours")))
FARTHEST = timedelta(days=366)


class MoveTimeForm(SharedForm):
    """Another day and time, by the clock of the program's zone."""

    on_day = forms.DateField(label=_("Which day?"), widget=DateInput)
    at_time = forms.TimeField(label=_("At what time?"), widget=TimeInput)

    def __init__(self, *args, zone: str, now: datetime | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone, self.now = ZoneInfo(zone), now or timezone.now()
        today = self.now.astimezone(self.zone).date()
        self.fields["on_day"].widget.attrs["min"] = today.isoformat()

    def clean(self):
        cleaned = super().clean()
        day, at = cleaned.get("on_day"), cleaned.get("at_time")
        if day and at:
            self._check(day, at)
        return cleaned

    def _check(self, day, at) -> None:
        if not exists(day, at, self.zone):
            self.add_error(
                "at_time",
                ValidationError(_("That night the clocks go forward and skip this time. Choose another one.")),
            )
        elif starts_at(day, at, self.zone) < self.now:
            self.add_error("on_day", ValidationError(_("That time has passed. Choose a later one.")))
        elif day > (self.now + FARTHEST).astimezone(self.zone).date():
            self.add_error("on_day", ValidationError(_("Choose a day within a year.")))


class TimeForm(MoveTimeForm):
    """A new time together. `who` is asked only of a peer who walks with several people."""

    once = True

    who = forms.ChoiceField(label=_("With whom?"), widget=ChoiceCards(columns=2))
    mode = forms.ChoiceField(label=_("How will you meet?"), widget=ChoiceCards(inline=True))
    minutes = forms.ChoiceField(
        label=_("About how long?"), choices=MINUTES, initial="30", widget=ChoiceCards(inline=True)
    )
    place = forms.CharField(
        label=_("Where?"),
        required=False,
        max_length=200,
        help_text=_("Only the two of you see this. It never appears in a calendar or a message."),
    )
    field_order = ("who", "on_day", "at_time", "mode", "minutes", "place")

    def __init__(self, *args, walks=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = choices("mode")
        self.fields["who"].choices = [(str(walk.pk), walk.participant.goes_by) for walk in walks]
        if not walks:
            del self.fields["who"]
