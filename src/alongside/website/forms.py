"""Forms of the public site. They validate and never save."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.rules.marked_text import find_bad_addresses
from alongside.rules.site_pages import LANGUAGES, LONGEST
from alongside.web.meanwhile import SharedForm

from .actions import flat, unflat

ROWS = {"name": 1, "title": 1, "lead": 3, "words": 14}
LABELS = {
    "en": {"name": _("Name in the navigation, in English"), "title": _("Heading, in English"),
           "lead": _("One or two sentences under it, in English"), "words": _("The page, in English")},
    "es": {"name": _("Name in the navigation, in Spanish"), "title": _("Heading, in Spanish"),
           "lead": _("One or two sentences under it, in Spanish"), "words": _("The page, in Spanish")},
}  # fmt: skip


class PageForm(SharedForm):
    """A page in both languages. An empty language is shown in the other one."""

    once = True
    mark_optional = False

    def __init__(self, *args, texts: Mapping, of: str, **kwargs):
        super().__init__(*args, initial=flat(texts) | (kwargs.pop("initial", None) or {}), **kwargs)
        for language in LANGUAGES:
            for part, label in LABELS[language].items():
                self.fields[f"{part}_{language}"] = _box(part, label, language)
        self.remember(flat(texts), of)

    def columns(self) -> list[list[forms.BoundField]]:
        """The boxes of each language, side by side where there is room."""
        return [[self[f"{part}_{language}"] for part in LABELS[language]] for language in LANGUAGES]

    def clean(self):
        cleaned = super().clean()
        for language in LANGUAGES:
            if bad := find_bad_addresses(cleaned.get(f"words_{language}", "") or ""):
                self.add_error(
                    f"words_{language}",
                    gettext("A link cannot lead here: %(addresses)s. Begin it with https://, mailto:, tel: or, for a "
                            "page of this site, with /.") % {"addresses": ", ".join(bad[:3])},
                )  # fmt: skip
        if not self.errors and not any(cleaned.get(f"name_{language}") for language in LANGUAGES):
            self.add_error("name_en", gettext("Give it a name in one language at least."))
        return cleaned

    @property
    def texts(self) -> dict:
        """What was written, tidied."""
        return unflat({name: str(value) for name, value in self.cleaned_data.items() if name != "submit_key"})

    @property
    def wanted(self) -> dict:
        return flat(self.texts)


def _box(part: str, label, language: str) -> forms.CharField:
    is_line = ROWS[part] == 1
    widget = forms.TextInput if is_line else forms.Textarea
    attrs = {"lang": language, "autocomplete": "off"} | ({} if is_line else {"rows": ROWS[part]})
    return forms.CharField(label=label, max_length=LONGEST[part], required=False, widget=widget(attrs=attrs))
