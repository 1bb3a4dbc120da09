"""How hard a text is to read: school grade in English, ease in Spanish, by published formulas over counted syllables.

English: Kincaid and others 1975, `0.39 words/sentence + 11.8 syllables/word - 15.59`, a grade of US schools. Spanish:
Szigriszt-Pazos 1993, `206.835 - 62.3 syllables/word - words/sentence`, read on the INFLESZ scale (Barrio-Cantalejo
2008: 55 and more is normal for everybody, 65 and more fairly easy). Syllables are counted by
rule, not looked up. A formula measures length, not sense.
"""

import re
from dataclasses import dataclass

from alongside.rules.wording import fold

_SENTENCE = re.compile(r"[.!?]+(?=[\s”»]|$)|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOWELS_EN = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?:[^aeiouylr]e|[^aeiouy]es|[^aeiouytd]ed|[aeiouy][lr]e)$")
_STRONG_ES = "aeoáéóíú"
"""Each is the heart of a syllable; an accent on i or u makes one of it."""


@dataclass(frozen=True)
class Counted:
    """What the formulas need. Words with digits or a section sign are left out: nobody reads them in syllables."""

    words: int
    sentences: int
    syllables: int


def count(text: str, language: str) -> Counted:
    """Words, sentences and syllables of a text in "en" or "es"."""
    syllables_of = english_syllables if language == "en" else spanish_syllables
    sentences = [found for part in _SENTENCE.split(text) if (found := _words(part))]
    words = [word for sentence in sentences for word in sentence]
    return Counted(len(words), len(sentences), sum(syllables_of(word) for word in words))


def grade(text: str) -> float:
    """Flesch-Kincaid grade of an English text: 6.0 is read by somebody of about twelve. An empty text is 0."""
    counted = count(text, "en")
    if not counted.words:
        return 0.0
    return 0.39 * counted.words / counted.sentences + 11.8 * counted.syllables / counted.words - 15.59


def ease(text: str) -> float:
    """INFLESZ (Szigriszt-Pazos) of a Spanish text: the more, the easier. An empty text is 100."""
    counted = count(text, "es")
    if not counted.words:
        return 100.0
    return 206.835 - 62.3 * counted.syllables / counted.words - counted.words / counted.sentences


def english_syllables(word: str) -> int:
    """Syllables of an English word, at least one.

    >>> [english_syllables(word) for word in ("take", "people", "stopped", "privacy", "needed")]
    [1, 2, 1, 3, 2]
    """
    plain = fold(word)[0]
    found = len(_VOWELS_EN.findall(plain))
    if found > 1 and _SILENT_E.search(plain) and not plain.endswith(("ces", "ses", "zes", "ges", "ches", "shes")):
        found -= 1
    return max(1, found)


def spanish_syllables(word: str) -> int:
    """Syllables of a Spanish word, at least one: two strong vowels part, a weak one leans on its neighbor.

    >>> [spanish_syllables(word) for word in ("quien", "leer", "policía", "usted", "cuidado")]
    [1, 2, 4, 2, 3]
    """
    plain = re.sub(r"([qg])u(?=[eiéí])", r"\1", word.lower())
    found = sum(letter in _STRONG_ES for letter in plain)
    # Weak ones that lean on nothing strong are a syllable together: "si", "muy", "ciudad" has one more in "ciu".
    weak = re.findall(r"(?<![aeoáéóíú])[iuüy]+(?![aeoáéóíúiuüy])", plain)
    return max(1, found + len([one for one in weak if one != "y" or len(plain) == 1]))


def _words(sentence: str) -> list[str]:
    return [word for word in _WORD.findall(sentence) if not any(letter.isdigit() for letter in word)]
