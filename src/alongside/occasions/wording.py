"""Codes of events turned into words, and the words that are ready for observances, in both languages."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

AUDIENCES = {
    "public": pgettext_lazy("audience", "Everybody"),
    "program": pgettext_lazy("audience", "People of our program"),
    "loved_ones": pgettext_lazy("audience", "Loved ones"),
    "peers": pgettext_lazy("audience", "Peers"),
}
AUDIENCE_HINTS = {
    "public": _("It stands on the public page, and anybody may come."),
    "program": _("Participants, loved ones and peers see it when they are signed in."),
    "loved_ones": _("Only those who are here for somebody they love see it."),
    "peers": _("Only peers see it."),
}
ACCESS = {
    "step_free": _("No steps to get in"),
    "restroom": _("Restroom for wheelchairs"),
    "transit": _("Bus or train nearby"),
    "asl": _("American Sign Language"),
    "captions": _("Captions"),
    "quiet_room": _("A quiet room"),
    "children": _("Children are welcome"),
}
SOBER = _("There is no alcohol and there are no drugs here, so that everybody can be at ease.")
OBSERVED = {
    "mentoring_month": _("January is National Mentoring Month."),
    "recovery_month": _("September is National Recovery Month."),
}
"""What stands above a month in the list."""
READY = {
    "mentoring_month": _("National Mentoring Month"),
    "recovery_month": _("National Recovery Month"),
    "sober_social": _("An evening without alcohol"),
}
READY_WORDS: dict[str, dict[str, str]] = {
    "mentoring_month": {
        "title_en": "A thank-you to those who walk beside us",
        "title_es": "Gracias a quienes caminan a nuestro lado",
        "words_en": "January is National Mentoring Month. We meet, tell each other what it is like to have somebody "
        "beside you, and say thank you. If you think about walking beside somebody yourself, come and ask.",
        "words_es": "Enero es el Mes Nacional de la Mentoría. Nos reunimos, contamos cómo es tener a alguien al lado y "
        "damos las gracias. Si piensa en acompañar a alguien, venga y pregunte.",
    },
    "recovery_month": {
        "title_en": "Recovery Month: come as you are",
        "title_es": "Mes de la Recuperación: venga tal como es",
        "words_en": "September is National Recovery Month. There are many ways to recover, and all are welcome here. "
        "Hear a few stories, eat something good, and meet people who have been there. You do not have to say why you "
        "came.",
        "words_es": "Septiembre es el Mes Nacional de la Recuperación. Hay muchos caminos, y aquí todos caben. "
        "Escuche algunas historias, coma algo rico y conozca a personas que han pasado por eso. No tiene que decir por "
        "qué vino.",
    },
    "sober_social": {
        "title_en": "Games, music and good company",
        "title_es": "Juegos, música y buena compañía",
        "words_en": "An easy evening: games on the tables, music, and something to eat and drink without alcohol. Come "
        "alone or bring a friend; somebody greets you at the door.",
        "words_es": "Una tarde tranquila: juegos en las mesas, música, y algo de comer y beber sin alcohol. Venga por "
        "su cuenta o con una amistad; alguien le saluda en la puerta.",
    },
}
"""Both languages at once: the form has a box for each. Whoever arranges it changes what they like."""
BIRDS = (
    _("Heron"), _("Robin"), _("Finch"), _("Owl"), _("Swallow"), _("Lark"), _("Sparrow"), _("Dove"), _("Pelican"),
    _("Hummingbird"), _("Quail"), _("Crane"),
)  # fmt: skip
"""A name that is nobody's, with a number behind it."""
NOT_HOURS = {
    "left_out": _("That night the clocks go forward and skip this time. Choose another one."),
    "ends_first": _("The end comes after the beginning."),
    "too_long": _("An event lasts a month at most. Write a second one."),
}
NOT_OPEN = {
    "over": _("This event is over."),
    "called_off": _("This event is called off."),
    "not_theirs": _("That has changed meanwhile. Here is how it stands now."),
    "many": _("Very many people wait for this one already. Please look again in a few days."),
}
NOT_SENT = {
    "fast": _("That was very quick. Please look at the name once more, then press the button again."),
    "old": _("This page was open for a long time. The name is still here; please press the button again."),
    "link": _("Please choose a name without links and addresses."),
    "place": _(
        "Many forms came from this place in the last hour. Please try again a little later. The name is still here."
    ),
}
"""What a visitor is told. What only machines do is answered as if it had gone well."""
