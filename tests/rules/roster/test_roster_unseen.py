"""Rosters nobody had seen before they were read: each comes out exactly, or is refused with the right reason."""

import dataclasses

import pytest
from tests.rules.roster.rosters import TODAY
from tests.rules.roster.unseen import Unseen, typed
from tests.rules.roster.unseen.books import BOOKS
from tests.rules.roster.unseen.kept_by_hand import KEPT_BY_HAND
from tests.rules.roster.unseen.refused import REFUSED_FILES
from tests.rules.roster.unseen.systems import SYSTEMS

from alongside.rules.roster import (
    Options,
    RosterUnreadable,
    date_order_of,
    guess_kind,
    guess_table,
    mapping_of,
    read_rows,
    read_table,
)


@pytest.mark.parametrize("unseen", [*SYSTEMS, *KEPT_BY_HAND, *BOOKS], ids=lambda one: one.name)
def test_an_unseen_roster_is_read_exactly(unseen: Unseen) -> None:
    table = read_table(unseen.file, unseen.file_name)
    kind, _ = guess_kind(table.headers, table.title)
    assert kind == unseen.kind
    mapping = mapping_of(guess_table(table, kind))
    assert date_order_of(table, mapping) == unseen.order
    options = Options(TODAY, region="MX" if "5512345678" in str(unseen.people) else "US")
    rows = read_rows(table, mapping, dataclasses.replace(options, date_order=unseen.answer or None))
    assert [typed(row) for row in rows] == list(unseen.people)
    assert unseen.notes <= {note.code for note in table.notes}
    found = {row.number: {problem.code for problem in row.problems} for row in rows}
    for number, codes in unseen.problems.items():
        assert codes <= found[number]
    assert all(not row.is_refused for row in rows if "repeated_row" not in found[row.number])


@pytest.mark.parametrize("unseen", REFUSED_FILES, ids=lambda one: one.name)
def test_an_unseen_file_is_refused_with_the_right_reason(unseen: Unseen) -> None:
    with pytest.raises(RosterUnreadable) as caught:
        read_table(unseen.file, unseen.file_name)
    assert caught.value.code == unseen.refusal
