"""Times of day, phone numbers and safe-contact rules, as people read them."""

from collections.abc import Mapping
from datetime import time

import phonenumbers
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from alongside.web.templatetags.ui import when

from .labels import label


def speak_hour(hour: int) -> str:
    """A whole hour of the day, 0 to 24: `5 p.m.` in English, `17:00` in Spanish."""
    return time_format(time(hour % 24), "TIME_FORMAT")


def speak_hours(start: int, end: int) -> str:
    """From one whole hour to another."""
    return _("%(start)s to %(end)s") % {"start": speak_hour(start), "end": speak_hour(end)}


def speak_phone(number: str) -> str:
    """A stored number (E.164) as it is written in its country; anything else as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == 1
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, kind)


def list_reach_facts(rules: Mapping[str, object], *, phone: str, email: str) -> list[tuple[str, object]]:
    """(name, value) pairs of how somebody may be reached; `rules` has the fields of `SafeContact`."""
    stopped = [(_("Texts stopped by them"), when(at))] if (at := rules.get("texts_stopped_at")) else []
    if rules.get("channel") == "none":
        return [(_("How to reach them"), _("Not at all: they will come by.")), *stopped]
    may = [
        words
        for name, words in (
            ("may_call", _("call")), ("may_voicemail", _("leave a short neutral message")), ("may_text", _("text")),
            ("may_email", _("e-mail")),
        )
        if rules.get(name)
    ]  # fmt: skip
    return [
        (_("First choice"), label("safe_channel", str(rules.get("channel", "phone")))),
        (_("You may"), ", ".join(may)),
        *stopped,
        (_("Phone"), speak_phone(phone)),
        (_("E-mail"), email),
        (_("Hours"), speak_hours(int(rules.get("from_hour", 9)), int(rules.get("until_hour", 20)))),
        (_("Ask for"), rules.get("name_to_use", "")),
    ]
