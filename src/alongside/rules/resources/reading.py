"""A file of resources read whole: bytes in, a `Package` out, or `FileRefused` with a reason, and nothing else."""

import io
import json
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from . import json_in, locator, tables_in
from .checking import check
from .flattening import flatten, nest
from .found import EMPTY, MOST_BYTES, MOST_ROWS, MOST_UNPACKED, Document, FileRefused, Package, Problem
from .hsds import SERVICE, Values
from .lifting import OLD, is_old, lift

Tables = dict[str, list[Values]]
MOST_NESTED = 4 * MOST_UNPACKED
"""Letters of all services as they are kept, each with its organization."""


def _unhurried() -> None:
    """No limit of time."""


def read(
    content: bytes | Mapping[str, bytes], name: str, *, source: str, most: int = MOST_BYTES,
    tick: Callable[[], None] = _unhurried,
) -> Package:  # fmt: skip
    """Read one file: JSON, a zip of tables, or a folder as its names and bytes.

    `source` names the list it belongs to; ids that are no UUIDs get one by it. `most` is the size in bytes. `tick` is
    called with every row and object, and raises `FileRefused` with "too_slow" when the caller has no more time (H1).
    """
    tick()
    if isinstance(content, Mapping):
        if sum(map(len, content.values())) > MOST_UNPACKED:
            raise FileRefused("too_large_unpacked", most=MOST_UNPACKED)
        return _from_files(content, source, tick)
    if not content.strip():
        raise FileRefused("empty")
    if len(content) > most:
        raise FileRefused("too_large", most=most)
    if content[:2] == b"PK":
        return _from_zip(content, name, source, tick)
    if name.lower().endswith(".csv"):
        return _from_files({name: content}, source, tick)
    return _from_json(content, name, source, tick)


def _from_zip(content: bytes, name: str, source: str, tick: Callable[[], None]) -> Package:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused("zip_broken")
    files = tables_in.unzip(content)
    if not any(one.lower().endswith(".csv") for one in files):
        inside = {one: data for one, data in files.items() if not one.endswith("datapackage.json")}
        if len(inside) == 1:
            ((inner, data),) = inside.items()
            return _from_json(data, inner, source, tick)
        raise FileRefused("nothing_in_zip")
    return _from_files(files, source, tick)


def _from_files(files: Mapping[str, bytes], source: str, tick: Callable[[], None]) -> Package:
    package = Package()
    descriptor, found = tables_in.read_tables(files, package.problems)
    if not any(one.rows for one in found):
        raise FileRefused("no_rows")
    package.version = str(descriptor.get("version", ""))[:20]
    package.title = str(descriptor.get("title", ""))[:200]
    license = descriptor.get("license")
    package.license = str(license.get("name", "") if isinstance(license, dict) else license or "")[:200]
    places: dict[int, tuple[str, int]] = {}
    tables: Tables = defaultdict(list)
    for table, number, row in tables_in.iterate(found):
        tick()
        places[id(row)] = (table.file, number)
        tables[table.table].append(row)
    return _from_tables(dict(tables), places, package, source, tick)


def _from_json(content: bytes, name: str, source: str, tick: Callable[[], None]) -> Package:
    package = Package(version="3")
    found = json_in.parse(content)
    if (tables := json_in.as_table_rows(found)) is not None:
        places = {id(row): (f"{table}.csv", number) for table, rows in tables.items()
                  for number, row in enumerate(rows, 2)}  # fmt: skip
        return _from_tables(tables, places, package, source, tick)
    if (facilities := locator.rows_of(found)) is not None:
        return _from_locator(facilities, name, source, locator.is_whole(found, facilities), tick)
    documents, package.is_whole = json_in.documents(found, name, package.problems)
    scale = _Scale()
    for document in documents:
        tick()
        scale.put(document.values)
    for table, rows in (tables := flatten(documents)).items():
        package.rows[table] += len(rows)
    if not OLD.isdisjoint(tables):
        package.version = "2"
        package.rows = Counter()
        return _from_tables(tables, {}, package, source, tick)
    _judge(package, documents, tick)
    return _finished(package)


def _from_locator(rows: list[Any], name: str, source: str, is_whole: bool, tick: Callable[[], None]) -> Package:
    if len(rows) > MOST_ROWS:
        raise FileRefused("too_many_rows", most=MOST_ROWS)
    package = Package(version="3", is_whole=is_whole)
    package.rows["facility"] = len(rows)
    _judge(package, locator.documents(rows, name, source, package.problems), tick)
    return _finished(package)


def _judge(package: Package, documents: Iterable[Document], tick: Callable[[], None]) -> None:
    for document in documents:
        tick()
        odd = [Problem(code, document.file, document.row, path, _short(value), refuses)
               for code, path, value, refuses in check(document.table, document.values)]  # fmt: skip
        _take(package, document, odd)


def _from_tables(
    tables: Tables, places: Mapping[int, tuple[str, int]], package: Package, source: str, tick: Callable[[], None]
) -> Package:
    for table, rows in tables.items():
        package.rows[table] += len(rows)
    if is_old(tables, package.version):
        tables = lift(tables, source)
    bad: dict[int, list[Problem]] = defaultdict(list)
    for table, rows in tables.items():
        for row in rows:
            tick()
            file, number = places.get(id(row), (f"{table}.csv", 0))
            for code, path, value, refuses in check(table, row, nested=False):
                bad[id(row)].append(Problem(code, file, number, path, _short(value), refuses))
    organizations = {str(row.get("id")) for row in tables.get("organization", ())}
    for row in tables.get(SERVICE, ()):
        named = row.get("organization_id")
        if named not in EMPTY and str(named) not in organizations and "organization" not in row:
            file, number = places.get(id(row), ("service.csv", 0))
            bad[id(row)].append(Problem("organization_unknown", file, number, "organization_id", _short(named)))
    told: set[int] = set()
    scale = _Scale()
    for document, row in nest(tables):
        tick()
        scale.put(document.values)
        file, number = places.get(id(row), ("", 0))
        _take(package, Document(document.table, document.values, file, number), bad.get(id(row), []))
        told.add(id(row))
    for key, odd in bad.items():
        if key not in told:
            _say(package, odd)
    return _finished(package)


class _Scale:
    """Services of one organization each hold all of it: a small file may grow without end."""

    def __init__(self) -> None:
        self.weight = 0

    def put(self, values: Values) -> None:
        """One more document. Raises `FileRefused`."""
        self.weight += len(json.dumps(values))
        if self.weight > MOST_NESTED:
            raise FileRefused("too_large_unpacked", most=MOST_UNPACKED)


def _short(value: object) -> str:
    return "" if value is None else str(value)[:60]


def _say(package: Package, odd: Sequence[Problem]) -> None:
    package.problems.extend(odd)


def _take(package: Package, document: Document, odd: list[Problem]) -> None:
    _say(package, odd)
    if any(one.refuses for one in odd):
        package.refused.append(document)
    elif document.table == SERVICE:
        package.services.append(document)
    else:
        package.others.append(document)


def _finished(package: Package) -> Package:
    """The same id twice: alike, it is one; else the second stays out."""
    seen: dict[str, Document] = {}
    kept = []
    for one in package.services:
        before = seen.setdefault(one.identity, one)
        if before is one:
            kept.append(one)
        elif before.digest != one.digest:
            package.problems.append(Problem("id_twice", one.file, one.row, "id", one.identity[:60], refuses=True))
            package.refused.append(one)
    package.services = kept
    if not (package.services or package.others or package.refused):
        raise FileRefused("no_objects")
    return package
