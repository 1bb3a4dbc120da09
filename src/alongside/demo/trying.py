"""What Rosa tried, the unit that the program wrote itself, and the circle of people around her."""

from datetime import timedelta

from django.utils import timezone

from alongside.connections.actions import add_tie, change_tie, end_tie
from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.skills.actions import add_practice, add_unit, say_stand

from .months import Months

TRIED = (
    (20, "urges", False, "hard", "Diez minutos y luego diez más. La caminata fue lo que sirvió."),
    (13, "urges", True, "mixed", "Lo practicamos por teléfono."),
    (6, "urges", False, "good", ""),
    (4, "asking", True, "good", "Le pedí a mi hermana que me llevara, y dijo que sí."),
)
"""(days ago, unit, with Dante, how it was, her words)."""

OWN_UNIT = {
    "en": {
        "title": "The bus to the river",
        "why": "Our garden by the river is open to everybody. Being outside with others makes the afternoon shorter.",
        "ideas": [
            "Bus 12 stops at the gate.", "Tuesday and Friday from 2 to 5.", "Bring nothing, stay as long as you like.",
        ],
        "practice": "Go once this week, alone or with your peer, and water one thing.",
        "questions": ["What did you like to do outside as a child?"],
        "sources": [],
    },
    "es": {
        "title": "El autobús al río",
        "why": "Nuestra huerta junto al río está abierta a todo el mundo. Estar afuera con otros acorta la tarde.",
        "ideas": [
            "El autobús 12 para en la puerta.", "Martes y viernes de 2 a 5.", "No traiga nada, quédese lo que quiera.",
        ],
        "practice": "Vaya una vez esta semana, a solas o con quien le acompaña, y riegue una planta.",
        "questions": ["¿Qué le gustaba hacer al aire libre de niño o niña?"],
        "sources": [],
    },
}  # fmt: skip


def try_things(months: Months, rosa: Person, by: Actor, carmen: Actor) -> None:
    """Four times with two units; one of them is part of her life by now."""
    add_unit(program=months.program, words=OWN_UNIT, submit_key=months.uuid(), by=carmen)
    today = timezone.localdate()
    for days_ago, unit, together, feel, words in TRIED:
        add_practice(
            person=rosa, unit=unit, happened_on=today - timedelta(days=days_ago), together=together, feel=feel,
            words=words, submit_key=months.uuid(), by=by, today=today,
            now=timezone.now() - timedelta(days=days_ago),
        )  # fmt: skip
    say_stand(person=rosa, unit="urges", stand="mine", by=by)


CIRCLE = (
    (40, "person", "Ana, mi hermana", "close", "yes"),
    (40, "person", "Toño", "close", "no"),
    (40, "place", "La iglesia de mi mamá", "far", "unsure"),
    (30, "group", "Grupo de los jueves", "far", "sometimes"),
    (15, "person", "Lucía, del trabajo", "around", "yes"),
    (8, "place", "La huerta junto al río", "around", "yes"),
)
"""(days ago, kind, her word for it, how near, good for her recovery)."""


def draw_circle(months: Months, rosa: Person, by: Actor) -> None:
    """Over six weeks the group came nearer, and somebody who made it harder left the map."""
    now, drawn = timezone.now(), {}
    for days_ago, kind, name, ring, support in CIRCLE:
        drawn[name] = add_tie(
            person=rosa, kind=kind, name=name, ring=ring, support=support, submit_key=months.uuid(), by=by,
            now=now - timedelta(days=days_ago),
        )  # fmt: skip
    group = drawn["Grupo de los jueves"]
    change_tie(tie=group, name=group.name, ring="around", support="yes", by=by, now=now - timedelta(days=9))
    end_tie(tie=drawn["Toño"], by=by, now=now - timedelta(days=12))
