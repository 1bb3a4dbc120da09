"""A restriction in words: what, from whom, what for, where it stands."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.people.labels import label
from alongside.rules.consent import describe_purpose
from alongside.rules.lifecycles import RESTRICTION
from alongside.rules.restriction import INSIDE, must_agree

from .consent_words import say_items, speak
from .models import Restriction
from .restriction_queries import name_accounts


def say_restrictions(several: Iterable[Restriction]) -> list[dict]:
    """Each as a page shows it; the names of those who work here are asked for once."""
    rows = list(several)
    inside = [reader.account_id for one in rows if one.toward == INSIDE for reader in one.readers.all()]
    names = name_accounts(rows[0].program_id, inside) if inside else {}
    return [say_restriction(one, names) for one in rows]


def say_restriction(one: Restriction, names: Mapping[UUID | None, str]) -> dict:
    """One as a page shows it: {one, items, readers, whom, purposes, state, is_asked, is_kept, can_end, must}."""
    language = speak()
    whom = {
        "anyone": _("From everybody outside"),
        "health_plan": _("From a health plan or whoever pays"),
        "named": _("From %(name)s") % {"name": one.recipient or ""},
        INSIDE: _("My whole record: from people who work here"),
    }
    for_some = [] if one.toward == "health_plan" else one.purposes
    return {
        "one": one,
        "items": say_items(one.items),
        "readers": [names.get(reader.account_id, "") for reader in one.readers.all()] if one.toward == INSIDE else [],
        "whom": whom[one.toward],
        "purposes": [describe_purpose(purpose, "", language) for purpose in for_some],
        "state": label("restriction", one.status),
        "is_asked": one.status == "asked",
        "is_kept": one.status == "agreed",
        "can_end": one.status not in RESTRICTION.ends(),
        "must": must_agree(toward=one.toward, paid_in_full=one.paid_in_full),
    }
