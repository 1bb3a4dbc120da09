"""Words that hurt and words that belong to a clinic, each with a kinder one and where the advice comes from.

STIGMATIZING words stand in no text of the product. CLINICAL words stand in nothing a participant reads (staff pages and
the texts of the law may need them). A word is found whole, in any case, with or without accents, unless it stands in a
phrase where it is harmless ("in case", "clean up", "be patient"). Design, tenet 7.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

SOURCES = {
    "nida": "National Institute on Drug Abuse, Words Matter (English and Spanish)",
    "samhsa": "Substance Abuse and Mental Health Services Administration, guidance on person-first language",
    "rri": "Recovery Research Institute, Addictionary (stigma alerts)",
    "cdc": "Centers for Disease Control and Prevention, stigma reduction (English and Spanish)",
    "reporting": "Recommendations for Reporting on Suicide",
    "park": "Park et al. 2021, stigmatizing language in medical records, JAMA Network Open 4(7), e2117052",
    "house": "Alongside, product design: tenets 2 and 7, peers are not clinicians",
}

STIGMATIZING, CLINICAL = "stigmatizing", "clinical"
LISTS = (STIGMATIZING, CLINICAL)


@dataclass(frozen=True)
class Term:
    """One entry: `word` names it, `pattern` finds it in folded text, `unless` is a harmless phrase around it."""

    list_name: str
    language: str
    word: str
    alternative: str
    source: str
    pattern: str
    unless: str = ""


@dataclass(frozen=True)
class Finding:
    """A word found at text[start:end]: its entry, a kinder way to say it, and the source of the advice."""

    word: str
    start: int
    end: int
    entry: str
    alternative: str
    list_name: str
    source: str


def find_words(text: str, *, lists: Iterable[str] = LISTS, language: str | None = None) -> list[Finding]:
    """All words of these lists in the text, in order of place; without `language`, English and Spanish ones.

    Of two findings at one place the longer stays. Raises KeyError for an unknown list.

    >>> [(found.word, found.alternative) for found in find_words("He had a relapse.", language="en")]
    [('relapse', 'return to use')]
    """
    chosen = [one for name in lists for one in _compiled()[name] if language in (None, one.term.language)]
    return find_terms(text, chosen)


def find_terms(text: str, patterns: Iterable["Pattern"]) -> list[Finding]:
    """The same for any terms, such as those of `rules.plain_words`."""
    plain, places = fold(text)
    found: list[Finding] = []
    for one in patterns:
        term = one.term
        safe = [harmless.span() for harmless in one.unless.finditer(plain)] if one.unless else []
        for match in one.pattern.finditer(plain):
            if any(start <= match.start() and match.end() <= end for start, end in safe):
                continue
            start, end = places[match.start()], places[match.end() - 1] + 1
            found.append(Finding(text[start:end], start, end, term.word, term.alternative, term.list_name, term.source))
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def fold(text: str) -> tuple[str, list[int]]:
    """Small letters without accents, and for each of them its place in the text."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.lower()):
            if not unicodedata.combining(part):
                letters.append("'" if part == "\u2019" else part)
                places.append(place)
    return "".join(letters), places


@dataclass(frozen=True)
class Pattern:
    """A term ready to be looked for in folded text."""

    term: Term
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None

    @classmethod
    def of(cls, term: Term) -> "Pattern":
        """Whole words only."""
        unless = re.compile(rf"\b(?:{term.unless})\b") if term.unless else None
        return cls(term, re.compile(rf"\b(?:{term.pattern})\b"), unless)


@cache
def _compiled() -> dict[str, list[Pattern]]:
    compiled: dict[str, list[Pattern]] = {name: [] for name in LISTS}
    for term in TERMS:
        compiled[term.list_name].append(Pattern.of(term))
    return compiled


def read_terms(list_name: str, language: str, table: str) -> tuple[Term, ...]:
    """Rows of `word | pattern | kinder words | source | harmless phrases`; an empty pattern: the word, plural too."""
    terms = []
    for line in filter(None, map(str.strip, table.splitlines())):
        word, pattern, alternative, source, unless = (part.strip() for part in line.replace("¦", "\0").split("|"))
        found = (pattern or f"{fold(word)[0]}s?").replace("\0", "|")
        terms.append(Term(list_name, language, word, alternative, source, found, unless.replace("\0", "|")))
    return tuple(terms)


# fmt: off
_HURTS_EN = read_terms(STIGMATIZING, "en", r"""
    addict        | (?:drug[ -]?)?addicts?¦addicted | person with an addiction | nida |
    alcoholic     | alcoholics?          | person who has trouble with alcohol | nida | (?:non-?)alcoholic¦alcoholics anonymous¦adult children of alcoholics¦alcoholic (?:drinks?¦beverages?)
    drunk         | drunks¦drunkards?¦a drunk | person who has trouble with alcohol | nida |
    junkie        | junkies?¦druggies?¦crackheads?¦potheads?¦tweakers?¦dope ?fiends?¦winos? | person who uses drugs | nida |
    drug user     | (?:drug¦substance¦heroin¦iv¦opioid¦meth¦heavy) users? | person who uses drugs | nida |
    abuser        | (?:drug¦substance¦alcohol) ?abusers?¦abusers? | person who uses drugs | rri | (?:child¦domestic¦sexual) abusers?
    abuse         | abus(?:e¦es¦ed¦ing)  | use | nida | (?:child¦elder¦sexual¦domestic¦physical¦emotional¦verbal) abuse¦substance abuse and mental health services administration¦national institute on (?:drug abuse¦alcohol abuse and alcoholism)
    drug habit    | (?:drug¦substance¦alcohol) (?:habits?¦problems?) | addiction | nida |
    clean         | (?:get¦gets¦getting¦got¦stay¦stays¦staying¦stayed¦be¦been¦being¦is¦are¦was¦were¦am¦'m¦keep¦days?¦weeks?¦months?¦years?) clean¦clean (?:time¦date¦and sober¦urine¦drug¦test¦screen)¦clean from (?:drugs¦alcohol) | in recovery, not using | nida | clean (?:up¦and tidy¦water¦copy¦needles?¦syringes?¦slate)¦\w+ clean (?:up¦and tidy¦water¦copy¦needles?¦syringes?¦slate)
    dirty         | dirty (?:urine¦tests?¦screens?¦drug¦uas?)¦(?:is¦was¦are¦were¦came back¦came up¦tested) dirty | the test was positive | nida |
    relapse       | relaps(?:e¦es¦ed¦ing) | return to use | rri |
    non-compliant | non-?complian(?:t¦ce)¦treatment[ -]resistant | chose another way | samhsa |
    substitution therapy | (?:opioid )?(?:substitution¦replacement) (?:therap(?:y¦ies)¦treatments?)¦medication[ -]assisted (?:treatment¦recovery) | medication for recovery | nida |
    addicted baby | crack bab(?:y¦ies)¦addicted bab(?:y¦ies)¦born addicted | baby exposed before birth | nida |
    mentally ill  | (?:the )?mentally ill¦insane¦psychos?¦lunatics?¦schizophrenics? | person living with a mental health condition | samhsa |
    crazy         | craz(?:y¦ies)        | hard to understand | samhsa |
    commit suicide | commit(?:s¦ted¦ting)? suicide¦(?:failed¦successful) suicide(?: attempts?)? | die by suicide | reporting |
    suffers from  | suffer(?:s¦ed¦ing)? from¦victims? of (?:addiction¦drugs¦alcohol) | lives with | rri |
    the homeless  | the homeless¦homeless (?:person¦people¦man¦men¦woman¦women) | person without a home | cdc |
    ex-convict    | (?:ex-?)?convicts?¦ex-?cons?¦felons?¦inmates? | person who was in prison | samhsa |
    in denial     | in denial            | not ready to talk about it | samhsa |
    unmotivated   | unmotivated¦manipulative¦attention[ -]seeking | not what this person needs now | samhsa |
    enabler       | enablers?¦codependents?¦co-dependents? | loved one who tries to help | rri |
    rock bottom   | (?:hit(?:s¦ting)? )?rock bottom | the hardest time | rri |
    frequent flyer | frequent fl[iy]ers?  | person who comes often | samhsa |
    drop-out      | drop-?outs?          | person who stopped coming | house |
    failed treatment | fail(?:s¦ed¦ing)? (?:treatment¦rehab¦recovery) | what was tried did not help | rri |
""")  # noqa: E501

_HURTS_ES = read_terms(STIGMATIZING, "es", r"""
    adicto        | (?:drogo?)?adict[oa]s?¦toxicoman[oa]s?¦drogodependientes? | persona con una adicción | nida |
    alcohólico    | alcoholic[oa]s?      | persona que tiene dificultades con el alcohol | nida | alcoholicos anonimos¦bebidas? (?:no )?alcoholicas?¦no alcoholic[oa]s?¦hij[oa]s adult[oa]s de alcoholic[oa]s
    borracho      | borrach[oa]s?        | persona que tiene dificultades con el alcohol | nida |
    yonqui        | yonquis?¦drogat[ao]s?¦tecat[oa]s?¦marihuan[oe]r?[oa]s? | persona que consume drogas | nida |
    usuario de drogas | usuari[oa]s? de (?:drogas¦sustancias¦heroina) | persona que consume drogas | nida |
    abuso         | abus(?:o¦os) de (?:las? )?(?:drogas?¦sustancias?¦alcohol)¦abus(?:o¦os) del alcohol¦abusador(?:a¦es¦as)? de (?:drogas¦sustancias) | consumo | nida |
    vicio         | vicios?¦vicios[oa]s? | adicción | nida |
    limpio        | (?:estar?¦estoy¦estas¦estan?¦este¦estaba¦estuvo¦mantener(?:se)?¦mantenga¦seguir¦sigue¦sigo¦llev[aeo]\w*(?: \w+){0,2}) limpi[oa]s?¦limpi[oa]s? de (?:drogas¦alcohol)¦tiempo limpio¦(?:orina¦prueba) limpia | en recuperación, sin consumir | nida |
    sucio         | (?:orina¦prueba¦muestra)s? sucias? | la prueba salió positiva | nida |
    recaída       | recaidas?¦recaer¦recae[ns]?¦recay[oe]\w*¦recaid[oa]s?¦recaig\w+ | regreso al consumo | rri |
    incumplidor   | incumplidor(?:a¦es¦as)?¦no cumplidor(?:a¦es¦as)? | eligió otro camino | samhsa |
    terapia de sustitución | (?:terapias?¦tratamientos?) (?:de (?:sustitucion¦reemplazo)¦sustitutiv[oa]s?)¦tratamiento asistido con medicamentos | medicamento para la recuperación | nida |
    enfermo mental | enferm[oa]s? mental(?:es)?¦dementes?¦esquizofrenic[oa]s?¦lunatic[oa]s? | persona con una condición de salud mental | samhsa | enfermedad(?:es)? mental(?:es)?
    loco          | loc[oa]s?            | difícil de entender | samhsa |
    cometer suicidio | comet(?:er¦e¦io¦ieron) (?:un )?suicidio¦suicidio (?:fallido¦exitoso¦frustrado) | morir por suicidio | reporting |
    sufre de      | sufr(?:e¦en¦ir¦io¦ia) de¦victimas? de (?:la adiccion¦las drogas¦el alcohol) | vive con | rri |
    indigente     | indigentes?¦vagabund[oa]s? | persona sin hogar | cdc |
    exconvicto    | (?:ex-? ?)?convict[oa]s?¦delincuentes?¦presidiari[oa]s? | persona que estuvo en prisión | samhsa |
    en negación   | en negacion          | todavía no quiere hablar de eso | samhsa |
    codependiente | codependientes?      | ser querido que quiere ayudar | rri |
    tocar fondo   | toc(?:ar¦o¦aron¦ando) fondo | el momento más difícil | rri |
""")  # noqa: E501

_CLINIC_EN = read_terms(CLINICAL, "en", r"""
    patient       | (?:in¦out)?-?patients? | person | house | (?:be¦being¦is¦are¦am¦very¦so¦more¦stay) patient
    client        |                      | person | house | (?:e-?mail¦mail¦web¦calendar) clients?
    case          | case ?(?:load¦work¦worker¦manager¦management)s?¦cases? | your time with us | house | (?:just )?in case(?: of)?¦in (?:any¦this¦that¦either¦no¦each¦which¦most¦some¦many¦all) cases?¦(?:upper¦lower)[ -]?case¦case[ -](?:sensitive¦insensitive)¦case by case¦the case (?:that¦of¦with¦for)¦(?:is¦was) (?:not )?the case
    diagnosis     | diagnos[ei]s¦diagnosed¦diagnosing¦dual diagnosis | what you have been through | house |
    disorder      | (?:substance use )?disorders?¦suds?¦auds?¦ouds? | what you live with | house |
    symptom       | symptoms?¦symptomatic | what you notice | house |
    treatment plan | treatment (?:plan¦goal¦episode¦team¦modalit(?:y¦ie)¦provider)s? | your own plan | house |
    discharge     | discharg(?:e¦es¦ed¦ing) | finish, say goodbye | house |
    intake        |                      | first talk | house |
    assessment    | assess(?:ment¦ments¦ed¦ing)? | questions about how you are | house |
    screening     | screenings?¦(?:drug¦urine) screens?¦urinalys[ei]s | a few first questions | house |
    compliance    | complian(?:ce¦t)¦adheren(?:ce¦t) | what works for you | samhsa |
    clinical      | clinical(?:ly)?¦clinicians? | care team | house | non-?clinical
    intervention  |                      | help | house |
    progress note | progress notes?      | note about a talk | house |
    episode       |                      | your time with us | house |
    level of care | (?:high¦low)[ -](?:risk¦functioning)¦level of care¦comorbid\w*¦co-?occurring¦dysfunction\w*¦prognos[ei]s¦patholog\w+¦maladaptive¦decompensat\w+¦modalit(?:y¦ies)¦chief complaint¦presenting problem | say it as you would to a friend | house |
    abstinent     | abstinen(?:t¦ce)     | not using | house |
""")  # noqa: E501

_CLINIC_ES = read_terms(CLINICAL, "es", r"""
    paciente      | pacientes?           | persona | house | (?:sea¦ser¦sean¦muy¦mas) pacientes?
    cliente       |                      | persona | house | clientes? de (?:correo¦calendario)
    caso          | casos?¦(?:gestion¦manejo) de casos | su tiempo con nosotros | house | en (?:todo¦este¦ese¦cualquier¦ningun¦cada¦tal¦algun¦muchos¦algunos¦estos) casos?¦(?:en¦por si) (?:el )?caso(?: de)?¦si es el caso¦(?:hacer¦haga¦hace¦hizo) caso¦caso por caso
    diagnóstico   | diagnostic\w+        | lo que usted ha vivido | house |
    trastorno     | trastornos?(?: por consumo de (?:sustancias¦alcohol))? | lo que usted vive | house |
    síntoma       | sintomas?            | lo que usted nota | house |
    plan de tratamiento | (?:plan(?:es)?¦metas?¦equipos?) de tratamiento | su propio plan | house |
    dar de alta   | (?:dar¦dado¦dada¦dio) de alta¦alta (?:medica¦clinica¦del programa) | terminar, despedirse | house |
    admisión      | admision(?:es)?      | primera conversación | house |
    evaluación    | evaluacion(?:es)?    | preguntas sobre cómo está | house |
    tamizaje      | tamizajes?¦(?:prueba¦examen) de orina | unas primeras preguntas | house |
    cumplimiento  | cumplimiento¦adherencia | lo que le funciona | samhsa |
    clínico       | clinic[oa]s?         | equipo de apoyo | house | no clinic[oa]s?
    intervención  | intervencion(?:es)?  | ayuda | house |
    nota de progreso | notas? de (?:progreso¦evolucion) | nota de una conversación | house |
    episodio      |                      | su tiempo con nosotros | house |
    comorbilidad  | comorbilidad(?:es)?¦disfuncion\w*¦pronosticos?¦patolog\w+¦descompensa\w+¦(?:alto¦bajo) riesgo¦nivel de (?:atencion¦cuidado) | dígalo como a una amistad | house |
    abstinencia   | abstinencias?¦abstinentes? | sin consumir | house |
""")  # noqa: E501
# fmt: on

TERMS = (*_HURTS_EN, *_HURTS_ES, *_CLINIC_EN, *_CLINIC_ES)
"""All entries of both lists and both languages."""
