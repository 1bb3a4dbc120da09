"""A house with somebody in it who is erased, for tests with real processes: what is asked is done in one of them."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone
from tests.races.scenes import make_peer, open_house, program, scene
from tests.story import day_there

from alongside.audit.models import Entry
from alongside.mentoring.actions import Note, record_contact, send_message, start_mentorship
from alongside.mentoring.models import Contact, Message
from alongside.people.actions import create_person, move_episode, open_episode
from alongside.people.actor import Actor, SystemActor
from alongside.people.models import Person
from alongside.retention.erasing import erase_person
from alongside.returns.actions import tell_return

__all__ = ["open_house"]

SECRETS = {
    "people_person": ("goes_by", "goes_by_search", "legal_name", "phone", "phone_index"),
    "mentoring_contact": ("note", "next_step"),
    "mentoring_message": ("body",),
    "mentoring_writtenas": ("their_line",),
    "returns_telling": ("words",),
}
"""Tables and columns whose bytes must be gone: names in clear, words as the tokens that stand on the disk."""


@scene
def somebody_with_a_past() -> str:
    """Rosa with a note and a message. Returns her id."""
    house = SystemActor(program_id=program().pk)
    person = create_person(
        program=program(), by=house, goes_by="Quetzalrosa", legal_name="Rosalinda Cenzontle", phone="+12135550142"
    )
    episode = open_episode(person=person, by=house)
    for state in ("intake", "waiting", "offered"):
        episode = move_episode(episode=episode, to=state, by=house)
    peer = make_peer(2)
    walk = start_mentorship(episode=episode, peer=peer, by=house)
    by = Actor(person_id=peer.person_id, program_id=program().pk, roles=frozenset({"peer"}))
    note = Note(
        submit_key=uuid4(), happened_at=timezone.now() - timedelta(days=1), mode="phone", reached=True, minutes=20,
        kinds_of_support=("emotional",), note="violet canary of the note" * 40, next_step="amber canary",
        read_together=True, their_line="apricot canary of her own line",
    )  # fmt: skip
    record_contact(mentorships=[walk], note=note, by=by)
    for _turn in range(30):  # so that rows fill several pages of the file, and some words run over into others
        send_message(mentorship=walk, body="scarlet canary of the message " * 60, submit_key=uuid4(), by=by)
    tell_return(
        person=person, on_day=day_there(), words="amethyst canary of the telling", submit_key=uuid4(),
        by=Actor(person_id=person.pk, program_id=program().pk, roles=frozenset({"participant"})),
    )  # fmt: skip
    return str(person.pk)


@scene
def erase(person: str) -> None:
    """Erase her, as the second of two would."""
    house = SystemActor(program_id=program().pk)
    by = Actor(user_id=None, program_id=house.program_id, roles=frozenset({"coordinator"}))
    erase_person(person=Person.objects.get(pk=person), by=by, cause="wish", now=timezone.now())


@scene
def look(person: str) -> dict:
    """What is left of her."""
    one = Person.objects.get(pk=person)
    notes = Contact.objects.filter(participant=one).values_list("note", flat=True)
    return {
        "name": one.goes_by, "notes": sorted({note[:25] for note in notes}),
        "messages": Message.objects.filter(mentorship__participant=one).count(),
    }  # fmt: skip


@scene
def acts(act: str) -> int:
    """How often the log has this act."""
    return Entry.objects.filter(act=act).count()


@scene
def secrets(person: str) -> list[str]:
    """What stands in the columns about her, as it stands there: names in clear, tokens of what is encrypted."""
    where = {
        "people_person": "id = %s",
        "mentoring_contact": "participant_id = %s",
        "mentoring_message": "mentorship_id IN (SELECT id FROM mentoring_mentorship WHERE participant_id = %s)",
        "mentoring_writtenas": "contact_id IN (SELECT id FROM mentoring_contact WHERE participant_id = %s)",
        "returns_telling": "person_id = %s",
    }
    pk = UUID(person)
    key = pk.hex if connection.vendor == "sqlite" else pk
    found = set()
    with connection.cursor() as cursor:
        for table, columns in SECRETS.items():
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE {where[table]}", [key])  # noqa: S608
            found |= {value for row in cursor.fetchall() for value in row if value}
    return sorted(found)


@scene
def settle() -> None:
    """Write what waits in the log of the database into its file, or let the database clean up behind itself."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM")


@scene
def everything() -> str:
    """Every value of every row of every table."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  (a table of ours)
            found += ["\n".join(map(str, row)) for row in cursor.fetchall()]
    return "\n".join(found)
