"""Stories of the demo: two peers and Rosa, in English and Spanish; one waits for a reader, with words of visitors."""

from datetime import datetime, timedelta

from django.utils import timezone

from alongside.people.actor import Actor
from alongside.people.models import Person
from alongside.stories.actions import Words, begin, decide_comment, give_back, publish, receive_comment, send

from .months import Months

DANTE = Words(
    voice="peer", language="en", audience="public", title="The third bench", alias="Marlow", pathway="exploring",
    wants_offers=True,
    parts={
        "like": "I knew every bench of the park, and which one was dry when it rained. I told my family that I was "
        "working late. Nobody asked any more, and I took that for peace.",
        "happened": "A man sat down beside me with two coffees. He did not ask anything. He said the third bench had "
        "been his, for a year.\n\nI threw mine away when he had left. The next day I was there again, and so was he.",
        "helped": "Somebody who was not in a hurry. A phone number on the back of a bus ticket. A room with bad chairs "
        "where people laughed about the same things that I was ashamed of.",
        "tell": "You do not have to want all of it. Want the next hour, and call somebody in it.",
    },
)  # fmt: skip
INES = Words(
    voice="loved_one", language="es", audience="public", title="La luz del pasillo", alias="Candela",
    parts={
        "like": "Dejaba la luz del pasillo encendida para saber si mi hijo había vuelto. Dormía con el teléfono en la "
        "mano y con la ropa puesta.",
        "happened": "Una vecina me dijo: «¿Y usted, quién la cuida a usted?». No supe qué contestar. Esa pregunta me "
        "acompañó toda la semana.",
        "helped": "Un grupo de los martes donde nadie me daba consejos. Aprender a decir que no sin cerrar la puerta. "
        "Caminar.",
        "tell": "Usted no lo causó y no lo puede controlar. Pero no tiene que esperar a solas.",
    },
)  # fmt: skip
ROSA = Words(
    voice="recovery", language="es", audience="program", title="Diez minutos más", alias="Golondrina",
    pathway="twelve_step",
    parts={
        "like": "Contaba las horas hasta que todos se dormían.",
        "helped": "Diez minutos, y luego diez más. Caminar hasta la parada y volver. Llamar antes, no después.",
        "tell": "No tiene que poder toda la vida. Tiene que poder diez minutos.",
    },
)  # fmt: skip
WAITS = Words(
    voice="peer", language="en", audience="program", title="What the garden did", alias="Fern",
    parts={
        "happened": "They gave me a bed of beans to look after. I thought it was a joke. I used to work at Hillside "
        "Nursery, years ago.",
        "helped": "Beans do not care what you did yesterday. They want water.",
    },
)  # fmt: skip
SHOWN = ("I read this on a bench. Thank you for the second coffee.", "My daughter sent me here. I called somebody.")
WAITING = "It was like that for me, too. I would not have believed it would end."


def tell_stories(months: Months, carmen: Actor, dante: Actor, other: Actor, rosa: Actor) -> None:
    """Shared ones with what visitors say, one that waits, and a draft that a reader gave back kindly."""
    now = timezone.now()
    bench = _share(months, DANTE, dante, carmen, now - timedelta(days=24))
    _share(months, INES, other, carmen, now - timedelta(days=12))
    _share(months, ROSA, rosa, carmen, now - timedelta(days=5))
    waits = _begin(months, WAITS, dante, now - timedelta(days=3))
    back = send(story=waits, by=dante, now=now - timedelta(days=3))
    give_back(
        story=back, reasons=["findable"], edition=back.edition, by=carmen, now=now - timedelta(days=2),
        words="I can smell the beans. The name of the nursery tells where you worked: is that all right for you?",
    )  # fmt: skip
    send(story=waits, by=dante, now=now - timedelta(days=1))
    for number, words in enumerate((*SHOWN, WAITING)):
        comment = receive_comment(
            story=bench, alias="R." if number == 0 else "", words=words, seconds=90, trap="", submit_key=months.uuid(),
            now=now - timedelta(days=6 - number),
        )  # fmt: skip
        if words in SHOWN:
            decide_comment(comment=comment, to="shown", by=carmen, now=now - timedelta(days=5 - number))


def _begin(months: Months, words: Words, by: Actor, now: datetime):
    person = Person.objects.get(pk=by.person_id)
    return begin(person=person, words=words, submit_key=months.uuid(), by=by, now=now)


def _share(months: Months, words: Words, by: Actor, carmen: Actor, now: datetime):
    story = send(story=_begin(months, words, by, now), by=by, now=now + timedelta(hours=1))
    return publish(story=story, edition=story.edition, by=carmen, now=now + timedelta(days=1))
