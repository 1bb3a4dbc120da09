"""What of a person's record is compared, made equal first where people write the same thing in different ways."""

from dataclasses import dataclass
from datetime import date

from alongside.rules.linkage.nicknames import formal_names
from alongside.rules.roster.names import name_tokens

SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "jr", "iii": "iii", "iv": "iv"}


@dataclass(frozen=True)
class Features:
    """One person as the model sees them. Empty means: not known, which speaks neither for nor against.

    `given`: first names, folded, as called and as in documents. `family`: the further words of the name in their order,
    particles left out; a single letter is an initial. `phone`: digits only. `email`, `zip` as written, lower case.
    """

    given: tuple[str, ...] = ()
    family: tuple[str, ...] = ()
    suffix: str = ""
    born: date | None = None
    phone: str = ""
    email: str = ""
    zip: str = ""


def make_features(
    *,
    legal_name: str = "",
    goes_by: str = "",
    born: date | None = None,
    phone: str = "",
    email: str = "",
    zip: str = "",
) -> Features:
    """Features of what a record or a row of a roster holds.

    >>> luz = make_features(legal_name="María de la Luz García Jr.", goes_by="Luz G.", phone="+1 (213) 555-0142")
    >>> luz.given, luz.family, luz.suffix, luz.phone
    (('maria', 'luz'), ('luz', 'garcia'), 'jr', '2135550142')
    """
    legal, suffix = _without_suffix(name_tokens(legal_name))
    called, _ = _without_suffix(name_tokens(goes_by))
    family = legal[1:] or called[1:]
    digits = "".join(letter for letter in phone if letter.isdigit())
    return Features(
        given=tuple(dict.fromkeys(words[0] for words in (legal, called) if words)),
        family=family,
        suffix=suffix,
        born=born,
        phone=digits[-10:],
        email=email.strip().casefold(),
        zip=zip.strip()[:5],
    )


def _without_suffix(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    kept = tuple(word for place, word in enumerate(words) if place == 0 or word not in SUFFIXES)
    return kept, next((SUFFIXES[word] for word in words[1:] if word in SUFFIXES), "")


def all_forms(given: str) -> frozenset[str]:
    """The name itself and the formal names it is short for."""
    return formal_names(given) | {given}
