"""When the law asked: a subpoena that names Rosa and got the neutral letter, and a lost phone that is over."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from alongside.legal import actions as legal
from alongside.people.models import Person, Program, User

from . import words
from .paper import write_page
from .staff import DOOR, actor_of


def a_subpoena_came(program: Program, rosa: Person) -> None:
    """Lien was at the desk. Counsel knows, the record is held; there is no order of a court, so nothing went out."""
    lien, dolores = (actor_of(User.objects.get(username=f"{DOOR}{name}"), program) for name in ("lien", "dolores"))
    at = timezone.now() - timedelta(days=5)
    demand = legal.receive_demand(
        program=program, kind="subpoena", sender=words.LAW["sender"], received_at=at, asks=words.LAW["asks"],
        names="Rosa Medina", submit_key=uuid4(), by=lien, now=at + timedelta(minutes=4),
    )  # fmt: skip
    legal.hand_letter(demand=demand, by=lien, now=at + timedelta(minutes=9))
    legal.name_person(
        demand=demand, person=rosa, words=words.LAW["why"], by=dolores, now=at + timedelta(hours=1)
    )  # fmt: skip
    legal.tell_counsel(
        demand=demand, counsel=words.LAW["counsel"], told_at=at + timedelta(hours=2), by=dolores,
        now=at + timedelta(hours=2),
    )  # fmt: skip
    legal.file_mandate(
        demand=demand, kind="subpoena", court=words.LAW["court"], number="24-SU-0193", issued_on=at.date(),
        kept_where=words.LAW["kept"], by=dolores, now=at + timedelta(hours=3),
    )  # fmt: skip
    legal.add_scan(
        demand=demand, content=write_page(words.LAW["paper"]), words=words.LAW["which"], submit_key=uuid4(), by=dolores,
        now=at + timedelta(hours=3),
    )  # fmt: skip


def a_phone_was_lost(program: Program, rosa: Person) -> None:
    """Dante's phone, unlocked on a bus for an hour. Rosa was told; it is closed."""
    lien, dolores = (actor_of(User.objects.get(username=f"{DOOR}{name}"), program) for name in ("lien", "dolores"))
    owner, today = Person.objects.get(pk=lien.person_id), timezone.localdate()
    incident = legal.open_incident(
        program=program, what_happened=words.INCIDENT["what"], happened_on=today - timedelta(days=31),
        discovered_on=today - timedelta(days=30), owner=owner, submit_key=uuid4(), by=dolores,
    )  # fmt: skip
    row = legal.add_affected(incident=incident, person=rosa, words=words.INCIDENT["why"], by=lien)
    legal.assess(
        incident=incident,
        factors=words.INCIDENT["factors"],
        decision="breach",
        words=words.INCIDENT["decision"],
        by=lien,
    )
    legal.change_letter(
        incident=incident, information=["name", "reach", "messages"], letter=words.INCIDENT["letter"],
        contact="800-555-0100", by=lien,
    )  # fmt: skip
    legal.tell_affected(incident=incident, affected=[row], how="own_page", by=lien)
    legal.note_authority_told(incident=incident, who="hhs", on=today - timedelta(days=2), by=lien)
    legal.close_incident(incident=incident, by=dolores)
