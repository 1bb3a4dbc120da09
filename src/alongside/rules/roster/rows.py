"""Rows of a table to people: every cell read, names put together, nothing that was typed lost.

A row stays out only where it would do harm: nobody's name, a date of birth to come, a repeated row. Everything else
that cannot be read is a remark, and the words themselves go to the notes under the name of their column.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alongside.rules.availability import to_bits, to_hex
from alongside.rules.roster.answers import read_yes_no
from alongside.rules.roster.dates import guess_date_order
from alongside.rules.roster.day_words import DAYS
from alongside.rules.roster.names import Name, join_name, name_key, read_name
from alongside.rules.roster.problems import Problem, problem
from alongside.rules.roster.reading import Row, Table
from alongside.rules.roster.text import clean, fold, fold_words, is_blank
from alongside.rules.roster.values import Cell, Context, age_band, read_cell, years_between

DATE_FIELDS = ("birth_date", "started_on")
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

    Values by field: `language`, `pathway`, `needs`, `experience`, `life_stage`, `interests`, `mode`, `serves`: tuple of
    codes · `preferences`: tuple of `Wish` · `availability`: 42 hex digits · `birth_date`, `started_on`: date
    · `age`: int years · `age_band`, `gender`, `kind`: code · `may_text`, `may_voicemail`, `may_email`: bool ·
    `contact_hours`: (from, until) hours · `capacity`: int · `phone`: E.164 · everything else: text. Absent: not said.
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
    columns = [index for index, about in mapping.items() if about in DATE_FIELDS]
    return guess_date_order(row.cells[index] for row in table.rows for index in columns if index < len(row.cells))


def read_rows(table: Table, mapping: Mapping[int, str | None], options: Options) -> list[RosterRow]:
    """One `RosterRow` per row of the table, refused ones too. `mapping`: place of a column -> field or None."""
    used = {index: about for index, about in mapping.items() if about and 0 <= index < len(table.headers)}
    order = options.date_order or date_order_of(table, used)
    contexts = {
        index: Context(options.today, options.region, order, _m_is_woman(table, index), options.own_words)
        for index, about in used.items()
    }
    seen: dict[tuple[str, ...], int] = {}
    # The same few words stand in most rows of a column; each is read once.
    known: dict[tuple[int, str], Cell] = {}
    rows = []
    for row in table.rows:
        read = _read_row(table, row, used, contexts, known, options.today)
        same = tuple(fold(row.cells[index]) for index in sorted(used))
        first = seen.setdefault(same, row.number)
        if first != row.number:
            repeated = problem("repeated_row", row=first)
            read = RosterRow(read.number, read.values, (repeated, *read.problems), read.derived)
        rows.append(read)
    return rows


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
            if text and not is_blank(text):
                names.setdefault(about, text)
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
    names = {about: text for about, text in names.items() if any(letter.isalpha() for letter in text)}
    family = " ".join(names[about] for about in ("last_name", "second_last_name") if about in names)
    first = names.get("first_name", "")
    if "legal_name" in names:
        name = read_name(names["legal_name"])
    elif first and not family and "," in first:
        name = read_name(first)
    else:
        name = join_name(first, family)
        # A first name alone is what somebody goes by, hardly the name on their papers.
        name = name if first and family else Name("", name.goes_by)
    goes_by = clean(names.get("goes_by", "")) or name.goes_by
    if not goes_by:
        problems.append(problem("no_name", "goes_by"))
        return set()
    for about, text in (("goes_by", goes_by), ("legal_name", name.legal)):
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


def _m_is_woman(table: Table, index: int) -> bool:
    """Whether a column writes H and M: hombre and mujer."""
    letters = {fold(cell) for cell in table.column(index)}
    return "h" in letters and "f" not in letters


def unknown_words(rows: Sequence[RosterRow]) -> dict[tuple[str, str], int]:
    """(field, folded words) -> in how many rows: the program's own terms, for a person to give our terms to."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        for found in row.problems:
            if found.code == "unknown_word":
                key = (found.field, fold_words(str(found.params["text"])))
                counts[key] = counts.get(key, 0) + 1
    return counts
