"""Version 2 of the words of consent (November 2026): what is said depends on the law the program works under.

A sentence about 42 CFR Part 2 is said where Part 2 protects the record, and nowhere else: a person outside of Part 2
reads of HIPAA, or of the program's own rules. Where the day of §2.35(c) has an event, it is named. All else is as in
`texts_1`. Never changed once signed by anybody: another wording is `texts_3`. A test holds the digest of this version.
"""

from collections.abc import Mapping

from . import texts_1
from .texts_1 import EVENTS, ITEMS, KINDS, LAST_DAY, PURPOSES, Statement, _say

__all__ = ["ACCOMPANY", "EVENTS", "HELD_BY_EVENT", "ITEMS", "KINDS", "LAST_DAY", "OUTSIDE", "PURPOSES", "STATEMENTS"]

ACCOMPANY = texts_1.ACCOMPANY

STATEMENTS = texts_1.STATEMENTS
"""By code, for a program under Part 2 or a lawful holder of its records."""

HELD_BY_EVENT: Mapping[str, Statement] = {
    "end_of_case": _say(
        "2.35(c)",
        "You cannot stop it right away",
        "No puede pararlo de inmediato",
        "You cannot take this back before the matter in court is over. When it is over, or on {held_until} at the "
        "latest, you can stop it in one step, like any other permission. Tell us when it is over. If you are not sure, "
        "do not sign yet: ask somebody you trust, or a lawyer, first.",
        "No puede retirar esto antes de que termine el asunto en el tribunal. Cuando termine, o a más tardar el "
        "{held_until}, puede pararlo en un solo paso, como cualquier otro permiso. Díganos cuando termine. Si tiene "
        "dudas, no firme todavía: pregunte antes a alguien de confianza o a una persona abogada.",
    ),
}
"""`right_to_revoke_held`, where something that happens lets it be taken back before its day."""

_PASSED_ON = ("It may be passed on", "Puede pasar a otras manos")

OUTSIDE: Mapping[str, Mapping[str, Statement | None]] = {
    # 45 CFR 164.508(c)(2)(iii): what the section asks of a program that HIPAA binds and Part 2 does not.
    "hipaa": {
        "redisclosure": _say(
            "45 CFR 164.508(c)(2)(iii); see 2.31(a)(10)",
            *_PASSED_ON,
            "Whoever gets it may pass it on, and then the privacy rules of HIPAA may no longer protect it.",
            "Quien lo reciba puede pasarlo a otras manos, y entonces las reglas de privacidad de HIPAA quizá ya no lo "
            "protejan.",
        ),
    },
    "neither": {
        "redisclosure": _say(
            "2.31(a)(10), where no law of this sort holds",
            *_PASSED_ON,
            "Whoever gets it may pass it on, and then the rules of this program no longer protect it.",
            "Quien lo reciba puede pasarlo a otras manos, y entonces las reglas de este programa ya no lo protegen.",
        ),
    },
    "both": {
        "hipaa": _say(
            "45 CFR 164.502(a); see 2.31(a)(4)(iii)",
            "If they work under HIPAA",
            "Si trabajan bajo HIPAA",
            "They may use it and pass it on in the ways that HIPAA allows them.",
            "Pueden usarlo y pasarlo a otras manos de las maneras que HIPAA les permite.",
        ),
        # Nobody owes a list of those to whom it was passed on: §2.24 holds for records under Part 2.
        "list_right": None,
    },
}
"""What a program outside of Part 2 says instead, by whether HIPAA binds it; None: nothing."""
