"""Words that would tell an outsider that somebody takes part: never in mails, titles, calendars, file names or paths.

Privacy rules E1 and E3. The check is strict on purpose: a neutral text has no need of any of these words. English and
Spanish are checked together, because a text in one language may quote the other.
"""

import re

from alongside.rules.wording import fold

_STEMS = r"""
    recover(y|ies|ing|ed)? sober sobriety treatments? substances? drugs? drug\w+ alcohol\w* drink(ing|er|ers) opioids?
    opiates? heroin fentanyl cocaine meth methadone methamphetamine\w* naloxone narcan buprenorphine suboxone overdos\w+
    rehab\w* detox\w* addict\w* relaps\w+ withdrawal
    mental\w* psychiatr\w+ psycholog\w+ therap(y|ies|ist|ists) counsel(ing|ling|or|ors|lor|lors) depress\w+ suicid\w+
    crisis trauma\w* clinic\w* hospitals? health\w* medical\w* medication\w* patients? diagnos\w+ behavioral wellness
    mentor\w* mentee\w* peer~support\w* peer~specialists? peer~recovery peer~coach\w* sponsors?
    participants? aa al~?anon narcotics alcoholics (12|twelve)~steps? smart~recovery
    support~groups? harm~reduction probation parole
    recupera(cion|ciones|ndo|ndose|do|da|dos|das) sobri[oa]s? sobriedad tratamientos? sustancias? drog\w+ opioides?
    opiaceos? heroina fentanilo cocaina metadona metanfetaminas? naloxona buprenorfina sobredosis rehabilita\w+
    desintoxica\w+ adicci\w+ adict\w+ recaidas? recaer
    psiquiatr\w+ psicolog\w+ terapias? terapeut\w+ consejer\w+ depresion\w* traumas? clinic[oa]s? hospital(es)?
    salud saludable\w* medic[oa]s? medicamentos? pacientes? diagnostic\w+ bienestar
    mentoria\w* apoyo~entre~pares apoyo~de~pares especialistas?~en~apoyo padrin[oa]s? madrinas?
    participantes? (12|doce)~pasos grupos?~de~apoyo reduccion~de~danos libertad~condicional
"""
"""One pattern per word; `~` is the space inside a phrase."""
_WORDS = re.compile(rf"\b(?:{'|'.join(_STEMS.split()).replace('~', ' ')})\b")

_NA = re.compile(r"(?<![A-Za-z/])N\.?A\b\.?(?![A-Za-z/])")
"""Narcotics Anonymous, in capitals only: small "na" means nothing, and N/A is "not applicable"."""

_HARMLESS = re.compile(
    r"\b(?:recovery codes?|account recovery|password recovery"
    r"|codigos? de recuperacion|recuperacion de (?:la |su )?(?:cuenta|contrasena|clave))\b"
)
"""Sign-in words that every site uses; they tell nothing about anybody."""


def reveals(text: str) -> list[str]:
    """The telling words in this text, folded (small letters, no accents), each once, in order; empty when neutral.

    Case, accents and separators make no difference: `/me/recovery_plan`, `MyRecovery` and "Recuperación" are all found.

    >>> reveals("You have a message")
    []
    >>> reveals("Tu grupo_de_apoyo: Recuperación")
    ['grupo de apoyo', 'recuperacion']
    """
    # Separators of paths and file names, and a capital inside a word, part words.
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = re.sub(r"[^a-z0-9]+", " ", fold(parted)[0])
    plain = _HARMLESS.sub(" ", plain)
    found = [match.group() for match in _WORDS.finditer(plain)]
    found += ["na" for _ in _NA.finditer(parted)][:1]
    return list(dict.fromkeys(found))


def is_neutral(text: str) -> bool:
    """Whether the text tells an outsider nothing."""
    return not reveals(text)
