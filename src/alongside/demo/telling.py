"""What people of the demo were told of their privacy, what Rosa complained of and asked to keep back, who serves us."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Min

from alongside.people.actor import Actor
from alongside.people.models import Person, Program, User
from alongside.privacy import actions

from .months import Months
from .staff import DOOR, actor_of

CONTACT = {"contact": "Dolores Vega, privacy", "phone": "(213) 555-0100", "email": "privacy@open-water.example"}
STILL_OWED = 6
"""So many of the newest were not told yet."""

HALL = "El martes alguien habló de mí en el pasillo, y otra persona pudo oírlo."
ANSWER = (
    "Gracias por decirlo, Rosa. Tiene razón: en el pasillo no se habla de nadie. Lo hablamos con todo el equipo y "
    "cambiamos dónde hacemos esas llamadas."
)
PUBLIC = "A letter from you lay open on the counter of my building."
SISTER = "Prefiero contárselo yo misma cuando esté lista."


def publish_first(program: Program, now: datetime) -> None:
    """The notice with which the program began; its director, the only one, published it."""
    _publish(program, now, contact="Riverside Peer Center, front desk", phone=CONTACT["phone"], email=CONTACT["email"])


def _publish(program: Program, now: datetime, **contact: str) -> None:
    day = now.astimezone(ZoneInfo(program.time_zone)).date()
    actions.publish_notice(program=program, effective_on=day, by=_director(program), now=now, **contact)


def _director(program: Program) -> Actor:
    return actor_of(User.objects.get(username=f"{DOOR}dolores"), program)


def tell_everybody(program: Program, carmen: Actor, now: datetime) -> None:
    """Those with us were told at the start, all but the newest; then a new notice says whom to ask now."""
    here = Person.objects.filter(episodes__isnull=False, limits_told=None).exclude(episodes__status="closed")
    people = list(here.annotate(since=Min("episodes__opened_at")).order_by("since", "pk"))
    for number, person in enumerate(people[:-STILL_OWED]):
        language = person.language if person.language in ("en", "es") else "en"
        told = {"person": person, "language": language, "by": carmen, "now": now}
        actions.tell_limits(**told)
        no = {"outcome": "not_signed", "why_not": "did_not_want"} if number % 12 == 5 else {"outcome": "acknowledged"}
        actions.offer_notice(how="paper", **told, **no)


def tell_rosa(months: Months, rosa: Person, by: Actor, peer: Actor, carmen: Actor, now: datetime) -> None:
    """Rosa heard the limits from Dante and signed a paper; a new notice waits for her. One complaint was answered."""
    program, dolores = months.program, _director(months.program)
    start = now - timedelta(days=40)
    actions.tell_limits(person=rosa, language="es", by=peer, now=start)
    actions.offer_notice(person=rosa, outcome="acknowledged", how="paper", language="es", by=peer, now=start)
    week = now - timedelta(days=7)
    complaint = actions.receive_complaint(
        program=program, person=rosa, via="own", words=HALL, submit_key=months.uuid(), by=by, now=week
    )
    actions.look_into(complaint=complaint, by=dolores, now=week + timedelta(hours=20))
    actions.answer_complaint(complaint=complaint, words=ANSWER, by=dolores, now=week + timedelta(days=2))
    actions.receive_complaint(
        program=program, via="public", words=PUBLIC, reach="(213) 555-0177", submit_key=months.uuid(),
        now=now - timedelta(hours=5),
    )  # fmt: skip
    kept = actions.ask_restriction(
        person=rosa, items=["notes", "contacts"], toward="health_plan", paid_in_full=True, submit_key=months.uuid(),
        by=by, now=week,
    )  # fmt: skip
    actions.decide_restriction(
        restriction=kept, agree=True, words="Sí. Al plan de salud no le llega nada de esto.", by=carmen,
        now=week + timedelta(days=1),
    )  # fmt: skip
    actions.ask_restriction(
        person=rosa, items=["being_here"], toward="named", recipient="Marta, mi hermana", words=SISTER,
        submit_key=months.uuid(), by=by, now=now - timedelta(hours=3),
    )  # fmt: skip
    _enter_providers(program, dolores, now)


def new_notice(program: Program, now: datetime) -> None:
    """Another one to ask: everybody is offered it once."""
    _publish(program, now, **CONTACT)


def _enter_providers(program: Program, dolores: Actor, now: datetime) -> None:
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    papers = (
        ("host", "Open Water, server room", "own", "Nobody outside", 300),
        ("mail", "Post & Co", "both", "Addresses, and that there is a message", 12),
    )
    for service, name, agreement, may_see, days in papers:
        actions.enter_provider(
            program=program, service=service, name=name, agreement=agreement, may_see=may_see,
            agreed_on=today - timedelta(days=200), kept_where="Office, blue folder",
            review_on=today + timedelta(days=days), by=dolores, now=now,
        )  # fmt: skip
