"""Names of people: one cell or several, either order, particles, suffixes, and the name a person goes by."""

import re
from dataclasses import dataclass

from alongside.rules.roster.text import fold_words, word_set

_PARTICLES = word_set("de|del|la|las|los|el|y|e|da|das|do|dos|di|van|von|der|den|le|du|al|bin|ibn|san|santa|st|mc")
_SUFFIXES = word_set("jr|sr|ii|iii|iv|jr.|sr.")
_TITLES = word_set("mr|mrs|ms|miss|mx|dr|dra|sra|srta|don|dona")
_NICKNAME = re.compile(r"[\"“”«»]([^\"“”«»]{2,30})[\"“”«»]|\(([^()]{2,30})\)|(?<=\s)'([^']{2,30})'(?=\s|$)")


@dataclass(frozen=True)
class Name:
    """A legal name in the order in which it is spoken, and the name to go by that follows from it."""

    legal: str
    goes_by: str


def read_name(text: str) -> Name:
    """A whole name from one cell: "García López, María" and 'Roberto "Beto" Díaz' as well. Empty where there is none.

    >>> read_name("GARCIA, MARIA DE LA LUZ")
    Name(legal='Maria de la Luz Garcia', goes_by='Maria G.')
    """
    text = " ".join(text.split())
    nickname = next((group for match in [_NICKNAME.search(text)] if match for group in match.groups() if group), "")
    text = " ".join(_NICKNAME.sub(" ", text).split()).strip(" ,")
    parts = [part.strip() for part in text.split(",") if part.strip()]
    suffix = ""
    if len(parts) > 1 and _is_suffix(parts[-1]):
        suffix = parts.pop()
    if len(parts) == 2 and len(parts[1].split()) > 1 and _is_suffix(parts[1].split()[-1]):
        parts[1], _, suffix = parts[1].rpartition(" ")
    if len(parts) >= 2:
        return join_name(" ".join(parts[1:]), f"{parts[0]} {suffix}".strip(), nickname)
    words = tidy(" ".join((*parts, suffix))).split()
    while len(words) > 1 and fold_words(words[0]) in _TITLES:
        words.pop(0)
    family = next(
        (word for word in reversed(words[1:]) if not _is_suffix(word) and fold_words(word) not in _PARTICLES), ""
    )
    return _named(" ".join(words), words[0] if words else "", family, nickname)


def join_name(first: str, last: str, nickname: str = "") -> Name:
    """A name from its two parts; either may be empty."""
    # Behind a given name a particle is small: "Juan de la Cruz" from "DE LA CRUZ".
    first, last = tidy(first), tidy(last, is_behind=bool(first.strip(" ,;")))
    given = first.split()[0] if first else ""
    family = next((word for word in last.split() if fold_words(word) not in _PARTICLES and not _is_suffix(word)), "")
    return _named(f"{first} {last}".strip(), given or last, family if given else "", nickname)


def tidy(name: str, *, is_behind: bool = False) -> str:
    """Single blanks; a name all in capitals or all in small letters gets its usual form; mixed ones are left alone."""
    name = " ".join(name.split()).strip(" ,;")
    if not (name.isupper() or name.islower()) or len(name) < 3:
        return name
    words = name.split()
    return " ".join(_usual_form(word, place + is_behind, len(words) + is_behind) for place, word in enumerate(words))


def name_tokens(name: str) -> tuple[str, ...]:
    """Folded words of a name without particles and titles, the form in which names are compared."""
    words = fold_words(name).split()
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    # Al, Van and Santa are first names too.
    return tuple(word for place, word in enumerate(words) if place == 0 or word not in _PARTICLES)


def name_key(name: str) -> str:
    """One key for one name, whatever its order, accents, case and particles.

    >>> name_key("García, María") == name_key("maria garcia")
    True
    """
    return " ".join(sorted(name_tokens(name)))


def are_compatible(one: str, other: str) -> bool:
    """Whether two names may be the same person's: each word of the shorter is a word, or an initial, of the longer.

    >>> are_compatible("Maria G.", "María García López"), are_compatible("Jose Diaz Jr", "Jose Diaz Sr")
    (True, False)
    """
    short, long = sorted((list(name_tokens(one)), list(name_tokens(other))), key=len)
    if short and short == long:
        # A single letter is little of a name, but the same letter is the same name.
        return True
    suffixes = {word for word in short if word in _SUFFIXES}, {word for word in long if word in _SUFFIXES}
    if not short or (suffixes[0] and suffixes[1] and suffixes[0] != suffixes[1]):
        return False
    whole = False
    for word in (word for word in short if word not in _SUFFIXES):
        same = next((w for w in long if w == word), None)
        match = same or next((w for w in long if w[0] == word[0] and min(len(w), len(word)) == 1), None)
        if match is None:
            return False
        whole = whole or (same is not None and len(word) > 1)
        long.remove(match)
    return whole


def _is_suffix(word: str) -> bool:
    return fold_words(word) in _SUFFIXES


def _named(legal: str, given: str, family: str, nickname: str) -> Name:
    goes_by = tidy(nickname) or (f"{given} {family[0].upper()}." if family else given)
    return Name(legal, goes_by)


def _usual_form(word: str, place: int, count: int) -> str:
    folded = fold_words(word)
    if folded in _PARTICLES and 0 < place < count - 1:
        return word.lower()
    if folded in _SUFFIXES:
        return word.upper() if folded.startswith("i") else word.capitalize()
    # O'NEIL, GARCIA-LOPEZ, MCDONALD stay honest: only the first and what follows a hyphen or apostrophe is large.
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
