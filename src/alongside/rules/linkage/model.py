"""The sum of the weights of two records, what it means, and why."""

from dataclasses import dataclass
from math import log2

from alongside.rules.linkage.fields import LEVELS, find_levels
from alongside.rules.linkage.values import Features
from alongside.rules.linkage.weights import PROBABILITIES

SURELY, PERHAPS, NO = "surely", "perhaps", "no"

SURELY_FROM = 22.0
"""Bits from which two records are surely one person, unless something speaks against it."""
PERHAPS_FROM = 14.0
"""Bits from which a person should look at the two."""

MEASURED_AMONG = 14_000
"""Records among which both were chosen. Each doubling asks for one bit more: there are twice as many strangers with
whom one may agree by chance."""


@dataclass(frozen=True)
class Reason:
    """What one field says: its level and weight in bits, for one person when positive, for two when negative."""

    field: str
    level: str
    bits: float


@dataclass(frozen=True)
class Comparison:
    """What two records say together. `verdict` is `surely`, `perhaps` or `no`; fields not known are left out."""

    bits: float
    verdict: str
    reasons: tuple[Reason, ...]


def bits_of(field: str, level: str) -> float:
    """The weight of a level: log2(m/u)."""
    m, u = PROBABILITIES[field][level]
    return log2(m / u)


def compare(one: Features, other: Features, *, among: int = 0) -> Comparison:
    """How two records agree. Symmetric; nothing is compared with what is not known.

    `among`: how many people there are; above `MEASURED_AMONG` more bits are asked for, never fewer.

    `surely` needs more than bits: no other first name, no other day of birth, no Jr beside a Sr. Twins share all but
    the first name, a parent and a child all but the day (the household trap).
    """
    levels = find_levels(one, other)
    reasons = tuple(
        Reason(field, levels[field], round(bits_of(field, levels[field]), 1)) for field in LEVELS if levels[field]
    )
    bits = round(sum(reason.bits for reason in reasons), 1)
    asked = log2(max(among, MEASURED_AMONG) / MEASURED_AMONG)
    return Comparison(bits, _verdict(bits - asked, levels, has_other_suffix(one, other)), reasons)


def _verdict(bits: float, levels: dict[str, str], other_suffix: bool) -> str:
    if levels["given"] == "different" and levels["born"] not in ("same", ""):
        return NO  # Two people of one household, whatever else they share.
    if bits >= SURELY_FROM and levels["given"] in SAME_GIVEN and not other_suffix and _is_told_apart(levels):
        return SURELY
    return PERHAPS if bits >= PERHAPS_FROM else NO


SAME_GIVEN = ("same", "short_form", "swapped")
"""Daniel and Daniela may be twins: a first name that is only similar is never sure."""


def _is_told_apart(levels: dict[str, str]) -> bool:
    """Whether something is known that a parent and a child of one name, at one phone, do not share."""
    if levels["born"]:
        return levels["born"] in ("same", "day_and_month_swapped", "one_digit")
    return levels["email"] == "same"


def has_other_suffix(one: Features, other: Features) -> bool:
    """Jr beside Sr: two people of one name."""
    return bool(one.suffix and other.suffix and one.suffix != other.suffix)
