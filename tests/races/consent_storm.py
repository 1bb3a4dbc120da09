"""Processes take random steps on the same permissions: sign, stop, hand over, open, answer, keep back (B4, B7, C2).

Beside them the worker runs: it sends, it notes the end of a day, and somebody hears of an event that ends one. What a
stop or an agreement counts inside its own transaction is what was out when it committed, and whatever commits after it
is counted only later: so the order of the commits judges, and no clock. Only the end by a day is judged by the clock.
"""

import json
import os
import random
import uuid
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alongside.partners.actions import answer_link, make_link, open_link, send_due
from alongside.partners.models import LinkMail, PartnerLink
from alongside.people.actor import Actor
from alongside.people.queries import hash_token
from alongside.privacy.actions import (
    CannotStopYet,
    NotDisclosed,
    ShownChanged,
    ask_restriction,
    decide_restriction,
    disclose,
    end_by_event,
    end_restriction,
    expire_due,
    sign_consent,
    stop_sharing,
)
from alongside.privacy.files import WAYS, write_file
from alongside.privacy.models import Consent, Disclosure, Restriction
from alongside.rules.consent import KINDS
from alongside.rules.lifecycles import MoveNotAllowed
from tests.privacy.consents import drafted, look, signed
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, scene

ITEM = "being_here"
"""Every kind may share it; a restriction keeps it back."""

LATE = 2
"""A wish is agreed to only while the later permissions of its person are used: until then pages can be opened."""

BRIEF = timedelta(seconds=1)
"""So long lasts one permission of each round: its day is over while all are at work."""

AT_ONCE = 3
"""The pages of so many permissions of each person are sent before the round; the others wait for the worker."""

TOKENS = Path(os.environ["ALONGSIDE_HOME"]) / "tokens"
"""What was mailed, by the hash of each link: whoever carried a mail writes it here for whoever opens the page."""

HAPPENED: Counter = Counter()
"""In the process of the judge: what the steps said since it was last asked."""


def actor_of(person) -> Actor:
    """The person themself."""
    return Actor(person_id=person.pk, program_id=person.program_id, roles=frozenset({"participant"}))


def coordinator(program_id) -> Actor:
    """Whoever notes what the person said, and answers what they wish."""
    return Actor(program_id=program_id, roles=frozenset({"coordinator"}))


@scene
@transaction.atomic
def set_consent_storm(steps: int, seed: str) -> list[dict]:
    """Two people, of each of whom there is a permission of each kind with a page, and a draft; one ends soon."""
    world, now = [], timezone.now()
    for _ in range(2):
        person = make_episode("waiting").person
        by = actor_of(person)
        for number, kind in enumerate(KINDS):
            consent = signed(person, by, kind)
            world.append(with_page(consent, late=number > LATE, waits=number >= AT_ONCE))
        world.append({"person": str(person.pk), "late": False, "consent": str(drafted(person, by).pk), "link": "",
                      "code": ""})  # fmt: skip
    brief = signed(person, by, expires_at=timezone.now() + BRIEF)
    world.insert(0, with_page(brief, late=False, waits=False))
    TOKENS.mkdir(exist_ok=True)
    sent = send_due(timezone.now(), deliver=carry, limit=len(world))["sent"]
    put_back(now)
    world = [one | {"brief": str(brief.pk)} for one in world]
    return [{"world": world, "steps": steps, "seed": f"{seed} {number}", "sent": sent} for number in range(PROCESSES)]


def with_page(consent: Consent, *, late: bool, waits: bool) -> dict:
    """A permission with a page that is sent at once, or `waits` for the worker."""
    link, code = make_link(consent=consent, address="a@example.org", submit_key=uuid.uuid4(), by=house())
    if waits:
        LinkMail.objects.filter(link=link).update(not_before=timezone.now() + timedelta(days=1))
    return {"person": str(consent.person_id), "late": late, "consent": str(consent.pk), "link": str(link.pk),
            "code": code}  # fmt: skip


def put_back(now) -> None:
    """What was to wait is due."""
    LinkMail.objects.filter(status="queued").update(not_before=now)


def carry(_address, _template, _language, url: str) -> None:
    """The mail arrives."""
    token = url.rstrip("/").rsplit("/", 1)[1]
    (TOKENS / hash_token(token)).write_text(token)


def token_of(link: str) -> str:
    """The token that was mailed for a link, if it was."""
    found = PartnerLink.objects.filter(pk=link or None).values_list("token_hash", flat=True).first()
    mailed = TOKENS / (found or "none")
    return mailed.read_text() if mailed.is_file() else "none"


def count_out(consent: str) -> list[int]:
    """What left under a permission, how often its pages were sent, mailed, opened and answered, so far."""
    links = PartnerLink.objects.filter(consent=consent)
    facts = list(links.values_list("times_opened", "status", "sent_at"))
    mailed = LinkMail.objects.filter(link__consent=consent, status="sent").count()
    opened, answered = sum(times for times, _, _ in facts), sum(status == "accepted" for _, status, _ in facts)
    claimed = sum(sent_at is not None for _, _, sent_at in facts)
    return [Disclosure.objects.filter(consent=consent).count(), opened, answered, claimed, mailed]


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
    except ShownChanged:  # something of it is kept back since they looked: they look again
        return "not what they saw"
    return "signed"


def saw(what: str, of: str, out: list[int]) -> str:
    """What was out when this committed, for the judge."""
    return json.dumps({"saw": what, "of": of, "out": out})


def stop(one: dict) -> str:
    """Stop, and see what was out by then."""
    row = Consent.objects.select_related("person").get(pk=one["consent"])
    with transaction.atomic():
        try:
            stop_sharing(consent=row, by=actor_of(row.person))
        except (CannotStopYet, MoveNotAllowed):
            return "not stopped"
        return saw("ended", one["consent"], count_out(one["consent"]))


def event(one: dict) -> str:
    """What was to end it has happened."""
    row = Consent.objects.get(pk=one["consent"])
    with transaction.atomic():
        try:
            end_by_event(consent=row, by=coordinator(row.program_id))
        except MoveNotAllowed:
            return "not ended"
        return saw("ended", one["consent"], count_out(one["consent"]))


def expire(one: dict) -> str:
    """The worker notes whose day is over."""
    with transaction.atomic():
        done = expire_due(timezone.now())
        return saw("ended", one["brief"], count_out(one["brief"])) if done else "none due"


def hand_over(one: dict, way: str, **more) -> str:
    """Hand over what it covers, in this way."""
    consent = Consent.objects.get(pk=one["consent"])
    try:
        left = disclose(consent=consent, way=way, submit_key=uuid.uuid4(), by=house(), **more)
    except NotDisclosed:
        return "nothing left"
    for form in (form for form, written in WAYS.items() if written == way):
        write_file(form, left)
    return "left"


def share(one: dict) -> str:
    """On paper."""
    return hand_over(one, "printed")


def file(one: dict) -> str:
    """As a file, which is written."""
    return hand_over(one, "file_csv")


def speak(one: dict) -> str:
    """By spoken word, this item alone, to a number that they called."""
    return hand_over(one, "spoken", items=[ITEM], address="+12135550142")


def page(one: dict) -> str:
    """Another page for the partner; its mail waits for the worker."""
    consent = Consent.objects.get(pk=one["consent"])
    try:
        make_link(consent=consent, address="b@example.org", submit_key=uuid.uuid4(), by=house())
    except NotDisclosed:
        return "nothing left"
    return "left"


def send(_one: dict) -> str:
    """The worker sends a few of those that wait."""
    return f"sent {send_due(deliver=carry, limit=3)['sent']}"


def open_page(one: dict) -> str:
    """The partner opens their page."""
    return "opened" if open_link(token=token_of(one["link"]), code=one["code"]) else "closed"


def answer(one: dict) -> str:
    """The partner says yes."""
    said = one["link"] and answer_link(token=token_of(one["link"]), link_id=uuid.UUID(one["link"]), accepts=True)
    return "answered" if said else "closed"


def keep_back(one: dict) -> str:
    """The person wishes to keep the item back; agree to what they wished, and see what of it was out by then."""
    wishes = Restriction.objects.filter(person=one["person"])
    if not one["late"] or wishes.filter(status="agreed").exists():
        return "not now"
    wish = wishes.filter(status="asked").first()
    if wish is None:
        person = Consent.objects.select_related("person").get(pk=one["consent"]).person
        wish = ask_restriction(
            person=person, items=[ITEM], toward="anyone", submit_key=uuid.uuid4(), by=actor_of(person)
        )
    with transaction.atomic():
        try:
            decide_restriction(restriction=wish, agree=True, words="Yes.", by=coordinator(wish.program_id))
        except MoveNotAllowed:
            return "decided before"
        return saw("kept", f"{wish.pk} {one['person']}", count_of_item(one["person"]))


def give_back(one: dict) -> str:
    """The person takes it back: from then on it may leave again. Nothing of it did before."""
    wish = Restriction.objects.filter(person=one["person"], status="agreed").select_related("person").first()
    if wish is None:
        return "nothing kept"
    with transaction.atomic():
        row = Restriction.objects.select_for_update().get(pk=wish.pk)
        if row.status != "agreed":
            return "ended before"
        out = count_of_item(one["person"])  # before it ends: whoever sees the end comes later
        end_restriction(restriction=row, by=actor_of(wish.person))
        return saw("given back", f"{wish.pk} {one['person']}", out)


STEPS = {
    "share": share, "file": file, "speak": speak, "page": page, "send": send, "open": open_page, "answer": answer,
    "sign": sign, "stop": stop, "event": event, "expire": expire, "keep": keep_back, "give_back": give_back,
}  # fmt: skip
OFTEN = (4, 2, 2, 2, 2, 5, 2, 2, 2, 1, 1, 2, 2)
OF_A_DRAFT = (4, 2, 2, 2, 2, 5, 2, 20, 2, 1, 1, 2, 2)
"""Whoever has a draft before them mostly signs."""


def may_leave_now(one: dict) -> bool:
    """Looks, and trusts that it stays so."""
    live = Consent.objects.get(pk=one["consent"]).status == "active"
    return live and not Restriction.objects.filter(person=one["person"], status="agreed").exists()


def naive_share(one: dict, way: str = "printed") -> str:
    """Look whether it may, then hand over."""
    if not may_leave_now(one):
        return "nothing left"
    a_moment()
    row = Consent.objects.get(pk=one["consent"])
    Disclosure.objects.create(
        program_id=row.program_id, person_id=row.person_id, consent=row, way=way, recipient="Dr. Ana Ito",
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


def naive_file(one: dict) -> str:
    """As a file."""
    return naive_share(one, "file_csv")


def naive_speak(one: dict) -> str:
    """By spoken word."""
    return naive_share(one, "spoken")


NAIVE = STEPS | {"share": naive_share, "file": naive_file, "speak": naive_speak, "open": naive_open}


# --- what each process does, and what is looked at afterwards ---------------------------------------------------------
def walk(steps_there_are: dict, world: list[dict], steps: int, seed: str) -> str:
    """So many steps by lot; all processes are near the same permission at the same time."""
    chance, done = random.Random(seed), []
    random.seed(seed)  # for the moments between looking and writing
    for number in range(steps):
        one = world[(number * len(world) // steps + chance.randint(0, 1)) % len(world)]
        (name,) = chance.choices(list(steps_there_are), OFTEN if one["link"] else OF_A_DRAFT)
        done.append([name, steps_there_are[name](one)])
    return json.dumps(done)


@scene
def consent_storm(world: list[dict], steps: int, seed: str, sent: int) -> str:
    """By the product's own actions."""
    return walk(STEPS, world, steps, seed)


@scene
def naive_consent_storm(world: list[dict], steps: int, seed: str, sent: int) -> str:
    """As somebody who looks before they leap."""
    return walk(NAIVE, world, steps, seed)


@scene
def rehearse() -> None:
    """Everything once, undone again: whoever is doubled afterwards meets nothing for the first time."""
    with transaction.atomic():
        each = set_consent_storm(steps=200, seed="rehearsal")
        judge_consent_storm(each=each[:1], answers=[consent_storm(**each[0])])
        transaction.set_rollback(True)
    HAPPENED.clear()


@scene
def judge_consent_storm(each: list[dict], answers: list[str]) -> list[str]:
    """Nothing came after the end or the agreement that it had seen, and every answer was true."""
    done = [step for one in answers if one.startswith("[") for step in json.loads(one)]
    world, told = each[0]["world"], Counter((name, kind_of(said)) for name, said in done)
    seen = [json.loads(said) for _name, said in done if said.startswith("{")]
    HAPPENED.update({"steps": len(done)})
    HAPPENED.update({f"{name}: {said}": times for (name, said), times in told.items()})
    wrong = [*came_after_an_end(seen), *came_while_kept(seen), *came_after_its_day(each[0]["world"][0])]
    ids = [one["consent"] for one in world]
    out = [sum(column) for column in zip(*map(count_out, ids), strict=True)]
    pages = sum(bool(one["link"]) for one in world)
    left = sum(told[way, "left"] for way in ("share", "file", "speak", "page"))
    sent = sum(int(said.split()[1]) for name, said in done if name == "send")
    said = [left + pages, told["open", "opened"], told["answer", "answered"], each[0]["sent"] + sent]
    if said != out[:4]:
        wrong.append(f"told {said}, {out} out")
    signed_now = Consent.objects.filter(pk__in=[one["consent"] for one in world if not one["link"]]).exclude(
        status="draft"
    )
    if told["sign", "signed"] != signed_now.count():
        wrong.append(f"{told['sign', 'signed']} signed, {signed_now.count()} are")
    finish()
    return wrong


def kind_of(said: str) -> str:
    """An answer without its numbers."""
    return json.loads(said)["saw"] if said.startswith("{") else "sent" if said.startswith("sent ") else said


def came_after_an_end(seen: list[dict]) -> list[str]:
    """After a stop, an event or a day nothing leaves, nothing is sent, opened or answered."""
    ends = [(one, count_out(one["of"])) for one in seen if one["saw"] == "ended"]
    return [f"broken: {out} out after an end that saw {one['out']}" for one, out in ends if one["out"] != out]


def came_while_kept(seen: list[dict]) -> list[str]:
    """From the agreement until it was taken back, or until now, nothing of it left."""
    given_back = {one["of"]: one["out"] for one in seen if one["saw"] == "given back"}
    wrong = []
    for one in seen:
        if one["saw"] == "kept":
            out = given_back.get(one["of"]) or count_of_item(one["of"].split()[1])
            if out != one["out"]:
                wrong.append(f"broken: {out} out while it was kept back since {one['out']}")
    return wrong


def came_after_its_day(one: dict) -> list[str]:
    """Of the permission that ends soon: whatever happened has a moment before its end."""
    ends = Consent.objects.values_list("expires_at", flat=True).get(pk=one["consent"])
    links = PartnerLink.objects.filter(consent=one["consent"])
    late = [
        Disclosure.objects.filter(consent=one["consent"], disclosed_at__gte=ends).count(),
        links.filter(latest_opened_at__gte=ends).count(), links.filter(sent_at__gte=ends).count(),
        links.filter(answered_at__gte=ends).count(),
    ]  # fmt: skip
    return [f"broken: {late} came after its day"] if any(late) else []


def finish() -> None:
    """The worker does what is left, so that the next round begins with nothing of this one."""
    expire_due(timezone.now())
    while send_due(deliver=carry):
        pass
    for mailed in TOKENS.iterdir():
        mailed.unlink()


@scene
def count_consent_storm() -> dict[str, int]:
    """How many steps there were since this was last asked, and what they said: nothing shows nothing."""
    happened = dict(HAPPENED)
    HAPPENED.clear()
    return happened
