"""Forms of the daily work. They validate only; actions save."""

from datetime import datetime, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards

from .actions import Note

OUTCOMES = (
    ("reached", _("We talked or met")),
    ("no_answer", _("I tried, no answer")),
    ("message_left", _("I tried and left a neutral message")),
)
MINUTES = (("5", _("5 min")), ("15", _("15 min")), ("30", _("30 min")), ("45", _("45 min")), ("60", _("1 hour")),
           ("90", _("1½ hours")), ("120", _("2 hours")))  # fmt: skip
NEXT_DAYS = (
    ("", _("No day yet")),
    ("1", _("Tomorrow")),
    ("3", _("In 3 days")),
    ("7", _("In a week")),
    ("other", _("Another day")),
)
HAPPENED = (
    ("now", _("Just now")),
    ("today", _("Earlier today")),
    ("yesterday", _("Yesterday")),
    ("other", _("Another day")),
)


class ContactForm(AlongsideForm):
    """A contact note in 60 seconds. Attempts need only an outcome and a way; nothing is chosen beforehand."""

    once = True
    mark_optional = False
    other_names = ("about",)  # whose note it is, for the draft

    outcome = forms.ChoiceField(label=_("How did it go?"), choices=OUTCOMES, widget=ChoiceCards)
    mode = forms.ChoiceField(label=_("How were you in touch?"), widget=ChoiceCards(inline=True))
    minutes = forms.ChoiceField(
        label=_("About how long?"), choices=MINUTES, required=False, widget=ChoiceCards(inline=True)
    )
    kinds_of_support = forms.MultipleChoiceField(
        label=_("What kind of support was it?"), required=False, widget=MultiChoiceCards(columns=2)
    )
    note = forms.CharField(
        label=_("A few words"),
        required=False,
        max_length=4000,
        help_text=_("Plain words, as you would say them with the person beside you. They can read and answer this."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_step = forms.CharField(label=_("What did you agree on next?"), required=False, max_length=300)
    next_day = forms.ChoiceField(label=_("When?"), choices=NEXT_DAYS, required=False, widget=ChoiceCards(inline=True))
    next_step_on = forms.DateField(label=_("Which day?"), required=False, widget=DateInput)
    happened = forms.ChoiceField(
        label=_("When was it?"), choices=HAPPENED, required=False, initial="now", widget=ChoiceCards(inline=True)
    )
    happened_on = forms.DateField(label=_("Which day was it?"), required=False, widget=DateInput)
    also = forms.MultipleChoiceField(
        label=_("Was anybody else of yours there?"),
        required=False,
        help_text=_("Each person gets their own copy of this note, so leave out what one should not read of another."),
        widget=MultiChoiceCards(columns=2),
    )

    def __init__(self, *args, others=(), now: datetime | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now or timezone.now()
        self.fields["mode"].choices = choices("contact_mode")
        self.fields["kinds_of_support"].choices = choices("kind_of_support")
        self.fields["also"].choices = [(str(each.id), each.participant.goes_by) for each in others]
        if not others:
            del self.fields["also"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == "reached" and not cleaned.get("minutes"):
            self.add_error("minutes", _("Say about how long you were in touch."))
        if cleaned.get("next_day") == "other" and not cleaned.get("next_step_on"):
            self.add_error("next_step_on", _("Choose the day, or choose “No day yet” above."))
        if cleaned.get("happened") == "other" and not cleaned.get("happened_on"):
            self.add_error("happened_on", _("Choose the day on which it was."))
        if (cleaned.get("happened_on") or self.today) > self.today:
            self.add_error("happened_on", _("That day has not come yet. Plan it as a time together instead."))
        if cleaned.get("next_step_on") and cleaned["next_step_on"] < self.today:
            self.add_error("next_step_on", _("Choose today or a later day."))
        return cleaned

    @property
    def today(self):
        return timezone.localtime(self.now).date()

    def happened_at(self) -> datetime:
        """The moment of the contact; a day without a time of day counts as noon there."""
        answer, here = self.cleaned_data.get("happened") or "now", timezone.localtime(self.now)
        if answer in ("now", "today"):
            return self.now
        day = self.cleaned_data["happened_on"] if answer == "other" else here.date() - timedelta(days=1)
        return here.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0, microsecond=0)

    def next_on(self):
        """The day of the next step, or None."""
        answer = self.cleaned_data.get("next_day")
        if answer == "other" or (not answer and self.cleaned_data.get("next_step_on")):
            return self.cleaned_data["next_step_on"]
        return self.today + timedelta(days=int(answer)) if answer else None

    def as_note(self) -> Note:
        """The value that the action takes."""
        cleaned = self.cleaned_data
        reached = cleaned["outcome"] == "reached"
        return Note(
            submit_key=cleaned["submit_key"],
            happened_at=self.happened_at(),
            mode=cleaned["mode"],
            reached=reached,
            minutes=int(cleaned["minutes"] or 0) if reached else 0,
            message_left=cleaned["outcome"] == "message_left",
            kinds_of_support=cleaned["kinds_of_support"] if reached else (),
            note=cleaned["note"],
            next_step=cleaned["next_step"],
            next_step_on=self.next_on(),
        )


class AdditionForm(AlongsideForm):
    """Words added to a note: the author's own, or the participant's answer."""

    once = True
    words = forms.CharField(label=_("Your words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


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
