"""The schemas of the standard as a judge: `errors_of` says what of an object does not fit, by its path, in its words.

Source and licence: `hsds/SOURCE.md`. Formats are looked at too (UUID, web address, e-mail, moment), which a validator
does only when told.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from tests.rules.resources.files import HERE

SCHEMAS = HERE / "schema"
FORMATS = FormatChecker(["uuid", "uri", "email", "date-time"])
"""Each of them raises here, where the package that knows it is missing."""


@cache
def load(version: str) -> dict[str, dict[str, Any]]:
    """Name of a table -> its schema. Of the 3.1 draft there is only what is new or changed: the rest is 3.0."""
    folders = ["3.0"] if version == "3.0" else ["3.0", version]
    paths = [path for folder in folders for path in sorted((SCHEMAS / folder).glob("*.json"))]
    return {path.stem: json.loads(path.read_text()) for path in paths}


@cache
def judge(version: str, table: str) -> Draft202012Validator:
    """The validator of one table; what it names (`phone.json`) is found beside it."""
    schemas = load(version)
    known = Registry().with_resources(
        (f"{name}.json", DRAFT202012.create_resource(one)) for name, one in schemas.items()
    )
    return Draft202012Validator({"$ref": f"{table}.json"}, registry=known, format_checker=FORMATS)


def errors_of(version: str, table: str, value: object) -> Iterator[str]:
    """What does not fit, and where."""
    for one in judge(version, table).iter_errors(value):
        yield f"{one.json_path}: {one.message[:160]}"
