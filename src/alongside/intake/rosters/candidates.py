"""Whom a row of a list may be: found by keys, so that a long list and a large program need little memory.

Three sources, for some rows at a time: people of the program by record number, e-mail and phone (blind indexes); by
name (`Names`, made once: the way in which rosters compare names has no index); and people whom earlier rows of the
same list make (`Made`). What is found may be more than fits; `rules.roster.identity` decides.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from alongside.audit.fields import blind_index, every_index
from alongside.people.models import Person
from alongside.people.names import fold
from alongside.rules import roster as rules
from alongside.rules.roster.identity import keys_of

from .known import identity_of, list_identities

IDENTITY = ("external_id", "email", "phone", "legal_name", "goes_by", "birth_date")


class Names:
    """Everybody of the current program by name as rosters compare names: 8 bytes a name, nothing readable.

    Of many with one name, only those born on the row's day can be the person of the row, and the first tells that the
    name is known: no more is loaded.
    """

    def __init__(self) -> None:
        self._ids: list[UUID] = []
        self._born = array("l")
        self._found: dict[int, int | list[int]] = {}
        people = Person.objects.order_by("created_at", "pk").values_list("pk", "legal_name", "goes_by", "birth_date")
        for pk, legal_name, goes_by, born in people.iterator(chunk_size=2_000):
            place = len(self._ids)
            self._ids.append(pk)
            self._born.append(_day(born))
            for key in {key for _about, key in keys_of({"legal_name": legal_name, "goes_by": goes_by})}:
                _put(self._found, hash(key), place)

    def find(self, row: rules.RosterRow) -> Iterator[UUID]:
        """Ids of people who may be the row's by their name."""
        for place in _fitting(self._found, _names_of(row), self._born, row.values.get("birth_date")):
            yield self._ids[place]


class Made:
    """People whom earlier rows of a list make, packed: about 150 bytes each."""

    def __init__(self) -> None:
        self._packed: list[str] = []
        self._numbers = array("l")
        self._born = array("l")
        self._found: dict[int, int | list[int]] = {}

    def add(self, row: rules.RosterRow) -> None:
        """Remember the person of a row."""
        place = len(self._packed)
        self._packed.append("\x1f".join(row.text(about) for about in IDENTITY[:-1]))
        self._numbers.append(row.number)
        self._born.append(_day(row.values.get("birth_date")))
        for key in dict.fromkeys(keys_of(row.values)):
            _put(self._found, hash(key), place)

    def find(self, rows: Iterable[rules.RosterRow]) -> list[rules.KnownPerson]:
        """Those people who may be somebody of these rows, in the order of the list."""
        places: set[int] = set()
        for row in rows:
            for about, key in keys_of(row.values):
                if about != "name":
                    found = self._found.get(hash((about, key)), ())
                    places.update([found] if isinstance(found, int) else found)
            names = [("name", key) for key in _names_of(row)]
            places.update(_fitting(self._found, names, self._born, row.values.get("birth_date")))
        return [self._person(place) for place in sorted(places)]

    def _person(self, place: int) -> rules.KnownPerson:
        values = {about: text for about, text in zip(IDENTITY, self._packed[place].split("\x1f"), strict=False) if text}
        born, number = self._born[place], self._numbers[place]
        return rules.KnownPerson(
            f"row {number}", {**values, **({"birth_date": date.fromordinal(born)} if born else {})}, number
        )


def find_by_contact(rows: Iterable[rules.RosterRow]) -> set[UUID]:
    """Ids of people with a record number, e-mail or phone of these rows. Three queries."""
    digests: dict[str, set[str]] = {"external_id": set(), "email": set(), "phone": set()}
    for row in rows:
        for about, wanted in digests.items():
            for written in _as_kept(about, row.text(about)):
                wanted.add(blind_index(written, about))
    found: set[UUID] = set()
    for about, wanted in digests.items():
        found |= _ids_with(f"{about}_index", wanted, Person.objects.all())
    return found


def digest_names(rows: Iterable[rules.RosterRow]) -> tuple[set[str], set[str]]:
    """The names of these rows as people are looked up by them: (blind indexes of legal ones, folded ones)."""
    legal, spoken = set(), set()
    for row in rows:
        legal.update(every_index(blind_index(row.text("legal_name"), "name")))
        spoken |= {fold(row.text("goes_by")), fold(row.text("legal_name"))}
    return legal - {""}, spoken - {""}


def load_people(ids: Iterable[UUID]) -> list[rules.KnownPerson]:
    """These people as the rules know them, in the order in which they came. One query."""
    people = list_identities().filter(pk__in=list(ids)).order_by("created_at", "pk")
    return [rules.KnownPerson(str(person.pk), identity_of(person)) for person in people]


def _ids_with(column: str, wanted: set[str], among: QuerySet[Person]) -> set[UUID]:
    wanted.discard("")
    people = among.filter(**{f"{column}__in": sorted(wanted)}) if wanted else among.none()
    return set(people.values_list("pk", flat=True))


def _as_kept(about: str, text: str) -> Iterator[str]:
    if not text:
        return
    yield text
    if about == "phone" and text.startswith("+1"):
        # Somebody may have been typed in before numbers were written one way.
        yield text[2:]
    elif about != "phone" and fold(text) != text:
        yield fold(text)


def _names_of(row: rules.RosterRow) -> list[str]:
    names = {about: row.text(about) for about in ("legal_name", "goes_by") if row.text(about)}
    return [key for _about, key in keys_of(names)]


def _fitting(found: dict, keys: Sequence, born: array, day: object) -> Iterator[int]:
    wanted = _day(day)
    for key in keys:
        places = found.get(hash(key), ())
        places = [places] if isinstance(places, int) else places
        for order, place in enumerate(places):
            if order == 0 or (wanted and born[place] == wanted):
                yield place


def _day(day: object) -> int:
    return day.toordinal() if isinstance(day, date) else 0


def _put(found: dict, key: int, place: int) -> None:
    before = found.get(key)
    if before is None:
        found[key] = place
    elif isinstance(before, int):
        found[key] = [before, place]
    elif before[-1] != place:
        before.append(place)
