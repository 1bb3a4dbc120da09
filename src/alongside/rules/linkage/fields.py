"""On which level each field of two records agrees. Levels go from the same down to different; "" is not known."""

from datetime import date

from alongside.rules.linkage.sounds import sound
from alongside.rules.linkage.strings import is_one_slip, jaro_winkler
from alongside.rules.linkage.values import Features, all_forms

LEVELS: dict[str, tuple[str, ...]] = {
    "given": ("same", "short_form", "similar", "swapped", "initial", "different"),
    "family": ("same", "similar", "shared", "initial", "different"),
    "born": ("same", "day_and_month_swapped", "one_digit", "close", "different"),
    "phone": ("same", "one_digit", "different"),
    "email": ("same", "similar", "different"),
    "zip": ("same", "different"),
}
"""Every level of every field, the strongest agreement first."""

ALIKE = 0.88
"""From this Jaro-Winkler on, two names are similar: Winkler's own setting for names."""


def find_levels(one: Features, other: Features) -> dict[str, str]:
    """Field to level; the same whichever of the two comes first."""
    levels = {
        "given": compare_given(one, other),
        "family": compare_family(one.family, other.family),
        "born": compare_born(one.born, other.born),
        "phone": compare_phone(one.phone, other.phone),
        "email": compare_email(one.email, other.email),
        "zip": ("same" if one.zip == other.zip else "different") if one.zip and other.zip else "",
    }
    if levels["given"] == levels["family"] == "different" and is_swapped(one, other):
        # "García María" in one list and "María García" in the other.
        levels |= {"given": "swapped", "family": "similar"}
    return levels


def compare_given(one: Features, other: Features) -> str:
    """The best agreement among the first names of both: as called, and as in documents."""
    found = {_given_level(a, b) for a in one.given for b in other.given}
    return next((level for level in LEVELS["given"] if level in found), "")


def _given_level(one: str, other: str) -> str:
    if min(len(one), len(other)) == 1:
        return "initial" if one[0] == other[0] else "different"
    if one == other:
        return "same"
    if all_forms(one) & all_forms(other):
        return "short_form"
    return "similar" if is_alike(one, other) else "different"


def compare_family(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Family names: the last of one is in the other; else alike; else any word shared, such as one of two surnames."""
    if not one or not other:
        return ""
    if len(one[-1]) == 1 or len(other[-1]) == 1:
        return "initial" if _has_initial(one, other) or _has_initial(other, one) else "different"
    if one[-1] in other or other[-1] in one:
        return "same"
    words = {word for word in one if len(word) > 1}, {word for word in other if len(word) > 1}
    if any(is_alike(one[-1], b) for b in words[1]) or any(is_alike(a, other[-1]) for a in words[0]):
        return "similar"
    return "shared" if words[0] & words[1] else "different"


def _has_initial(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return len(short[-1]) == 1 and any(word[0] == short[-1] for word in long)


def is_alike(one: str, other: str) -> bool:
    """Whether two names look alike, or sound alike and look somewhat alike."""
    nearness = jaro_winkler(one, other)
    return nearness >= ALIKE or (nearness >= 0.75 and sound(one) == sound(other) != "")


def is_swapped(one: Features, other: Features) -> bool:
    """Whether each one's first name is among the family names of the other."""
    return any(a in other.family for a in one.given if len(a) > 1) and any(
        b in one.family for b in other.given if len(b) > 1
    )


def compare_born(one: date | None, other: date | None) -> str:
    """Days of birth: the same; day and month in the other order; one digit off; two of year, month and day the same."""
    if one is None or other is None:
        return ""
    if one == other:
        return "same"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "day_and_month_swapped"
    if is_one_slip(f"{one:%Y%m%d}", f"{other:%Y%m%d}"):
        return "one_digit"
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    return "close" if same == 2 and abs(one.year - other.year) <= 10 else "different"


def compare_phone(one: str, other: str) -> str:
    """Numbers: the same, or one slip apart."""
    if not one or not other:
        return ""
    return "same" if one == other else "one_digit" if is_one_slip(one, other) else "different"


def compare_email(one: str, other: str) -> str:
    """Addresses: the same; the same name at another host, or one slip apart."""
    if not one or not other:
        return ""
    if one == other:
        return "same"
    (mine, _, host), (theirs, _, there) = one.partition("@"), other.partition("@")
    if len(mine) >= 5 and (mine == theirs or (host == there and is_one_slip(mine, theirs))):
        return "similar"
    return "similar" if mine == theirs and is_one_slip(host, there) else "different"
