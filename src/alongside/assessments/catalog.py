"""The instruments as they were published: read once from the data of this package, never written."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from alongside.rules.instruments import CODES, Instrument

FILE = Path(__file__).parent / "data" / "instruments.json"


@dataclass(frozen=True)
class Form:
    """One instrument: its rule, its version, and its words. A form without Spanish is shown in English, and says so."""

    code: str
    rule: Instrument
    version: int
    words: dict[str, Any]

    def speaks(self, language: str) -> bool:
        """Whether its own authors' or our own wording exists in this language."""
        return language in self.words["instruction"]

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Every item in the order in which it is asked: the scored ones, then what is in no total."""
        return [*self.words["items"], *self.words.get("unscored", ())]

    def text(self, part: dict[str, Any], language: str) -> Any:
        """The wording in this language, else the published English."""
        return part.get(language, part["en"])


@cache
def list_forms() -> dict[str, Form]:
    """Every instrument as it is filled in now, by code."""
    return {code: _form(code, row) for code, row in _read().items()}


@cache
def get_form(code: str, version: int) -> Form:
    """The wording and the rule of one version: what was filled in by an earlier one is read by that one for ever.

    A new version takes the place of the old one in the data, which then stands in its list `earlier`. Raises KeyError.
    """
    row = _read()[code]
    versions = {one["version"]: one for one in (row, *row.get("earlier", ()))}
    return _form(code, versions[version])


@cache
def _read() -> dict[str, dict[str, Any]]:
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: rows[code] for code in CODES}


def _form(code: str, row: dict[str, Any]) -> Form:
    return Form(code, _rule(code, row), row["version"], row)


def _rule(code: str, row: dict[str, Any]) -> Instrument:
    return Instrument(
        code=code, points=tuple(tuple(item["points"]) for item in row["items"]), unit=row["unit"],
        better=row["better"], alpha=row["alpha"], important_change=row["important_change"], cuts=tuple(row["cuts"]),
        steps=tuple(row.get("steps", ())),
        skips_after_zero=row.get("skip") == "first_zero",
        answer_at_once=tuple(row["answer_at_once"]) if "answer_at_once" in row else None,
        unscored=tuple(tuple(item["points"]) for item in row.get("unscored", ())),
    )  # fmt: skip
