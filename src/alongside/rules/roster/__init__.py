"""Rosters as programs really keep them, read without guessing in silence: bytes in, people and named problems out.

    table = read_table(content, name)                      # or RosterUnreadable(code, params)
    kind, sureness = guess_kind(table.headers, table.title)
    mapping = mapping_of(guess_table(table, kind))         # column -> field; a person may correct it
    order = date_order_of(table, mapping)                  # "ambiguous" is asked, once per file
    rows = read_rows(table, mapping, Options(today=today, date_order=order))     # or stream_rows, one by one
    decisions = decide_all(rows, KnownPeople(known))       # create, update, unchanged or refused, with reasons

It writes nothing, asks no clock and knows no model: whoever calls brings `today` and the known people, and speaks the
sentences of the codes in `problems`. Tables may be long: `tables` says how they are gone through.
"""

from alongside.rules.roster.headers import FIELDS, PARTICIPANTS, PEERS, ROSTER_KINDS, Guess, guess_kind, guess_mapping
from alongside.rules.roster.identity import (
    CREATE,
    REFUSED,
    UNCHANGED,
    UPDATE,
    Decision,
    KnownPeople,
    KnownPerson,
    decide,
    decide_all,
)
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import (
    NOTES,
    PROBLEMS,
    REASONS,
    UNREADABLE,
    Note,
    Problem,
    Reason,
    RosterUnreadable,
)
from alongside.rules.roster.reading import read_table
from alongside.rules.roster.rows import Options, RosterRow, date_order_of, read_rows, stream_rows, unknown_words
from alongside.rules.roster.tables import Row, Table
from alongside.rules.roster.wishes import Wish


def guess_table(table: Table, kind: str) -> list[Guess]:
    """`guess_mapping` of a table, its cells helping where the names of columns do not."""
    rows = table.sample()
    return guess_mapping(table.headers, kind, {i: [row.cells[i] for row in rows] for i in range(len(table.headers))})


def mapping_of(guesses: list[Guess]) -> dict[int, str | None]:
    """Column -> field, the form that `read_rows` takes."""
    return {guess.index: guess.field for guess in guesses}


__all__ = [
    "CREATE",
    "FIELDS",
    "NOTES",
    "PARTICIPANTS",
    "PEERS",
    "PROBLEMS",
    "REASONS",
    "REFUSED",
    "ROSTER_KINDS",
    "UNCHANGED",
    "UNREADABLE",
    "UPDATE",
    "Decision",
    "Guess",
    "KnownPeople",
    "KnownPerson",
    "Limits",
    "Note",
    "Options",
    "Problem",
    "Reason",
    "RosterRow",
    "RosterUnreadable",
    "Row",
    "Table",
    "Wish",
    "date_order_of",
    "decide",
    "decide_all",
    "guess_kind",
    "guess_mapping",
    "guess_table",
    "mapping_of",
    "read_rows",
    "read_table",
    "stream_rows",
    "unknown_words",
]
