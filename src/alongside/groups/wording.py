"""Codes of groups turned into words. Whole sentences stand here; rules answer with codes."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RHYTHMS = {
    "weekly": pgettext_lazy("group", "Every week"),
    "biweekly": pgettext_lazy("group", "Every second week"),
    "monthly": pgettext_lazy("group", "Every month"),
}
RHYTHM_HINTS = {"monthly": _("The same weekday of the month as the first day: the second Tuesday, say.")}
WHEN = {
    "weekly": _("Each week on %(day)s at %(time)s"),
    "biweekly": _("Every second week on %(day)s at %(time)s"),
    1: _("On the first %(day)s of the month at %(time)s"),
    2: _("On the second %(day)s of the month at %(time)s"),
    3: _("On the third %(day)s of the month at %(time)s"),
    4: _("On the fourth %(day)s of the month at %(time)s"),
    -1: _("On the last %(day)s of the month at %(time)s"),
}
"""Rhythm, or which weekday of the month, to a sentence."""
FOR_WHOM = {
    "own_recovery": _("People in or seeking recovery"),
    "loved_one": _("Loved ones"),
    "everybody": _("Both together"),
}
FOR_WHOM_HINTS = {"everybody": _("Only where both know it and want it.")}
LEFT_WHY = {
    "own_wish": _("by their own wish"),
    "by_leader": _("taken off by who leads the group"),
    "closed": _("with the end of our support"),
    "group_ended": _("with the end of the group"),
}
SERVICES = {
    "group": _("Support in a group"),
    "skills_group": _("Learning skills in a group"),
    "not_billed": _("Not for a payer"),
}
REFUSALS = {
    "words_in_this_mode": _("Your program keeps no words about a talk."),
    "not_read_together": _(
        "Words are kept when all have read them, or heard them read aloud. Tick it, or leave them out."
    ),
    "billing_not_whole": _("A payer asks for service and place. Or choose “Not for a payer”."),
    "ends_before_it_starts": _("The end comes after the start."),
}
"""Why a note is not kept as it is (`rules.note_modes.REFUSED`)."""
