"""What reading a file finds: documents, problems that name file, row and field, and files that are refused whole."""

import json
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from .hsds import Values

MOST_BYTES = 25 * 1024 * 1024
"""Of one file as it is sent (H1), as of a roster: all of a 2-1-1 as JSON is 13 MB. Reading takes five times as much."""
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
MOST_FILES = 100
MOST_DEPTH = 64
MOST_ROWS = 200_000
MOST_VALUES = 1_500_000
"""Of JSON: a value costs a stranger three bytes and a reader up to two hundred. Lists of 50 MB have 1.4 million."""
LONGEST = 20_000
"""Characters of one value."""

OURS = uuid5(NAMESPACE_URL, "https://alongside.example/resources")
EMPTY: tuple[object, ...] = (None, "", [], {})


class FileRefused(Exception):
    """The file as a whole cannot be read: `code` of what is wrong, `params` for the sentence about it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True)
class Problem:
    """Something odd in one field of one row. With `refuses` the row stays out, else it is only said."""

    code: str
    file: str = ""
    row: int = 0
    field: str = ""
    value: str = ""
    refuses: bool = False


@dataclass(frozen=True)
class Document:
    """One object of HSDS, nested, with where it stood. `row` counts as a spreadsheet does, or objects from 1."""

    table: str
    values: Values
    file: str = ""
    row: int = 0

    @property
    def identity(self) -> str:
        """By what a second import meets the first: its id, or a digest where it has none."""
        return identity_of(self.values.get("id")) or f"~{self.digest}"

    @property
    def digest(self) -> str:
        """Changes with any fact of it, and not with the order of its fields."""
        return digest_of(self.values)


@dataclass
class Package:
    """All of one file. `rows`: table -> how many came. `is_whole`: whether what is missing is no longer listed."""

    services: list[Document] = field(default_factory=list)
    others: list[Document] = field(default_factory=list)
    refused: list[Document] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)
    version: str = ""
    title: str = ""
    license: str = ""
    is_whole: bool = True


def identity_of(value: object) -> str:
    """An id as text; numbers and text that look alike are one id."""
    return "" if value is None or isinstance(value, (dict, list)) else str(value).strip()


def digest_of(values: Values) -> str:
    """Of the facts of a document: 64 hexadecimal digits."""
    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def derived_id(source: str, table: str, key: str) -> str:
    """The UUID of an object whose own id is none: the same source, table and key always give the same one.

    >>> derived_id("miami", "service", "136") == derived_id("miami", "service", "136")
    True
    """
    return str(uuid5(OURS, "\x1f".join((source, table, key))))


def is_uuid(text: str) -> bool:
    """Whether an id is a UUID, as HSDS asks since 3.0."""
    try:
        UUID(text)
    except (ValueError, AttributeError, TypeError):
        return False
    return True


def clean(text: str) -> str:
    """Without characters that no database keeps: NUL, and halves of a character."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode() if _has_halves(text) else text


def _has_halves(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)
