"""The preview as it is stored: one encrypted line per row, and back."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from alongside.audit.bulk import insert_rows
from alongside.intake.models import Roster, RosterLine
from alongside.rules import roster as rules

from .plan import Planned

OUTCOMES = (rules.CREATE, rules.UPDATE, rules.UNCHANGED, rules.REFUSED)


def count_into(counts: dict[str, int], planned: Iterable[Planned]) -> None:
    """Add how many rows have each outcome."""
    for row in planned:
        counts[row.outcome] += 1


def plain(value: object) -> object:
    """A value of a row as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, rules.Wish):
        return list(dataclasses.astuple(value))
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def typed(about: str, value: Any) -> object:
    """The value back from JSON, as rows of a roster hold it."""
    if about in ("birth_date", "started_on") and isinstance(value, str):
        return date.fromisoformat(value)
    if about == "preferences" and isinstance(value, list):
        return tuple(rules.Wish(*one) for one in value)
    return tuple(value) if isinstance(value, list) else value


def add_lines(roster: Roster, headers: tuple[str, ...], planned: Iterable[Planned]) -> None:
    """Keep what rows would do. Refused rows keep their cells, so that they can be mended and sent again."""
    insert_rows(
        [
            RosterLine(
                program_id=roster.program_id,
                roster=roster,
                row_number=row.number,
                outcome=row.outcome,
                person_id=row.person_id,
                values=_content(row) | _as_written(row, headers),
                # Codes only: what was typed is content and stays in the encrypted column.
                problems=[{"code": found.code, "field": found.field} for found in row.problems],
            )
            for row in planned
        ]
    )


def row_of(line: RosterLine) -> rules.RosterRow:
    """The row of a line that makes or changes somebody, as it was read."""
    values = line.values.get("values") or {about: new for about, (_old, new) in line.values["changes"].items()}
    return rules.RosterRow(
        line.row_number,
        {about: typed(about, value) for about, value in values.items()},
        derived=frozenset(line.values.get("derived", ())),
    )


def planned_of(line: RosterLine) -> Planned:
    """What a line promised, as it was planned."""
    row = row_of(line)
    changes = {about: (typed(about, old), typed(about, new)) for about, (old, new) in line.values["changes"].items()}
    return Planned(
        line.row_number, line.outcome, str(line.person_id) if line.person_id else None, row.values, changes, (), (),
        line.values["effect"],
    )  # fmt: skip


def _content(row: Planned) -> dict[str, object]:
    return {
        "name": str(row.values.get("goes_by") or row.values.get("legal_name") or ""),
        "legal_name": str(row.values.get("legal_name", "")),
        "changes": {about: [plain(old), plain(new)] for about, (old, new) in row.changes.items()},
        "reasons": [{"code": one.code, "params": dict(one.params)} for one in row.reasons],
        "problems": [
            {"code": one.code, "field": one.field, "params": dict(one.params), "blocking": one.blocking}
            for one in row.problems
        ],
        "effect": row.effect,
        "derived": sorted(row.derived),
        # All that a new person has is among the changes.
        "values": {about: plain(one) for about, one in row.values.items()} if row.outcome == rules.UPDATE else None,
    }


def _as_written(row: Planned, headers: tuple[str, ...]) -> dict[str, object]:
    return {"headers": list(headers), "cells": list(row.cells)} if row.outcome == rules.REFUSED else {}


def leave_out(line: RosterLine, code: str, headers: Sequence[str], cells: Sequence[str]) -> None:
    """Turn a line into one that stays out, with its cells, for a reason of `words.REASONS`."""
    line.outcome, line.person_id = rules.REFUSED, None
    line.values = {
        **line.values, "changes": {}, "effect": "", "values": None, "problems": [],
        "reasons": [{"code": code, "params": {}}], "headers": list(headers), "cells": list(cells),
    }  # fmt: skip


def is_same(line: RosterLine, row: Planned) -> bool:
    """Whether a row would still do exactly what its line promised."""
    promised = (line.row_number, line.outcome, str(line.person_id or ""), line.values["changes"], line.values["effect"])
    content = _content(row)
    return promised == (row.number, row.outcome, row.person_id or "", content["changes"], content["effect"])


def shorten(line: RosterLine) -> None:
    """After confirming, a line keeps who and which fields; the values themselves live with the person."""
    values: Mapping[str, object] = line.values
    if line.outcome != rules.REFUSED:
        line.values = {
            "name": values["name"], "fields": sorted(values["changes"]), "effect": values["effect"],
            "changes": {}, "reasons": values["reasons"], "problems": [],
        }  # fmt: skip
