"""One select per word of a list that is none of our terms."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from alongside.intake.rosters.own_words import NOTES, AskedWord
from alongside.intake.rosters.words import GROUPS
from alongside.people.labels import label
from alongside.rules.roster.own_words import TERM_FIELDS
from alongside.web.forms import AlongsideForm

LANGUAGES = ("en", "es")


class WordsForm(AlongsideForm):
    """What each word means; it stays in the notes unless somebody chooses."""

    mark_optional = False

    def __init__(self, *args, asked: Sequence[AskedWord], **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[one.key] = forms.ChoiceField(
                label=one.word.written, choices=_choices(one), required=False, initial=one.code or NOTES
            )
            self.fields[one.key].widget.attrs["autocomplete"] = "off"

    @property
    def decided(self) -> dict[tuple[str, str], str]:
        """(field, folded words) to the code chosen, "" for the notes."""
        return {(one.word.field, one.word.words): self.cleaned_data.get(one.key) or NOTES for one in self.asked}


def _choices(one: AskedWord) -> list:
    about = one.word.field
    perhaps = [(code, _in_both(about, code)) for code in one.suggestions]
    rest = [(code, _in_both(about, code)) for code in TERM_FIELDS[about] if code not in one.suggestions]
    choices: list = [(NOTES, _("Keep in the notes"))]
    return [*choices, (_("Perhaps"), perhaps), (_("Other terms"), rest)] if perhaps else [*choices, *rest]


def _in_both(about: str, code: str) -> str:
    """A term in the reader's language first, then in the other: the list may be in either."""
    group = "kind" if about == "serves" else GROUPS[about]
    reader = (get_language() or "en")[:2]
    words = []
    for language in sorted(LANGUAGES, key=lambda one: one != reader):
        with override(language):
            words.append(str(label(group, code)))
    return " · ".join(dict.fromkeys(words))
