"""Codes of calls turned into words. Rules answer with codes; whole sentences stand here."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

WHYS = {
    "asked": _("They asked for a call"),
    "returned_to_use": _("They told us about a return to use; stay close"),
    "wanted_more": _("They wished for more in the latest call"),
    "try_again": _("No answer the time before; one more try"),
    "first": _("The first call"),
    "weekly": _("The weekly call"),
    "wished": _("They wished for this rhythm"),
}
OUTCOMES = {
    "well": _("We talked"),
    "more": _("We talked, and they want more"),
    "no_answer": _("No answer"),
    "message_left": _("Neutral message left"),
    "asked_to_stop": _("They asked to stop"),
    "wrong_number": _("Wrong number"),
    "worried": _("We talked, and I am worried"),
}
OUTCOME_HINTS = {
    "more": _("Somebody calls again sooner, and the coordinator sees it."),
    "asked_to_stop": _("Nobody calls any more. Thank them, and say that the door is open."),
    "wrong_number": _("Nobody calls this number again until there is another one."),
    "worried": _("Write below what you noticed. Whoever is on duty is told at once; you do not judge it alone."),
}
OWN_OUTCOMES = {
    "well": _("You talked"),
    "more": _("You talked"),
    "worried": _("You talked"),
    "no_answer": _("Nobody answered"),
    "message_left": _("A short message was left"),
    "asked_to_stop": _("You talked"),
    "wrong_number": _("Somebody else answered"),
}
"""As the person themself reads it."""

LANGUAGES = {"en": _("English"), "es": _("Spanish")}
EVERY = {3: _("Every three days"), 7: _("Every week"), 14: _("Every two weeks"), 30: _("Every month")}
ZONES = {
    "America/New_York": _("Eastern time"),
    "America/Puerto_Rico": _("Puerto Rico"),
    "America/Chicago": _("Central time"),
    "America/Denver": _("Mountain time"),
    "America/Phoenix": _("Arizona"),
    "America/Los_Angeles": _("Pacific time"),
    "America/Anchorage": _("Alaska"),
    "Pacific/Honolulu": _("Hawaii"),
}


def zone_choices(*zones: str) -> list[tuple[str, object]]:
    """Time zones to choose from; these too, where they are others."""
    return [*ZONES.items(), *((zone, zone) for zone in dict.fromkeys(zones) if zone not in ZONES)]


def local(moment: datetime | None, zone: str) -> datetime | None:
    """What the clock on their wall shows: a time without a zone, as pages say it."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if moment else None
