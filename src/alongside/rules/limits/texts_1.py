"""Version 1 of the limits of confidentiality (November 2026): what stays between us and what cannot, told at the start.

Short enough to be said aloud in two minutes. Never changed once told to anybody: another wording is `texts_2`. A test
holds the digest of this version; each statement names its section.
"""

from collections.abc import Mapping

from alongside.rules.notice.texts_1 import Statement

Words = Mapping[str, str]


def _say(section: str, en: str, es: str, text_en: str, text_es: str) -> Statement:
    return Statement("", section, {"en": en, "es": es}, {"en": text_en, "es": text_es})


STATEMENTS: Mapping[str, Statement] = {
    "stays": _say(
        "2.13(a)",
        "What stays here",
        "Lo que queda aquí",
        "What you tell me stays in this program. Not even that you come here leaves it, unless you sign for it.",
        "Lo que me cuenta queda en este programa. Ni siquiera sale que usted viene aquí, si no lo firma.",
    ),
    "inside": _say(
        "2.12(c)(3)",
        "Who else reads it",
        "Quién más lo lee",
        "The person who supports me in this work and our coordinator can read what I write down. You can read it too, "
        "and see who opened it.",
        "La persona que me apoya en este trabajo y quien coordina pueden leer lo que anoto. Usted también puede "
        "leerlo, "
        "y ver quién lo abrió.",
    ),
    "life": _say(
        "2.51",
        "When a life is at risk",
        "Cuando hay una vida en peligro",
        "If I fear for your life, I talk with you first, and we use your own plan. I tell somebody here who helps me. "
        "In a medical emergency we tell medical staff what they need.",
        "Si temo por su vida, hablo primero con usted y usamos su propio plan. Se lo digo a alguien de aquí que me "
        "ayuda. En una emergencia médica decimos al personal médico lo que necesita.",
    ),
    "child": _say(
        "2.12(c)(6)",
        "When a child is hurt",
        "Cuando se daña a un niño o una niña",
        "If a child is being hurt or not cared for, the law may make us report it.",
        "Si alguien daña o descuida a un niño o una niña, la ley puede obligarnos a avisar.",
    ),
    "crime": _say(
        "2.12(c)(5)",
        "A crime here",
        "Un delito aquí",
        "If somebody hurts or threatens people who work here, or does a crime in this place, we may tell the police.",
        "Si alguien daña o amenaza a quienes trabajan aquí, o comete un delito en este lugar, podemos avisar a la "
        "policía.",
    ),
    "court": _say(
        "2.61-2.67",
        "A judge",
        "Un juez",
        "A judge can order us to give something out, with a special order for such records. A subpoena alone is not "
        "enough. We tell you, where the law lets us.",
        "Un juez puede ordenarnos entregar algo, con una orden especial para estos expedientes. Una citación sola no "
        "basta. Le avisamos, cuando la ley lo permite.",
    ),
    "choose": _say(
        "2.22(a)",
        "You choose what you tell",
        "Usted elige qué contar",
        "You need not tell me anything. Ask me about this again whenever you like.",
        "No tiene que contarme nada. Pregúnteme por esto otra vez cuando quiera.",
    ),
}
