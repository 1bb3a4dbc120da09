"""Documents written as a file again: HSDS 3.x JSON as one page of services, or the tabular data package as a zip."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence

from .flattening import flatten
from .found import EMPTY, Document
from .hsds import CSV_NAMES, NUMBERS, SERVICE, Values
from .json_in import BESIDE
from .tables_in import AS_JSON, ESCAPED, as_number, escape

VERSION = "3.0.0"
FIXED = (1980, 1, 1, 0, 0, 0)
"""The time written into each entry of a zip: the same documents are the same bytes."""
HOME = "https://docs.openreferral.org"
LICENSE = {"name": "see the license of each source"}


def write_json(documents: Iterable[Document]) -> bytes:
    """A page as the HSDS API gives it, with all services; what belongs to no service stands beside them in lists."""
    contents: list[Document] = []
    beside: list[Document] = []
    for one in documents:
        (contents if one.table == SERVICE else beside).append(one)
    page: Values = {
        "total_items": len(contents), "total_pages": 1, "page_number": 1, "size": len(contents),
        "first_page": True, "last_page": True, "empty": not contents,
        "contents": [one.values for one in contents],
    }  # fmt: skip
    if beside:
        page[BESIDE] = [{"table": one.table, "values": one.values} for one in beside]
    return json.dumps(page, ensure_ascii=False, indent=1).encode()


def write_tables(documents: Iterable[Document]) -> bytes:
    """A zip of one CSV per table with its descriptor. No cell is one that a spreadsheet would run (H4)."""
    resources, files = [], {}
    for table, rows in flatten(documents).items():
        path = f"{CSV_NAMES.get(table, table)}.csv"
        names = ["id", *sorted({name for row in rows for name in row} - {"id"})]
        as_json = {name for name in names if not _is_plain(name, rows)}
        files[path] = _csv(names, rows, as_json)
        resources.append({
            "name": table, "path": path, "format": "csv", "mediatype": "text/csv", "profile": "tabular-data-resource",
            "schema": {"fields": [_field(name, name in as_json) for name in names]},
        })  # fmt: skip
    descriptor = {
        "name": "human_services_data", "profile": "tabular-data-package", "version": VERSION, "homepage": HOME,
        "license": LICENSE, ESCAPED: True, "resources": resources,
    }  # fmt: skip
    files["datapackage.json"] = json.dumps(descriptor, ensure_ascii=False, indent=1).encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(path, FIXED), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _field(name: str, is_json: bool) -> Values:
    return {"name": name, "type": "any", AS_JSON: True} if is_json else {"name": name, "type": "string"}


def _is_plain(name: str, rows: Sequence[Values]) -> bool:
    """Whether each value of a column comes back from its text exactly as it is."""
    for row in rows:
        value = row.get(name)
        if value in EMPTY:
            continue
        if name in NUMBERS:
            if isinstance(value, bool) or not isinstance(value, (str, int, float)):
                return False
            back = as_number(_text(value))
            if back != value or type(back) is not type(value):
                return False
        elif not isinstance(value, str):
            return False
    return True


def _text(value: object) -> str:
    return value if isinstance(value, str) else repr(value)


def _csv(names: Sequence[str], rows: Sequence[Values], as_json: set[str]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow([escape(name) for name in names])
    for row in rows:
        writer.writerow([_cell(row.get(name), name in as_json) for name in names])
    return target.getvalue().encode()


def _cell(value: object, is_json: bool) -> str:
    if value in EMPTY:
        return ""
    if is_json:
        return escape(json.dumps(value, ensure_ascii=False))
    return _text(value) if isinstance(value, (int, float)) else escape(str(value))
