"""Who has to sign (42 CFR 2.14 and 2.15), by the law of the program's state as its director entered it."""

from dataclasses import dataclass

SELF, MINOR_ALONE, MINOR_AND_PARENT, GUARDIAN, SURVIVOR = (
    "self",
    "minor_alone",
    "minor_and_parent",
    "guardian",
    "survivor",
)
SIGNERS = (SELF, MINOR_ALONE, MINOR_AND_PARENT, GUARDIAN, SURVIVOR)
BY_ANOTHER = (GUARDIAN, SURVIVOR)
"""Somebody else signs, and says by what right: a court order (§2.15(a)), an executor (§2.15(b))."""

PART2 = ("program", "holder", "neither")
"""A Part 2 program; a lawful holder of its records; neither."""


@dataclass(frozen=True)
class Posture:
    """The law a program works under. The values here are the strictest: they hold until a director says otherwise.

    `minor_alone_from`: from which age (years) the state lets a minor ask for this service alone; None is never.
    `hipaa`: a covered entity or its business associate: its notice and its contracts say more.
    """

    part2: str = "program"
    majority_age: int = 18
    minor_alone_from: int | None = None
    fundraises: bool = False
    hipaa: bool = True


def who_signs(posture: Posture, *, age: int | None, represented_by: str = "") -> str:
    """The code of who must sign. `age` in whole years; None when nobody knows: then they say they are of age.

    A minor who may ask for the service alone is the only one who may consent, and nobody else is asked (§2.14(a), B9).
    Otherwise both sign: the parent's signature never stands in for the minor's (§2.14(b)).
    """
    if represented_by:
        if represented_by not in BY_ANOTHER:
            raise ValueError(represented_by)
        return represented_by
    if age is None or age >= posture.majority_age:
        return SELF
    if posture.minor_alone_from is not None and age >= posture.minor_alone_from:
        return MINOR_ALONE
    return MINOR_AND_PARENT
