"""Codes of referrals turned into words. Whole sentences stand here; rules answer with codes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alongside.council.wording import HANDOVER_STEPS
from alongside.partners.wording import REASON as PARTNER_REASONS

if TYPE_CHECKING:
    from .models import ReferralStep

Text = str | Promise

WAYS: Mapping[str, Text] = {
    "themself": _("They go themself"),
    "told": _("We tell the place"),
}
WAY_HINTS: Mapping[str, Text] = {
    "themself": _("Nothing about them leaves here. They get the details."),
    "told": _("Only after they sign a permission. They choose what the place may know."),
}
OWN_WAYS: Mapping[str, Text] = {
    "themself": _("I go myself"),
    "told": _("You tell them"),
}
OWN_WAY_HINTS: Mapping[str, Text] = {
    "themself": _("Nothing about me leaves here. I get the details."),
    "told": _("Only after I sign for it. I choose what they may know."),
}
PAGE_OVER: Mapping[str, Text] = {
    "lapsed": _("The place was told and has not answered. Their page is over: somebody here calls, or sends it again."),
    "failed": _("The mail to the place did not arrive, so nobody there has read it. Somebody here looks at it."),
    "locked": _(
        "The place was told and has not answered. Their page was closed after wrong codes: somebody here looks at it."
    ),
}
"""Of a way without an answer, by how its page ended by itself: what is true of it now."""
REASONS: Mapping[str, Text] = {
    **PARTNER_REASONS,
    "own_wish": _("by their own wish"),
    "not_needed": _("it is not needed any more"),
    "no_answer": _("nobody answered"),
    "support_ended": _("with the end of our support"),
}
CANCEL: Mapping[str, Text] = {code: REASONS[code] for code in ("own_wish", "not_needed", "no_answer")}
TURNS: Mapping[str, Text] = {
    "begun": _("The place was chosen"),
    "sent": _("The place was told, by a page with a code"),
    "accepted": _("The place said yes"),
    "declined": _("The place said no"),
    "in_touch": _("They met, or talked, for the first time"),
    "done": _("Done"),
    "not_reached": _("The place could not reach them"),
    "not_yet": _("Not there yet; somebody asks again"),
    "cancelled": _("Ended"),
    "consent_over": _("The permission is over; nothing more is told"),
}
BY: Mapping[str, Text] = {
    "person": pgettext_lazy("who said it", "by the person"),
    "partner": pgettext_lazy("who said it", "by the place"),
    "staff": pgettext_lazy("who said it", "noted by us"),
    "house": pgettext_lazy("who said it", "by itself"),
}
SAYS: Mapping[str, Text] = {
    "in_touch": _("They met, or talked with them"),
    "done": _("It is done: they got what they went for"),
    "not_yet": _("Not yet: ask again in a week"),
    "accepted": _("The place said yes, by phone"),
    "declined": _("The place said no, by phone"),
    "not_reached": _("The place could not reach them"),
}
OWN_SAYS: Mapping[str, Text] = {
    "in_touch": _("Yes, I met or talked with them"),
    "done": _("It is done: I got what I went for"),
    "not_yet": _("Not yet. Ask me again in a week"),
}


def say_step(step: "ReferralStep") -> str:
    """A step of a handover in the language of the moment: in our words, or in those that the program wrote."""
    language = "es" if (get_language() or "").startswith("es") else "en"
    return (step.words or {}).get(language) or str(HANDOVER_STEPS[step.code])
