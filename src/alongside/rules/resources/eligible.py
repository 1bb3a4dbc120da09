"""Whom a place takes, as its own words say: groups with what is refused, ages, and whether it costs nothing.

Both languages. Where words can be read in two ways nothing is concluded: nobody is kept from a place by our guess.
"""

import re
from collections.abc import Iterable, Iterator

from .needs import GROUP_PATTERNS, fold

CLAUSE = re.compile(r"[.;:!?\n()]|(?<![a-z])(?:but|pero|however|sino)(?![a-z])")
WORD = re.compile(r"[a-z0-9'+]+")
NO = frozenset(
    [
        "no",
        "not",
        "except",
        "excluding",
        "excludes",
        "without",
        "never",
        "nor",
        "neither",
        "cannot",
        "sin",
        "excepto",
        "salvo",
        "ni",
        "nunca",
        "tampoco",
    ]
)
NOT_A_NO = frozenset(
    [
        "only",
        "just",
        "limited",
        "necessarily",
        "cost",
        "costs",
        "charge",
        "charges",
        "fee",
        "fees",
        "one",
        "appointment",
        "appointments",
        "insurance",
        "matter",
        "referral",
        "solo",
        "solamente",
        "limitado",
        "limitada",
        "costo",
        "costos",
        "cargo",
        "cargos",
        "cobro",
        "cita",
        "citas",
        "seguro",
        "importa",
    ]
)
"""After a no, these say nothing of anybody: "not only women", "no cost", "sin cita"."""
LISTING = frozenset(
    ["or", "and", "nor", "y", "o", "u", "ni", "e", "the", "any", "for", "to", "para", "los", "las", "de"]
)
REACH = 4
"""So many words a no reaches forward: "not open to single men"."""
REFUSED_AFTER = re.compile(
    r"(?<![a-z])(?:not|never|no)(?: be| been| se| son| seran)? "
    r"(?:accept|serv|admit|allow|eligible|tak|permit|acept|atend|atiend|admit|elegible)"
)
OLDER_FROM, YOUTH_UNTIL = 55, 25


def groups_in(text: str, ages: tuple[int | None, int | None] = (None, None)) -> frozenset[str]:
    """For whom a text says that it is, without those whom it refuses; an age says it too.

    >>> sorted(groups_in("Men only. Women and families are not accepted.")), sorted(groups_in("No solo mujeres"))
    (['men'], ['women'])
    >>> sorted(groups_in("Everybody", (60, None)))
    ['older']
    """
    said: set[str] = set()
    refused: set[str] = set()
    for clause in CLAUSE.split(fold_lines(text)):
        for group, is_refused in _read_clause(clause):
            (refused if is_refused else said).add(group)
    low, high = ages
    if low is not None and low >= OLDER_FROM:
        said.add("older")
    if high is not None and high <= YOUTH_UNTIL:
        said.add("youth")
    return frozenset(said - refused)


def fold_lines(text: str) -> str:
    """Folded, with its lines kept apart."""
    return "\n".join(map(fold, text.splitlines()))


def _read_clause(clause: str) -> Iterator[tuple[str, bool]]:
    """(group, whether the clause refuses it) of each group that it names."""
    named = {found.start(): (group, found.end()) for group, pattern in GROUP_PATTERNS.items()
             for found in pattern.finditer(clause)}  # fmt: skip
    after = REFUSED_AFTER.search(clause)
    reach = 0
    words = list(WORD.finditer(clause))
    for place, word in enumerate(words):
        following = words[place + 1][0] if place + 1 < len(words) else ""
        if word[0] in NO:
            reach = 0 if following in NOT_A_NO else REACH + 1
        if hit := named.get(word.start()):
            group, end = hit
            yield group, reach > 0 or (after is not None and end <= after.start())
            reach = REACH if reach > 0 else 0  # "no men or families": the list goes on
        elif word[0] not in LISTING:
            reach = max(reach - 1, 0)


# --- ages -----------------------------------------------------------------------------------------------------------
AGE = r"(\d{1,3})"
YEARS = r"(?: years?| yrs?| anos?)?(?: old| of age| de edad)?"
FROM = (
    rf"(?<![\d-]){AGE} ?\+",
    rf"(?<![\d-]){AGE}{YEARS} (?:and|or) (?:older|over|up|above)",
    rf"(?:at least|minimum age(?: is| of)?:?|must be|al menos|edad minima(?: de)?:?) {AGE}(?!\s*(?:-|to|a))",
    rf"{AGE}{YEARS} (?:o|y|en) (?:mas|mayores|adelante)",
    rf"(?:mayores|mayor) de {AGE}",
    r"(?:no|not for|nobody|not accept|not open to|no one|no se aceptan|sin) "
    r"(?:people |persons |anyone |personas |children |ninos )?"
    rf"(?:under|younger than|menores de) (?:the age of )?{AGE}",
)
UNTIL = (
    rf"(?:under|younger than|menores de|menor de) (?:the age of )?{AGE}",
    rf"(?:up to|hasta|hasta los) (?:age |los )?{AGE} (?:years|anos)",
    rf"(?<![\d-]){AGE}{YEARS} (?:and|or|o|y) (?:younger|under|menos|menores)",
)
BETWEEN = (
    rf"(?:ages?|aged|edades?|de|between|entre)(?: los)? {AGE} ?(?:-|–|to|through|and|a|y|hasta)(?: los)? ?"
    rf"{AGE}{YEARS}(?! ?[ap]m)"
)
NOT_AGES = re.compile(
    r"\d+ ?(?:%|percent|days?|dias?|weeks?|semanas?|months?|meses|minutes?|hours?|horas?|miles?|millas?)"
)


def ages_in(text: str) -> tuple[int | None, int | None]:
    """(from, until) in years, as a text says it once and clearly; None where it does not.

    >>> ages_in("Adults 18 and older"), ages_in("Not for under 18"), ages_in("De 13 a 17 años")
    ((18, None), (18, None), (13, 17))
    >>> ages_in("Open to all"), ages_in("Ages 18 and older; children under 5 eat free")
    ((None, None), (None, None))
    """
    plain = NOT_AGES.sub(" ", " ".join(fold_lines(text).split()))
    if both := {(int(low), int(high)) for low, high in re.findall(BETWEEN, plain)}:
        low, high = both.pop()
        return (low, high) if not both and 0 < low < high < 120 else (None, None)
    lows: set[int] = set()
    rest = plain
    for pattern in FROM:
        lows |= {int(age) for age in re.findall(pattern, rest)}
        rest = re.sub(pattern, " ", rest)
    # "under 18" is left only where no no stood before it.
    highs = {int(age) - (0 if place else 1) for place, pattern in enumerate(UNTIL) for age in re.findall(pattern, rest)}
    if len(lows) + len(highs) != 1 or not all(0 < age < 120 for age in lows | highs):
        return None, None
    return next(iter(lows), None), next(iter(highs), None)


# --- what it costs --------------------------------------------------------------------------------------------------
FREE = re.compile(
    r"(?<![a-z])(?:free|no (?:cost|charge|fees?)|without (?:cost|charge)|no payment accepted|gratis|gratuit[oa]s?|"
    r"sin (?:costo|cargo)|no (?:cuesta|se cobra)(?: nada)?)(?![a-z-])"
)
COSTS = re.compile(
    r"\$ ?[1-9]|[1-9]\d* ?(?:dollars|dolares|usd)|sliding|co-?pay|deductible|(?<![a-z])not free|"
    r"no es gratis|no son grat|varies|varia[ns]?(?![a-z])|"
    r"(?<![a-z])(?:first|unless|except|depend|toll|may be|primer|a menos|excepto|depende|puede)|"
    r"escala|insurance|seguro|copago|free (?:parking|wi-?fi|phone|consultation|trial|to call)|"
    r"for (?:members|those|people who)"
)


def costs_nothing(told: Iterable[str]) -> bool:
    """Whether what is told of the price says that there is none, without an "unless".

    >>> costs_nothing(["Free"]), costs_nothing(["Gratis"]), costs_nothing(["First visit free, then $20"])
    (True, True, False)
    """
    lines = [fold_lines(line) for line in told if line.strip()]
    return any(map(FREE.search, lines)) and not any(map(COSTS.search, lines))
