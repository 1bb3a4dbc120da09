"""Where the column names are, and which rows below them are people."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.rules.roster.headers import count_known
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import Note, RosterUnreadable, note
from alongside.rules.roster.text import fold, fold_words

_LOOK_AT = 25
_TOTAL = re.compile(
    r"(grand |sub|gran )?(total(es|s)?|suma|count|cuenta)( (general|participants|participantes|peers|people|personas|"
    r"mentores|de personas|count))*( \d+)?"
)
_FOOTER = re.compile(
    r"(printed|generated|exported|report|page \d+|confidential|last updated|updated|source|end of|impreso|generado|"
    r"exportado|pagina \d+|confidencial|actualizado|fuente|fin de|informe|nota|note|notes)\b.*"
)
_LOOKS_LIKE_DATA = re.compile(r"\S+@\S+\.\S+|[\d()+./ -]{7,}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


@dataclass(frozen=True)
class Sheet:
    """Rows as they stand in a file: (number, cells), of any width; with the sheet's name if it has one."""

    rows: Sequence[tuple[int, tuple[str, ...]]]
    name: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Layout:
    """Column names, people, and what stood above the names."""

    headers: tuple[str, ...]
    header_row: int
    rows: list[tuple[int, tuple[str, ...]]]
    titles: tuple[str, ...]
    notes: tuple[Note, ...]


def lay_out(sheet: Sheet, limits: Limits) -> Layout:
    """Find names and people. Raises `RosterUnreadable` for no names, nobody, or more than the limits allow."""
    filled = [(number, cells) for number, cells in sheet.rows if any(cells)]
    if not filled:
        raise RosterUnreadable("empty_file")
    place = _find_headers([cells for _, cells in filled[:_LOOK_AT]])
    header_row, header_cells = filled[place]
    above, below = filled[:place], filled[place + 1 :]
    if above and above[-1][0] == header_row - 1 and sum(map(bool, above[-1][1])) > 1:
        # Two rows of names: "Name" in the upper one, "Mon", "Tue" in the lower one below "Availability".
        header_cells = _fill(header_cells, above.pop()[1])
    notes: list[Note] = []
    if above:
        notes.append(note("title_rows_skipped", count=len(above)))
    numbers = [number for number, _ in filled]
    blank = numbers[-1] - numbers[0] + 1 - len(numbers)
    if blank:
        notes.append(note("blank_rows_skipped", count=blank))
    people = _people(header_cells, below, notes)
    if not people:
        raise RosterUnreadable("no_rows")
    if len(people) > limits.rows:
        raise RosterUnreadable("too_many_rows", limit=limits.rows)
    width = max(_width(cells) for cells in (header_cells, *(cells for _, cells in people)))
    if width > limits.columns:
        raise RosterUnreadable("too_many_columns", limit=limits.columns)
    headers = _pad(header_cells, width)
    rows = []
    for number, cells in people:
        if any(len(cell) > limits.cell_characters for cell in cells):
            raise RosterUnreadable("cell_too_long", row=number, limit=limits.cell_characters)
        rows.append((number, _pad(cells, width)))
    nameless = sum(not name and any(cells[index] for _, cells in rows) for index, name in enumerate(headers))
    if nameless:
        notes.append(note("columns_without_name", count=nameless))
    titles = tuple(cell for _, cells in above for cell in cells if cell)
    return Layout(headers, header_row, rows, titles, tuple(notes))


def _fill(cells: tuple[str, ...], upper: tuple[str, ...]) -> tuple[str, ...]:
    width = max(len(cells), len(upper))
    return tuple(name or other for name, other in zip(_pad(cells, width), _pad(upper, width), strict=True))


def _width(cells: Sequence[str]) -> int:
    return max((index for index, cell in enumerate(cells, 1) if cell), default=0)


def _pad(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells[:width] + ("",) * (width - len(cells))


def _find_headers(rows: Sequence[tuple[str, ...]]) -> int:
    """Place of the row of names: that with most known names, else the first wide row that does not look like data."""
    usual = Counter(_width(cells) for cells in rows).most_common(1)[0][0]
    known = [count_known(cells) for cells in rows]
    best = max(known)
    # One known word is enough only where the table itself is narrow: "Language: Spanish" may stand above one.
    if best >= 2 or (best == 1 and usual <= 3):
        place = known.index(best)
        return place + 1 if _is_second_row_of_names(rows[place], rows[place + 1 : place + 2]) else place
    for index, cells in enumerate(rows):
        names = [cell for cell in cells if cell]
        if len(names) * 2 >= usual and len(names) >= min(2, usual):
            if any(_LOOKS_LIKE_DATA.fullmatch(cell) for cell in names):
                break
            return index
    raise RosterUnreadable("no_headers")


def _is_second_row_of_names(names: tuple[str, ...], following: Sequence[tuple[str, ...]]) -> bool:
    """Whether every cell of the next row is a name of a column too; a person's row has at least one that is none."""
    filled = [cell for cells in following for cell in cells if cell]
    return len(filled) > 1 and list(following) != [names] and all(count_known([cell]) for cell in filled)


def _people(
    header_cells: tuple[str, ...], below: list[tuple[int, tuple[str, ...]]], notes: list[Note]
) -> list[tuple[int, tuple[str, ...]]]:
    """Rows below the names without totals, remarks after the table, and repeated names."""
    names = [fold(cell) for cell in header_cells if cell]
    wide = _width(header_cells) > 2
    people: list[tuple[int, tuple[str, ...]]] = []
    after_total = False
    for number, cells in below:
        filled = [cell for cell in cells if cell]
        first = fold_words(filled[0])
        few = wide and len(filled) * 2 <= max(len(names), 4)
        if [fold(cell) for cell in filled] == names:
            notes.append(note("repeated_headers_ignored", row=number))
        elif _TOTAL.fullmatch(first) and (few or all(cell.isdecimal() for cell in filled[1:])):
            notes.append(note("totals_row_ignored", row=number))
            after_total = True
        elif wide and len(filled) == 1 and (after_total or _FOOTER.fullmatch(first)):
            notes.append(note("footer_ignored", row=number))
        else:
            after_total = False
            people.append((number, cells))
    return people
