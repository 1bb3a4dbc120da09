"""A restriction in words: what, from whom, what for, where it stands."""

from django.utils.translation import gettext as _

from alongside.people.labels import label
from alongside.rules.consent import describe_purpose
from alongside.rules.lifecycles import RESTRICTION
from alongside.rules.restriction import must_agree

from .consent_words import say_items, speak
from .models import Restriction


def say_restriction(one: Restriction) -> dict:
    """One as a page shows it: {one, items, whom, purposes, state, is_asked, is_kept, can_end, must}."""
    language = speak()
    whom = {
        "anyone": _("From everybody outside"),
        "health_plan": _("From a health plan or whoever pays"),
        "named": _("From %(name)s") % {"name": one.recipient or ""},
    }
    for_some = [] if one.toward == "health_plan" else one.purposes
    return {
        "one": one,
        "items": say_items(one.items),
        "whom": whom[one.toward],
        "purposes": [describe_purpose(purpose, "", language) for purpose in for_some],
        "state": label("restriction", one.status),
        "is_asked": one.status == "asked",
        "is_kept": one.status == "agreed",
        "can_end": one.status not in RESTRICTION.ends(),
        "must": must_agree(toward=one.toward, paid_in_full=one.paid_in_full),
    }
