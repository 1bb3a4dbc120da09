"""Four races over a way to a place. One way: a thumb chooses the same place again and again. Its end: the person ends
it while the place says no, staff note that it is done, and a coordinator sends another page. The end of support beside.
"""

import uuid
from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from alongside.partners.actions import answer_link, make_link, open_link, send_due
from alongside.partners.models import PartnerLink
from alongside.people.actions import move_episode
from alongside.people.actor import Actor
from alongside.people.models import Episode, Person
from alongside.people.queries import hash_token
from alongside.privacy.actions import NotDisclosed
from alongside.referrals import actions
from alongside.referrals.models import Referral, ReferralPage, ReferralTurn
from alongside.rules.lifecycles import MoveNotAllowed
from alongside.rules.partner_links import OPEN as OPEN_PAGES
from alongside.rules.referrals import OPEN
from tests.races.consent_scenes import signed_consent
from tests.races.races import PROCESSES
from tests.races.scenes import a_moment, house, make_episode, program, scene

ENDS = ("cancelled", "declined", "done")
PLACE = "Dr. Ana Ito"


def _by(person_id, role: str) -> Actor:
    return Actor(person_id=person_id, program_id=program().pk, roles=frozenset({role}))


# --- one way ----------------------------------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_one_way() -> list[dict]:
    """Somebody, and one place; half of the presses come from one form, half from others."""
    person, form = make_episode("waiting").person, str(uuid.uuid4())
    return [{"person": str(person.pk), "form": form if number % 2 else str(uuid.uuid4())}
            for number in range(PROCESSES)]  # fmt: skip


@scene
def one_way(person: str, form: str) -> str:
    """Choose the place."""
    row = Person.objects.select_related("program").get(pk=person)
    try:
        way = actions.begin(
            person=row, way="themself", place=PLACE, submit_key=uuid.UUID(form), by=_by(row.pk, "participant")
        )
    except actions.AlreadyOpen as why:
        return str(why.referral.pk)
    return str(way.pk)


@scene
def naive_one_way(person: str, form: str) -> str:
    """Look whether there is one, then write."""
    if found := Referral.objects.filter(person=person, status__in=OPEN).first():
        return str(found.pk)
    a_moment()
    made = Referral.objects.create(
        program=program(), person_id=person, way="themself", place=PLACE, requested_at=timezone.now(),
        submit_key=uuid.uuid4(),
    )  # fmt: skip
    return str(made.pk)


@scene
def judge_one_way(each: list[dict], answers: list[str]) -> list[str]:
    """One way, with its steps once, and everybody was led to it."""
    ways = list(Referral.objects.filter(person=each[0]["person"]))
    wrong = [] if len(ways) == 1 else [f"broken: {len(ways)} ways to one place"]
    if set(answers) != {str(way.pk) for way in ways}:
        wrong.append(f"answers {Counter(answers)}")
    if any(way.turns.count() != 1 for way in ways):
        wrong.append("begun more than once")
    return wrong


# --- its end ----------------------------------------------------------------------------------------------------------
DOES = ("withdraw", "withdraw", "done", "done", "no", "tell", "tell", "tell")


@scene
@transaction.atomic
def set_way_ends() -> list[dict]:
    """A place that was told, and has its page before its eyes."""
    consent, by = signed_consent()
    way = actions.begin(person=consent.person, way="told", place=PLACE, submit_key=uuid.uuid4(), by=by)
    link, code = actions.tell_partner(referral=way, address="a@example.org", submit_key=uuid.uuid4(), by=house())
    tokens: list[str] = []
    send_due(deliver=lambda *said: tokens.append(said[-1].rstrip("/").rsplit("/", 1)[1]))
    link.refresh_from_db()
    token = next(one for one in tokens if hash_token(one) == link.token_hash)
    if open_link(token=token, code=code) is None:
        raise RuntimeError("the page did not open")
    named = {"way": str(way.pk), "link": str(link.pk), "token": token}
    return [named | {"does": DOES[number % len(DOES)]} for number in range(PROCESSES)]


def count_pages(way: str) -> int:
    """How many pages the place got so far."""
    return ReferralPage.objects.filter(referral=way).count()


@scene
def way_ends(way: str, link: str, token: str, does: str) -> str:
    """End it and see what had left by then; or say something of it; or send another page."""
    row = Referral.objects.select_related("consent").get(pk=way)
    if does == "withdraw":
        with transaction.atomic():
            actions.withdraw(referral=row, by=_by(row.person_id, "participant"))
            return f"over after {count_pages(way)}"
    if does == "no":
        said = answer_link(token=token, link_id=uuid.UUID(link), accepts=False, reason="no_room")
        return "said" if said else "closed"
    try:
        if does == "done":
            actions.say(referral=row, said="done", by=_by(row.person_id, "coordinator"))
            return "said"
        actions.tell_partner(referral=row, address="b@example.org", submit_key=uuid.uuid4(), by=house())
    except (actions.CannotBeSaid, actions.NoPermission, NotDisclosed, MoveNotAllowed):
        return "told kindly"
    return "left"


def _naive_end(way: str, status: str, what: str, reason: str) -> None:
    Referral.objects.filter(pk=way).update(status=status, reason=reason, ended_at=timezone.now(), look_on=None)
    ReferralTurn.objects.create(program=program(), referral_id=way, at=timezone.now(), what=what, by="staff")


@scene
def naive_way_ends(way: str, link: str, token: str, does: str) -> str:
    """Look how it stands, then write."""
    row = Referral.objects.select_related("consent").get(pk=way)
    is_open = row.status in OPEN
    a_moment()
    if does == "withdraw":
        if is_open:
            _naive_end(way, "cancelled", "cancelled", "own_wish")
        return f"over after {count_pages(way)}"
    if not is_open:
        return "told kindly"
    if does == "no":
        _naive_end(way, "declined", "declined", "no_room")
    elif does == "done":
        _naive_end(way, "completed", "done", "")
    else:
        made, _code = make_link(
            consent=row.consent, address="b@example.org", submit_key=uuid.uuid4(), by=house(), follows=True
        )
        ReferralPage.objects.create(program=program(), referral=row, link=made, made_at=timezone.now())
        return "left"
    return "said"


@scene
def judge_way_ends(each: list[dict], answers: list[str]) -> list[str]:
    """It ended once; whatever had left had left before; no page of it is open."""
    way = each[0]["way"]
    wrong = _judge_end(way)
    pages = count_pages(way)
    wrong += [
        f"broken: {pages} pages, {one}" for one in answers if one.startswith("over") and one != f"over after {pages}"
    ]
    if 1 + Counter(answers)["left"] != pages:
        wrong.append(f"answers {Counter(answers)}, {pages} pages")
    links = PartnerLink.objects.filter(referral_page__referral=way, status__in=OPEN_PAGES)
    return wrong + [f"still open: {links.count()}"] * links.exists()


def _judge_end(way: str) -> list[str]:
    row = Referral.objects.get(pk=way)
    ends = list(row.turns.filter(what__in=ENDS).values_list("what", flat=True))
    wrong = [] if len(ends) == 1 else [f"broken: it ended as {sorted(ends)}"]
    return wrong + ([f"it is {row.status} still"] if row.status in OPEN else [])


# --- told once --------------------------------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_told_once() -> list[dict]:
    """A place that nobody told yet. Half of the presses come from one form, half from others; all opened before."""
    consent, by = signed_consent()
    way, form = (
        actions.begin(person=consent.person, way="told", place=PLACE, submit_key=uuid.uuid4(), by=by),
        uuid.uuid4(),
    )
    return [{"way": str(way.pk), "form": str(form if number % 2 else uuid.uuid4())} for number in range(PROCESSES)]


@scene
def told_once(way: str, form: str) -> str:
    """Send it, and let the worker mail what is due, beside the other workers."""
    row = Referral.objects.select_related("consent").get(pk=way)
    try:
        _link, code = actions.tell_partner(
            referral=row, address="a@example.org", submit_key=uuid.UUID(form), seen=0, by=house()
        )
        answer = "left" if code else "left before"
    except actions.ToldMeanwhile:
        answer = "told kindly"
    mailed: list[str] = []
    send_due(deliver=lambda *said: mailed.append(said[0]))
    return f"{answer}, {len(mailed)} mailed"


@scene
def naive_told_once(way: str, form: str) -> str:
    """Look whether it was told, then send."""
    row = Referral.objects.select_related("consent").get(pk=way)
    is_told = row.pages.exists()
    a_moment()
    if is_told:
        return "told kindly, 0 mailed"
    made, _code = make_link(consent=row.consent, address="a@example.org", submit_key=uuid.uuid4(), by=house())
    ReferralPage.objects.create(program=program(), referral=row, link=made, made_at=timezone.now())
    mailed: list[str] = []
    send_due(deliver=lambda *said: mailed.append(said[0]))
    return f"left, {len(mailed)} mailed"


@scene
def judge_told_once(each: list[dict], answers: list[str]) -> list[str]:
    """One page, one mail, and one of them got the code."""
    pages, mailed = count_pages(each[0]["way"]), sum(int(one.split(", ")[1].split()[0]) for one in answers)
    wrong = [] if pages == 1 else [f"broken: {pages} pages for one thing"]
    if mailed != 1:
        wrong.append(f"broken: {mailed} mails for one thing")
    return wrong if Counter(one.split(",")[0] for one in answers)["left"] == 1 else [*wrong, f"answers {answers}"]


# --- the end of support beside it -------------------------------------------------------------------------------------
@scene
@transaction.atomic
def set_way_and_support() -> list[dict]:
    """Somebody goes there themself, and says so while their support ends."""
    episode = make_episode("waiting")
    way = actions.begin(
        person=episode.person, way="themself", place=PLACE, submit_key=uuid.uuid4(),
        by=_by(episode.person_id, "participant"), now=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    named = {"way": str(way.pk), "episode": str(episode.pk)}
    does = ("close", "done", "done", "step")
    return [named | {"does": "done" if number >= len(does) else does[number]} for number in range(PROCESSES)]


@scene
def way_and_support(way: str, episode: str, does: str) -> str:
    """Close the episode, or say that it is done."""
    row = Referral.objects.get(pk=way)
    if does == "close":
        by = _by(row.person_id, "coordinator")
        move_episode(episode=Episode.objects.get(pk=episode), to="closed", by=by, reason="own_wish")
    elif does == "step":
        actions.tick_step(referral=row, code="ride", done=True, by=_by(row.person_id, "participant"))
    else:
        actions.say(referral=row, said="done", by=_by(row.person_id, "participant"))
    return "heard"


@scene
def naive_way_and_support(way: str, episode: str, does: str) -> str:
    """Look how it stands, then write."""
    is_open = Referral.objects.get(pk=way).status in OPEN
    a_moment()
    if is_open and does == "close":
        _naive_end(way, "cancelled", "cancelled", "support_ended")
    elif is_open and does == "done":
        _naive_end(way, "completed", "done", "")
    return "heard"


@scene
def judge_way_and_support(each: list[dict], answers: list[str]) -> list[str]:
    """It came to one end, and nobody was told that something failed."""
    wrong = [] if set(answers) == {"heard"} else [f"answers {Counter(answers)}"]
    return wrong + _judge_end(each[0]["way"])
