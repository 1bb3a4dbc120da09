"""Who has to sign (42 CFR 2.14 and 2.15), by the law of the program's state as its director entered it."""

from collections.abc import Collection
from dataclasses import dataclass

SELF, MINOR_ALONE, MINOR_AND_PARENT, GUARDIAN, SURVIVOR, EMANCIPATED, DIRECTOR = (
    "self",
    "minor_alone",
    "minor_and_parent",
    "guardian",
    "survivor",
    "emancipated",
    "director_for_payment",
)
SIGNERS = (SELF, MINOR_ALONE, MINOR_AND_PARENT, GUARDIAN, SURVIVOR, EMANCIPATED, DIRECTOR)
BY_ANOTHER = (GUARDIAN, SURVIVOR, DIRECTOR)
"""Somebody else signs, and says by what right: a court order (§2.15(a)(1)), an executor (§2.15(b)), the director's
judgment of a medical condition, for payment alone (§2.15(a)(2))."""

BY_DIRECTOR = "by_director"
"""Code of the paragraph that says so, in every document that a director signs and in no other."""

DIRECTOR_FOR = ("specific", "payment")
"""The one kind and purpose for which a director may exercise a person's right to consent."""

DIRECTOR_DAYS = 30
"""So long at the most. The section says "for any period"; after that somebody has to judge anew."""

BY_LINK = (MINOR_AND_PARENT, GUARDIAN)
"""Who signs beside or instead of the person and may do so by a link of their own. An executor brings the paper that
makes them one. For a minor who may consent alone there is no such link: nobody else is asked (B9)."""

RELATIONS = ("parent", "guardian", "custodian", "other")
"""What whoever signs by such a link is to the person, as they say it themself."""

NAMED = (*BY_ANOTHER, EMANCIPATED)
"""Who signs because staff say so and a paper shows it."""

AGE_KNOWN = ("birth_date", "said", "not_known")
"""How the age was known by which somebody signs: from the record, by their own word, or not at all."""

PART2 = ("program", "holder", "neither")
"""A Part 2 program; a lawful holder of its records; neither."""


@dataclass(frozen=True)
class Posture:
    """The law a program works under. The values here are the strictest: they hold until a director says otherwise.

    `minor_alone_from`: from which age (years) the state lets a minor ask for this service alone; None is never.
    `emancipated_alone`: whether it lets a minor whom a court or the law made independent decide as an adult does.
    `hipaa`: a covered entity or its business associate: its notice and its contracts say more.
    """

    part2: str = "program"
    majority_age: int = 18
    minor_alone_from: int | None = None
    fundraises: bool = False
    hipaa: bool = True
    emancipated_alone: bool = False


def who_signs(
    posture: Posture, *, age: int | None, represented_by: str = "", has_died: bool = False,
    have_acted: Collection[str] = (),
) -> str:  # fmt: skip
    """The code of who must sign. `age` in whole years; None when nobody knows: then they say they are of age.

    A minor who may ask for the service alone is the only one who may consent: nobody else is asked, whoever was named
    to act for them (§2.14(a), B9). Otherwise both sign: the parent's signature never stands in for the minor's
    (§2.14(b)), but for a minor whom the state counts as independent, which a paper shows. An executor signs only after
    a death that was written down, and then nobody else does (§2.15(b)). A director signs for no minor and for nobody of
    whom the age is not known, only where Part 2 holds, and never where a guardian or an executor has signed before
    (`have_acted`): then that one does (§2.15(a)(2)).
    """
    if represented_by and represented_by not in NAMED:
        raise ValueError(represented_by)
    if has_died:
        return SURVIVOR
    if may_consent_alone(posture, age):
        return MINOR_ALONE
    minor = is_minor(posture, age)
    if represented_by == EMANCIPATED and minor and posture.emancipated_alone:
        return EMANCIPATED
    if represented_by == GUARDIAN:
        return GUARDIAN
    if represented_by == DIRECTOR and age is not None and not minor and posture.part2 != "neither":
        return next((one for one in (SURVIVOR, GUARDIAN) if one in have_acted), DIRECTOR)
    return MINOR_AND_PARENT if minor else SELF


def is_minor(posture: Posture, age: int | None) -> bool:
    """Whether somebody of this age is a minor by the state's law. None is no: nothing hangs on a guess."""
    return age is not None and age < posture.majority_age


def may_consent_alone(posture: Posture, age: int | None) -> bool:
    """Whether this is a minor whom the state lets ask for the service without a parent."""
    return (
        age is not None
        and posture.minor_alone_from is not None
        and posture.minor_alone_from <= age < (posture.majority_age)
    )
