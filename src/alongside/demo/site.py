"""The public site of the demo: a page of the program's own in both languages, a draft that waits, words of visitors."""

from datetime import timedelta

from django.utils import timezone

from alongside.people.actor import Actor
from alongside.stories.actions import Said, decide_comment
from alongside.website import actions

from .months import Months

VISIT = {
    "en": {
        "name": "Visit us", "title": "Come by and look around",
        "lead": "The door on Harbor Boulevard is open on weekdays. You do not have to say why you came.",
        "words": """# When somebody is here

- Monday to Friday, 9 to 6
- Saturday, 10 to 2, with coffee

The 71 bus stops in front of the house. There is a ramp on the left side, and the restroom has room for a wheelchair.

# The first time

1. **Ring or just come in.** Somebody says hello.
2. **Sit down.** There is coffee, and nobody asks for your name.
3. **Look around.** If you like, a peer shows you the house.

Do you want to come with somebody you love? **Bring them.**

[Call us](tel:+12135550100)
[Ask for someone](/ask/)""",
    },
    "es": {
        "name": "Visítenos", "title": "Pase y mire",
        "lead": "La puerta de Harbor Boulevard está abierta entre semana. No tiene que decir por qué viene.",
        "words": """# Cuándo hay alguien

- De lunes a viernes, de 9 a 6
- Sábado, de 10 a 2, con café

El autobús 71 para frente a la casa. Hay una rampa a la izquierda, y el baño tiene espacio para silla de ruedas.

# La primera vez

1. **Toque el timbre o entre.** Alguien le saluda.
2. **Siéntese.** Hay café, y nadie le pregunta su nombre.
3. **Mire.** Si quiere, alguien le enseña la casa.

¿Quiere venir con alguien a quien quiere? **Tráigalo.**

[Llámenos](tel:+12135550100)
[Pedir a alguien](/ask/)""",
    },
}  # fmt: skip
THANKS = {"en": {
    "name": "Thank you", "title": "People who help us",
    "lead": "Chairs, coffee and a van do not come by themselves.",
    "words": "Our neighbors gave us **forty chairs**. The clients of ten years ago are the drivers of today.",
}}  # fmt: skip
SHOWN = ("I came in to get out of the rain. I stayed for two hours.", "The coffee on Saturday is better than mine.")
WAITING = "Is there a place to leave a stroller? It was easy to find you."


def open_site(months: Months, carmen: Actor) -> None:
    """One page on the site with words of visitors, one draft in which a word waits to be looked at again."""
    now, program = timezone.now(), months.program
    page = actions.add_page(
        program=program, texts=VISIT, submit_key=months.uuid(), by=carmen, now=now - timedelta(days=40)
    )
    actions.publish(page=page, edition=page.edition, by=carmen, now=now - timedelta(days=40))
    actions.set_comments(program=program, slug=page.slug, are_open=True, by=carmen, now=now - timedelta(days=39))
    for number, words in enumerate((*SHOWN, WAITING)):
        said = Said("B." if number == 1 else "", words, 80, "", months.uuid())
        then = now - timedelta(days=9 - number)
        comment = actions.receive_words(program=program, slug=page.slug, said=said, now=then)
        if words in SHOWN:
            decide_comment(comment=comment, to="shown", by=carmen, now=now - timedelta(days=7))
    actions.add_page(program=program, texts=THANKS, submit_key=months.uuid(), by=carmen, now=now - timedelta(days=2))
