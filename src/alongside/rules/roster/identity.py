"""Is this row somebody the program knows? New, update, unchanged or refused, each with its reasons.

In order: record number; e-mail and a name that fits; phone and a name that fits; legal name and date of birth. A shared
phone with another name is a household, not one person. Where the answer would be a guess, the row is refused and
a person decides: two people made one is the harm that cannot be undone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from alongside.rules.availability import to_bits, to_hex
from alongside.rules.roster.names import are_compatible, name_key
from alongside.rules.roster.problems import Reason, reason
from alongside.rules.roster.rows import RosterRow
from alongside.rules.roster.text import fold

CREATE, UPDATE, UNCHANGED, REFUSED = "create", "update", "unchanged", "refused"


@dataclass(frozen=True)
class KnownPerson:
    """Somebody the program knows. `values` has the fields of `RosterRow.values`; what it lacks counts as empty.

    `row` is the row of the file that makes this person, 0 for those known before.
    """

    person_id: str
    values: Mapping[str, object] = field(default_factory=dict)
    row: int = 0

    def text(self, about: str) -> str:
        """A text value, "" when absent."""
        return str(self.values.get(about) or "")

    def has_name_like(self, row: RosterRow) -> bool:
        """Whether a name of the row may be a name of this person."""
        mine, theirs = (telling_names(one.text("legal_name"), one.text("goes_by")) for one in (self, row))
        return any(are_compatible(one, other) for one in mine for other in theirs)


@dataclass(frozen=True)
class Decision:
    """What becomes of a row. `changes`: field -> (known value or None, new value), for a new person all values."""

    outcome: str
    person_id: str | None
    changes: Mapping[str, tuple[object, object]]
    reasons: tuple[Reason, ...]


def telling_names(legal: str, goes_by: str) -> list[str]:
    """The names by which two people can be told apart. A name to go by that is only a shorter legal name is none: María
    Gómez and María García may both go by "María G.".

    >>> telling_names("María Gómez", "María G."), telling_names("Roberto Díaz", "Beto")
    (['María Gómez'], ['Roberto Díaz', 'Beto'])
    """
    adds = goes_by and not (legal and are_compatible(goes_by, legal))
    return [*([legal] if legal else []), *([goes_by] if adds else [])]


class KnownPeople:
    """People found by record number, e-mail, phone and name; grows with each person a file makes."""

    def __init__(self, people: Iterable[KnownPerson] = ()) -> None:
        self._found: dict[tuple[str, str], list[KnownPerson]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, person: KnownPerson) -> None:
        """Let later rows find this person."""
        for key in dict.fromkeys(keys_of(person.values)):
            self._found[key].append(person)

    def by(self, about: str, value: str) -> list[KnownPerson]:
        """People with that `external_id`, `email`, `phone` or `name`."""
        return self._found.get((about, _folded(about, value)), []) if value else []


def decide_all(
    rows: Iterable[RosterRow], known: KnownPeople, touched: dict[str, int] | None = None
) -> list[Decision]:  # fmt: skip
    """One decision per row, in order; rows also find the people that earlier rows of the same file make or change.

    A long file comes piece by piece: then `touched` (known person -> first row that is them) is carried on from call to
    call and grows, and `known` holds those people of earlier pieces whom rows of this one may be.
    """
    decisions = []
    touched = {} if touched is None else touched
    for row in rows:
        decision = decide(row, known)
        if decision.outcome == CREATE:
            known.add(KnownPerson(f"row {row.number}", row.values, row.number))
        elif decision.person_id and decision.outcome != REFUSED:
            first = touched.setdefault(decision.person_id, row.number)
            if first != row.number:
                decision = _refuse(decision.person_id, reason("same_person_as_row", row=first))
        decisions.append(decision)
    return decisions


def decide(row: RosterRow, known: KnownPeople) -> Decision:
    """New, update, unchanged or refused. A person made by an earlier row of the file refuses the later one."""
    if row.is_refused:
        return _refuse(None, reason("row_has_problems"))
    person, why = _find(row, known)
    if why.code not in _SAME:
        if why.code != "new_person":
            return _refuse(person.person_id if person else None, why)
        return Decision(
            CREATE, None, {about: (None, value) for about, value in row.values.items()}, (why, *_near(row, known))
        )
    assert person is not None  # noqa: S101  each reason of _SAME comes with its person
    if person.row:
        return _refuse(None, reason("same_person_as_row", row=person.row))
    changes = _changes(row, person)
    return Decision(UPDATE if changes else UNCHANGED, person.person_id, changes, (why,))


_SAME = ("same_external_id", "same_email_and_name", "same_phone_and_name", "same_name_and_birth_date")


def _find(row: RosterRow, known: KnownPeople) -> tuple[KnownPerson | None, Reason]:
    """The person a row is, with the reason; or a reason why nobody, or why that cannot be said."""
    by_id = known.by("external_id", row.text("external_id"))
    if len(by_id) > 1:
        return None, reason("several_fit")
    found: list[tuple[str, KnownPerson]] = []
    for about in ("email", "phone"):
        fits = _best_names(row, [person for person in known.by(about, row.text(about)) if person.has_name_like(row)])
        if by_id and by_id[0] in fits:
            fits = by_id
        if len(fits) > 1:
            return None, reason("several_fit")
        found.extend((about, person) for person in fits)
    if by_id:
        return _check_by_id(row, by_id[0], found)
    if len({person.person_id for _, person in found}) > 1:
        return None, reason("identifiers_disagree", first=found[0][0], second=found[1][0])
    if found:
        return _check(row, found[0][1], reason(f"same_{found[0][0]}_and_name"))
    named = [one for about in ("legal_name", "goes_by") for one in known.by("name", row.text(about))]
    same_name = list({one.person_id: one for one in named if one.has_name_like(row)}.values())
    born = row.values.get("birth_date")
    if born:
        same_day = [person for person in same_name if person.values.get("birth_date") == born]
        if len(same_day) > 1:
            return None, reason("several_fit")
        if same_day:
            return _check(row, same_day[0], reason("same_name_and_birth_date"))
    elif same_name and not any(row.text(about) for about in ("external_id", "email", "phone")):
        return same_name[0], reason("name_only_already_known")
    return None, reason("new_person")


def _check_by_id(
    row: RosterRow, person: KnownPerson, found: list[tuple[str, KnownPerson]]
) -> tuple[KnownPerson | None, Reason]:
    others = [about for about, other in found if other.person_id != person.person_id]
    if others:
        return person, reason("identifiers_disagree", first="external_id", second=others[0])
    # A name may change; a name and a date of birth that both differ are somebody else with a mistyped number.
    if not person.has_name_like(row):
        born = row.values.get("birth_date")
        same_contact = any(row.text(about) and row.text(about) == person.text(about) for about in ("email", "phone"))
        if not (born and born == person.values.get("birth_date")) and not same_contact:
            return person, reason("name_differs")
    return person, reason("same_external_id")


def _check(row: RosterRow, person: KnownPerson, why: Reason) -> tuple[KnownPerson, Reason]:
    """A fit by contact or name falls where a harder fact speaks against it."""
    for about in ("external_id", "birth_date"):
        mine, theirs = row.values.get(about), person.values.get(about)
        if mine and theirs and _folded(about, str(mine)) != _folded(about, str(theirs)):
            return person, reason(f"{about}_differs")
    return person, why


def _best_names(row: RosterRow, people: list[KnownPerson]) -> list[KnownPerson]:
    """Those of exactly the same name, if there are any: María García before M. García of the same phone."""
    exact = [
        person for person in people if row.name_key in (name_key(person.text(n)) for n in ("legal_name", "goes_by"))
    ]
    return exact or people


def _near(row: RosterRow, known: KnownPeople) -> tuple[Reason, ...]:
    """What a coordinator should see beside a new person."""
    shared = [reason("shares_contact", field=about) for about in ("email", "phone") if known.by(about, row.text(about))]
    named = [reason("same_name_known")] if known.by("name", row.text("legal_name") or row.text("goes_by")) else []
    return (*shared, *named)


def _changes(row: RosterRow, person: KnownPerson) -> dict[str, tuple[object, object]]:
    """What the row adds or corrects. It never takes away: empty cells erase nothing, lists and hours only grow."""
    changes: dict[str, tuple[object, object]] = {}
    for about, value in row.values.items():
        old = person.values.get(about)
        new = _joined(about, old, value)
        # A name to go by that nobody typed does not replace one that somebody chose.
        if new != old and not (about in row.derived and old):
            changes[about] = (old, new)
    return changes


def _joined(about: str, old: object, new: object) -> object:
    if about in ("external_id", "email") and _folded(about, str(old)) == _folded(about, str(new)):
        return old
    if not old or about == "contact_hours":
        return tuple(new) if isinstance(new, list) else new
    if about == "preferences" and isinstance(old, list | tuple) and isinstance(new, tuple):
        replaced = {(wish.feature, wish.value) for wish in new}
        kept = tuple(wish for wish in old if (wish.feature, wish.value) not in replaced)
        return old if set(new) <= set(old) else (*kept, *new)
    if isinstance(old, list | tuple) and isinstance(new, tuple):
        return old if set(new) <= set(old) else tuple(dict.fromkeys((*old, *new)))
    if about == "availability":
        return to_hex(to_bits(str(old)) | to_bits(str(new)))
    if about == "notes":
        present = set(str(old).split("\n"))
        added = [line for line in str(new).split("\n") if line not in present]
        return "\n".join((str(old), *added)) if added else old
    return new


def _refuse(person_id: str | None, why: Reason) -> Decision:
    return Decision(REFUSED, person_id, {}, (why,))


def keys_of(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """By what somebody with these values is found: (`external_id`, `email`, `phone` or `name`, folded value)."""
    keys = [
        (about, _folded(about, str(values[about]))) for about in ("external_id", "email", "phone") if values.get(about)
    ]
    names = [("name", name_key(str(values[about]))) for about in ("legal_name", "goes_by") if values.get(about)]
    return keys + names


def _folded(about: str, value: str) -> str:
    if about == "name":
        return name_key(value)
    return fold(value) if about in ("external_id", "email") else value
