"""The sentences of the pages of skills. Codes are in `rules.skills`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

STANDS: dict[str, tuple[Text, Text]] = {
    "looking": (_("Having a look"), _("I read it, and I may come back.")),
    "trying": (_("Trying it"), _("I am practising.")),
    "mine": (_("Part of my life"), _("I do it without thinking much.")),
}
FEELS: dict[str, Text] = {"hard": _("Hard"), "mixed": _("So-so"), "good": _("Good")}
LANGUAGES: dict[str, Text] = {"en": _("English"), "es": _("Spanish")}
