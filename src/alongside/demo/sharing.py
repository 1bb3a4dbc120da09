"""What Rosa lets others outside have: one permission in force, and one that waits for her signature."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from alongside.partners.actions import answer_link, make_link, open_link, send_due
from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.privacy.actions import change_draft, draft_consent, sign_consent
from alongside.privacy.models import Consent
from alongside.privacy.writing import get_posture, show


def share_with_clinic(rosa: Person, by: Actor, carmen: Actor) -> None:
    """Her clinic hears that she is here and on which days they talked; the housing office is not signed yet."""
    signed = _draft(
        rosa, by, "Clínica del Valle", "care", ["being_here", "walks_with", "contacts"], address="400 Valley Street"
    )
    seen = show(signed, get_posture(), signed.person).digest
    sign_consent(consent=signed, seen=seen, signed_name="Rosa Medina", by=by, now=timezone.now() - timedelta(days=5))
    _page_for_clinic(signed, carmen)
    _draft(rosa, by, "Oficina de Vivienda, Sra. Lopez", "housing", ["being_here", "reach"])


def _page_for_clinic(consent: Consent, by: Actor) -> None:
    """Carmen gave it to the clinic as a page three days ago, and they said yes; a second one waits for them."""
    then, links = timezone.now() - timedelta(days=3), []
    # Nothing is mailed from a demo while it is made: the link is taken from the worker's hand.
    for now in (then, timezone.now()):
        _link, code = make_link(consent=consent, address="entrada@clinica.example", submit_key=uuid4(), by=by, now=now)
        send_due(now, deliver=lambda *said: links.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
        if now == then and (opened := open_link(token=links[0], code=code, now=now + timedelta(hours=4))):
            answer_link(
                token=links[0], link_id=opened.link.pk, accepts=True, words="El martes a las 10, pregunte por Inés.",
                now=now + timedelta(hours=5),
            )  # fmt: skip


def _draft(rosa: Person, by: Actor, recipient: str, purpose: str, items: list[str], address: str = "") -> Consent:
    person = Person.objects.select_related("program").get(pk=rosa.pk)
    consent = draft_consent(person=person, kind="specific", by=by)
    return change_draft(
        consent=consent, by=by, recipient=recipient, recipient_address=address, purpose=purpose, items=items,
        recipient_is_covered=purpose == "care", expires_at=timezone.now() + timedelta(days=180),
    )  # fmt: skip
