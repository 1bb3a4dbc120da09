"""True of any input: a table or a named refusal, no cell that raises, nothing typed lost."""

import datetime as dt

import phonenumbers
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.roster.rosters import TODAY, county_workbook

from alongside.rules.roster import (
    FIELDS,
    PARTICIPANTS,
    PEERS,
    KnownPeople,
    KnownPerson,
    Options,
    RosterUnreadable,
    Row,
    Table,
    decide_all,
    guess_kind,
    guess_table,
    mapping_of,
    read_rows,
    read_table,
)
from alongside.rules.roster.contacts import read_phone
from alongside.rules.roster.dates import guess_date_order, read_date
from alongside.rules.roster.text import clean, fold_words, word_set
from alongside.rules.roster.values import Context, read_cell

WORKBOOK = county_workbook()
CSV_LIKE = st.text(alphabet='Name,Phone;|\t"\n\r Anañ@1/-=é\x00', max_size=200)
WORDS = st.sampled_from(
    sorted(
        word_set(
            "mon|tue|-|to|after|before|5|9pm|17:30|except|no|weekdays|evenings|and|,|;|/|(|lunes|a|las|noche|3/4/1990|de|"
            "mayo|must|woman|AA|not|@|+|713|555|0142|x|12|2-3|sí"
        )
    )
)
CELLS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map(" ".join))


def read_or_refuse(content: bytes) -> None:
    try:
        table = read_table(content)
    except RosterUnreadable:
        return
    assert all(len(row.cells) == len(table.headers) for row in table.rows)
    kind, sureness = guess_kind(table.headers, table.title)
    assert 0 <= sureness <= 1
    rows = read_rows(table, mapping_of(guess_table(table, kind)), Options(TODAY))
    assert [row.number for row in rows] == [row.number for row in table.rows]
    decisions = decide_all(rows, KnownPeople())
    made = [KnownPerson(str(r.number), r.values) for r, d in zip(rows, decisions, strict=True) if d.outcome == "create"]
    assert "create" not in {decision.outcome for decision in decide_all(rows, KnownPeople(made))}


@given(st.one_of(st.binary(max_size=300), CSV_LIKE.map(str.encode), CSV_LIKE.map(lambda text: text.encode("utf-16"))))
@settings(max_examples=300, deadline=None)
def test_any_bytes(content: bytes) -> None:
    read_or_refuse(content)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_cells_below_real_names(cells: list[tuple[str, str, str]]) -> None:
    lines = [
        "Name\tPhone\tAvailability",
        *("\t".join(clean(c).replace("\n", " ").replace('"', "") for c in row) for row in cells),
    ]
    read_or_refuse("\n".join(lines).encode("utf-8", "replace"))


@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook(place: int, damage: bytes) -> None:
    read_or_refuse(WORKBOOK[:place] + damage + WORKBOOK[place + len(damage) :])


@given(
    st.sampled_from(sorted({*FIELDS[PARTICIPANTS], *FIELDS[PEERS]})),
    CELLS,
    st.sampled_from(["mdy", "dmy", "ambiguous"]),
)
@settings(max_examples=600, deadline=None)
def test_no_cell_raises_and_what_is_not_understood_is_kept(field: str, text: str, order: str) -> None:
    cell = read_cell(field, clean(text), Context(TODAY, date_order=order))
    if cell.value is None and cell.problems:
        assert fold_words(cell.kept) or not fold_words(text) or cell.kept


@given(CELLS, CELLS)
@settings(max_examples=200, deadline=None)
def test_an_unread_cell_is_found_in_the_notes(phone: str, born: str) -> None:
    table = Table(("Name", "Phone", "DOB"), (Row(2, ("Ana", clean(phone), clean(born))),))
    row = read_rows(table, {0: "legal_name", 1: "phone", 2: "birth_date"}, Options(TODAY))[0]
    for field, cell in (("phone", clean(phone)), ("birth_date", clean(born))):
        if field not in row.values and any(found.field == field for found in row.problems):
            assert cell in row.text("notes")


@given(
    st.dates(dt.date(1930, 1, 1), TODAY), st.sampled_from(["%m/%d/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%Y%m%d"])
)
def test_dates_come_back(date: dt.date, form: str) -> None:
    order = "dmy" if form.startswith("%d.") else "mdy"
    assert read_date(date.strftime(form), order, TODAY) == date


@given(st.lists(st.dates(dt.date(1930, 1, 1), TODAY), min_size=1, max_size=20), st.sampled_from(["mdy", "dmy"]))
def test_an_order_is_never_guessed_wrong(days: list[dt.date], order: str) -> None:
    form = "%m/%d/%Y" if order == "mdy" else "%d/%m/%Y"
    found = guess_date_order([day.strftime(form) for day in days])
    assert found in (order, "ambiguous", "ymd")
    if found == "ymd":
        assert all(read_date(day.strftime(form), "ymd", TODAY) == day for day in days)


@given(st.integers(2_000_000, 9_999_999), st.sampled_from(["NATIONAL", "INTERNATIONAL", "E164", "RFC3966"]))
def test_phones_come_back(local: int, form: str) -> None:
    number = phonenumbers.parse(f"+1713{local}")
    text = phonenumbers.format_number(number, getattr(phonenumbers.PhoneNumberFormat, form))
    assert read_phone(text, "US").number == f"+1713{local}"
