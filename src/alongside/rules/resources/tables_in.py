"""The tabular data package: a zip, or a folder as names and bytes, of CSV files with `datapackage.json`."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping

from alongside.rules.whole_csv import BrokenCsv, read_cells

from .found import (
    MOST_FILES,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    FileRefused,
    Problem,
    clean,
)
from .hsds import CSV_NAMES, NUMBERS, Values

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\x00")
ESCAPED, AS_JSON = "alongside:escaped", "alongside:json"
"""Marks that our own descriptors carry: text that a spreadsheet would run has an apostrophe; a column is JSON."""

OLD_NAMES = {
    "services_at_location": "service_at_location", "service_at_locations": "service_at_location",
    "regular_schedules": "regular_schedule", "holiday_schedules": "holiday_schedule",
    "physical_addresses": "physical_address", "postal_addresses": "postal_address",
    "accessibility_for_disabilities": "accessibility_for_disabilities", "eligibility": "eligibility",
    "payments_accepted": "payment_accepted", "payment_accepted": "payment_accepted",
    "service_attributes": "service_attribute", "other_attributes": "other_attribute",
    "service_taxonomy": "service_taxonomy", "services_taxonomy": "service_taxonomy",
    "meta_tables_descriptions": "meta_table_description",
}  # fmt: skip
TABLE_OF = {name: table for table, name in CSV_NAMES.items()} | {table: table for table in CSV_NAMES} | OLD_NAMES


class TableRows:
    """The rows of one table as they came, each with the number of its row in a spreadsheet."""

    def __init__(self, table: str, file: str) -> None:
        self.table, self.file = table, file
        self.rows: list[Values] = []
        self.numbers: list[int] = []


def unzip(content: bytes) -> dict[str, bytes]:
    """The files of a zip that we read. Raises `FileRefused` for a zip that would become too large, or is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise FileRefused("too_many_files", most=MOST_FILES)
            wanted = [entry for entry in entries if entry.filename.lower().endswith((".csv", ".json"))]
            _check_size(wanted)
            found, left = {}, MOST_UNPACKED
            for entry in wanted:
                with archive.open(entry) as stream:
                    data = stream.read(left + 1)
                left -= len(data)
                if left < 0:
                    raise FileRefused("too_large_unpacked", most=MOST_UNPACKED)
                found[entry.filename] = data
            return found
    except FileRefused:
        raise
    except RuntimeError as why:
        raise FileRefused("zip_locked") from why
    # NotImplementedError is what Python's reader raises for a way of packing that it does not know.
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, KeyError, OverflowError) as why:
        raise FileRefused("zip_broken") from why
    except Exception as why:  # zlib, lzma and bz2 have errors of their own
        raise FileRefused("zip_broken") from why


SMALL = 100_000
"""Bytes below which a ratio says nothing."""


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileRefused("too_large_unpacked", most=MOST_UNPACKED)
    for entry in entries:
        if entry.file_size > MOST_RATIO * max(entry.compress_size, 1) and entry.file_size > SMALL:
            raise FileRefused("zip_bomb", file=entry.filename[:100])


def describe(files: Mapping[str, bytes]) -> tuple[str, Values]:
    """The folder of the descriptor with "/" behind it, and the descriptor; ("", {}) where there is none."""
    for name, content in files.items():
        if name.rsplit("/", 1)[-1] == "datapackage.json":
            try:
                found = json.loads(content.decode("utf-8-sig"))
            except (ValueError, RecursionError) as why:
                raise FileRefused("descriptor_broken") from why
            if not isinstance(found, dict):
                raise FileRefused("descriptor_broken")
            return name[: -len("datapackage.json")], found
    return "", {}


def read_tables(files: Mapping[str, bytes], problems: list[Problem]) -> tuple[Values, list[TableRows]]:
    """The descriptor, and the rows of every CSV whose table we know or the descriptor names."""
    folder, descriptor = describe(files)
    resources = descriptor.get("resources")
    parts = {
        folder + str(part["path"]): part
        for part in (resources if isinstance(resources, list) else [])
        if isinstance(part, dict) and isinstance(part.get("path"), str)
    }
    found, left = [], MOST_ROWS
    for name, content in files.items():
        if not name.lower().endswith(".csv"):
            continue
        part = parts.get(name, {})
        stem = name.rsplit("/", 1)[-1][:-4].lower()
        named = part.get("name")
        table = TABLE_OF.get(stem) or TABLE_OF.get(str(named)) or (str(named) if named else stem)
        one = TableRows(table[:60], name)
        escaped = bool(descriptor.get(ESCAPED))
        for number, row in _rows(content, name, part, problems, escaped=escaped):
            left -= 1
            if left < 0:
                raise FileRefused("too_many_rows", most=MOST_ROWS)
            one.rows.append(row)
            one.numbers.append(number)
        found.append(one)
    for path in parts:
        if path.lower().endswith(".csv") and path not in files:
            problems.append(Problem("file_missing", file=path[-100:]))
    return descriptor, found


def _text(content: bytes, name: str, problems: list[Problem]) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem("not_utf8", file=name))
        return content.decode("cp1252", "replace")


def _rows(
    content: bytes, name: str, part: Values, problems: list[Problem], *, escaped: bool
) -> Iterator[tuple[int, Values]]:
    """(number, values) of each row that holds anything."""
    csv.field_size_limit(MOST_UNPACKED)
    reader = read_cells(_text(content, name, problems))
    number = 1
    try:
        header = next(reader, None)
        if header is None:
            return
        fields = _fields(part) if escaped else []
        fits = len(fields) == len(header)
        names = [str(field["name"]) for field in fields] if fits else _names(header, name, problems)
        as_json = [bool(field.get(AS_JSON)) for field in fields] if fits else [False] * len(header)
        for cells in reader:
            number += 1
            if not any(cells):
                continue
            if len(cells) > len(names) and any(cells[len(names) :]):
                problems.append(Problem("too_many_cells", name, number))
                names += [f"column_{place + 1}" for place in range(len(names), len(cells))]
                as_json += [False] * (len(cells) - len(as_json))
            yield number, _values(cells, names, as_json, name, number, problems, escaped=escaped)
    except BrokenCsv as why:
        raise FileRefused("csv_broken", file=name[-100:], row=why.row) from why


def _fields(part: Values) -> list[Values]:
    schema = part.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not all(isinstance(one, dict) and "name" in one for one in fields):
        return []
    return fields


def _names(header: list[str], file: str, problems: list[Problem]) -> list[str]:
    names: list[str] = []
    for place, cell in enumerate(header):
        name = clean(cell).strip()[:100] or f"column_{place + 1}"
        if name in names:
            problems.append(Problem("column_twice", file, 1, name))
            name = f"{name}_{place + 1}"
        names.append(name)
    return names


def _values(
    cells: list[str], names: list[str], as_json: list[bool], file: str, number: int, problems: list[Problem], *,
    escaped: bool,
) -> Values:  # fmt: skip
    found: Values = {}
    for name, json_here, cell in zip(names, as_json, cells, strict=False):
        if cell == "":
            continue
        text = _unescape(cell) if escaped else clean(cell)
        if json_here:
            try:
                found[name] = json.loads(text)
            except (ValueError, RecursionError):
                problems.append(Problem("json_cell_broken", file, number, name))
                found[name] = text
        else:
            found[name] = as_number(text) if name in NUMBERS else text
    return found


def _unescape(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'")[:1] in DANGEROUS else cell


def escape(text: str) -> str:
    """A cell that no spreadsheet runs (H4). Numbers stay numbers elsewhere; `_unescape` takes it back exactly.

    >>> escape("=1+1"), escape("'=1"), escape("plain")
    ("'=1+1", "''=1", 'plain')
    """
    return f"'{text}" if text.lstrip("'")[:1] in DANGEROUS else text


def as_number(text: str) -> int | float | str:
    """A number where its text is exactly what the number would be written as, else the text as it came.

    >>> as_number("12"), as_number("007"), as_number("25.5"), as_number("1e3")
    (12, '007', 25.5, '1e3')
    """
    try:
        if len(text) < 16 and str(int(text)) == text:
            return int(text)
    except ValueError:
        pass
    try:
        if len(text) < 25 and repr(float(text)) == text and text not in ("nan", "inf", "-inf"):
            return float(text)
    except ValueError:
        pass
    return text


def iterate(tables: list[TableRows]) -> Iterator[tuple[TableRows, int, Values]]:
    """Each row of each table with its number."""
    for table in tables:
        for number, row in zip(table.numbers, table.rows, strict=True):
            yield table, number, row
