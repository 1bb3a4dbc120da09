"""From a file and the people known to what each row would do: planned rows, nothing written."""

import base64
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from alongside.intake.models import Roster
from alongside.people.models import Person, Site
from alongside.people.names import fold
from alongside.rules import roster as rules
from alongside.rules.roster import CREATE, REFUSED, UNCHANGED, UPDATE, Problem, RosterRow
from alongside.rules.roster.returned import read_returned

from .candidates import Made, Names, find_by_contact, load_people
from .known import Known, load_known, may_supervise
from .own_words import load_own_words
from .packed import PART_ROWS, read_kept

MOST_PLACES = 60
"""The largest capacity that the database takes (`peer_capacity_human`)."""

OPENS, COMES_BACK, BECOMES_PEER = "opens_episode", "comes_back", "becomes_peer"

OWN_REASONS = {
    OPENS: "Known here (a peer, staff) and not served: a first stretch of support begins.",
    COMES_BACK: "Was here before and asked again after that: a new stretch of support begins.",
    "was_here_before": "Was here before; a list alone does not bring anybody back.",
    "texts_stopped": "Stopped texts themself; a list does not turn them on again.",
    BECOMES_PEER: "Known here and not yet a peer: becomes one.",
    "changed_meanwhile": "Somebody changed this person, or added them, after the preview.",
    "capacity_below_load": "Supports {taken} people now, more than the {capacity} of the row.",
}
"""Reasons that need the program's own records, beside those of `rules.roster.REASONS`."""


@dataclass(frozen=True)
class Planned:
    """What one row would do. `effect`: `opens_episode`, `comes_back`, `becomes_peer` or "" for a known person."""

    number: int
    outcome: str
    person_id: str | None
    values: Mapping[str, object]
    changes: Mapping[str, tuple[object, object]]
    reasons: tuple[rules.Reason, ...]
    problems: tuple[Problem, ...]
    effect: str = ""
    derived: frozenset[str] = frozenset()
    cells: tuple[str, ...] = ()


def read_file(roster: Roster) -> rules.Table:
    """The uploaded file as a table. Raises `RosterUnreadable`."""
    if not roster.parts.exists():
        # Uploaded by an earlier version, which kept the file as it came.
        return read_returned(rules.read_table(base64.b64decode(roster.content), roster.file_name))
    return read_kept(roster)


def columns_of(roster: Roster) -> dict[int, str | None]:
    """The stored mapping with places as numbers: JSON keeps them as text."""
    return {int(place): field or None for place, field in roster.mapping.items()}


Written = tuple[RosterRow, tuple[str, ...]]
"""A row beside its cells."""


class Planner:
    """What rows of one list would do, some at a time and in order, against the people of the program as they are now.

    `decide` is the same for the preview and for looking again before writing. What earlier rows made or changed is
    carried along, packed; of the program only those are loaded whom the rows at hand may be.
    """

    def __init__(self, roster: Roster, now: datetime) -> None:
        self.roster = roster
        self.today = now.astimezone(ZoneInfo(roster.program.time_zone)).date()
        self.made, self.touched = Made(), dict[str, int]()

    def decide(
        self, rows: list[RosterRow], people: list[rules.KnownPerson], made: Iterable[rules.KnownPerson] = ()
    ) -> list[Planned]:  # fmt: skip
        """What these rows would do if nobody but `people` and those `made` by earlier rows were here."""
        identities = {one.person_id: one for one in people}
        made = list(made)
        found = rules.decide_all(rows, rules.KnownPeople([*people, *made]), dict(self.touched))
        # Who a row is depends on identities alone; only those found are read in full.
        ids = {one.person_id for one in found if one.person_id in identities}
        known = load_known(self.roster.kind, ids, self.roster.program)
        whole = [
            dataclasses.replace(one, values={**one.values, **known[key].values}) if key in known else one
            for key, one in identities.items()
        ]
        decisions = [
            # A row may fit somebody whom an earlier row of the file makes: that is nobody the database knows yet.
            one if one.person_id in identities else dataclasses.replace(one, person_id=None)
            for one in rules.decide_all(rows, rules.KnownPeople([*whole, *made]), self.touched)
        ]
        return [
            _plan(row, decision, known.get(decision.person_id or ""), self.roster.kind)
            for row, decision in zip(rows, decisions, strict=True)
        ]

    def plan(self, rows: list[RosterRow], names: Names) -> list[Planned]:
        """The next rows of the list."""
        ids = find_by_contact(rows)
        for row in rows:
            ids.update(names.find(row))
        planned = self.decide(rows, load_people(ids), self.made.find(rows))
        for row, one in zip(rows, planned, strict=True):
            if one.outcome == CREATE:
                self.made.add(row)
        return planned

    def read(
        self, table: rules.Table, seen: Callable[[rules.Row], None]
    ) -> Iterator[tuple[RosterRow, tuple[str, ...]]]:
        """Each row in the program's terms beside its cells; `seen` is told each row as it was written."""
        roster = self.roster
        options = rules.Options(
            today=self.today,
            region=roster.program.country,
            date_order=roster.options.get("date_order") or None,
            own_words=load_own_words(),
        )
        places = Places(roster)
        columns = columns_of(roster)
        headers = {field: table.headers[index] for index, field in reversed(columns.items()) if field}
        passing = _Passing(table.source)
        for row in rules.stream_rows(dataclasses.replace(table, source=passing), columns, options):
            seen(passing.latest)
            yield _in_our_terms(row, roster.kind, places, headers, self.today), passing.latest.cells


class _Passing:
    """Rows on their way that remember the latest one: what is read of a row can be put beside its cells."""

    latest: rules.Row

    def __init__(self, source) -> None:
        self.source = source

    def __len__(self) -> int:
        return len(self.source)

    def __iter__(self) -> Iterator[rules.Row]:
        for row in self.source:
            self.latest = row
            yield row


def make_plan(
    roster: Roster, table: rules.Table, now: datetime, *, size: int = PART_ROWS,
    seen: Callable[[rules.Row], None] = lambda _row: None,
) -> Iterator[list[Planned]]:  # fmt: skip
    """One planned row per row of the file, `size` at a time. Memory grows by some hundred bytes a row, no more."""
    planner, names = Planner(roster, now), Names()
    rows: list[Written] = []
    for row in planner.read(table, seen):
        rows.append(row)
        if len(rows) == size:
            yield _planned(planner, names, rows)
            rows = []
    if rows:
        yield _planned(planner, names, rows)


def _planned(planner: Planner, names: Names, rows: list[Written]) -> list[Planned]:
    made = planner.plan([row for row, _cells in rows], names)
    return [dataclasses.replace(one, cells=cells) for one, (_row, cells) in zip(made, rows, strict=True)]


def _plan(row: RosterRow, made: rules.Decision, known: Known | None, kind: str) -> Planned:
    planned = Planned(
        row.number, made.outcome, made.person_id, row.values, made.changes, made.reasons, row.problems,
        derived=row.derived,
    )  # fmt: skip
    if planned.outcome not in (UPDATE, UNCHANGED) or known is None:
        return planned
    # The day somebody first asked stays as it was recorded.
    changes = {about: change for about, change in made.changes.items() if about != "started_on"}
    reasons, effect = made.reasons, ""
    if known.texts_stopped and changes.pop("may_text", None):
        # Who sent STOP turns texts on again, or asks somebody to: a list that says otherwise does not know of it.
        reasons = (*reasons, rules.Reason("texts_stopped"))
    if kind == rules.PEERS:
        capacity = row.values.get("capacity")
        if isinstance(capacity, int) and capacity < known.places_taken:
            too_few = rules.Reason("capacity_below_load", {"taken": known.places_taken, "capacity": capacity})
            return dataclasses.replace(planned, outcome=REFUSED, changes={}, reasons=(too_few,))
        effect = "" if known.is_peer else BECOMES_PEER
    elif not known.is_open:
        asked = row.values.get("started_on")
        if known.latest_closed_on is None:
            effect = OPENS
        elif isinstance(asked, date) and asked > known.latest_closed_on:
            effect = COMES_BACK
        else:
            reasons = (*reasons, rules.Reason("was_here_before"))
    if effect:
        reasons = (*reasons, rules.Reason(effect))
    outcome = UPDATE if changes or effect else UNCHANGED
    return dataclasses.replace(planned, outcome=outcome, changes=changes, reasons=reasons, effect=effect)


class Places:
    """Sites and supervisors of the program by the names that rosters use for them."""

    def __init__(self, roster: Roster) -> None:
        self.sites = {fold(site.name): site.name for site in Site.objects.all()}
        self.supervisors: dict[str, set[str]] = {}
        if roster.kind == rules.PEERS:
            for person in may_supervise(Person.objects.filter(program=roster.program)):
                for name in {fold(person.goes_by), fold(person.legal_name)} - {""}:
                    self.supervisors.setdefault(name, set()).add(person.goes_by)

    def site(self, words: str) -> str | None:
        """The site's own name, or None."""
        return self.sites.get(fold(words))

    def supervisor(self, words: str) -> str | None:
        """The name that supervisor goes by; None for nobody, and where two share the name."""
        found = self.supervisors.get(fold(words), set())
        return next(iter(found)) if len(found) == 1 else None


def _in_our_terms(row: RosterRow, kind: str, places: Places, headers: Mapping[str, str], today: date) -> RosterRow:
    """The row as this program can keep it; what has no place of its own goes to the notes under its column's name."""
    values, problems, kept = dict(row.values), list(row.problems), []

    def keep(about: str, words: str, code: str = "") -> None:
        kept.append(f"{headers.get(about, about)}: {words}")
        if code:
            problems.append(Problem(code, about, {"text": words}))

    for about, find in (("site", places.site), ("supervisor", places.supervisor)):
        if written := row.text(about):
            values[about] = find(written)
            if values[about] is None:
                keep(about, written, "unknown_word")
    band = values.pop("age_band", None)
    if kind == rules.PEERS and "age" in values:
        keep("age", str(values.pop("age")))
    elif band and not {"age", "birth_date"} & values.keys():
        keep("age", str(band).replace("_", "–").replace("–plus", "+").replace("under–", "< "))
    started = values.get("started_on")
    if isinstance(started, date) and started > today:
        keep("started_on", started.isoformat())
        del values["started_on"]
    if isinstance(values.get("capacity"), int) and values["capacity"] > MOST_PLACES:
        keep("capacity", str(values.pop("capacity")), "number_unreadable")
    if hours := values.get("contact_hours"):
        start, end = hours
        if not 0 <= start < end <= 24:
            keep("contact_hours", f"{start}–{end}", "hours_unreadable")
            del values["contact_hours"]
    notes = [str(values[about]) for about in ("notes", "limits") if values.get(about)]
    values.pop("limits", None)
    if notes or kept:
        values["notes"] = "\n".join(dict.fromkeys((*notes, *kept)))
    values = {about: value for about, value in values.items() if value is not None}
    return dataclasses.replace(row, values=values, problems=tuple(problems))
