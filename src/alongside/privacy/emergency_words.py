"""Codes of a medical emergency in words."""

from django.utils.translation import gettext_lazy as _

from .models import Emergency

NO_CONSENT = (
    ("cannot_answer", _("They could not answer")),
    ("cannot_reach", _("They could not be reached in time")),
    ("closed", _("We were closed in a state of emergency that an authority declared")),
)
FDA_WHY = _("The FDA said that it warns of a product, and uses it for nothing but to notify people or their doctors")
PARENT_WHY = _(
    "The director judged that somebody under age could not decide, and that telling it could make a danger smaller"
)
ACTS_AS = (
    ("parent", _("A parent")),
    ("guardian", _("A guardian")),
    ("other", _("Somebody else whom state law lets act for them")),
)
NO_CAPACITY = (
    ("youth", _("They are too young for it")),
    ("condition", _("The state of their mind or body does not let them")),
)
THREAT_TO = (("minor", _("Themself")), ("other", _("Somebody else")))
FINDINGS = (
    ("right", _("It was right")),
    ("too_much", _("More was told than was needed")),
    ("no_emergency", _("It was not a medical emergency")),
)
FDA_FINDINGS = (*FINDINGS[:2], ("no_emergency", _("It was not to warn of a product")))
PARENT_FINDINGS = (*FINDINGS[:2], ("no_emergency", _("There was no such danger, or they could decide")))
_FINDINGS = {"fda": FDA_FINDINGS, "parent": PARENT_FINDINGS}
_WHY = {"fda": FDA_WHY, "parent": PARENT_WHY}


def list_findings(emergency: Emergency) -> tuple:
    """What may be found about this one: [(code, words)]."""
    return _FINDINGS.get(emergency.kind, FINDINGS)


def say_emergency(emergency: Emergency) -> dict:
    """One emergency with its codes in words: {one, is_fda, is_parent, no_consent, acts_as, no_capacity,
    threat_to, finding}. `no_consent` says why nobody was asked, or what it was for."""
    return {
        "one": emergency,
        "is_fda": emergency.kind == "fda",
        "is_parent": emergency.kind == "parent",
        "no_consent": dict(NO_CONSENT).get(emergency.no_consent) or _WHY.get(emergency.kind, ""),
        "acts_as": dict(ACTS_AS).get(emergency.acts_as, ""),
        "no_capacity": dict(NO_CAPACITY).get(emergency.no_capacity, ""),
        "threat_to": dict(THREAT_TO).get(emergency.threat_to, ""),
        "finding": dict(list_findings(emergency)).get(emergency.finding, ""),
    }
