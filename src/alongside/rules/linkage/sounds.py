"""A code for how a name sounds to English and Spanish ears, so that a name written by ear is found. Our own rules."""

import re
from functools import lru_cache

_RULES = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"[^a-z]", ""),
        (r"^x(?=[aeiou])|^g(?=[eiy])", "j"),  # Ximénez, Giménez, Jiménez
        (r"ph", "f"),
        (r"sch|tch|ch|sh", "1"),
        (r"th", "t"),
        (r"ck|qu|q|c(?=[^eiyh]|$)", "k"),
        (r"gu(?=[ei])|gh", "g"),
        (r"ll(?=[aeiou])|y", "i"),  # Castillo, Castiyo
        (r"[cz]", "s"),
        (r"x", "ks"),
        (r"[vw]", "b"),
        (r"h", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    """At most six letters and digits; "" for a name without Latin letters. Vowels count only at the beginning.

    >>> sound("jimenez") == sound("ximenes"), sound("vasquez") == sound("basques"), sound("lopez") == sound("lewis")
    (True, True, False)
    """
    code = name
    for pattern, by in _RULES:
        code = pattern.sub(by, code)
    if not code:
        return ""
    first = "a" if code[0] in "aeiou" else code[0]
    return re.sub(r"(.)\1+", r"\1", first + re.sub(r"[aeiou]", "", code[1:]))[:6]
