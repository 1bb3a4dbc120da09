"""Forms of pages of groups. They validate and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.groups.models import Group
from alongside.rules.community import KIND_LONGEST, NAME_LONGEST, WORDS_LONGEST
from alongside.rules.stories import tidy
from alongside.web.forms import AlongsideForm
from alongside.web.meanwhile import SharedForm
from alongside.web.widgets import ChoiceCards, TimeInput

from . import wording


class PageForm(SharedForm):
    """Whether a group has a page, its quiet hours, and for a group of everybody why."""

    mark_optional = False
    is_open = forms.BooleanField(label=_("People of this group may write to one another on a page"), required=False)
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=TimeInput,
        help_text=_("Then the page says that nobody is there, and nobody is told anything until the end."),
    )  # fmt: skip
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False, widget=TimeInput)
    mixed_why = forms.CharField(
        label=_("Why may participants and loved ones share one page?"), required=False, max_length=500,
        help_text=_("They are kept apart unless there is a reason. It is kept with the page."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, group: Group, may_mix: bool, stored: dict, **kwargs):
        kwargs["initial"] = stored | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if group.for_whom != "everybody" or not may_mix:
            del self.fields["mixed_why"]
        self.remember({name: stored[name] for name in self.fields}, group.pk)

    def clean(self):
        values = super().clean() or self.cleaned_data
        begins, ends = values.get("quiet_from"), values.get("quiet_until")
        if not self.errors and (begins is None) != (ends is None):
            self.add_error("quiet_until" if ends is None else "quiet_from", _("Say both times, or none."))
        elif begins is not None and begins == ends:
            self.add_error("quiet_until", _("The end is another time than the beginning."))
        return values


class NameForm(AlongsideForm):
    """The name on this page, and whether to hear of news."""

    mark_optional = False
    name = forms.CharField(
        label=_("Which name do you write under here?"), max_length=NAME_LONGEST,
        help_text=_("Never your own. We made one up for you; take it, or another."),
        error_messages={"required": _("Choose any name, such as one of a bird.")},
    )  # fmt: skip
    wants_news = forms.BooleanField(
        label=_("Tell me when something is new"), required=False,
        help_text=_("At most once a day, in words that say nothing about this page, in the way you allow."),
    )  # fmt: skip

    def clean_name(self) -> str:
        found = " ".join(tidy(self.cleaned_data["name"]).split())
        if not any(letter.isalnum() for letter in found):
            raise forms.ValidationError(_("Choose any name, such as one of a bird."))
        return found


class WriteForm(AlongsideForm):
    """A post, or an answer."""

    once = True
    mark_optional = False
    words = forms.CharField(
        label=_("Your words"), max_length=WORDS_LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Name nobody, and not yourself. What is said here stays here."),
    )  # fmt: skip

    def clean_words(self) -> str:
        found = tidy(self.cleaned_data["words"])
        if not found:
            raise forms.ValidationError(_("Please write a few words."))
        return found


class FlagForm(AlongsideForm):
    """Why somebody should look."""

    mark_optional = False
    reason = forms.ChoiceField(
        label=pgettext_lazy("post", "What is it?"), choices=list(wording.FLAG_REASONS.items()),
        widget=ChoiceCards(hints=wording.FLAG_HINTS),
    )  # fmt: skip

    def __init__(self, *args, only_worried: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if only_worried:  # they asked for a look already: what is left to say
            self.fields["reason"].choices = [("worried", wording.FLAG_REASONS["worried"])]


class HideForm(AlongsideForm):
    """Why a post is hidden, in words that its writer reads."""

    other_names = ("what",)
    mark_optional = False
    reason = forms.ChoiceField(
        label=_("Why?"), choices=list(wording.HIDE_REASONS.items()), widget=ChoiceCards
    )  # fmt: skip
    words = forms.CharField(
        label=_("A kind word to who wrote it"), max_length=KIND_LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read it beside their words. Say what was hard, and that they are welcome."),
    )  # fmt: skip


class WhoForm(AlongsideForm):
    """Why the person behind a name is asked for."""

    other_names = ("what",)
    mark_optional = False
    why = forms.ChoiceField(
        label=_("Why do you need to know?"), choices=list(wording.WHO_REASONS.items()), widget=ChoiceCards
    )


class PauseForm(AlongsideForm):
    """For how long somebody reads and does not write."""

    other_names = ("what",)
    mark_optional = False
    days = forms.TypedChoiceField(
        label=_("For how long?"), coerce=int, choices=list(wording.PAUSE_DAYS.items()), widget=ChoiceCards
    )
