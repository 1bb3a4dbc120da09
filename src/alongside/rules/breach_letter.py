"""The letter to somebody whose record was in a breach, with the elements of 45 CFR 164.404(c)(1), in both languages;
and the notice on the site for those whom no letter reaches (164.404(d)(2)(ii)), with the same elements.

Version 1, November 2026; a changed wording is another version. Plain words: 164.404(c)(2).
"""

from collections.abc import Mapping

VERSION = 1

ELEMENTS: Mapping[str, str] = {
    "what_happened": "164.404(c)(1)(A)",
    "information": "164.404(c)(1)(B)",
    "protect_yourself": "164.404(c)(1)(C)",
    "what_we_do": "164.404(c)(1)(D)",
    "contact": "164.404(c)(1)(E)",
}
"""What every letter says, each with its section."""

HEADINGS: Mapping[int, Mapping[str, Mapping[str, str]]] = {
    1: {
        "en": {
            "what_happened": "What happened",
            "information": "What it was about",
            "protect_yourself": "What you can do",
            "what_we_do": "What we are doing",
            "contact": "Ask us",
        },
        "es": {
            "what_happened": "Qué pasó",
            "information": "De qué se trataba",
            "protect_yourself": "Qué puede hacer usted",
            "what_we_do": "Qué estamos haciendo",
            "contact": "Pregúntenos",
        },
    }
}

TEXTS: Mapping[int, Mapping[str, Mapping[str, str]]] = {
    1: {
        "en": {
            "opening": "Somebody saw or got information about you who should not have. We are sorry. This "
            "letter says what "
            "we know.",
            "dates": "It happened on {happened}. We found out on {discovered}.",
            "dates_unknown": "We do not know the day on which it happened. We found out on {discovered}.",
            "contact": "You can ask us anything about this, at no cost: {contact}.",
        },
        "es": {
            "opening": "Alguien vio u obtuvo información sobre usted sin tener derecho a ello. Lo sentimos. "
            "Esta carta dice "
            "lo que sabemos.",
            "dates": "Pasó el {happened}. Lo descubrimos el {discovered}.",
            "dates_unknown": "No sabemos qué día pasó. Lo descubrimos el {discovered}.",
            "contact": "Puede preguntarnos lo que quiera sobre esto, sin costo: {contact}.",
        },
    }
}


def write_letter(
    language: str, *, happened: str, discovered: str, words: Mapping[str, str], information: str, version: int = VERSION
) -> tuple[str, list[tuple[str, str]]]:
    """(opening, [(heading, text)]) with every element. `words`: what_happened, protect_yourself, what_we_do, contact;
    `happened` may be "". Raises KeyError where one is not there.
    """
    headings, texts = HEADINGS[version][language], TEXTS[version][language]
    dates = texts["dates" if happened else "dates_unknown"].format(happened=happened, discovered=discovered)
    parts = {
        "what_happened": f"{words['what_happened']}\n{dates}",
        "information": information,
        "protect_yourself": words["protect_yourself"],
        "what_we_do": words["what_we_do"],
        "contact": texts["contact"].format(contact=words["contact"]),
    }
    return texts["opening"], [(headings[element], parts[element]) for element in ELEMENTS]


POSTED: Mapping[int, Mapping[str, Mapping[str, str]]] = {
    1: {
        "en": {
            "title": "A notice about personal information",
            "opening": "Information about some people may have been seen by somebody who should not have seen it. We "
            "are sorry. We could not reach everybody by letter, so we say it here.",
            "contact": "Call {number} at no cost and ask whether it was about you. The number answers until {until}.",
        },
        "es": {
            "title": "Un aviso sobre información personal",
            "opening": "Es posible que alguien haya visto, sin tener derecho a ello, información sobre algunas "
            "personas. Lo sentimos. No pudimos avisar a todas por carta, y por eso lo decimos aquí.",
            "contact": "Llame gratis al {number} y pregunte si se trataba de usted. El número contesta hasta el "
            "{until}.",
        },
    }
}
"""The fixed words of the notice on the site: it names nobody, and whom it is about only in general."""


def write_posting(
    language: str, *, happened: str, discovered: str, words: Mapping[str, str], information: str, number: str,
    until: str, version: int = VERSION,
) -> tuple[str, str, list[tuple[str, str]]]:  # fmt: skip
    """(title, opening, [(heading, text)]) with every element of a letter and the toll-free number."""
    _opening, parts = write_letter(
        language, happened=happened, discovered=discovered, words={**words, "contact": ""}, information=information,
        version=version,
    )  # fmt: skip
    fixed = POSTED[version][language]
    contact = (HEADINGS[version][language]["contact"], fixed["contact"].format(number=number, until=until))
    return fixed["title"], fixed["opening"], [*parts[:-1], contact]
