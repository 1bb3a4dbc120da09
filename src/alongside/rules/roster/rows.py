"""Rows of a table to people: every cell read, names put together, nothing that was typed lost.

A row stays out only where it would do harm: nobody's name, a date of birth to come, a repeated row. Everything else
that cannot be read is a remark, and the words themselves go to the notes under the name of their column.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from alongside.rules.availability import to_bits, to_hex
from alongside.rules.roster.answers import read_yes_no
from alongside.rules.roster.dates import guess_date_order
from alongside.rules.roster.day_words import DAYS
from alongside.rules.roster.exact import read_exact, write_exact
from alongside.rules.roster.header_words import ONLY_BY_NAME
from alongside.rules.roster.names import Name, join_name, name_key, read_name
from alongside.rules.roster.problems import Problem, problem
from alongside.rules.roster.sheets import UNSAVED
from alongside.rules.roster.tables import Row, Table
from alongside.rules.roster.text import clean, fold, fold_words, is_blank
from alongside.rules.roster.values import Cell, Context, age_band, read_cell, years_between
from alongside.rules.roster.wishes import is_must

DATE_FIELDS = ("birth_date", "started_on")
_KNOWN_CELLS = 20_000
_NAME_PARTS = ("legal_name", "first_name", "last_name", "second_last_name", "goes_by")
_WISHES = ("preferences", "want_gender", "want_language", "want_pathway", "want_age")


@dataclass(frozen=True)
class Options:
    """How to read rows. `date_order`: `mdy`, `dmy` or `ymd`, None to find it out from the file; `region`: ISO 3166.

    `own_words`: field -> folded words of this program -> code, what a coordinator decided for their own terms.
    """

    today: dt.date
    region: str = "US"
    date_order: str | None = None
    own_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class RosterRow:
    """One row of people as values. `number` is the row in the file; `derived` names values nobody typed.

    Values by field: `language`, `race`, `pathway`, `needs`, `experience`, `life_stage`, `interests`, `mode`, `serves`:
    tuple of codes · `preferences`: tuple of `Wish` · `availability`: 42 hex digits · `birth_date`, `started_on`: date
    · `age`: int years · `age_band`, `gender`, `kind`, `channel`: code ·
    `may_call`, `may_text`, `may_voicemail`, `may_email`: bool · `contact_hours`: (from, until) hours · `capacity`: int
    · `phone`: E.164 · everything else: text. Absent: not said.
    """

    number: int
    values: Mapping[str, object]
    problems: tuple[Problem, ...] = ()
    derived: frozenset[str] = frozenset()

    @property
    def is_refused(self) -> bool:
        """Whether a problem keeps this row out."""
        return any(found.blocking for found in self.problems)

    @property
    def name_key(self) -> str:
        """The legal name, else the name they go by, in the form in which names are compared."""
        return name_key(self.text("legal_name") or self.text("goes_by"))

    def text(self, about: str) -> str:
        """A text value, "" when absent."""
        return str(self.values.get(about, ""))


def date_order_of(table: Table, mapping: Mapping[int, str | None]) -> str:
    """`mdy`, `dmy`, `ymd` or `ambiguous`, from all dates of the file together; `ambiguous` is to be asked, once."""
    columns = [index for index, about in mapping.items() if about in DATE_FIELDS and 0 <= index < len(table.headers)]
    if not columns:
        return guess_date_order(())
    return guess_date_order(row.cells[index] for row in table.iter_rows() for index in columns)


def read_rows(table: Table, mapping: Mapping[int, str | None], options: Options) -> list[RosterRow]:
    """One `RosterRow` per row of the table, refused ones too. `mapping`: place of a column -> field or None."""
    return list(stream_rows(table, mapping, options))


def stream_rows(table: Table, mapping: Mapping[int, str | None], options: Options) -> Iterator[RosterRow]:
    """`read_rows` one by one, for long tables: what is kept meanwhile is 16 bytes of each row, to know repeated ones.

    Goes through the table once, and once before where the order of dates or the letters of a column tell something.
    """
    used = {index: about for index, about in mapping.items() if about and 0 <= index < len(table.headers)}
    order = options.date_order or date_order_of(table, used)
    spanish = _letters_for_woman(table, used)
    contexts = {
        index: Context(
            options.today,
            options.region,
            order,
            index in spanish,
            options.own_words,
            "must" if about in _WISHES and is_must(table.headers[index]) else "like",
        )
        for index, about in used.items()
    }
    seen: dict[bytes, int] = {}
    # The same few words stand in most rows of a column; each is read once.
    known: dict[tuple[int, str], Cell] = {}
    for row in table.iter_rows():
        if len(known) > _KNOWN_CELLS:
            known.clear()
        read = _read_row(table, row, used, contexts, known, options.today)
        first = seen.setdefault(_digest(row.cells[index] for index in sorted(used)), row.number)
        if first != row.number:
            repeated = problem("repeated_row", row=first)
            read = RosterRow(read.number, read.values, (repeated, *read.problems), read.derived)
        yield read


def _digest(cells: Iterable[str]) -> bytes:
    return hashlib.blake2b("\0".join(map(fold, cells)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _read_row(
    table: Table,
    row: Row,
    used: Mapping[int, str],
    contexts: Mapping[int, Context],
    known: dict[tuple[int, str], Cell],
    today: dt.date,
) -> RosterRow:
    values: dict[str, object] = {}
    names: dict[str, str] = {}
    problems: list[Problem] = []
    kept: list[str] = []
    for index, about in used.items():
        text, header = row.cells[index], table.headers[index]
        if about in _NAME_PARTS:
            if text == UNSAVED:
                problems.append(problem("formula_without_result", about))
            elif text and not is_blank(text):
                names.setdefault(about, text)
            continue
        if about in ONLY_BY_NAME and about in values:
            if text and not is_blank(text) and text not in map(row.cells.__getitem__, range(index)):
                kept.append(f"{header}: {text}")
            continue
        if about == "availability":
            text = _with_header_day(header, text)
        cell = known.get((index, text)) or known.setdefault((index, text), read_cell(about, text, contexts[index]))
        problems.extend(cell.problems)
        if cell.kept:
            kept.append(f"{header}: {cell.kept}" if header else cell.kept)
        _put(values, "preferences" if about in _WISHES else about, cell.value)
    derived = _put_names(values, names, problems, kept, today)
    derived |= _put_age(values, problems, today)
    notes = [str(values["notes"])] if "notes" in values else []
    if notes or kept:
        values["notes"] = "\n".join(dict.fromkeys((*notes, *kept)))
    return RosterRow(row.number, values, tuple(problems), frozenset(derived))


def _put(values: dict[str, object], about: str, value: object) -> None:
    """Several columns of one field come together: lists and hours are joined, texts go below each other."""
    present = values.get(about)
    if value is None:
        return
    if present is None:
        values[about] = value
    elif isinstance(present, tuple) and isinstance(value, tuple) and about != "contact_hours":
        values[about] = tuple(dict.fromkeys((*present, *value)))
    elif about == "availability":
        values[about] = to_hex(to_bits(str(present)) | to_bits(str(value)))
    elif isinstance(present, str) and about in ("notes", "limits", "story"):
        values[about] = f"{present}\n{value}"


def _with_header_day(header: str, text: str) -> str:
    """A weekly grid: the column "Monday" with "5-8 pm", or with a mere "x"."""
    if not set(fold_words(header).split()) & set(DAYS) or not text:
        return text
    answer = read_yes_no(text)
    if answer is None:
        return f"{header} {text}"
    return header if answer else ""


def _put_names(
    values: dict[str, object],
    names: Mapping[str, str],
    problems: list[Problem],
    kept: list[str],
    today: dt.date,
) -> set[str]:
    """The legal name and the name they go by; the latter follows from the former unless it was written."""
    exact = {about: words for about, text in names.items() if (words := read_exact(text)) is not None}
    names = {about: text for about, text in names.items() if any(letter.isalpha() for letter in text)} | exact
    family = " ".join(names[about] for about in ("last_name", "second_last_name") if about in names)
    first = names.get("first_name", "")
    if "legal_name" in exact:
        name = Name(exact["legal_name"], read_name(exact["legal_name"]).goes_by)
    elif "legal_name" in names:
        name = read_name(names["legal_name"])
    elif first and not family and "," in first:
        name = read_name(first)
    else:
        name = join_name(first, family)
        # A first name alone is what somebody goes by, hardly the name on their papers.
        name = name if first and family else Name("", name.goes_by)
    goes_by = exact.get("goes_by") or clean(names.get("goes_by", "")) or name.goes_by
    if not goes_by:
        problems.append(problem("no_name", "goes_by"))
        return set()
    for about, text in (("goes_by", goes_by), ("legal_name", name.legal)):
        text = write_exact(text) if text and text == exact.get(about) else text
        cell = read_cell(about, text, Context(today)) if text else Cell()
        problems.extend(cell.problems)
        kept.extend([cell.kept] if cell.kept else [])
        _put(values, about, cell.value)
    return set() if "goes_by" in names else {"goes_by"}


def _put_age(values: dict[str, object], problems: list[Problem], today: dt.date) -> set[str]:
    """The age band, from the date of birth if there is one."""
    born, age = values.get("birth_date"), values.get("age")
    if isinstance(age, str):
        values["age_band"] = values.pop("age")
        return {"age_band"}
    if isinstance(born, dt.date):
        years = years_between(born, today)
        # The age was right on the day it was written; more than two years apart, one of them is wrong.
        if isinstance(age, int) and abs(age - years) > 2:
            problems.append(problem("age_and_birth_date_differ", "birth_date", age=age))
        values["age_band"] = age_band(years)
    elif isinstance(age, int):
        values["age_band"] = age_band(age)
    return {"age_band"} if "age_band" in values else set()


def _letters_for_woman(table: Table, used: Mapping[int, str]) -> set[int]:
    """Columns that write H and M: hombre and mujer."""
    letters: dict[int, set[str]] = {index: set() for index, about in used.items() if about in ("gender", "want_gender")}
    for row in table.iter_rows() if letters else ():
        for index, found in letters.items():
            if len(row.cells[index]) == 1:
                found.add(fold(row.cells[index]))
    return {index for index, found in letters.items() if "h" in found and "f" not in found}


def unknown_words(rows: Iterable[RosterRow]) -> dict[tuple[str, str], int]:
    """(field, folded words) -> in how many rows: the program's own terms, for a person to give our terms to."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        for found in row.problems:
            if found.code == "unknown_word":
                key = (found.field, fold_words(str(found.params["text"])))
                counts[key] = counts.get(key, 0) + 1
    return counts
