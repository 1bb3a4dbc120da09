"""Forms of stories. They validate and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.labels import choices
from alongside.rules.stories import (
    ALIAS_LONGEST,
    COMMENT_LONGEST,
    LANGUAGES,
    LONGEST,
    PARTS,
    SPOKEN,
    VOICES,
)
from alongside.web.forms import AlongsideForm, VisitorForm
from alongside.web.widgets import ChoiceCards, MultiChoiceCards

from . import wording
from .actions import Words
from .models import Story


class StoryForm(AlongsideForm):
    """The guided pages of a story on one sheet. Nothing has to be whole to be kept."""

    once = True
    mark_optional = False
    other_names = ("go",)
    title = forms.CharField(
        label=_("A title"), max_length=LONGEST["title"], required=False, help_text=_("Such as: The bus stop.")
    )
    keep_out = forms.CharField(
        label=_("What should stay private?"), max_length=LONGEST["keep_out"], required=False,
        help_text=_("Names, places or words that must not stand in it, with commas. Only you see this. We tell you "
                    "when one of them is in your story."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    alias = forms.CharField(
        label=_("A name to go with it"), max_length=LONGEST["alias"], required=False,
        help_text=_("Any name, best one that nobody knows you by."),
    )  # fmt: skip
    voice = forms.ChoiceField(label=_("Who speaks?"), widget=ChoiceCards)
    pathway = forms.ChoiceField(label=_("Your pathway"), required=False, widget=forms.Select)
    language = forms.ChoiceField(label=_("Language of the story"), widget=ChoiceCards(inline=True))
    audience = forms.ChoiceField(label=_("Who may read it?"), widget=ChoiceCards)
    wants_offers = forms.BooleanField(
        label=_("Also show it beside my name when I am suggested to somebody"), required=False
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, is_peer: bool, has_sound: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        for code in (*PARTS, SPOKEN) if has_sound else PARTS:
            label, helps = wording.PROMPTS[code]
            self.fields[code] = forms.CharField(
                label=label, help_text=helps, required=False, max_length=LONGEST.get(code, LONGEST["part"]),
                widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
            )  # fmt: skip
        self.fields["voice"].choices = [(code, wording.VOICES[code]) for code in VOICES if is_peer or code != "peer"]
        self.fields["pathway"].choices = [("", _("I leave this open")), *choices("pathway")]
        self.fields["language"].choices = [(code, wording.LANGUAGES[code]) for code in LANGUAGES]
        shown = [code for code in wording.AUDIENCES if is_peer or code != "matches"]
        self.fields["audience"].choices = [(code, wording.AUDIENCES[code][0]) for code in shown]
        self.fields["audience"].widget.hints = {code: wording.AUDIENCES[code][1] for code in shown}
        if not is_peer:
            del self.fields["wants_offers"]

    @property
    def part_fields(self) -> list[forms.BoundField]:
        """The boxes of the story itself, in order."""
        return [self[code] for code in (*PARTS, SPOKEN) if code in self.fields]

    @property
    def words(self) -> Words:
        """What was said, ready for the action. The recording's words stay as they are where no box is shown."""
        values = self.cleaned_data
        return Words(
            voice=values["voice"], language=values["language"], audience=values["audience"], title=values["title"],
            alias=values["alias"], pathway=values["pathway"], keep_out=values["keep_out"],
            wants_offers=values.get("wants_offers", False),
            parts={code: values[code] for code in (*PARTS, SPOKEN) if code in values},
        )  # fmt: skip


def initial_of(story: Story) -> dict:
    """A story as values of the form."""
    names = ("title", "keep_out", "alias", "voice", "pathway", "language", "audience", "edition")
    return {name: getattr(story, name) for name in names} | {"wants_offers": story.with_offers} | story.parts


class SoundForm(AlongsideForm):
    """A recording as a file, made elsewhere or on this page."""

    sound = forms.FileField(
        label=_("The recording"), max_length=200, help_text=_("WebM, Ogg, MP3, M4A or WAV, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.mp3,.ogg,.opus,.wav,.webm"}),
        error_messages={"required": _("Choose a file, or record something first."),
                        "missing": _("Choose a file, or record something first."),
                        "empty": _("There is nothing in this file.")},
    )  # fmt: skip


class GiveBackForm(AlongsideForm):
    """Why a story goes back to its writer: reasons, own words, or both."""

    mark_optional = False
    reasons = forms.MultipleChoiceField(label=_("What should they look at?"), required=False, widget=MultiChoiceCards)
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Begin with what touched you. Say what could be different, and why."),
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, language: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reasons"].choices = [(code, name) for code, (name, _said) in wording.RETURN_REASONS.items()]
        self.fields["words"].label = (
            _("In your own words, in Spanish") if language == "es" else _("In your own words, in English")
        )
        self.fields["words"].widget.attrs["lang"] = language

    def clean(self):
        values = super().clean()
        if not self.errors and not values.get("reasons") and not values.get("words"):
            self.add_error("reasons", _("Choose a reason, or write a few words: nobody should have to guess."))
        return values


class CommentForm(VisitorForm):
    """A few words of a visitor: no account, no address, any name or none."""

    words = forms.CharField(
        label=_("Your words"), max_length=COMMENT_LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What touched you, or what you would like to say. Please no names and no links."),
        error_messages={"required": _("Write a few words first.")},
    )  # fmt: skip
    alias = forms.CharField(
        label=_("A name, if you like"), max_length=ALIAS_LONGEST, required=False, help_text=_("Not your real one.")
    )
