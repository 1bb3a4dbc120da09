"""Permissions of the kill test, each with a page that was sent; and what is looked at afterwards."""

import uuid
from collections import Counter

from django.db import connection
from django.db.models import F, QuerySet

from alongside.audit import triggers
from alongside.partners.actions import make_link, send_due
from alongside.partners.models import LinkMail, PartnerLink
from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.people.queries import hash_token
from alongside.privacy.models import Consent, Disclosure
from alongside.rules.consent import KINDS
from tests.privacy.consents import signed
from tests.races.scenes import house, make_episode, scene

STOPPABLE = [code for code, kind in KINDS.items() if not kind.is_held]


def make_permits(count: int) -> list[tuple[Person, dict]]:
    """People with a signed permission, of each kind in turn that can be stopped, and a page whose link was sent."""
    found, tokens = [], []
    for number in range(count):
        person = make_episode("waiting").person
        by = Actor(person_id=person.pk, program_id=person.program_id, roles=frozenset({"participant"}))
        consent = signed(person, by, STOPPABLE[number % len(STOPPABLE)])
        link, code = make_link(consent=consent, address="a@example.org", submit_key=uuid.uuid4(), by=house())
        found.append((person, {"consent": str(consent.pk), "link": str(link.pk), "code": code}))
    send_due(deliver=lambda *said: tokens.append(said[-1].rstrip("/").rsplit("/", 1)[1]), limit=count)
    of_link = dict(PartnerLink.objects.values_list("token_hash", "pk"))
    sent = {str(of_link[hash_token(token)]): token for token in tokens}
    return [(person, one | {"token": sent[one["link"]]}) for person, one in found]


def judge_sharing(stops: list[str], left: list[str], answers: list[str]) -> dict[str, list[str]]:
    """What is wrong, given the permissions whose stop was confirmed, the keys of what left, and the pages answered."""
    revoked = {str(pk) for pk in Consent.objects.filter(status="revoked").values_list("pk", flat=True)}
    made = Counter(str(key) for key in Disclosure.objects.values_list("submit_key", flat=True))
    answered = {str(pk) for pk in PartnerLink.objects.filter(status="accepted").values_list("pk", flat=True)}
    return {
        "lost stops": [pk for pk in stops if pk not in revoked],
        "lost disclosures": [key for key in left if key not in made],
        "lost answers": [pk for pk in answers if pk not in answered],
        "left after the stop": _left_late(),
    }


def _left_late() -> list[str]:
    """What was given, opened, answered or sent after the moment of the stop, or is still on its way."""
    late = {
        "given": Disclosure.objects.filter(disclosed_at__gt=F("consent__ended_at")),
        "opened": PartnerLink.objects.filter(latest_opened_at__gt=F("consent__ended_at")),
        "answered": PartnerLink.objects.filter(answered_at__gt=F("consent__ended_at")),
        "sent": LinkMail.objects.filter(sent_at__gt=F("link__consent__ended_at")),
        "open": PartnerLink.objects.filter(
            consent__ended_at__isnull=False, status__in=["waiting", "sent", "opened", "locked"], content__isnull=False
        ),
        "on its way": LinkMail.objects.filter(
            link__consent__ended_at__isnull=False, status__in=["queued", "sending"]
        ),
    }  # fmt: skip
    return [f"{what} {pk}" for what, rows in late.items() for pk in rows.values_list("pk", flat=True)]


def rows_with_entries() -> list[tuple[str, QuerySet]]:
    """Of each act of sharing the rows that have one entry in the log."""
    return [
        ("consent.revoked", Consent.objects.filter(status="revoked")),
        ("disclosure.made", Disclosure.objects.all()),
        ("partner_link.answered", PartnerLink.objects.filter(status="accepted")),
    ]


@scene
def spoil_sharing(consent: str, lost: bool) -> None:
    """As if this stop had been lost, or as if everything had left after it: the judge has to see either."""
    row = Consent.objects.get(pk=consent)
    changed = {"status": "active", "ended_at": None, "ended_how": ""} if lost else {"ended_at": row.signed_at}
    with triggers.suspended(connection):
        Consent.objects.filter(pk=consent).update(**changed)
