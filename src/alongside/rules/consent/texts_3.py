"""Version 3 of the words of consent (November 2026): one that a director signs says so (§2.15(a)(2)).

All else is as in `texts_2`. Never changed once signed by anybody: another wording is `texts_4`. A test holds the digest
of this version.
"""

from collections.abc import Mapping

from . import texts_2
from .texts_1 import EVENTS, ITEMS, KINDS, LAST_DAY, PURPOSES, Statement, _say
from .texts_2 import ACCOMPANY, HELD_BY_EVENT, OUTSIDE

__all__ = ["ACCOMPANY", "EVENTS", "HELD_BY_EVENT", "ITEMS", "KINDS", "LAST_DAY", "OUTSIDE", "PURPOSES", "STATEMENTS"]

_BY_DIRECTOR: Mapping[str, Statement] = {
    "by_director": _say(
        "2.15(a)(2); see 2.31(a)(8)",
        "Who signs, and why",
        "Quién firma, y por qué",
        "The director of this program signs for this person. They are an adult, and too ill now to act for themself. It is "
        "only so that a health plan or another payer, named here, pays for services. It ends on the day named here. It "
        "ends at once when the person can act again. The person can stop it at any time, like any other permission.",
        "La dirección de este programa firma por esta persona. Es adulta, y ahora está demasiado enferma para actuar por sí "
        "misma. Es solo para que un plan de salud u otro que paga, nombrado aquí, pague servicios. Termina el día que se "
        "nombra aquí. Termina de inmediato cuando la persona pueda actuar otra vez. La persona puede pararlo en cualquier "
        "momento, como cualquier otro permiso.",
    ),
}
"""In a document that a director signs, and in no other."""


def _after(code: str, more: Mapping[str, Statement]) -> Mapping[str, Statement]:
    """The paragraphs of the version before, with `more` after one of them: a document is read in this order."""
    found: dict[str, Statement] = {}
    for one, statement in texts_2.STATEMENTS.items():
        found[one] = statement
        if one == code:
            found |= more
    return found


STATEMENTS = _after("person", _BY_DIRECTOR)
"""By code, for a program under Part 2 or a lawful holder of its records."""
