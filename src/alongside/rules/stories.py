"""Stories of lived experience: their parts, who may see one, what to look at again before it is sent.

What somebody may want to keep private is pointed out, never forced and never removed: a name, a place, work, a date,
how to reach somebody, or a word they listed themself. The rules go by capital letters and by the words before them, so
they miss some things and find some that are harmless; a person reads the story too. Nothing is looked up outside.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from alongside.rules.visitors import judge_sending
from alongside.rules.wording import fold

PARTS = ("like", "happened", "helped", "tell")
"""What it was like · what happened · what helped · what one would tell somebody who starts."""

SPOKEN = "spoken"
"""The part that holds what is said in a recording, in writing: who cannot hear it reads it."""

VOICES = ("recovery", "loved_one", "peer")
"""As whom somebody speaks, as they choose to say it; nothing is taken from their record."""

AUDIENCES = ("public", "program", "matches")
LANGUAGES = ("en", "es")
LONGEST = {"title": 80, "alias": 40, "keep_out": 300, "part": 3000, SPOKEN: 12_000}
"""Letters at most."""

MISSING = ("alias", "title", "words", SPOKEN)

RETURN_REASONS = ("somebody_else", "findable", "how_to", "hard_to_read", "advice", "words", "sound")
"""Why a story is given back, each with a kind sentence where it is shown."""

COMMENT_PAGES = ("story", "site")
"""Pages beneath which somebody may write: a story, or a page of the public site that staff opened for words."""


def tidy(text: str) -> str:
    """Words as they are shown: no letters that nobody sees or that turn the line around, at most one empty line.

    >>> tidy("one\\r\\n\\r\\n\\r\\n\\u202etwo\\x00 ")
    'one\\n\\ntwo'
    """
    text = re.sub(r"\r\n?|\u2028|\u2029", "\n", text)
    kept = "".join(one for one in text if one in "\n\u200c\u200d" or unicodedata.category(one) not in UNSEEN)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \u00a0]+\n", "\n", kept)).strip()


UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control and format letters, halves of letters, codes without a meaning. The two joiners stay: scripts need them."""


def what_is_missing(*, alias: str, title: str, parts: Mapping[str, str], has_sound: bool) -> tuple[str, ...]:
    """What a story needs before somebody can read it, of `MISSING`. A recording needs its words in writing.

    >>> what_is_missing(alias="M.", title="My first winter", parts={}, has_sound=False)
    ('words',)
    """
    missing = [name for name, value in (("alias", alias), ("title", title)) if not value.strip()]
    if has_sound:
        if not parts.get(SPOKEN, "").strip():
            missing.append(SPOKEN)
    elif not any(parts.get(code, "").strip() for code in PARTS):
        missing.append("words")
    return tuple(missing)


def may_see(audience: str, *, is_of_program: bool) -> bool:
    """Whether somebody may open a published story by its own address. One for matches is shown beside an offer only.

    >>> may_see("public", is_of_program=False), may_see("program", is_of_program=False)
    (True, False)
    """
    return audience == "public" or (audience == "program" and is_of_program)


def with_offers(audience: str, wished: bool, *, is_peer: bool) -> bool:
    """Whether a story stands beside the writer's offers: only a peer is offered, and one for matches always does."""
    return is_peer and (wished or audience == "matches")


# --- what to look at again ----------------------------------------------------------------------------------------
HINT_KINDS = ("own", "reach", "date", "work", "place", "name")
MOST_HINTS = 20


@dataclass(frozen=True)
class Hint:
    """Something that may tell who or where somebody is: `word` as it stands at text[start:end]."""

    kind: str
    word: str
    start: int
    end: int


_CAP = r"[A-ZÁÉÍÓÚÜÑ][\w'’.-]*\w|[A-ZÁÉÍÓÚÜÑ](?=\.)"
_TITLES = r"(?:(?:Dr|Mr|Mrs|Ms|St|Sra?|Dra|Sta|Prof)\.\s+)?"
_NAMES = re.compile(rf"\b{_TITLES}(?:{_CAP})(?:\s+(?:(?:de|del|la|las|los|of|the|and|y)\s+){{0,2}}(?:{_CAP}))*")
_STARTS = re.compile(r"(?:^|[.!?…:\n“”\"¿¡«»(—–-])\s*$")
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|se(?:p)?tiembre|octubre|noviembre|diciembre)"
)
_PATTERNS = (
    # As long as a name may be (RFC 5321, RFC 1035), or a page of one long word is looked through for seconds.
    ("reach", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}|(?<![\w@])@\w{3,}")),
    ("reach", re.compile(r"(?:https?://|www\.)\S+"
                         r"|\b[\w-]{1,63}\.(?:com|org|net|edu|gov|info|io|mx|es)\b(?:/\S*)?", re.I)),
    ("reach", re.compile(r"(?<![\d/.-])\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?![\d/-])")),
    ("date", re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b")),
    ("date", re.compile(rf"\b{_MONTHS} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b|\b{_MONTHS},? (?:de(?:l)? )?\d{{4}}\b"
                        rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:of |de )?{_MONTHS}(?:,? (?:de(?:l)? )?\d{{4}})?\b", re.I)),
    ("place", re.compile(r"\b\d{1,5} (?:[A-Z]\w+ ){1,3}(?:St|Street|Ave|Avenue|Blvd|Boulevard|Road|Rd|Lane|Drive|Dr)\b"
                         r"|\b(?:[Cc]alle|[Aa]venida|[Bb]ulevar) (?:de (?:la |los )?)?[A-ZÁÉÍÓÚÑ\d]\w*(?: \d{1,5})?")),
)  # fmt: skip
_WORK_BEFORE = re.compile(
    r"\b(?:work(?:ed|ing|s)? (?:at|for|with)|jobs? (?:at|with)|hired by|fired by|employed (?:at|by)|my boss at"
    r"|trabaj\w+ (?:en|para|con)|empleo en|jefe en|despidieron (?:de|en))\s+(?:the |la |el |los |las )?$"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|near|outside|en|desde|hasta|cerca de|llegue a|llegamos a|moved to|came to|went to)"
    r"\s+(?:the |la |el |los |las )?$"
)
_HARMLESS = frozenset(
    "i i'm i'd i'll i've god dios lord senor jesus english spanish ingles espanol christmas navidad thanksgiving "
    "easter monday tuesday wednesday thursday friday saturday sunday mom dad mama papa ok okay tv "
    f"{' '.join(_MONTHS[3:-1].replace('(?:p)?', 'p').split('|'))}".split()
)


def find_private(text: str, *, keep_out: str = "") -> list[Hint]:
    """What may tell who or where somebody is, in order of place, each word once. `keep_out`: words parted by commas.

    >>> [(hint.kind, hint.word) for hint in find_private("I met Marcos in Fresno on May 3, 2021.")]
    [('name', 'Marcos'), ('place', 'Fresno'), ('date', 'May 3, 2021')]
    """
    found = [*_find_own(text, keep_out)]
    found += [Hint(kind, one.group().strip(), one.start(), one.end()) for kind, pattern in _PATTERNS
              for one in pattern.finditer(text)]  # fmt: skip
    found += _find_names(text)
    kept: list[Hint] = []
    said: set[str] = set()
    for hint in sorted(found, key=lambda one: (HINT_KINDS.index(one.kind), one.start)):
        plain = fold(hint.word)[0]
        if plain not in said and not any(hint.start < one.end and one.start < hint.end for one in kept):
            said.add(plain)
            kept.append(hint)
    return sorted(kept, key=lambda one: one.start)[:MOST_HINTS]


def _find_own(text: str, keep_out: str) -> Iterable[Hint]:
    plain, places = fold(text)
    for word in re.split(r"[,;\n]", keep_out):
        looked_for = fold(word.strip())[0]
        for one in re.finditer(rf"(?<!\w){re.escape(looked_for)}(?!\w)", plain) if len(looked_for) > 1 else ():
            start, end = places[one.start()], places[one.end() - 1] + 1
            yield Hint("own", text[start:end], start, end)


def _find_names(text: str) -> list[Hint]:
    """Words with a capital inside a sentence; one that begins a sentence only where it is one elsewhere, too."""
    sure, unsure = [], []
    for match in _NAMES.finditer(text):
        word, start = match.group(), match.start()
        if _STARTS.search(text[:start][-6:]):
            first, _, rest = word.partition(" ")
            if rest and not _is_harmless(first) and _is_cap(rest):
                # "Maria Lopez called": two capitals at the start are a name, "In Fresno" is a place.
                unsure.append((first, start))
                start, word = start + len(first) + 1, rest
            elif rest and _is_cap(rest):
                start, word = start + len(first) + 1, rest
            else:
                unsure.append((word, start))
                continue
        if not _is_harmless(word):
            sure.append(Hint(_kind_of(text[max(0, start - 40) : start]), word, start, start + len(word)))
    known = {fold(part)[0] for hint in sure for part in hint.word.split()}
    return sure + [Hint("name", word, at, at + len(word)) for word, at in unsure if fold(word)[0] in known]


def _is_cap(text: str) -> bool:
    return bool(re.match(_CAP, text))


def _is_harmless(word: str) -> bool:
    plain = fold(word)[0].strip(".")
    return plain in _HARMLESS or len(plain) < 2 or (word.isupper() and len(word) <= 5)


def _kind_of(before: str) -> str:
    plain = fold(before)[0]
    return "work" if _WORK_BEFORE.search(plain) else "place" if _PLACE_BEFORE.search(plain) else "name"


# --- words of visitors --------------------------------------------------------------------------------------------
COMMENT_LONGEST, ALIAS_LONGEST = 1000, 40
MOST_WAITING = 40
"""So many wait for a reader beneath one page: a flood from many addresses ends here."""

SHORT = 80
"""Letters of what many people say in the same words: "Thank you.", "It helped me too."."""

MOST_ALIKE = 5
"""So many may say the same few words beneath one page within a day."""

NOT_SENT = ("trap", "fast", "old", "link", "again", "alike", "repeats", "many")


def judge_comment(
    words: str, alias: str, *, seconds: float | None, trap: str, said: int, said_here: int, waiting: int
) -> str:
    """Why words of a visitor do not go to a reader, of `NOT_SENT`; "" when they do. `seconds` None: nobody knows.

    `said`, `said_here`: how often the very same words came within a day, to any page and to this one. What only
    machines do ("trap") and what is here already ("again") the page answers as if it had gone well; of everything else
    somebody is told, because a person may have written it.

    >>> few = {"seconds": 30, "trap": "", "waiting": 0}
    >>> judge_comment("Thank you.", "", said=1, said_here=1, **few)
    ''
    >>> judge_comment("I waited for years, and then somebody came. " * 2, "", said=1, said_here=1, **few)
    'again'
    """
    if code := judge_sending(f"{alias} {words}", seconds=seconds, trap=trap):
        return code
    if is_repeating(words):
        return "repeats"
    if len(words) <= SHORT:
        if said_here >= MOST_ALIKE:
            return "alike"
    elif said:
        return "again" if said_here else "alike"
    return "many" if waiting >= MOST_WAITING else ""


def is_repeating(words: str) -> bool:
    """Whether it says one thing again and again: a letter ten times in a row, or one word for more than half of it.

    >>> is_repeating("buy buy buy buy buy buy now"), is_repeating("Thank you for this. It was like that for me.")
    (True, False)
    """
    if re.search(r"(\S)\1{9,}", words):
        return True
    said = fold(words)[0].split()
    return len(said) >= 6 and max(map(said.count, set(said))) * 2 > len(said)
