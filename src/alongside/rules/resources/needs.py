"""What somebody may need, in a short list of our own, and how the terms of a feed lead there.

Open Eligibility (public) is mapped by the names of its terms; of the 2-1-1 taxonomy, which is proprietary, we know only
which letters its codes begin with. A term that leads nowhere is kept and shown as the feed says it. Where a feed has no
terms, the words of a service tell, in English and Spanish.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

OURS = "alongside-needs"
"""The taxonomy of terms that we set ourselves: their code is the need."""
OUR_GROUPS = "alongside-groups"


@dataclass(frozen=True)
class Need:
    """`words` begin words of a text, in both languages; `codes` begin codes of the 2-1-1 taxonomy."""

    words: tuple[str, ...]
    codes: tuple[str, ...] = ()


def _need(words: str, codes: str = "") -> Need:
    return Need(tuple(word.strip() for word in words.split("|")), tuple(codes.split()))


NEEDS: Mapping[str, Need] = {
    "housing": _need(
        "housing|shelter|rent assist|rental assist|homeless|eviction|transitional living|safe place to sleep|vivienda|"
        "albergue|alquiler|refugio|sin hogar|desalojo",
        "BH",
    ),
    "recovery_home": _need(
        "sober living|sober home|narr|level i residence|level ii residence|level iii residence|level iv residence|"
        "casa sobria|hogar sobrio|recovery residence|recovery hous|recovery home|halfway house|oxford house|sober hous|"
        "vida sobria|casa de recuperacion|vivienda sobria|residencia de recuperacion",
        "RX-8500 BH-8600.6000-800",
    ),
    "food": _need(
        "food|meal|pantry|soup kitchen|groceries|nutrition|breakfast|comida|alimento|despensa|comedor|viveres", "BD"
    ),
    "things": _need("clothing|clothes|furniture|household goods|thrift|diaper|ropa|muebles|panales", "BM"),
    "money": _need(
        "financial assist|utility assist|utility bill|cash assist|public assistance|tax prep|debt|medicaid|"
        "snap benefits|social security|ayuda economica|facturas|impuestos|beneficios publicos|deudas|"
        "asistencia financiera",
        "NL NT BV DF",
    ),
    "work": _need(
        "employment|job|career|vocational|resume|work training|workforce|empleo|trabajo|capacitacion laboral", "ND"
    ),
    "school": _need(
        "education|ged|school|literacy|tutoring|english class|esol|esl|college|escuela|educacion|clases|alfabetizacion|"
        "tutoria",
        "H",
    ),
    "legal": _need(
        "legal|attorney|lawyer|expunge|immigration|court|law clinic|abogad|asistencia juridica|inmigracion|"
        "antecedentes",
        "F",
    ),
    "papers": _need(
        "birth certificate|identification card|id card|photo id|state id|acta de nacimiento|identificacion",
        "DF-7000 DM",
    ),
    "health": _need(
        "health care|healthcare|medical|clinic|dental|dentist|doctor|hiv|vaccin|primary care|pharmac|vision care|"
        "salud|medic|dentista|clinica|vacuna",
        "L",
    ),
    "mind": _need(
        "mental health|counseling|counselling|psychiatr|psycholog|therapy|depression|grief|trauma|suicide|salud mental|"
        "consejeria|terapia|psicolog|psiquiatr|duelo|depresion",
        "RF RP RR RM",
    ),
    "recovery": _need(
        "substance|addiction|alcohol|drug treat|detox|recovery support|recovery community|outpatient treatment|"
        "methadone|buprenorphine|recuperacion|adiccion|sustancias|desintoxic",
        "RX",
    ),
    "harm_reduction": _need(
        "harm reduction|naloxone|narcan|syringe|needle exchange|fentanyl test|safer use|reduccion de danos|naloxona|"
        "jeringa",
        "RX-8250.3300 LT-6500",
    ),
    "family": _need(
        "child care|childcare|parenting|parents|family support|foster|adoption|day care|after school|pregnan|"
        "cuidado de ninos|crianza|padres|familias|embaraz|guarderia",
        "P",
    ),
    "safety": _need(
        "domestic violence|sexual assault|abuse shelter|battered|human trafficking|rape|violencia domestica|"
        "agresion sexual|violencia en el hogar|trata de personas",
        "FN-1500 PH-1500 RP-1500.1400",
    ),
    "transport": _need("transportation|bus pass|rides|paratransit|transporte|pasajes|pase de autobus", "BT"),
}  # fmt: skip
"""Code -> how it is known. The order is that of the page."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "women": ("women", "woman", "female", "girls", "mothers", "mujer", "mujeres", "madres"),
    "men": ("men", "male", "fathers", "hombre"),
    "families": ("families", "parents with", "children and famil", "familias"),
    "youth": ("youth", "teen", "adolescent", "young adult", "jovenes", "adolescente"),
    "older": ("senior", "elder", "older adult", "60 years", "65 years", "adultos mayores", "personas mayores"),
    "veterans": ("veteran", "military"),
    "coming_home": ("ex-offender", "reentry", "re-entry", "formerly incarcerated", "released from", "reinsercion"),
    "lgbtq": ("lgbt", "transgender", "gay ", "lesbian"),
}
"""For whom something is made, as its own words say."""

PRIVATE = (
    "domestic violence", "battered", "human trafficking", "sex trafficking", "family violence", "partner violence",
    "dating violence", "sexual assault", "sexual violence", "abused wom", "abused person", "abusive relation",
    "abusive partner", "violencia domestica", "violencia familiar", "violencia intrafamiliar", "violencia en el hogar",
    "violencia de genero", "violencia de pareja", "violencia sexual", "agresion sexual", "maltratad",
    "trata de personas", "trata de mujeres",
)  # fmt: skip
PLACES = ("shelter", "safe house", "safehouse", "refuge", "albergue", "refugio", "safe home")


def fold(text: str) -> str:
    """Small letters without accents and with single blanks: how words are compared.

    >>> fold("  Vivienda  TRANSITORIA: Niñez ")
    'vivienda transitoria: ninez'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


WHOLE = {"court", "legal"}
"""Words that begin others which mean something else, with all short ones."""


def _begins(words: Iterable[str]) -> re.Pattern[str]:
    ends = {word: "s?(?![a-z])" if (len(word) < 6 and " " not in word) or word in WHOLE else "" for word in words}
    return re.compile(r"(?<![a-z])(?:" + "|".join(re.escape(word) + end for word, end in ends.items()) + ")")


PATTERNS = {code: _begins(need.words) for code, need in NEEDS.items()}
GROUP_PATTERNS = {code: _begins(words) for code, words in GROUPS.items()}
PRIVATE_WORDS, PRIVATE_PLACES = _begins(PRIVATE), _begins(PLACES)


def of_term(name: str, code: str = "") -> frozenset[str]:
    """The needs that a term of a feed leads to; none when we do not know it.

    >>> sorted(of_term("Help Find Housing")), sorted(of_term("anything", "BD-1800.2000")), sorted(of_term("Zumba"))
    (['housing'], ['food'], [])
    """
    by_code = {need: max((len(start) for start in NEEDS[need].codes if code.startswith(start)), default=0)
               for need in NEEDS} if re.match(r"[A-Z]{1,2}(-|$)", code) else {}  # fmt: skip
    best = max(by_code.values(), default=0)
    if best:
        return frozenset(need for need, length in by_code.items() if length == best)
    return of_text(name)


def of_text(text: str) -> frozenset[str]:
    """The needs that words speak of.

    >>> sorted(of_text("Despensa de alimentos y ropa")), sorted(of_text("Sober living for women"))
    (['food', 'things'], ['recovery_home'])
    """
    folded = fold(text)
    return frozenset(code for code, pattern in PATTERNS.items() if pattern.search(folded))


def is_kept_private(text: str) -> bool:
    """Whether this may be a place that must not be found: shelter from violence at home.

    >>> is_kept_private("Shelter for victims of domestic violence"), is_kept_private("Food pantry")
    (True, False)
    """
    folded = fold(text)
    return bool(PRIVATE_WORDS.search(folded) and PRIVATE_PLACES.search(folded))
