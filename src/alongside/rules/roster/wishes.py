"""What a participant asks of a peer: "must: Spanish; would like: a woman, a veteran", "solo mujer", "no preference"."""

import re
from dataclasses import dataclass

from alongside.rules.roster.synonyms import NO_WISH
from alongside.rules.roster.terms import read_terms
from alongside.rules.roster.text import fold, fold_words
from alongside.rules.vocabulary import PREFERENCES

_MUST = re.compile(
    r"\b(must( have| be| speak)?|required?|only|has to( be)?|needs?( to be)?|solo|solamente|unicamente|"
    r"debe( ser)?|obligatorio|indispensable|requerido|requisito|tiene que( ser)?|necesita|necesario|nada mas)\b"
)
_LIKE = re.compile(
    r"\b(would like|would prefer|like|likes|prefers?|preferred|preferably|preference|nice to have|if possible|"
    r"ideally|hopes for|le gustaria|prefiere|preferible|preferiblemente|de preferencia|preferencia|si es posible|"
    r"idealmente|me gustaria|quisiera)\b"
)
_BESIDE = re.compile(
    r"\b(peer|mentor|mentora|coach|someone|somebody|a person|person|who|that|is|speaks?|speaking|in|a|an|the|with|from|"
    r"has|alguien|que|sea|hable|habla|con|de|un|una|el|la|persona|wants?|quiere|years?|gender|language|pathway|genero|idioma)\b"
)
# The surest features first; "family" is asked for as experience, "faith" as pathway.
_ORDER = ("language", "gender", "pathway", "mode", "age", "experience", "life_stage")


@dataclass(frozen=True, order=True)
class Wish:
    """One preference: a feature and value of `vocabulary.PREFERENCES`, a strength of `vocabulary.STRENGTHS`."""

    feature: str
    value: str
    strength: str


@dataclass(frozen=True)
class Wishes:
    """Wishes in the order written, and the pieces that are none of ours."""

    wishes: tuple[Wish, ...]
    unknown: tuple[str, ...]


def is_must(header: str) -> bool:
    """Whether the name of a column says that its wishes are conditions: "Peer must speak"."""
    return bool(_MUST.search(fold(header)))


def read_wishes(text: str, feature: str | None = None, usual: str = "like") -> Wishes:
    """All wishes of a cell; `feature` where the column itself says what they are about. Never raises."""
    wishes: dict[Wish, None] = {}
    unknown: list[str] = []
    for sentence in re.split(r"[;\n|•]|\.\s", text):
        strength = usual
        for piece in re.split(r",|/|&|\band\b|\by\b", sentence):
            folded = fold(piece)
            if fold_words(folded) in NO_WISH or fold_words(_LIKE.sub(" ", folded)) in NO_WISH:
                continue
            # A strength said once holds for the rest of its sentence.
            strength = "must" if _MUST.search(folded) else "like" if _LIKE.search(folded) else strength
            bare = " ".join(fold_words(_LIKE.sub(" ", _MUST.sub(" ", folded))).split())
            found = _read(bare, feature)
            wishes.update((Wish(name, value, strength), None) for name, value in found)
            if bare and not found:
                unknown.append(" ".join(piece.split()))
    return Wishes(tuple(wishes), tuple(unknown))


def _read(bare: str, feature: str | None) -> list[tuple[str, str]]:
    for words in (bare, " ".join(_BESIDE.sub(" ", bare).split())):
        for name in (feature,) if feature else _ORDER:
            # One or two letters are plain only in a column of their own.
            if not words or (len(words) < 3 and not feature):
                continue
            codes = [code for code in read_terms(words, name).codes if code in PREFERENCES[name]]
            if codes and (feature or not read_terms(words, name).unknown):
                return [(name, code) for code in codes]
    return []
