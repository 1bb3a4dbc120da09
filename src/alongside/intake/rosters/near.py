"""Who of the people known here may be the new person of a row, although no rule of the reader says so.

Looked up for the rows on the page and never stored: a preview may stand for days, and people change meanwhile.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from alongside.intake.models import RosterLine
from alongside.intake.twin_words import list_reasons
from alongside.people import near_matches
from alongside.people.models import Person, Program
from alongside.rules import roster as rules
from alongside.rules.linkage import SURELY, Features, make_features

from .lines import row_of

MOST = 3
"""People shown beside one row: the likeliest."""


def list_near(program: Program, some: Iterable[RosterLine], *, but: Collection[UUID] = ()) -> dict[int, list[dict]]:
    """Row number -> [{name, sure, reasons}] for rows that make somebody new. Five queries, whatever the rows.

    `but` are people who are not to be found, such as whoever looks.
    """
    features = {line.row_number: _features(row_of(line)) for line in some if line.outcome == rules.CREATE}
    if not features:
        return {}
    found = near_matches.near_matches(program, features, but=but)
    names = _names({one.person_id for several in found.values() for one in several[:MOST]})
    return {
        number: [
            {
                "name": names[one.person_id],
                "is_sure": one.said.verdict == SURELY,
                "reasons": _speaking_for(one),
            }
            for one in several[:MOST]
        ]
        for number, several in found.items()
    }  # fmt: skip


def _speaking_for(near: near_matches.NearMatch) -> list[str]:
    return [reason["words"] for reason in list_reasons(near_matches.list_reasons(near.said)) if reason["good"]]


def _features(row: rules.RosterRow) -> Features:
    born = row.values.get("birth_date")
    return make_features(
        legal_name=row.text("legal_name"), goes_by=row.text("goes_by"), born=born or None, phone=row.text("phone"),
        email=row.text("email"),
    )  # fmt: skip


def _names(ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Person.objects.filter(pk__in=ids).values_list("pk", "goes_by")) if ids else {}
