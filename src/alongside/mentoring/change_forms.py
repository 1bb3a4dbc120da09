"""Forms of changing peer, resting and stopping, for the participant and for staff. They validate only."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.web.forms import AlongsideForm, YesNoField
from alongside.web.widgets import ChoiceCards, DateInput

NOT_SAID = "not_said"
WISH_REASONS = (
    ("times", _("Our times do not fit")),
    ("way_of_meeting", _("I would like to meet in another way")),
    ("other_experience", _("I would like somebody with another experience")),
    ("language", _("I would rather speak another language")),
    ("feeling", _("It just does not feel right")),
    (NOT_SAID, _("I would rather not say")),
)
HISTORY = (
    ("none", _("Nothing. We start fresh.")),
    ("since", _("Notes from a day on")),
    ("all", _("All notes about me")),
)
PEER_REASONS = (
    ("peer_unavailable", _("I cannot go on for now")),
    ("better_fit", _("Somebody else would fit better")),
    ("know_each_other", _("We know each other from elsewhere")),
    (NOT_SAID, _("I would rather not say")),
)
PEER_ENDS = ("completed", "moved", "lost_touch", "own_wish", "peer_unavailable")
NEXT = (("waiting", _("Look for another peer")), ("closed", _("Close, with the door open")))
ASKED_VIA = (("phone", _("By phone")), ("paper", _("On paper")), ("in_person", _("In person")))


class _History(AlongsideForm):
    """What the next peer may read: nothing is chosen beforehand, and nothing chosen means nothing shared."""

    history = forms.ChoiceField(label=_("May the next person read what was written?"), choices=HISTORY,
                                required=False, widget=ChoiceCards)  # fmt: skip
    since = forms.DateField(label=_("From which day on?"), required=False, widget=DateInput)
    three_way = YesNoField(label=_("Would you like all three of you to meet once to say hello?"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("history") == "since" and not cleaned.get("since"):
            self.add_error("since", _("Choose the day, or choose another answer above."))
        if (cleaned.get("since") or timezone.localdate()) > timezone.localdate():
            self.add_error("since", _("Choose today or an earlier day."))
        return cleaned

    def wishes(self) -> dict:
        """The arguments that the actions take."""
        history = self.cleaned_data["history"]
        return {
            "choice": history,
            "since": self.cleaned_data["since"] if history == "since" else None,
            "wants_three_way": self.cleaned_data["three_way"],
        }


class MeetSomebodyElseForm(_History):
    """The participant would like another peer. No answer is needed."""

    mark_optional = False
    other_names = ("what",)
    reason = forms.ChoiceField(label=_("Would you like to say why?"), choices=WISH_REASONS, required=False,
                               widget=ChoiceCards)  # fmt: skip
    words = forms.CharField(label=_("Anything you would like us to know?"), required=False, max_length=1000,
                            widget=forms.Textarea(attrs={"rows": 3}))  # fmt: skip
    field_order = ("reason", "words", "history", "since", "three_way")

    def __init__(self, *args, name: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("You do not have to. %(name)s is not told.") % {"name": name}
        self.fields["history"].help_text = (
            _("What %(name)s wrote stays yours. If you choose nothing here, the next person reads nothing.")
            % {"name": name}
        )  # fmt: skip


class HistoryForm(_History):
    """The same choice alone: changed later by the participant, or recorded by the coordinator for them."""

    mark_optional = False
    other_names = ("what",)
    via = forms.ChoiceField(label=_("How did they tell you?"), choices=ASKED_VIA, widget=ChoiceCards(inline=True))

    def __init__(self, *args, for_somebody: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["history"].required = True
        if for_somebody:
            self.fields["history"].label = _("What may the next peer read?")
            self.fields["three_way"].label = _("Would they like all three to meet once?")
        else:
            del self.fields["via"]


class RestForm(AlongsideForm):
    """A rest until a day, or without one."""

    other_names = ("what",)
    until = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty to rest for as long as it takes."),
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until and until <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after today, or leave it empty."))
        return until


class HandOverForm(AlongsideForm):
    """A peer asks to hand over. The person decides what the next peer may read."""

    mark_optional = False
    other_names = ("what",)
    reason = forms.ChoiceField(label=_("Why?"), choices=PEER_REASONS, required=False, widget=ChoiceCards)
    words = forms.CharField(
        label=_("A few words for the coordinator"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndForm(AlongsideForm):
    """An end with its reason; a coordinator also says what comes next."""

    mark_optional = False
    other_names = ("what",)
    reason = forms.ChoiceField(label=_("Why does it end?"), widget=ChoiceCards(columns=2))
    what_next = forms.ChoiceField(label=_("What comes next?"), choices=NEXT, widget=ChoiceCards)
    words = forms.CharField(
        label=_("A few words"),
        required=False,
        max_length=1000,
        help_text=_("Kept with the record of what happened. The person may read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, as_coordinator: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = (
            [one for one in choices("end_reason") if one[0] != "changed_peer"]
            if as_coordinator
            else choices("end_reason", PEER_ENDS)
        )
        if not as_coordinator:
            del self.fields["what_next"]
            del self.fields["words"]


class NextForm(AlongsideForm):
    """What comes after two have parted."""

    mark_optional = False
    what_next = forms.ChoiceField(label=_("What comes next?"), choices=NEXT, widget=ChoiceCards(inline=True))


class BackupForm(AlongsideForm):
    """Who covers while the peer is away; empty is nobody."""

    mark_optional = False
    other_names = ("what",)
    backup = forms.ChoiceField(label=_("Who covers when the peer is away?"), required=False)

    def __init__(self, *args, peers: Iterable = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["backup"].choices = [
            ("", _("Nobody")),
            *((str(peer.pk), peer.person.goes_by) for peer in peers),
        ]
