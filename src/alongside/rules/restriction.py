"""What shall not go to somebody (§2.26): what a restriction covers, when it must be agreed to, whom a name means.

Where it cannot be told whether a recipient is the one meant, it is: a restriction rather holds too much back. The gate
(`rules.disclosure.decide`) asks here; so does the database, more coarsely (`privacy.restriction_guards`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.rules.wording import fold

INSIDE = "inside"
"""Somebody of the program itself, by their account: uses, not only disclosures, may be restricted (§2.26(a)(1)(i))."""

TOWARD: Mapping[str, str] = {
    "anyone": "2.26(a)(1)",
    "health_plan": "2.26(a)(6)",
    "named": "2.26(a)(1)",
    INSIDE: "2.26(a)(1)(i)",
}
"""Toward whom something is kept back: everybody outside, a health plan, or somebody named. `INSIDE` names no items: the
whole record is kept from some who work here (`people.kept_out`), and what goes outside is as it was."""

PLAN_PURPOSES = ("payment", "benefits", "tpo")
"""What a health plan gets something for: payment and health care operations (§2.26(a)(6)(i)). Nobody writes down of a
recipient whether it is a plan, so for these purposes everybody counts as one."""

PASSES_ON = "intermediary"
"""The kind of consent by which somebody passes things on: whom they reach cannot be known."""

ENDED_HOW = ("screen", "spoken", "written")
"""§2.26(b)(1), (2): by the person on their page, spoken and written down, or in writing. A program never ends one by
itself here: (b)(3) would reach only what came later, and items are always told as they are now."""


@dataclass(frozen=True)
class Restricted:
    """One restriction that the program agreed to. `purposes` empty: for whatever it is asked."""

    person: str
    items: tuple[str, ...]
    toward: str
    recipient: str = ""
    purposes: tuple[str, ...] = ()


def must_agree(*, toward: str, paid_in_full: bool) -> bool:
    """§2.26(a)(6): toward a health plan, for what was paid in full without the plan, the program may not say no."""
    return toward == "health_plan" and paid_in_full


def keeps_back(one: Restricted, *, person: str, recipient: str, purpose: str, kind: str) -> frozenset[str]:
    """The items that may not go to this recipient for this purpose under a consent of this kind."""
    if one.person != person:
        return frozenset()
    passes_on = kind == PASSES_ON
    if one.toward == "health_plan":
        applies = passes_on or purpose in PLAN_PURPOSES
    else:
        meant = one.toward == "anyone" or passes_on or is_same_name(one.recipient, recipient)
        applies = meant and (not one.purposes or purpose in one.purposes)
    return frozenset(one.items) if applies else frozenset()


def is_same_name(one: str, other: str) -> bool:
    """Whether two names may be one: all words of the shorter stand in the longer, in any order, case and accent.

    A name of which nothing is left but titles may be anybody.

    >>> is_same_name("Dr. Ana Ito", "ITO, Ana"), is_same_name("Dr. Ito", "Dr. Ita")
    (True, False)
    """
    first, second = _words(one), _words(other)
    return first <= second or second <= first


def _words(name: str) -> set[str]:
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(name)[0])
    return {word for word in plain.split() if word not in TITLES}


TITLES = frozenset({
    "dr", "dra", "mr", "mrs", "ms", "sr", "sra", "srta", "prof", "the", "of", "la", "el", "los", "las", "de", "del",
})  # fmt: skip
"""Words that name nobody."""
