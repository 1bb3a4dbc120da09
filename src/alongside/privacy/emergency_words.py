"""Codes of a medical emergency in words."""

from django.utils.translation import gettext_lazy as _

from .models import Emergency

NO_CONSENT = (
    ("cannot_answer", _("They could not answer")),
    ("cannot_reach", _("They could not be reached in time")),
    ("closed", _("We were closed in a state of emergency that an authority declared")),
)
FDA_WHY = _("The FDA said that it warns of a product, and uses it for nothing but to notify people or their doctors")
FINDINGS = (
    ("right", _("It was right")),
    ("too_much", _("More was told than was needed")),
    ("no_emergency", _("It was not a medical emergency")),
)
FDA_FINDINGS = (*FINDINGS[:2], ("no_emergency", _("It was not to warn of a product")))


def list_findings(emergency: Emergency) -> tuple:
    """What may be found about this one: [(code, words)]."""
    return FDA_FINDINGS if emergency.kind == "fda" else FINDINGS


def say_emergency(emergency: Emergency) -> dict:
    """One emergency with its codes in words: {one, is_fda, no_consent, finding}."""
    return {
        "one": emergency,
        "is_fda": emergency.kind == "fda",
        "no_consent": dict(NO_CONSENT).get(emergency.no_consent) or FDA_WHY,
        "finding": dict(list_findings(emergency)).get(emergency.finding, ""),
    }
