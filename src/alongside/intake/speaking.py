"""Safe-contact rules as facts for a page."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from alongside.people.labels import label


def list_reach_facts(rules: Mapping[str, object], *, phone: str, email: str) -> list[tuple[str, object]]:
    """(name, value) pairs of how somebody may be reached; `rules` has the fields of `SafeContact`."""
    if rules.get("channel") == "none":
        return [(_("How to reach them"), _("Not at all: they will come by."))]
    may = [
        words
        for name, words in (
            ("may_call", _("call")), ("may_voicemail", _("leave a short neutral message")), ("may_text", _("text")),
            ("may_email", _("e-mail")),
        )
        if rules.get(name)
    ]  # fmt: skip
    hours = {"start": rules.get("from_hour", 9), "end": rules.get("until_hour", 20)}
    return [
        (_("First choice"), label("safe_channel", str(rules.get("channel", "phone")))),
        (_("You may"), ", ".join(may)),
        (_("Phone"), phone),
        (_("E-mail"), email),
        (_("Between"), _("%(start)s and %(end)s o’clock") % hours),
        (_("Ask for"), rules.get("name_to_use", "")),
    ]
