"""The list of what left about a person (§2.25), and the letter by which they ask an intermediary for its own (§2.24).

Texts are data: version 1, November 2026, in both languages, with their sections. A changed wording is another version.
"""

from collections.abc import Mapping

YEARS = 3
"""The law asks for the three years before the request (§2.25(a), §2.24(a)(2)). Ours goes back to the first day."""

INTERMEDIARY_DAYS = 30
"""Within so many days of a written request an intermediary answers (§2.24(b)(1))."""

VERSION = 1
LETTER_SECTION = "2.24"
LETTER: Mapping[str, tuple[str, ...]] = {
    "en": (
        "I gave my consent that you receive records about me and pass them on. It has the number {number} and was "
        "signed on {day}.",
        "Under 42 CFR 2.24 I ask you in writing for the list of the persons to whom you disclosed my records under "
        "this consent within the past 3 years.",
        "Please tell me for each disclosure: the name of whoever received it, the date, and a brief description of the "
        "information about me that was disclosed.",
        "The same section gives you 30 or fewer days from the day on which you receive this letter.",
    ),
    "es": (
        "Di mi consentimiento para que ustedes reciban expedientes sobre mí y los pasen a otros. Lleva el número "
        "{number} y se firmó el {day}.",
        "Según 42 CFR 2.24, les pido por escrito la lista de las personas a quienes revelaron mis expedientes con este "
        "consentimiento en los últimos 3 años.",
        "Díganme, por favor, de cada revelación: el nombre de quien la recibió, la fecha y una breve descripción de la "
        "información que me identifica y que se reveló.",
        "La misma sección les da 30 días o menos desde el día en que reciban esta carta.",
    ),
}  # fmt: skip
"""What §2.24 lets a person ask for, paragraph by paragraph; `{number}` and `{day}` name the consent."""


def write_letter(language: str, *, number: str, day: str) -> tuple[str, ...]:
    """The paragraphs of the letter. Raises KeyError for a language in which there is none."""
    return tuple(text.format(number=number, day=day) for text in LETTER[language])
