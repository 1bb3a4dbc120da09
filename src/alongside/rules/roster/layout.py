"""Where the column names are, and which rows below them are people."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from alongside.rules.roster.headers import count_known, is_needed_before
from alongside.rules.roster.limits import Limits
from alongside.rules.roster.problems import Note, RosterUnreadable, note
from alongside.rules.roster.sheets import Numbered, Sheet
from alongside.rules.roster.tables import SAMPLE_ROWS, Row
from alongside.rules.roster.text import fold, fold_words

_LOOK_AT = 25
_SAID_OF_EACH = 20
_SURVEY_CELLS = frozenset(("open ended response", "response", "respuesta abierta"))
_SAMPLE_CHARACTERS = 2_000_000
_TOTAL = re.compile(
    r"(grand |sub|gran )?(total(es|s)?|suma|count|cuenta)( (general|participants|participantes|peers|people|personas|"
    r"mentores|de personas|count|clients?|clientes|records|registros|members|individuals|families|families served|"
    r"listed|names|nombres))*( \d+)?"
)
_FOOTER = re.compile(
    r"(printed|generated|exported|report|page \d+|confidential|last updated|updated|source|end of|impreso|generado|"
    r"exportado|pagina \d+|confidencial|actualizado|fuente|fin de|informe|nota|note|notes)\b.*"
)
_LOOKS_LIKE_DATA = re.compile(r"\S+@\S+\.\S+|[\d()+./ -]{7,}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


class People:
    """The rows of a sheet that are people: counted once, read anew from the file each time they are gone through."""

    def __init__(self, sheet: Sheet, names: tuple[str, ...], header_row: int, limits: Limits) -> None:
        self.sheet, self.names, self.header_row, self.limits = sheet, names, header_row, limits
        self.width, self.count = 0, 0
        self.sample: list[Row] = []

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        below = ((number, cells) for number, cells in self.sheet.rows() if number > self.header_row and any(cells))
        return (Row(number, pad(cells, self.width)) for number, cells in select_people(self.names, below))

    def look_through(self, below: Iterable[Numbered], notes: list[Note]) -> None:
        """Go through the rows below the names for the first time: count, measure, refuse. Raises `RosterUnreadable`."""
        limits, characters, kept, step = self.limits, 0, 0, 1
        used = bytearray(limits.columns)
        for number, cells in select_people(self.names, below, notes):
            self.count += 1
            if self.count > limits.rows:
                raise RosterUnreadable("too_many_rows", limit=limits.rows)
            if width_of(cells) > limits.columns:
                raise RosterUnreadable("too_many_columns", limit=limits.columns)
            for place, cell in enumerate(cells):
                if cell:
                    if len(cell) > limits.cell_characters:
                        raise RosterUnreadable("cell_too_long", row=number, limit=limits.cell_characters)
                    used[place] = 1
                    characters += len(cell)
            if characters > limits.characters:
                raise RosterUnreadable("too_large_unpacked", limit=limits.characters)
            if (self.count - 1) % step == 0 and kept < _SAMPLE_CHARACTERS:
                self.sample.append(Row(number, cells))
                kept += sum(map(len, cells))
                if len(self.sample) > 2 * SAMPLE_ROWS:
                    self.sample, step = self.sample[::2], step * 2
        if not self.count:
            raise RosterUnreadable("no_rows")
        self.width = max(width_of(self.names), used.rfind(1) + 1)
        self.sample = [Row(row.number, pad(row.cells, self.width)) for row in self.sample]
        nameless = sum(used[place] and not name for place, name in enumerate(pad(self.names, self.width)))
        if nameless:
            notes.append(note("columns_without_name", count=nameless))


@dataclass(frozen=True)
class Layout:
    """Column names, people, and what stood above the names."""

    headers: tuple[str, ...]
    header_row: int
    people: People
    titles: tuple[str, ...]
    notes: tuple[Note, ...]


def lay_out(sheet: Sheet, limits: Limits) -> Layout:
    """Find names and people. Raises `RosterUnreadable` for no names, nobody, or more than the limits allow."""
    rows = _Filled(sheet)
    first = list(islice(rows, _LOOK_AT))
    if not first:
        raise RosterUnreadable("empty_file")
    place = find_headers([cells for _, cells in first])
    header_row, names = first[place]
    above = first[:place]
    if above and above[-1][0] == header_row - 1 and is_row_of_groups(above[-1][1]):
        names = join_names(names, above.pop()[1])
    if width_of(names) > limits.columns:
        raise RosterUnreadable("too_many_columns", limit=limits.columns)
    if first[place + 1 :] and is_row_of_a_survey(first[place + 1][1]):
        names = fill_right(names, len(first[place + 1][1]))
        place += 1
        header_row = first[place][0]
    notes: list[Note] = []
    if above:
        notes.append(note("title_rows_skipped", count=len(above)))
    people = People(sheet, names, header_row, limits)
    found: list[Note] = []
    people.look_through(chain(first[place + 1 :], rows), found)
    if rows.blank:
        notes.append(note("blank_rows_skipped", count=rows.blank))
    titles = tuple(cell for _, cells in above for cell in cells if cell)
    return Layout(pad(names, people.width), header_row, people, titles, (*notes, *found))


class _Filled:
    """The rows of a sheet that hold something, and how many blank ones stand between them."""

    def __init__(self, sheet: Sheet) -> None:
        self.blank, self._latest = 0, 0
        self._rows = sheet.rows()

    def __iter__(self) -> Iterator[Numbered]:
        return self

    def __next__(self) -> Numbered:
        for number, cells in self._rows:
            if any(cells):
                self.blank += number - self._latest - 1 if self._latest else 0
                self._latest = number
                return number, cells
        raise StopIteration


def is_row_of_groups(cells: tuple[str, ...]) -> bool:
    """Whether a row above the names groups them; a title stands alone on the left, a remark looks like data."""
    places = [place for place, cell in enumerate(cells) if cell]
    return (len(places) > 1 or places[0] > 0) and not any(_LOOKS_LIKE_DATA.fullmatch(cells[place]) for place in places)


def is_row_of_a_survey(cells: tuple[str, ...]) -> bool:
    """Whether this is the second row of a survey tool: "Response" below each question, choices below others."""
    return any(fold_words(cell) in _SURVEY_CELLS for cell in cells)


def fill_right(names: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Each blank name becomes that to its left: the choices of one question are columns of one name."""
    filled: list[str] = []
    for name in pad(names, max(width, len(names))):
        filled.append(name or (filled[-1] if filled else ""))
    return tuple(filled)


def join_names(names: tuple[str, ...], groups: tuple[str, ...]) -> tuple[str, ...]:
    """One name per column from two rows: the group counts for the columns to its right, until the next group.

    >>> join_names(("Name", "Phone", "Name", ""), ("Client", "", "Emergency contact", "Notes"))
    ('Name', 'Phone', 'Emergency contact Name', 'Notes')
    """
    joined, group = [], ""
    for name, above in zip_longest(names, groups, fillvalue=""):
        group = above or group
        joined.append((f"{group} {name}" if is_needed_before(group, name) else name) or above)
    return tuple(joined)


def width_of(cells: Sequence[str]) -> int:
    """How many cells there are up to the last filled one."""
    return max((index for index, cell in enumerate(cells, 1) if cell), default=0)


def pad(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Exactly `width` cells."""
    return cells[:width] + ("",) * (width - len(cells))


def find_headers(rows: Sequence[tuple[str, ...]]) -> int:
    """Place of the row of names: that with most known names, else the first wide row that does not look like data."""
    usual = Counter(width_of(cells) for cells in rows).most_common(1)[0][0]
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


def select_people(
    header_cells: tuple[str, ...], below: Iterable[Numbered], notes: list[Note] | None = None
) -> Iterator[Numbered]:
    """Filled rows below the names without totals, remarks after the table, repeated names; these go into `notes`."""
    names = [fold(cell) for cell in header_cells if cell]
    wide = width_of(header_cells) > 2
    after_total = False
    found: Counter[str] = Counter()
    for number, cells in below:
        filled = [cell for cell in cells if cell]
        code = ""
        # Most rows are people: what is no person has few cells, or begins as the names do.
        few = wide and len(filled) * 2 <= max(len(names), 4)
        if len(filled) == len(names) and [fold(cell) for cell in filled] == names:
            code = "repeated_headers_ignored"
        elif few or not any(letter.isalpha() for cell in filled[1:] for letter in cell):
            first = fold_words(filled[0])
            if _TOTAL.fullmatch(first) and (few or all(cell.isdecimal() for cell in filled[1:])):
                code, after_total = "totals_row_ignored", True
            elif wide and len(filled) == 1 and (after_total or _FOOTER.fullmatch(first)):
                code = "footer_ignored"
        if not code:
            after_total = False
            yield number, cells
        elif notes is not None:
            found[code] += 1
            if found[code] <= _SAID_OF_EACH:
                notes.append(note(code, row=number))
    if notes is not None and (more := sum(max(0, count - _SAID_OF_EACH) for count in found.values())):
        notes.append(note("more_rows_ignored", count=more))
