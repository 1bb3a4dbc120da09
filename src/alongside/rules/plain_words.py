"""Plain words for a note: what a peer typed, and how one could say it to the person's face. Offered, never forced.

The words that hurt and the words of a clinic are those of `rules.wording` (NIDA, SAMHSA, Recovery Research Institute:
facts of those lists, sentences of our own). Beside them stands what only notes have: abbreviations, and words that
doubt somebody ("denies", "claims") or blame them, which make readers of a record think less of a person
(source "park"). What stands in quotation marks is somebody's own word and is left alone. Nothing is
looked up outside, nothing is kept.
"""

import re
from dataclasses import dataclass
from functools import cache

from alongside.rules.wording import TERMS, Pattern, Term, find_terms, read_terms

IN_NOTES = "notes"
MOST = 12
"""So many suggestions at most: more would be a correction, and a note is no schoolwork."""

QUOTED = re.compile(r"[\"“”«„][^\"“”«»„]{1,400}[\"“”»]")


@dataclass(frozen=True)
class Suggestion:
    """`word` as it was typed at text[start:end]; `instead`, another way to say it; `source`, a key of `SOURCES`."""

    word: str
    instead: str
    source: str
    start: int
    end: int


# fmt: off
_NOTES_EN = read_terms(IN_NOTES, "en", r"""
    pt            | pts?               | the name of the person | house | pt \d
    hx, tx, dx    | [hdt]x             | whole words: what happened before, support, what it is called | house |
    complains of  | c/o¦complain(?:s¦ed¦ing)? of | says | park |
    denies        | den(?:y¦ies¦ied)   | says that it is not so | park | in denial
    claims        | claim(?:s¦ed)¦alleg(?:es¦ed) | says | park | (?:insurance¦benefit¦disability) claims?
    refused       | refus(?:es¦ed¦ing)¦declined to engage | chose not to | park |
    presents with | present(?:s¦ed)? (?:with¦as) | told me, seemed to me | house |
    resistant     | resistan(?:t¦ce)   | did not want this now | rri | treatment resistant
    drug-seeking  | (?:drug¦med(?:ication)?)[ -]seeking | asked for relief | park |
    poor insight  | (?:poor¦lacks?¦limited¦no) insight | sees it another way | park |
    flat affect   | (?:flat¦blunted¦labile¦restricted) affect | was quiet, cried, laughed | house |
    oriented      | (?:a&o¦alert and oriented¦oriented)(?: ?x ?\d)? | knew where we were | house |
    suicidal ideation | (?:suicidal¦homicidal) ideation¦si/hi | what they said, in their words. Worried? Tell it at once | house |
    ADLs          | adls?              | everyday things | house |
    psychoeducation | psycho-?education | we talked about | house |
    utilized      | utili[sz](?:e¦es¦ed¦ing) | used | house |
    secondary to  | secondary to¦r/t   | because of | house |
    prn           |                    | when needed | house |
""")  # noqa: E501

_NOTES_ES = read_terms(IN_NOTES, "es", r"""
    pte           | ptes?¦pxs?         | el nombre de la persona | house |
    refiere       | refier(?:e¦en)¦refirio | dice | house | se refier(?:e¦en)¦se refirio
    niega         | nieg(?:a¦an)¦nego  | dice que no es así | park |
    alega         | aleg(?:a¦an¦o)     | dice | park |
    se rehusó     | (?:se )?rehus(?:a¦an¦o¦aron)¦se neg(?:o¦aron)¦se niega[n]? | decidió que no | park |
    resistente    | resistentes?¦resistencia | por ahora no lo quiere | rri |
    buscador de drogas | buscador(?:a¦es¦as)? de (?:drogas¦medicamentos) | pidió alivio | park |
    poca conciencia del problema | (?:poca¦sin¦nula) conciencia (?:de enfermedad¦del problema) | lo ve de otra manera | park |
    afecto plano  | afecto (?:plano¦aplanado¦embotado¦labil) | hablaba poco, lloró, se rió | house |
    orientado x3  | orientad[oa](?: ?x ?\d¦ en las? \w+ esferas?) | sabía dónde estábamos | house |
    ideación suicida | ideacion (?:suicida¦homicida) | lo que dijo, en sus palabras. ¿Le preocupa? Dígalo enseguida | house |
    psicoeducación |                   | hablamos de | house |
    utilizó       | utiliz(?:a¦an¦o¦aron¦ando) | usó | house |
    secundario a  | secundari[oa] a    | por | house |
""")  # noqa: E501
# fmt: on

FOR_A_NOTE = {
    "case": "this time together",
    "caso": "este tiempo juntos",
    "episode": "this time together",
    "episodio": "este tiempo juntos",
    "treatment plan": "the person's own plan",
    "plan de tratamiento": "el plan de la persona",
    "diagnosis": "what the person calls it",
    "diagnóstico": "como lo llama la persona",
    "disorder": "what the person lives with",
    "trastorno": "lo que vive la persona",
    "symptom": "what you or they noticed",
    "síntoma": "lo que usted o la persona notó",
    "compliance": "did as we agreed; what works for them",
    "cumplimiento": "hizo lo acordado; lo que le funciona",
}
"""Entries of `rules.wording` whose kinder words speak to the person, said about them instead."""

NOT_IN_NOTES = frozenset({"intake", "admisión", "screening", "tamizaje", "assessment", "evaluación"})
"""Names of things that exist, also in a note."""


@cache
def _patterns() -> tuple[Pattern, ...]:
    terms = [*_NOTES_EN, *_NOTES_ES, *(term for term in TERMS if term.word not in NOT_IN_NOTES)]
    return tuple(Pattern.of(_said_about(term)) for term in terms)


def _said_about(term: Term) -> Term:
    instead = FOR_A_NOTE.get(term.word, term.alternative)
    return Term(term.list_name, term.language, term.word, instead, term.source, term.pattern, term.unless)


def suggest(text: str) -> list[Suggestion]:
    """Plainer words for a note in English, Spanish or both, in order of place; each word once, at most `MOST`.

    >>> [(one.word, one.instead) for one in suggest('Pt denies a relapse. He said "I was an addict".')]
    [('Pt', 'the name of the person'), ('denies', 'says that it is not so'), ('relapse', 'return to use')]
    """
    own_words = [match.span() for match in QUOTED.finditer(text)]
    seen: dict[str, Suggestion] = {}
    for one in find_terms(text, _patterns()):
        if not any(start <= one.start and one.end <= end for start, end in own_words):
            seen.setdefault(one.word.casefold(), Suggestion(one.word, one.alternative, one.source, one.start, one.end))
    return list(seen.values())[:MOST]
