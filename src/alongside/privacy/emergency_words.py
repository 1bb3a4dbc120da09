"""Codes of a medical emergency in words."""

from django.utils.translation import gettext_lazy as _

from .models import Emergency

NO_CONSENT = (
    ("cannot_answer", _("They could not answer")),
    ("cannot_reach", _("They could not be reached in time")),
    ("closed", _("We were closed in a state of emergency that an authority declared")),
)
FINDINGS = (
    ("right", _("It was right")),
    ("too_much", _("More was told than was needed")),
    ("no_emergency", _("It was not a medical emergency")),
)


def say_emergency(emergency: Emergency) -> dict:
    """One emergency with its codes in words: {one, no_consent, finding}."""
    return {
        "one": emergency,
        "no_consent": dict(NO_CONSENT)[emergency.no_consent],
        "finding": dict(FINDINGS).get(emergency.finding, ""),
    }
