"""Stopping and sharing at the same moment: once a stop has committed, nothing more leaves (B4, C2). See `scenes`."""

import uuid
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.partners.actions import make_link, open_link, send_due
from alongside.partners.models import LinkMail, PartnerLink
from alongside.people.actor import Actor
from alongside.people.queries import hash_token
from alongside.privacy.actions import NotDisclosed, change_draft, disclose, draft_consent, sign_consent, stop_sharing
from alongside.privacy.models import Consent, Disclosure
from alongside.privacy.writing import get_posture, show
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, scene

STOPPING = 2
"""So many of the processes stop, the person and staff for them; the others share."""


def signed_consent() -> tuple[Consent, Actor]:
    """Somebody's signed consent, and who they are."""
    person = make_episode("waiting").person
    consent = draft_consent(person=person, kind="specific", by=house())
    consent = change_draft(
        consent=consent, by=house(), recipient="Dr. Ana Ito", purpose="care", items=["being_here"],
        expires_at=timezone.now() + timedelta(days=9),
    )  # fmt: skip
    seen = show(consent, get_posture(), person).digest
    by = Actor(person_id=person.pk, program_id=person.program_id, roles=frozenset({"participant"}))
    sign_consent(consent=consent, seen=seen, signed_name="Somebody", by=by)
    return consent, by


@scene
@transaction.atomic
def set_stop_sharing() -> list[dict]:
    """Somebody's signed consent."""
    consent, _by = signed_consent()
    return [{"consent": str(consent.pk), "stops": number < STOPPING} for number in range(PROCESSES)]


def count_left(consent: str) -> int:
    """What left under it so far."""
    return Disclosure.objects.filter(consent=consent).count()


@scene
def stop_sharing_at_once(consent: str, stops: bool) -> str:
    """Stop, and see what had left by then; or share."""
    row = Consent.objects.get(pk=consent)
    if not stops:
        try:
            disclose(consent=row, way="printed", submit_key=uuid.uuid4(), by=house())
        except NotDisclosed:
            return "nothing left"
        return "left"
    by = Actor(person_id=row.person_id, program_id=row.program_id, roles=frozenset({"participant"}))
    with transaction.atomic():
        stop_sharing(consent=row, by=by)
        return f"stopped after {count_left(consent)}"


@scene
def naive_stop_sharing(consent: str, stops: bool) -> str:
    """Look whether it is in force, then share."""
    if not stops:
        if Consent.objects.get(pk=consent).status != "active":
            return "nothing left"
        a_moment()
        row = Consent.objects.get(pk=consent)
        Disclosure.objects.create(
            program_id=row.program_id, person_id=row.person_id, consent=row, way="printed", recipient="Dr. Ana Ito",
            items=["being_here"], purpose="care", content_digest="0" * 64, disclosed_at=timezone.now(),
            submit_key=uuid.uuid4(),
        )  # fmt: skip
        return "left"
    Consent.objects.filter(pk=consent, status="active").update(
        status="revoked", ended_at=timezone.now(), ended_how="screen"
    )
    return f"stopped after {count_left(consent)}"


@scene
def judge_stop_sharing(each: list[dict], answers: list[str]) -> list[str]:
    """Whatever left had left before the stop, and everybody got an answer that is true."""
    consent = each[0]["consent"]
    left = count_left(consent)
    wrong = [f"broken: {left} left, {one}" for one in answers[:STOPPING] if one != f"stopped after {left}"]
    if Counter(answers[STOPPING:])["left"] != left or set(answers[STOPPING:]) - {"left", "nothing left"}:
        wrong.append(f"answers {Counter(answers)}, {left} left")
    if Consent.objects.get(pk=consent).status != "revoked":
        wrong.append("not stopped")
    return wrong


# --- a page for a partner: opening and sending beside a stop ----------------------------------------------------------
SENDING = 2
"""So many of the others send the mails that wait; the rest open the page."""


@scene
@transaction.atomic
def set_stop_page() -> list[dict]:
    """A signed consent with one page that was sent, and one whose mail waits."""
    (first, *_others) = set_stop_sharing()
    consent = Consent.objects.get(pk=first["consent"])
    tokens: list[str] = []
    link, code = make_link(consent=consent, address="a@example.org", submit_key=uuid.uuid4(), by=house())
    send_due(deliver=lambda *said: tokens.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
    link.refresh_from_db()
    token = next(one for one in tokens if hash_token(one) == link.token_hash)
    make_link(consent=consent, address="b@example.org", submit_key=uuid.uuid4(), by=house())
    does = ["stop"] * STOPPING + ["send"] * SENDING + ["open"] * (PROCESSES - STOPPING - SENDING)
    return [{"consent": first["consent"], "link": str(link.pk), "token": token, "code": code, "does": does[number]}
            for number in range(PROCESSES)]  # fmt: skip


def count_out(consent: str) -> tuple[int, int]:
    """How often pages of it were opened, and how many mails were handed to the carrier, so far."""
    links = PartnerLink.objects.filter(consent=consent)
    opened = sum(links.values_list("times_opened", flat=True))
    return opened, links.filter(sent_at__isnull=False).count()


@scene
def stop_page(consent: str, link: str, token: str, code: str, does: str) -> str:
    """Stop, and see what was out by then; or send what waits; or open."""
    if does == "send":
        send_due(deliver=lambda *_said: None)
        return "worked"
    if does == "open":
        return "opened" if open_link(token=token, code=code) else "closed"
    row = Consent.objects.get(pk=consent)
    by = Actor(person_id=row.person_id, program_id=row.program_id, roles=frozenset({"participant"}))
    with transaction.atomic():
        stop_sharing(consent=row, by=by)
        return f"stopped after {count_out(consent)}"


@scene
def naive_stop_page(consent: str, link: str, token: str, code: str, does: str) -> str:
    """Look whether it is in force, then open or send."""
    if does == "stop":
        Consent.objects.filter(pk=consent, status="active").update(
            status="revoked", ended_at=timezone.now(), ended_how="screen"
        )
        return f"stopped after {count_out(consent)}"
    if Consent.objects.get(pk=consent).status != "active":
        return "closed"
    a_moment()
    if does == "send":
        PartnerLink.objects.filter(consent=consent, sent_at=None).update(status="sent", sent_at=timezone.now())
        return "worked"
    PartnerLink.objects.filter(pk=link).update(
        times_opened=F("times_opened") + 1, latest_opened_at=timezone.now(), status="opened"
    )
    return "opened"


@scene
def judge_stop_page(each: list[dict], answers: list[str]) -> list[str]:
    """Whatever was opened or sent was so before the stop, and everybody got an answer that is true."""
    consent = each[0]["consent"]
    out = count_out(consent)
    wrong = [f"broken: {out} out, {one}" for one in answers[:STOPPING] if one != f"stopped after {out}"]
    said = Counter(answers[STOPPING + SENDING :])
    if said["opened"] != out[0] or set(said) - {"opened", "closed"}:
        wrong.append(f"answers {said}, {out} out")
    open_ones = PartnerLink.objects.filter(consent=consent, status__in=["waiting", "sent", "opened"]).count()
    if open_ones or LinkMail.objects.filter(link__consent=consent, status__in=["queued", "sending"]).exists():
        wrong.append(f"still open: {open_ones}")
    return wrong
