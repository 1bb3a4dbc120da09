"""Cleaning and folding of what people type, shared by all readers of this package."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_BLANKS = re.compile(r"[^\S\n]+")


def word_set(text: str) -> frozenset[str]:
    """The words or phrases of a list written as `one|two words|three`."""
    return frozenset(text.split("|"))


_EMPTY_WORDS = word_set(
    "-|--|---|—|–|.|..|...|/|n/a|n.a.|n.a|#n/a|none|null|nil|nan|ninguno|ninguna|nada|s/d|s/n|unknown|unk|"
    "desconocido|desconocida|?|??|tbd|tba|blank|not known|no data|sin datos|no sabe|no tiene|does not have|"
    "no aplica|not applicable"
)


def clean(text: str) -> str:
    """One cell as text: composed letters, no invisible marks or control characters, single blanks, line breaks kept."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(" " if c != "\n" and unicodedata.category(c) in ("Cc", "Cs", "Cn") else c for c in text)
    return "\n".join(_BLANKS.sub(" ", line).strip() for line in text.split("\n")).strip()


def fold(text: str) -> str:
    """Lower case, no accents, single blanks; punctuation stays.

    >>> fold("  José  Ñandú ")
    'jose nandu'
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def fold_words(text: str) -> str:
    """Folded words only: punctuation becomes a blank. The form in which synonyms are compared.

    >>> fold_words("12-Pasos (A.A.)")
    '12 pasos aa'
    """
    text = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", fold(text))
    return " ".join(re.findall(r"[^\W_]+", text))


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, "n/a", "none", "no tiene"."""
    return not text or fold(text) in _EMPTY_WORDS
