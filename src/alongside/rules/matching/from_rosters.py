"""People and peers for the engine from rows of two lists, as `rules.roster` reads them: no database, no program.

What a list cannot say is left unknown, which neither helps nor harms a pair and is named. Two things are assumed and
told by the caller: a peer without a capacity has `USUAL_CAPACITY` places, and all places are free.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from alongside.rules.matching.values import Peer, Preference, Seeker
from alongside.rules.roster.rows import RosterRow
from alongside.rules.roster.values import years_between

USUAL_CAPACITY: Final = 5
"""Places of a peer whose list does not say; the same as for a new peer of a program."""

Place = tuple[float, float] | tuple[None, None]
Locate = Callable[[str], Place]
"""ZIP code -> latitude and longitude, or two Nones."""


class Listed(NamedTuple):
    """A row and the id it has in the run: its record number where that is its own, else `row 12`."""

    id: str
    row: RosterRow

    @property
    def name(self) -> str:
        """What the list calls them."""
        return self.row.text("goes_by") or self.row.text("legal_name")


def list_people(rows: Iterable[RosterRow]) -> list[Listed]:
    """The rows that are people; those that `rules.roster` refuses are left out."""
    kept = [row for row in rows if not row.is_refused]
    written = Counter(row.text("external_id") for row in kept)
    return [
        Listed(number if (number := row.text("external_id")) and written[number] == 1 else f"row {row.number}", row)
        for row in kept
    ]


def seeker_of(listed: Listed, locate: Locate, today: date) -> Seeker:
    """Somebody who waits, since the day they asked where the list tells it."""
    values = listed.row.values
    latitude, longitude = locate(listed.row.text("zip"))
    return Seeker(
        id=f"participant {listed.id}",
        kind=listed.row.text("kind") or "own_recovery",
        languages=_codes(values, "language"),
        gender=listed.row.text("gender"),
        age=_age(values, today),
        pathways=frozenset(_codes(values, "pathway")),
        needs=frozenset(_codes(values, "needs")),
        experiences=frozenset(_codes(values, "experience")),
        life_stages=frozenset(_codes(values, "life_stage")),
        interests=frozenset(_codes(values, "interests")),
        modes=frozenset(_codes(values, "mode")),
        hours=listed.row.text("availability") or None,
        latitude=latitude,
        longitude=longitude,
        preferences=_preferences(values.get("preferences")),
        waiting_days=_days_since(values.get("started_on"), today),
    )


def peer_of(listed: Listed, locate: Locate, today: date) -> Peer:
    """A peer with all places free. Limits in words are not read: whoever uses the answer has to look at them."""
    values = listed.row.values
    latitude, longitude = locate(listed.row.text("zip"))
    capacity = values.get("capacity")
    places = capacity if isinstance(capacity, int) else USUAL_CAPACITY
    return Peer(
        id=f"peer {listed.id}",
        places_free=places,
        capacity=places,
        serves=frozenset(_codes(values, "serves")),
        languages=_codes(values, "language"),
        gender=listed.row.text("gender"),
        age=_age(values, today),
        pathways=frozenset(_codes(values, "pathway")),
        experiences=frozenset(_codes(values, "experience")),
        life_stages=frozenset(_codes(values, "life_stage")),
        interests=frozenset(_codes(values, "interests")),
        modes=frozenset(_codes(values, "mode")),
        hours=listed.row.text("availability") or None,
        latitude=latitude,
        longitude=longitude,
    )


def _preferences(wishes: object) -> tuple[Preference, ...]:
    found = wishes if isinstance(wishes, tuple) else ()
    return tuple(Preference(one.feature, one.value, one.strength) for one in found)


def _codes(values: Mapping[str, object], about: str) -> tuple[str, ...]:
    found = values.get(about, ())
    return tuple(map(str, found)) if isinstance(found, tuple) else ()


def _age(values: Mapping[str, object], today: date) -> int | None:
    born, age = values.get("birth_date"), values.get("age")
    if isinstance(born, date):
        return max(0, years_between(born, today))
    return age if isinstance(age, int) else None


def _days_since(day: object, today: date) -> int:
    return max(0, (today - day).days) if isinstance(day, date) else 0
