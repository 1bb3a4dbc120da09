"""The contact note: what is asked follows from the mode of notes in force (`rules.note_modes`)."""

from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.rules.note_modes import FIELDS, check_note, fields_of, list_unasked
from alongside.web.forms import AlongsideForm
from alongside.web.widgets import ChoiceCards, DateInput, MultiChoiceCards, TimeInput

from .actions import Billed, Note

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


READ_TOGETHER = (
    ("yes", _("Yes, we both read it")),
    ("not_yet", _("Not yet")),
)
NOTICE = (
    ("has_it", _("Yes, and the signed paper is here")),
    ("offered", _("Yes, and they did not want to sign")),
    ("emergency", _("Not yet: it was an emergency")),
    ("missed", _("Not yet")),
)
REFUSALS = {
    "words_in_this_mode": ("note", _("Your program keeps no words about a talk.")),
    "not_read_together": ("read_together", _("Say whether you have read these words together.")),
    "billing_not_whole": (
        "service",
        _("A payer asks for start, end, service, place and goal. Or choose “Not for a payer”."),
    ),
    "ends_before_it_starts": ("ended", _("The end comes after the start.")),
}


class ContactForm(AlongsideForm):
    """A contact note in 60 seconds: what the mode of notes in force asks, and no more.

    Attempts need only an outcome and a way; nothing is chosen beforehand. `unasked` holds what was typed under another
    mode and is not asked now: it is shown again, and only whoever typed it leaves it out.
    """

    once = True
    mark_optional = False
    # Whose note it is, for the draft; what other modes ask; that plainer words were shown.
    other_names = ("about", "leave_out", "words_shown", "notice", *FIELDS)

    outcome = forms.ChoiceField(label=_("How did it go?"), choices=OUTCOMES, widget=ChoiceCards)
    notice = forms.ChoiceField(
        label=_("Was the privacy notice put before them?"), choices=NOTICE, required=False,
        help_text=_("It comes before the first talk, in an emergency as soon as it can. Your note is kept either way."),
        widget=ChoiceCards,
    )  # fmt: skip
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
    their_line = forms.CharField(
        label=_("A line of the person's own"),
        required=False,
        max_length=500,
        help_text=_("As they say it. Read it back to them. They may leave it empty, or write on their own page later."),
    )
    next_step = forms.CharField(label=_("What did you agree on next?"), required=False, max_length=300)
    read_together = forms.ChoiceField(
        label=_("Did you read these words together?"),
        choices=READ_TOGETHER,
        required=False,
        widget=ChoiceCards(
            inline=False,
            hints={"not_yet": _("The talk is saved now. Your words wait for you both as a draft, for 7 days.")},
        ),
    )
    started = forms.TimeField(label=_("From when?"), required=False, widget=TimeInput)
    ended = forms.TimeField(label=_("Until when?"), required=False, widget=TimeInput)
    service = forms.ChoiceField(label=_("What does it count as?"), required=False, widget=ChoiceCards)
    place = forms.ChoiceField(label=_("Where were you?"), required=False, widget=ChoiceCards(columns=2))
    goal = forms.ChoiceField(
        label=_("Which goal did you work on?"),
        required=False,
        help_text=_("Goals are those of the person's own plan."),
        widget=ChoiceCards,
    )
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

    def __init__(
        self,
        *args,
        note_mode: str,
        others=(),
        goals=(),
        asks_notice: bool = False,
        now: datetime | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.now, self.note_mode = now or timezone.now(), note_mode
        self.unasked = self._read_unasked()
        self.fields["mode"].choices = choices("contact_mode")
        self.fields["kinds_of_support"].choices = choices("kind_of_support")
        self.fields["service"].choices = choices("service")
        self.fields["place"].choices = choices("place")
        self.fields["goal"].choices = [(str(one.pk), one.words) for one in goals]
        self.fields["also"].choices = [(str(each.id), each.participant.goes_by) for each in others]
        asked = {*fields_of(note_mode), "submit_key", *(("notice",) if asks_notice else ())}
        for name in [name for name in self.fields if name not in asked or (name == "also" and not others)]:
            del self.fields[name]

    def _read_unasked(self) -> list[dict]:
        """What was typed, now or into a draft, and is not asked in this mode: name, label and words."""
        typed = self.data if self.is_bound else self.initial
        written = {name: _spoken(self.fields[name], typed, name) for name in FIELDS}
        names = list_unasked(self.note_mode, [name for name, words in written.items() if words])
        return [{"name": name, "label": self.fields[name].label, "words": written[name]} for name in names]

    def clean(self):
        cleaned = super().clean()
        if self.unasked and self.data.get("leave_out") != "yes":
            self.add_error(
                None, _("What your program writes down has changed. Look below at what does not fit any more.")
            )
        if "notice" in self.fields and cleaned.get("outcome") == "reached" and not cleaned.get("notice"):
            self.add_error("notice", _("Please say whether they have the notice. Your note is kept either way."))
        if "minutes" in self.fields and cleaned.get("outcome") == "reached" and not cleaned.get("minutes"):
            self.add_error("minutes", _("Say about how long you were in touch."))
        if cleaned.get("their_line") and cleaned.get("also"):
            self.add_error("their_line", _("With several people, each writes their line on their own page."))
        if cleaned.get("next_day") == "other" and not cleaned.get("next_step_on"):
            self.add_error("next_step_on", _("Choose the day, or choose “No day yet” above."))
        if cleaned.get("happened") == "other" and not cleaned.get("happened_on"):
            self.add_error("happened_on", _("Choose the day on which it was."))
        if (cleaned.get("happened_on") or self.today) > self.today:
            self.add_error("happened_on", _("That day has not come yet. Plan it as a time together instead."))
        if cleaned.get("next_step_on") and cleaned["next_step_on"] < self.today:
            self.add_error("next_step_on", _("Choose today or a later day."))
        if cleaned.get("their_line") and cleaned.get("outcome") not in (None, "reached"):
            self.add_error("their_line", _("You did not reach them, so there is no line of theirs yet."))
        if not self.errors and (refused := check_note(self.note_mode, self.as_note().as_written())):
            self.add_error(*REFUSALS[refused])
        return cleaned

    def waiting_words(self) -> str:
        """Words that wait until both have read them."""
        cleaned = self.cleaned_data
        if cleaned.get("outcome") != "reached" or cleaned.get("read_together") != "not_yet":
            return ""
        return "\n".join(filter(None, (cleaned["note"], cleaned["next_step"], cleaned["their_line"])))

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
        """The value that the action takes. Words that were not read together yet are not in it (`waiting_words`)."""
        cleaned = self.cleaned_data
        reached = cleaned["outcome"] == "reached"
        waits = bool(self.waiting_words())
        billed = self._billed() if reached else None
        minutes = int((billed.ends_at - billed.starts_at).total_seconds() // 60) if billed else 0
        return Note(
            submit_key=cleaned["submit_key"],
            happened_at=billed.starts_at if billed else self.happened_at(),
            mode=cleaned["mode"],
            reached=reached,
            minutes=int(cleaned.get("minutes") or max(minutes, 0)) if reached else 0,
            message_left=cleaned["outcome"] == "message_left",
            kinds_of_support=cleaned.get("kinds_of_support", ()) if reached else (),
            note="" if waits else cleaned.get("note", ""),
            next_step="" if waits else cleaned.get("next_step", ""),
            next_step_on=self.next_on(),
            read_together=reached and cleaned.get("read_together") == "yes",
            their_line="" if waits or not reached else cleaned.get("their_line", ""),
            billed=billed,
        )

    def _billed(self) -> Billed | None:
        cleaned = self.cleaned_data
        started, ended, service = (cleaned.get(name) for name in ("started", "ended", "service"))
        if not (started and ended and service):
            return None
        day = timezone.localtime(self.happened_at())
        starts_at, ends_at = (
            day.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0) for at in (started, ended)
        )
        goal_id = UUID(cleaned["goal"]) if cleaned.get("goal") else None
        return Billed(starts_at, ends_at, service, cleaned.get("place", ""), goal_id)


def _spoken(field: forms.Field, typed, name: str) -> str:
    """What was typed into a field, as its reader would say it."""
    values = typed.getlist(name) if hasattr(typed, "getlist") else typed.get(name) or []
    values = values if isinstance(values, list | tuple) else [values]
    group = {"kinds_of_support": "kind_of_support", "service": "service", "place": "place"}.get(name)
    names = dict(choices(group)) if group else dict(getattr(field, "choices", ()))
    return ", ".join(str(names.get(str(value), value)) for value in values if value)
