"""Which column is which field, guessed from its name (English or Spanish) and, where that fails, its cells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from alongside.rules.roster import header_words as words
from alongside.rules.roster.day_words import is_day_header
from alongside.rules.roster.text import clean, fold_words, word_set

PARTICIPANTS, PEERS = "participants", "peers"
ROSTER_KINDS = (PARTICIPANTS, PEERS)
FIELDS: Mapping[str, tuple[str, ...]] = {
    PARTICIPANTS: tuple(dict.fromkeys((*words.SHARED, *words.PARTICIPANTS))),
    PEERS: tuple(dict.fromkeys((*words.SHARED, *words.PEERS))),
}
"""Every field a roster of that kind may have, in the order in which a mapping page may list them."""

# How sure a guess is, by how it was found.
EXACT, WITHOUT_FILLER, CONTAINED, MISSPELT, BY_CONTENT = 1.0, 0.9, 0.7, 0.6, 0.5

_CALL_WORDS = word_set("call|calls|calling|reach|llamar|llamada|llamadas|contactar")
_TIME_WORDS = word_set("time|times|hour|hours|when|hora|horas|horario|horarios|cuando")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-zA-Z]{2,}")
_PHONE = re.compile(r"(?!\d{4}[-./]\d\d?[-./])\+?[\d(][\d(). /-]{8,15}\d")
_PEER_HINTS = re.compile(r"\b(peers?|mentor(s|es|as?)?|voluntari[oa]s?|volunteers?|coach(es)?|companer[oa]s?)\b")
_PARTICIPANT_HINTS = re.compile(
    r"\b(participantes?|participants?|intakes?|referrals?|waiting|waitlist|sign up|signup|"
    r"requests?|solicitudes|lista de espera)\b"
)


@dataclass(frozen=True)
class Guess:
    """One column: its place, its name as written, its field (None: not ours, or not known) and how sure (0 to 1)."""

    index: int
    header: str
    field: str | None
    confidence: float


def guess_mapping(headers: Sequence[str], kind: str, columns: Mapping[int, Sequence[str]] | None = None) -> list[Guess]:
    """One guess per column, in their order. `columns` (place -> cells) lets the content speak for nameless columns.

    No field is given twice except those in `header_words.LIST_FIELDS`; the surer column has it.
    """
    found: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    candidates = [
        (confidence, -index, index, field) for index, h in enumerate(headers) for field, confidence in _fits(h, kind)
    ]
    for confidence, _, index, field in sorted(candidates, key=lambda c: c[:2], reverse=True):
        if index in found or (field in taken and field not in words.LIST_FIELDS):
            continue
        if field in taken and field in words.ONLY_BY_NAME and confidence < WITHOUT_FILLER:
            continue
        found[index] = (field, confidence)
        taken.add(field)
    for index, cells in (columns or {}).items():
        by_content = None if index in found else _field_of_cells(cells)
        if by_content and by_content not in taken:
            found[index] = (by_content, BY_CONTENT)
            taken.add(by_content)
    _settle_names(headers, found, taken)
    return [Guess(i, header, *found.get(i, (None, 0.0))) for i, header in enumerate(headers)]


def guess_kind(headers: Sequence[str], hint: str = "") -> tuple[str, float]:
    """(`participants` or `peers`, how sure from 0 to 1), from the column names and a title or file name."""
    votes = {PARTICIPANTS: 0.0, PEERS: 0.0}
    has_name = any(_exact(PARTICIPANTS).get(_words_of(h)) in ("legal_name", "first_name", "last_name") for h in headers)
    only = {kind: set(_exact(kind)) - set(_exact(other)) for kind, other in (ROSTER_KINDS, ROSTER_KINDS[::-1])}
    for header in headers:
        name = _words_of(header)
        # Beside a name, "Mentor" or "Assigned peer" is somebody else: the peer of a participant.
        if set(name.split()) & words.PEER_WORDS and (has_name or words.OTHER_PERSON_WORDS & set(name.split())):
            votes[PARTICIPANTS] += 1
            continue
        for kind in ROSTER_KINDS:
            fits = _fits(header, kind)
            own = set(FIELDS[kind]) - set(words.SHARED)
            if name in only[kind] or (fits and fits[0][0] in own and fits[0][1] >= WITHOUT_FILLER):
                votes[kind] += 1
    hint = fold_words(hint)
    votes[PEERS] += 1.5 * bool(_PEER_HINTS.search(hint))
    votes[PARTICIPANTS] += 1.5 * bool(_PARTICIPANT_HINTS.search(hint))
    total = sum(votes.values())
    kind = PEERS if votes[PEERS] > votes[PARTICIPANTS] else PARTICIPANTS
    return kind, votes[kind] / total if total else 0.5


def count_known(cells: Iterable[str]) -> int:
    """How many cells are names of columns as they stand: what tells a row of names from a row of people."""
    fields = set()
    for cell in cells:
        if len(cell) <= 60:
            name = _words_of(cell)
            field = (
                _exact(PARTICIPANTS).get(name)
                or _exact(PEERS).get(name)
                or _said_twice(cell, PARTICIPANTS)
                or (is_day_header(name) and name)
            )
            fields |= {field} if field else set()
    return len(fields)


def is_needed_before(group: str, name: str) -> bool:
    """Whether the name of a column says too little without the name of its group: "Phone" below "Emergency contact"."""
    folded = _words_of(name)
    if not group or not folded or folded == _words_of(group):
        return False
    field = _exact(PARTICIPANTS).get(folded) or _exact(PEERS).get(folded)
    if set(_words_of(group).split()) & (words.OTHER_PERSON_WORDS | words.PEER_WORDS):
        return field != "notes"
    return field is None and not is_day_header(folded)


def _fits(header: str, kind: str) -> list[tuple[str, float]]:
    """Fields this name may mean, surest first."""
    name = _words_of(header)
    if not name or len(name) > 120:
        return []
    exact = _exact(kind)
    if name in exact:
        return [(exact[name], EXACT)]
    if is_day_header(name):
        return [("availability", EXACT)]
    if twice := _said_twice(header, kind):
        return [(twice, WITHOUT_FILLER)]
    tokens = name.split()
    if name in words.NOT_OURS:
        return []
    if words.OTHER_PERSON_WORDS & set(tokens) or (kind == PARTICIPANTS and name in _exact(PEERS)):
        return []
    if kind == PARTICIPANTS and _CALL_WORDS & set(tokens) and _TIME_WORDS & set(tokens):
        return [("contact_hours", WITHOUT_FILLER)]
    if len(words.MODE_WORDS & set(tokens)) >= 2:
        return [("mode", WITHOUT_FILLER)]
    wanted = _wanted(set(tokens), exact, kind)
    if wanted:
        return [(wanted, WITHOUT_FILLER)]
    bare = _bare(header, kind)
    if bare in exact:
        return [(exact[bare], WITHOUT_FILLER)]
    contained = [
        (field, CONTAINED + len(alias) / 1000)
        for alias, field in exact.items()
        # Two letters or a bare "no" inside a longer name mean nothing.
        if len(alias) > 3 and alias not in words.TOO_PLAIN_INSIDE and f" {alias} " in f" {name} "
    ]
    if contained:
        return sorted(dict(sorted(contained, key=lambda fit: fit[1])).items(), key=lambda fit: -fit[1])
    close = get_close_matches(bare or name, exact, n=1, cutoff=0.86) if len(bare or name) >= 5 else []
    return [(exact[close[0]], MISSPELT)] if close else []


def _bare(header: str, kind: str) -> str:
    """The words of a name that mean something."""
    filler = words.FILLER | (words.PEER_WORDS if kind == PEERS else frozenset())
    return " ".join(token for token in _words_of(header).split() if token not in filler)


def _said_twice(header: str, kind: str) -> str | None:
    """The field of "Fecha de nac. / DOB" and "Idioma (Language)": one name in two languages, both meaning the same."""
    parts = [part for part in re.split(r"[/|()]| - ", header) if part.strip()]
    fields = {_exact(kind).get(_words_of(part)) or _exact(kind).get(_bare(part, kind)) for part in parts}
    if len(parts) != 2 or None in fields:
        return None
    # "Nombre / Name" is a whole name, though "Nombre" alone may be the first.
    fields -= {"first_name"} if "legal_name" in fields else set()
    return fields.pop() if len(fields) == 1 else None


def _wanted(tokens: set[str], exact: Mapping[str, str], kind: str) -> str | None:
    """`want_gender` for "Prefers (gender)" and "Género de su mentor": a wish about a peer, no fact about the person."""
    if kind != PARTICIPANTS or not tokens & (words.PEER_WORDS | words.WANT_WORDS):
        return None
    for token in sorted(tokens):
        field = exact.get(token)
        # "Preferred language" is the person's own; it takes a word for peer to make it a wish.
        if field in words.WANTABLE and (field != "language" or tokens & words.PEER_WORDS):
            return f"want_{field}"
    if tokens & words.WANT_WORDS and (tokens >= {"h", "m"} or tokens >= {"m", "f"} or tokens >= {"hombre", "mujer"}):
        return "want_gender"
    return None


def _settle_names(headers: Sequence[str], found: dict[int, tuple[str, float]], taken: set[str]) -> None:
    """ "Nombre" beside no last name holds the whole name."""
    if "first_name" in taken and not taken & {"last_name", "legal_name"}:
        for index, (field, _) in found.items():
            if field == "first_name" and _words_of(headers[index]) in ("nombre", "nombres"):
                found[index] = ("legal_name", WITHOUT_FILLER)


def _field_of_cells(cells: Sequence[str]) -> str | None:
    filled = [cell for cell in cells if cell][:50]
    for field, shape in (("email", _EMAIL), ("phone", _PHONE)):
        if filled and sum(bool(shape.fullmatch(cell)) for cell in filled) >= len(filled) * 0.8:
            return field
    return None


def _words_of(header: str) -> str:
    """`FirstName`, `first_name` and "First  Name:" are the same words."""
    return fold_words(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", clean(header)))


@cache
def _exact(kind: str) -> Mapping[str, str]:
    own = words.PARTICIPANTS if kind == PARTICIPANTS else words.PEERS
    return {name: field for table in (words.SHARED, own) for field, names in table.items() for name in names.split("|")}
