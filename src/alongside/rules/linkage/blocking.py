"""Keys of which two records of one person very probably share one: only records that do are compared at all.

A key is text here. Whoever stores it stores a keyed digest of it, so that the table tells nothing to a thief.
"""

from collections.abc import Iterator

from alongside.rules.linkage.sounds import sound
from alongside.rules.linkage.values import Features, all_forms

KINDS = ("phone", "email", "family_year", "initial_born", "whole_name")
"""`family_year` how a family name sounds and the year of birth; `initial_born` first letter and day of birth, with day
and month in either order; `whole_name` how first and family name sound, in either order."""


def block_keys(one: Features) -> tuple[tuple[str, str], ...]:
    """(kind, text) of every key of this person, each once, in a stable order; at most a dozen."""
    return tuple(sorted(set(_keys(one))))[:MOST]


MOST = 16
"""More keys than this only a name of many words has."""


def _keys(one: Features) -> Iterator[tuple[str, str]]:
    if len(one.phone) >= 7:
        yield "phone", one.phone
    if "@" in one.email:
        yield "email", one.email
    families = {code for word in one.family if len(word) > 1 and (code := sound(word))}
    forms = sorted({form for name in one.given if len(name) > 1 for form in all_forms(name)})
    if one.born:
        day, month = sorted((one.born.day, one.born.month))
        for code in sorted(families):
            yield "family_year", f"{code} {one.born.year}"
        for letter in sorted({name[0] for name in (*one.given, *forms)}):
            yield "initial_born", f"{letter} {one.born.year} {day} {month}"
    for form in forms:
        for code in sorted(families):
            if given := sound(form):
                yield "whole_name", " ".join(sorted((given, code)))
