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

    def text(self, part: dict[str, Any], language: str) -> Any:
        """The wording in this language, else the published English."""
        return part.get(language, part["en"])


@cache
def list_forms() -> dict[str, Form]:
    """Every instrument, by code."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {code: Form(code, _rule(code, rows[code]), rows[code]["version"], rows[code]) for code in CODES}


def _rule(code: str, row: dict[str, Any]) -> Instrument:
    return Instrument(
        code=code, points=tuple(tuple(item["points"]) for item in row["items"]), unit=row["unit"],
        better=row["better"], alpha=row["alpha"], important_change=row["important_change"], cuts=tuple(row["cuts"]),
        skips_after_zero=row.get("skip") == "first_zero",
        answer_at_once=tuple(row["answer_at_once"]) if "answer_at_once" in row else None,
    )  # fmt: skip
