"""Processes take random steps on the same permissions: sign, stop, hand over, open, answer, keep back (B4, B7, C2).

What a stop or an agreement counts inside its own transaction is what was out when it committed, and whatever commits
after it is counted only later: so the order of the commits judges, and no clock.
"""

import json
import random
import uuid
from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.partners.actions import answer_link, make_link, open_link, send_due
from alongside.partners.models import PartnerLink
from alongside.people.actor import Actor
from alongside.people.queries import hash_token
from alongside.privacy.actions import (
    CannotStopYet,
    NotDisclosed,
    ask_restriction,
    decide_restriction,
    disclose,
    sign_consent,
    stop_sharing,
)
from alongside.privacy.models import Consent, Disclosure, Restriction
from alongside.rules.consent import KINDS
from alongside.rules.lifecycles import MoveNotAllowed
from tests.privacy.consents import drafted, look, signed
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, scene

ITEM = "being_here"
"""Every kind may share it; a restriction keeps it back."""

LATE = 2
"""The wish is agreed to only while the later permissions of its person are used: until then pages can be opened."""


def actor_of(person) -> Actor:
    """The person themself."""
    return Actor(person_id=person.pk, program_id=person.program_id, roles=frozenset({"participant"}))


@scene
@transaction.atomic
def set_consent_storm(steps: int) -> list[dict]:
    """Two people, of each of whom there is a permission of each kind with a page that was sent, a draft, and a wish."""
    world, tokens = [], []
    for _ in range(2):
        person = make_episode("waiting").person
        by = actor_of(person)
        wish = ask_restriction(person=person, items=[ITEM], toward="anyone", submit_key=uuid.uuid4(), by=by)
        for number, kind in enumerate(KINDS):
            shared = {"person": str(person.pk), "wish": str(wish.pk) if number > LATE else ""}
            consent = signed(person, by, kind)
            link, code = make_link(consent=consent, address="a@example.org", submit_key=uuid.uuid4(), by=house())
            world.append(shared | {"consent": str(consent.pk), "link": str(link.pk), "code": code})
        draft = {"person": str(person.pk), "wish": "", "consent": str(drafted(person, by).pk), "link": "", "code": ""}
        world.append(draft)
    send_due(deliver=lambda *said: tokens.append(said[-1].rstrip("/").rsplit("/", 1)[1]), limit=len(world))
    of_hash = dict(PartnerLink.objects.values_list("token_hash", "pk"))
    sent = {str(of_hash[hash_token(token)]): token for token in tokens}
    world = [one | {"token": sent.get(one["link"], "none")} for one in world]
    return [{"world": world, "steps": steps, "seed": random.randrange(2**32)} for _ in range(PROCESSES)]


def count_out(consent: str) -> list[int]:
    """What left under a permission, how often its page was opened, and whether that was answered, so far."""
    links = PartnerLink.objects.filter(consent=consent)
    opened, answered = sum(links.values_list("times_opened", flat=True)), links.filter(status="accepted").count()
    return [Disclosure.objects.filter(consent=consent).count(), opened, answered]


def count_of_item(person: str) -> list[int]:
    """How often the item left about a person, and how often it was opened, so far."""
    holding = [pk for pk, items in Disclosure.objects.filter(person=person).values_list("pk", "items") if ITEM in items]
    opened = PartnerLink.objects.filter(disclosure__in=holding).values_list("times_opened", flat=True)
    return [len(holding), sum(opened)]


# --- the steps ------------------------------------------------------------------------------------------------------
def sign(one: dict) -> str:
    """The person signs what is a draft."""
    consent = Consent.objects.select_related("person__program").get(pk=one["consent"])
    if consent.status != "draft":
        return "no draft"
    a_moment()
    by = actor_of(consent.person)
    try:
        sign_consent(consent=consent, seen=look(consent).digest, signed_name="Somebody", by=by)
    except MoveNotAllowed:
        return "no draft"
    return "signed"


def stop(one: dict) -> str:
    """Stop, and see what was out by then."""
    row = Consent.objects.select_related("person").get(pk=one["consent"])
    with transaction.atomic():
        try:
            stop_sharing(consent=row, by=actor_of(row.person))
        except (CannotStopYet, MoveNotAllowed):
            return "not stopped"
        return json.dumps(count_out(one["consent"]))


def share(one: dict) -> str:
    """Hand over what it covers."""
    try:
        disclose(consent=Consent.objects.get(pk=one["consent"]), way="printed", submit_key=uuid.uuid4(), by=house())
    except NotDisclosed:
        return "nothing left"
    return "left"


def open_page(one: dict) -> str:
    """The partner opens their page."""
    return "opened" if open_link(token=one["token"], code=one["code"]) else "closed"


def answer(one: dict) -> str:
    """The partner says yes."""
    said = one["link"] and answer_link(token=one["token"], link_id=uuid.UUID(one["link"]), accepts=True)
    return "answered" if said else "closed"


def keep_back(one: dict) -> str:
    """Agree to the wish, and see what of it was out by then."""
    wish = Restriction.objects.filter(pk=one["wish"] or None).first()
    if wish is None:
        return "not now"
    by = Actor(program_id=wish.program_id, roles=frozenset({"coordinator"}))
    with transaction.atomic():
        try:
            decide_restriction(restriction=wish, agree=True, words="Yes.", by=by)
        except MoveNotAllowed:
            return "decided before"
        return json.dumps(count_of_item(one["person"]))


STEPS = {"share": share, "open": open_page, "answer": answer, "sign": sign, "stop": stop, "keep": keep_back}
OFTEN = (6, 4, 2, 2, 2, 1)


def may_leave_now(one: dict) -> bool:
    """Looks, and trusts that it stays so."""
    live = Consent.objects.get(pk=one["consent"]).status == "active"
    return live and not Restriction.objects.filter(person=one["person"], status="agreed").exists()


def naive_share(one: dict) -> str:
    """Look whether it may, then hand over."""
    if not may_leave_now(one):
        return "nothing left"
    a_moment()
    row = Consent.objects.get(pk=one["consent"])
    Disclosure.objects.create(
        program_id=row.program_id, person_id=row.person_id, consent=row, way="printed", recipient="Dr. Ana Ito",
        items=[ITEM], purpose="care", content_digest="0" * 64, disclosed_at=timezone.now(), submit_key=uuid.uuid4(),
    )  # fmt: skip
    return "left"


def naive_open(one: dict) -> str:
    """Look whether it may, then open."""
    page = PartnerLink.objects.filter(pk=one["link"] or None, status__in=["sent", "opened"])
    if not (may_leave_now(one) and page.exists()):
        return "closed"
    a_moment()
    changed = {"times_opened": F("times_opened") + 1, "latest_opened_at": timezone.now()}
    return "opened" if PartnerLink.objects.filter(pk=one["link"]).update(**changed) else "closed"


NAIVE = STEPS | {"share": naive_share, "open": naive_open}


# --- what each process does, and what is looked at afterwards ---------------------------------------------------------
def walk(steps_there_are: dict, world: list[dict], steps: int, seed: int) -> str:
    """So many steps by lot; all processes are near the same permission at the same time."""
    chance, done = random.Random(seed), []
    for number in range(steps):
        one = world[(number * len(world) // steps + chance.randint(0, 1)) % len(world)]
        (name,) = chance.choices(list(steps_there_are), OFTEN)
        done.append([name, one["consent"], one["person"], steps_there_are[name](one)])
    return json.dumps(done)


@scene
def consent_storm(world: list[dict], steps: int, seed: int) -> str:
    """By the product's own actions."""
    return walk(STEPS, world, steps, seed)


@scene
def naive_consent_storm(world: list[dict], steps: int, seed: int) -> str:
    """As somebody who looks before they leap."""
    return walk(NAIVE, world, steps, seed)


@scene
def judge_consent_storm(each: list[dict], answers: list[str]) -> list[str]:
    """Nothing came after the stop or the agreement that it had seen, and every answer was true."""
    done = [step for one in answers if one.startswith("[") for step in json.loads(one)]
    wrong, world = [], each[0]["world"]
    for name, consent, person, said in done:
        if name in ("stop", "keep") and said.startswith("["):
            out = count_out(consent) if name == "stop" else count_of_item(person)
            if json.loads(said) != out:
                wrong.append(f"broken: {out} out after a {name} that saw {said}")
    said = Counter((name, said) for name, _consent, _person, said in done)
    ids = [one["consent"] for one in world]
    out = [sum(column) for column in zip(*map(count_out, ids), strict=True)]
    told = [said["share", "left"] + sum(bool(one["link"]) for one in world), said["open", "opened"],
            said["answer", "answered"]]  # fmt: skip
    if told != out:
        wrong.append(f"told {told}, {out} out")
    signed_now = Consent.objects.filter(pk__in=[one["consent"] for one in world if not one["link"]]).exclude(
        status="draft"
    )
    if said["sign", "signed"] != signed_now.count():
        wrong.append(f"{said['sign', 'signed']} signed, {signed_now.count()} are")
    return wrong


@scene
def count_consent_storm() -> dict[str, int]:
    """How much of each there was so far: a storm in which nothing happens shows nothing."""
    return {
        "stopped": Consent.objects.filter(status="revoked").count(), "kept": Restriction.objects.filter(
            status="agreed").count(), "left": Disclosure.objects.filter(way="printed").count(),
        "opened": PartnerLink.objects.filter(times_opened__gt=0).count(),
        "signed": Consent.objects.exclude(status="draft").count(),
        "answered": PartnerLink.objects.filter(status="accepted").count(),
    }  # fmt: skip
