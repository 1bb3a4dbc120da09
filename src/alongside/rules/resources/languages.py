"""Languages as feeds write them, as codes: ISO 639 codes, English names, Spanish names, several in one field."""

import re
from collections.abc import Iterable

from .needs import fold

NAMES = {
    "en": "english ingles eng", "es": "spanish espanol spa castellano", "ht": "creole kreyol haitian criollo hat",
    "fr": "french frances fra fre", "pt": "portuguese portugues por", "zh": "chinese mandarin cantonese chino zho chi",
    "vi": "vietnamese vietnamita vie", "ru": "russian ruso rus", "ar": "arabic arabe ara", "ko": "korean coreano kor",
    "tl": "tagalog filipino tgl", "hy": "armenian armenio hye", "fa": "farsi persian persa fas", "ase": "asl sign",
}  # fmt: skip
"""Code, as in `rules.vocabulary`, -> words that mean it."""

CODES = {word: code for code, words in NAMES.items() for word in (code, *words.split())}


def languages_of(names: Iterable[object]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(codes that we know, names that we do not know), each once, in order.

    >>> languages_of(["English/Spanish; Creole", "Urdu", "es"])
    (('en', 'es', 'ht'), ('Urdu',))
    """
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for name in names:
        for part in re.split(r"[,;/&]|\band\b|\by\b", str(name or "")):
            if not (part := part.strip(" .")):
                continue
            code = next((CODES[word] for word in fold(part).split() if word in CODES), "")
            if code:
                known[code] = None
            else:
                unknown[part[:60]] = None
    return tuple(known), tuple(unknown)
