"""Words for codes that our own reader reads back as exactly that code, English and Spanish.

The labels of the house come first. Some are sentences for people that no list would hold; a word of `OWN` stands in
for them, and after that whatever the reader knows.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from alongside.rules.roster.synonyms import TABLES
from alongside.rules.roster.terms import Terms, read_terms
from alongside.rules.roster.text import fold_words
from alongside.rules.roster.wishes import Wish, Wishes, read_wishes

Labels = Callable[[str, str], str]
"""(field, code) -> what the house calls it in the language of the file; "" where it has no word."""

LANGUAGES = ("en", "es")
STRENGTHS: Mapping[str, tuple[str, str]] = {"must": ("must", "debe ser"), "like": ("would like", "le gustaría")}
YES_NO = (("No", "Yes"), ("No", "Sí"))

# fmt: off
OWN: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "language": {"tl": ("Tagalog", "Tagalog")},
    "gender": {"self_described": ("Self described", "Se describe"),
               "not_said": ("Rather not say", "Prefiere no decir")},
    "pathway": {"natural": ("Own way", "Por su cuenta"), "exploring": ("Exploring", "Explorando"),
                "faith": ("Faith based", "Basado en la fe")},
    "experience": {
        "psychosis_bipolar": ("Hearing voices", "Oír voces"), "grief": ("Grief", "Duelo"),
        "overdose_loss": ("Overdose loss", "Pérdida por sobredosis"), "justice": ("Justice", "Justicia"),
        "homelessness": ("Housing instability", "Sin hogar"), "hospital_or_treatment": ("Treatment", "Tratamiento"),
        "parenting_in_recovery": ("Parenting in recovery", "Crianza en recuperación"),
        "child_welfare": ("Child welfare", "Bienestar infantil"),
        "loved_one_of_someone": ("Loved one of someone", "Ser querido"),
    },
    "life_stage": {
        "student": ("Student", "Estudiante"), "looking_for_work": ("Looking for work", "Buscando trabajo"),
        "parent_of_young_children": ("Small children", "Niños pequeños"),
        "parent_of_grown_children": ("Grown kids", "Hijos mayores"),
        "caregiver": ("Caregiver", "Cuidadora"),
    },
    "channel": {"phone": ("Phone call", "Llamada"), "text": ("Text message", "Mensaje de texto"),
                "email": ("E-mail", "Correo electrónico"), "app": ("Only when they sign in", "Solo cuando entra"),
                "none": ("Do not contact", "No contactar")},
    "kind": {"own_recovery": ("Own recovery", "Su recuperación"), "loved_one": ("Loved one", "Ser querido")},
    "serves": {"own_recovery": ("Own recovery", "Su recuperación"), "loved_one": ("Loved ones", "Seres queridos")},
}
# fmt: on


class NoWord(LookupError):
    """No word for this code is read back as this code: it is not of the vocabulary."""


class Words:
    """Words of one language, each found and tried once."""

    def __init__(self, language: str, labels: Labels | None = None) -> None:
        self.place = LANGUAGES.index(language)
        self._labels = labels or (lambda field, code: "")
        self._found: dict[tuple[str, str, str], str] = {}

    def term(self, field: str, code: str) -> str:
        """The word of a code in a list of `field`. Raises `NoWord`."""
        return self._find((field, code, ""), partial(self._is_term, field, code))

    def wish(self, wish: Wish) -> str:
        """A whole wish: "must: Spanish". Raises `NoWord`."""
        start = STRENGTHS[wish.strength][self.place]
        word = self._find((wish.feature, wish.value, wish.strength), lambda word: _is_wish(wish, f"{start}: {word}"))
        return f"{start}: {word}"

    def yes_no(self, answer: bool) -> str:
        """Yes or no."""
        return YES_NO[self.place][answer]

    def _find(self, key: tuple[str, str, str], reads_back: Callable[[str], bool]) -> str:
        if key not in self._found:
            field, code, _ = key
            word = next((word for word in self._candidates(field, code) if word and reads_back(word)), None)
            if word is None:
                raise NoWord(f"{field}: {code}")
            self._found[key] = word
        return self._found[key]

    def _candidates(self, field: str, code: str) -> Iterator[str]:
        yield self._labels(field, code)
        if code in OWN.get(field, {}):
            yield OWN[field][code][self.place]
        yield code.replace("_", " ").capitalize()
        yield from TABLES.get(field, {}).get(code, "").split("|")

    @staticmethod
    def _is_term(field: str, code: str, word: str) -> bool:
        # A word that the separators of lists cut in two is read right only by luck.
        return ";" not in word and bool(fold_words(word)) and read_terms(word, field) == Terms((code,), ())


def _is_wish(wish: Wish, sentence: str) -> bool:
    return ";" not in sentence and read_wishes(sentence) == Wishes((wish,), ())
