"""The sentences of the public site that are not in its templates."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

LANGUAGE_NAMES: dict[str, Words] = {"en": _("English"), "es": _("Spanish")}
