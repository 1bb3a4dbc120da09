"""What the columns were last time: the next list with the same names of columns, in any order, starts with that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alongside.audit.fields import blind_index, every_index
from alongside.intake.models import Roster, RosterMapping
from alongside.rules import roster as rules
from alongside.rules.roster.text import fold, fold_words


@dataclass(frozen=True)
class Recalled:
    """A mapping as `read_rows` takes it, and the order of dates ("" where the file told)."""

    kind: str
    mapping: dict[int, str | None]
    date_order: str


def recall(headers: Sequence[str], kind: str | None) -> Recalled | None:
    """What was confirmed for these names of columns; `kind` None takes the latest of either kind."""
    found = RosterMapping.objects.filter(headers_digest__in=every_index(_digest(headers)))
    latest = (found.filter(kind=kind) if kind else found).order_by("-confirmed_at").first()
    if latest is None:
        return None
    # Two columns of one name are told apart by which comes first.
    fields: dict[str, list[str]] = {}
    for name, field in latest.columns:
        fields.setdefault(name, []).append(field if field in rules.FIELDS[latest.kind] else "")
    mapping = {place: fields[name].pop(0) or None for place, name in enumerate(_folded(headers))}
    return Recalled(latest.kind, mapping, latest.date_order)


def remember(roster: Roster, headers: Sequence[str], now: datetime) -> None:
    """Keep how a confirmed list was read, in the caller's transaction."""
    fields = [roster.mapping.get(str(place), "") for place in range(len(headers))]
    RosterMapping.objects.update_or_create(
        program_id=roster.program_id, kind=roster.kind, headers_digest=_digest(headers),
        defaults={
            "columns": [list(pair) for pair in zip(_folded(headers), fields, strict=True)],
            "date_order": roster.options.get("date_order", ""),
            "confirmed_at": now,
        },
    )  # fmt: skip


def _folded(headers: Sequence[str]) -> list[str]:
    return [fold_words(header) or fold(header) for header in headers]


def _digest(headers: Sequence[str]) -> str:
    # A bar stands in no folded name that has a word. What is in a header may be content, so the digest is keyed.
    return blind_index("|".join(["columns", *sorted(_folded(headers))]), "roster_headers")
