"""The preview as it is stored: one encrypted line per row, and back."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

from alongside.intake.models import Roster, RosterLine
from alongside.rules import roster as rules

from .plan import Planned


def plain(value: object) -> object:
    """A value of a row as JSON holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, rules.Wish):
        return list(dataclasses.astuple(value))
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def write_lines(roster: Roster, table: rules.Table, planned: Iterable[Planned]) -> None:
    """Replace the lines of a roster. Refused rows keep their cells, so that they can be mended and sent again."""
    RosterLine.objects.filter(roster=roster).delete()
    cells = {row.number: row.cells for row in table.rows}
    RosterLine.objects.bulk_create(
        [
            RosterLine(
                program_id=roster.program_id,
                roster=roster,
                row_number=row.number,
                outcome=row.outcome,
                person_id=row.person_id,
                values=_content(row) | _as_written(row, table.headers, cells[row.number]),
                # Codes only: what was typed is content and stays in the encrypted column.
                problems=[{"code": found.code, "field": found.field} for found in row.problems],
            )
            for row in planned
        ],
        batch_size=500,
    )


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
    }


def _as_written(row: Planned, headers: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, object]:
    return {"headers": list(headers), "cells": list(cells)} if row.outcome == rules.REFUSED else {}


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
