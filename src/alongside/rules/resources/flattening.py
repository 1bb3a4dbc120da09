"""From nested objects to rows of tables and back, without losing a fact.

Nested, one phone may stand in several places; as rows it is one row that names each of its parents, and a second row
only where one field would have to name two of them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .found import EMPTY, MOST_ROWS, Document, FileRefused, derived_id, identity_of
from .hsds import HANGING, LISTS, SERVICE, SINGLES, Values, inner_reference, reference

Tables = dict[str, list[Values]]
Rows = dict[str, dict[str, list[Values]]]
MOST_BUILT = 10 * MOST_ROWS
"""Objects that rows become: one row stands in each that it hangs from, and those in others."""
OUTWARD = {("service_at_location", "service"), ("location", "organization")}
"""From the inside to what it is in: not nested again."""
ROOTS = ("organization", "location", "program", "taxonomy_term", "taxonomy")
"""What is a document of its own when no service has it."""


def flatten(documents: Iterable[Document]) -> Tables:
    """Rows of tables; each fact of the documents is a field of a row. An object without an id gets a derived one."""
    rows: Rows = defaultdict(lambda: defaultdict(list))
    for document in documents:
        _put(rows, document.table, document.values, {})
    return {table: [row for same in found.values() for row in same] for table, found in rows.items()}


def _put(rows: Rows, table: str, values: Values, link: Values) -> object:
    row: Values = {}
    inside: list[tuple[str, Values, str]] = []
    for name, value in values.items():
        if value in EMPTY:
            continue
        if (table, name) in SINGLES and isinstance(value, dict):
            inside.append((name, value, "one"))
        elif name in LISTS and isinstance(value, list) and all(isinstance(one, dict) for one in value):
            inside += [(name, one, "many") for one in value]
        else:
            row[name] = value
    key = identity_of(row.get("id"))
    if not key:
        key = derived_id("", table, json.dumps([values, link], sort_keys=True))
        row["id"] = key
    for name, value in link.items():
        row.setdefault(name, value)
    for name, value, how in inside:
        if how == "one":
            inner = _put(rows, SINGLES[table, name], value, {})
            row.setdefault(inner_reference(table, name), inner)
    _merge(rows[table][key], row)
    for name, value, how in inside:
        if how == "many":
            by, kind = reference(table, LISTS[name])
            _put(rows, LISTS[name], value, {by: row["id"], **({kind: table} if kind else {})})
    return row["id"]


def _merge(same: list[Values], row: Values) -> None:
    """Into the first row of this id that says nothing else; else as another row."""
    for found in same:
        if all(found.get(name, value) == value for name, value in row.items()):
            found.update(row)
            return
    same.append(row)


def facts(documents: Iterable[Document]) -> frozenset[tuple[str, str, str, str]]:
    """What documents say, whatever their form: (table, id, field, value) of every row. References count as text."""
    found = set()
    for table, rows in flatten(documents).items():
        for row in rows:
            for name, value in row.items():
                plain = identity_of(value) if name == "id" or name.endswith("_id") else ""
                found.add((table, identity_of(row["id"]), name, plain or json.dumps(value, sort_keys=True)))
    return frozenset(found)


class _Nesting:
    """One walk over tables: what is reached from a service is inside it; each row is noted as used."""

    def __init__(self, tables: Mapping[str, Sequence[Values]]) -> None:
        self.tables = tables
        self.used: set[int] = set()
        self.built = 0
        self.by_id: dict[tuple[str, str], list[Values]] = defaultdict(list)
        self.children: dict[tuple[str, str, str], list[Values]] = defaultdict(list)
        parents: dict[str, set[str]] = defaultdict(set)
        for parent, lists in HANGING.items():
            for child in lists.values():
                parents[child].add(parent)
        for table, rows in tables.items():
            for row in rows:
                self.by_id[table, identity_of(row.get("id"))].append(row)
                for parent in parents.get(table, ()):
                    if key := identity_of(row.get(f"{parent}_id")):
                        self.children[table, parent, key].append(row)
                if table in ("attribute", "metadata"):
                    by, kind = reference("", table)
                    if key := identity_of(row.get(by)):
                        self.children[table, str(row.get(kind, "")), key].append(row)

    def build(self, table: str, row: Values, *, above: tuple[str, ...] = ()) -> Values:
        """The row with everything that hangs from it."""
        self.built += 1
        if self.built > MOST_BUILT:
            raise FileRefused("too_many_rows", most=MOST_ROWS)
        self.used.add(id(row))
        found = dict(row)
        key = identity_of(row.get("id"))
        if not key:
            return found
        for (outer, name), inner in SINGLES.items():
            if outer == table and inner not in above and name not in found and (outer, name) not in OUTWARD:
                wanted = identity_of(row.get(inner_reference(table, name)))
                if wanted and (hits := self.by_id.get((inner, wanted))):
                    found[name] = self.build(inner, hits[0], above=(*above, table))
        lists = {**HANGING.get(table, {}), "attributes": "attribute", "metadata": "metadata"}
        for name, child in lists.items():
            if child in above or name in found:
                continue
            if rows := self.children.get((child, table, key)):
                found[name] = [self.build(child, one, above=(*above, table)) for one in rows]
        return found


def nest(tables: Mapping[str, Sequence[Values]]) -> Iterator[tuple[Document, Values]]:
    """Services with all that belongs to them, then what belongs to none; each with the row that it was made of."""
    walk = _Nesting(tables)
    for row in tables.get(SERVICE, ()):
        yield Document(SERVICE, walk.build(SERVICE, row)), row
    for table in ROOTS:
        for row in tables.get(table, ()):
            if id(row) not in walk.used:
                yield Document(table, walk.build(table, row)), row
    for table, rows in tables.items():
        for row in rows:
            if id(row) not in walk.used:
                yield Document(table, dict(row)), row
