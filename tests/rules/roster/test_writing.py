"""What is written is read back as the same people, by the reader of everybody's lists, without a question."""

import datetime as dt
import hashlib
import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from alongside.rules.availability import to_hex
from alongside.rules.roster import (
    PARTICIPANTS,
    PEERS,
    Options,
    Wish,
    date_order_of,
    guess_kind,
    guess_table,
    mapping_of,
    read_rows,
    read_table,
)
from alongside.rules.roster.exact import EXACT_FIELDS, is_plain, read_exact, write_exact
from alongside.rules.roster.hours import hour_range, read_hours
from alongside.rules.roster.identity import UNCHANGED, KnownPeople, KnownPerson, decide_all
from alongside.rules.roster.returned import FORMULA_STARTS, read_returned
from alongside.rules.roster.synonyms import CHANNELS
from alongside.rules.roster.terms import Terms, read_terms
from alongside.rules.roster.text import clean
from alongside.rules.roster.values import TEXT_LENGTHS
from alongside.rules.roster.writing import COLUMNS, CellTooLong, Sheet
from alongside.rules.roster.written_files import FORMATS, write_file
from alongside.rules.roster.written_hours import write_hour_range, write_hours
from alongside.rules.roster.written_words import LANGUAGES, NoWord, Words
from alongside.rules.vocabulary import (
    EXPERIENCES,
    GENDERS,
    INTERESTS,
    KINDS,
    LIFE_STAGES,
    MODES,
    NEEDS,
    PATHWAYS,
    PREFERENCES,
    STRENGTHS,
)
from alongside.rules.vocabulary import LANGUAGES as SPOKEN

TODAY = dt.date(2026, 11, 26)
CODES = {
    "language": SPOKEN, "gender": GENDERS, "pathway": PATHWAYS, "experience": EXPERIENCES, "life_stage": LIFE_STAGES,
    "interests": INTERESTS, "mode": MODES, "needs": NEEDS, "serves": KINDS, "kind": KINDS,
    "channel": tuple(CHANNELS),
}  # fmt: skip
HARD_TO_KEEP = [
    "Nada", "n/a", "García, María", "Dr Ana Ruiz", "ROSA DÍAZ", "rosa", "Roberto (Beto) Díaz", "O'Neil", "José Jr.",
    "=1+1", "+1 213", "-5", "@home", "'quoted", "''twice", "\t=1", " leads", "two  blanks", "a\r\nb", "a\n\nb ",
    "a\u200db", "👨‍👩‍👧", "e\u0301", "⟦in brackets⟧", "back\\slash", "\\u0041", "_x0041_", "a;=1+1",
    "list\n- milk\n=cmd",
    "Total", "Notes", "sep=;", '"', "x,y;z|w\tv", "1/2/1990", "no", "ﬁ", "😀", "​", "0042", "12345-6789",
    "(213) 555-0101 or mother's", "Rosa@Example.org", "two@a.org three@b.org", "#N/A", "=HYPERLINK(\"http://x\")",
]  # fmt: skip
letters = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=25)
texts = st.one_of(st.sampled_from(HARD_TO_KEEP), letters, st.text("=+-@'\t\r\n ⟦⟧\\aé1,;", min_size=1, max_size=8))
phones = st.one_of(
    st.integers(0, 9999).map("+1213555{:04d}".format), st.integers(0, 9999).map("+52551234{:04d}".format)
)
hours = st.integers(1, (1 << 168) - 1).map(to_hex)
wishes = st.builds(
    lambda pair, strength: Wish(*pair, strength),
    st.sampled_from([(feature, value) for feature, values in PREFERENCES.items() for value in values]),
    st.sampled_from(STRENGTHS),
)


def short(about):
    """Words that fit the place they have."""
    return texts.filter(lambda text: len(text) <= TEXT_LENGTHS.get(about, 999))


def values_of(kind):
    """Everything somebody may be known by, each part there or not."""
    made = {about: short(about) for about in COLUMNS[kind] if about in EXACT_FIELDS}
    made |= {about: st.sampled_from(CODES[about]) for about in ("gender", "kind", "channel") if about in COLUMNS[kind]}
    made |= {
        about: st.lists(st.sampled_from(CODES[about]), min_size=1, max_size=4, unique=True).map(tuple)
        for about in COLUMNS[kind] if about in CODES and about not in ("gender", "kind", "channel")
    }  # fmt: skip
    made["phone"] = phones
    made["availability"] = hours
    days = st.dates(dt.date(1930, 1, 1), TODAY)
    if kind == PARTICIPANTS:
        made |= {"birth_date": days, "started_on": days, "age": st.integers(0, 120)}
        made |= {about: st.booleans() for about in ("may_call", "may_text", "may_voicemail", "may_email")}
        made["contact_hours"] = st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(lambda pair: pair[0] < pair[1])
        made["preferences"] = st.lists(wishes, min_size=1, max_size=4, unique_by=lambda w: w.value).map(tuple)
    else:
        made |= {"birth_date": days, "capacity": st.integers(0, 60)}
    goes_by = made.pop("goes_by")
    return st.fixed_dictionaries({"goes_by": goes_by}, optional=made)


def write(kind, people, form="csv", language="en", region="US") -> bytes:
    sheet = Sheet(kind, Words(language), region, more=("Status", "Walks with"))
    rows = [sheet.row(f"k{number:06x}", one, ("Active", "=Dante")) for number, one in enumerate(people)]
    return b"".join(write_file(form, sheet.headers, rows))


def read(content, kind, region="US"):
    """As the import page reads it where nobody corrects a thing."""
    table = read_returned(read_table(content, "a-2026-11-26"))
    assert guess_kind(table.headers, table.title)[0] == kind
    mapping = mapping_of(guess_table(table, kind))
    assert date_order_of(table, mapping) != "ambiguous"
    return read_rows(table, mapping, Options(today=TODAY, region=region))


def said(row) -> dict:
    """Values without those that were worked out."""
    return {about: value for about, value in row.values.items() if about != "age_band"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [PARTICIPANTS, PEERS])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_everybody_comes_back_as_they_were(kind, language, form, data):
    people = data.draw(
        st.lists(
            values_of(kind), min_size=1, max_size=3, unique_by=lambda one: str(sorted(one.items(), key=str)).casefold()
        )
    )
    rows = read(write(kind, people, form, language), kind)
    assert [said(row) for row in rows] == people
    assert [found for row in rows for found in row.problems if found.code != "age_and_birth_date_differ"] == []


@pytest.mark.parametrize("about", sorted(EXACT_FIELDS))
@pytest.mark.parametrize("form", FORMATS)
def test_words_that_are_hard_to_keep_are_kept(about, form):
    kind = PARTICIPANTS if about in COLUMNS[PARTICIPANTS] else PEERS
    hard = [text for text in HARD_TO_KEEP if len(text) <= TEXT_LENGTHS.get(about, 999)]
    if about == "phone":
        hard = [text for text in hard if text != "+1 213"]
    rows = read(write(kind, [{"goes_by": "Rosa", about: text} for text in hard], form), kind)
    assert [row.values[about] for row in rows] == hard


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_and_wish_has_a_word_that_is_read_back(language):
    words = Words(language)
    for about, codes in CODES.items():
        for code in codes:
            assert read_terms(words.term(about, code), about) == Terms((code,), ())
    for feature, values in PREFERENCES.items():
        for value in values:
            for strength in STRENGTHS:
                assert words.wish(Wish(feature, value, strength))
    with pytest.raises(NoWord):
        words.term("gender", "unheard_of")


@pytest.mark.parametrize("kind", [PARTICIPANTS, PEERS])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_is_known_without_a_guess(kind, language):
    table = read_returned(read_table(write(kind, [{"goes_by": "Rosa"}], language=language)))
    guesses = guess_table(table, kind)
    ours = [guess for guess in guesses if guess.header not in ("Status", "Walks with")]
    assert [(guess.field, guess.confidence) for guess in ours] == [(about, 1.0) for about in COLUMNS[kind]]
    assert {guess.field for guess in guesses if guess not in ours} == {None}


def test_labels_come_first_where_they_are_read_back():
    words = Words("en", lambda about, code: {"es": "Spanish", "grief": "Losing someone"}.get(code, ""))
    assert (words.term("language", "es"), words.term("experience", "grief")) == ("Spanish", "Grief")


@given(hours, st.sampled_from([0, 1]))
def test_hours_of_a_week_come_back(week, language):
    read_back = read_hours(write_hours(week, language))
    assert (read_back.hours, read_back.whole) == (week, True)


def test_hours_of_a_day_come_back():
    for start in range(24):
        for end in range(start + 1, 25):
            assert hour_range(write_hour_range(start, end)) == (start, end)


def test_hours_are_written_as_people_say_them():
    evenings = to_hex(sum(1 << (day * 24 + hour) for day in (0, 2) for hour in range(17, 21)))
    assert write_hours(evenings, 0) == "Mon, Wed 5pm-9pm"
    assert write_hours(evenings, 1) == "lun, mié 5pm-9pm"


@given(texts)
def test_exact_words_stand_in_one_clean_cell(text):
    written = write_exact(text)
    assert clean(written) == written and read_exact(written) == text
    assert not re.search(r"[;|\n]\s*[\"']?[=+@-]", written)
    assert not written.startswith(FORMULA_STARTS)


def test_plain_words_stay_plain():
    for text in ("Rosa", "María de la Luz", "one line\nanother", "O'Neil", "10-12 weeks"):
        assert is_plain(text)
    sheet = Sheet(PARTICIPANTS, Words("en"))
    assert sheet.cell("legal_name", "María García") == "María García"
    assert sheet.cell("phone", "+12135550101") == "(213) 555-0101"
    assert sheet.cell("notes", "Called twice.\nWill call again.") == "Called twice.\nWill call again."


# --- safe for spreadsheets ----------------------------------------------------------------------------------------
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=values_of(PARTICIPANTS))
def test_no_cell_begins_as_a_formula_does(values):
    sheet = Sheet(PARTICIPANTS, Words("en"), more=("=head",))
    for cell in (*sheet.headers, *sheet.row("k1", values, ("+more",))):
        assert not cell.startswith(FORMULA_STARTS), cell


def test_a_workbook_holds_text_only():
    people = [{"goes_by": "=Rosa", "notes": "=cmd|' /C calc'!A0", "phone": "+525512345678", "age": 40}]
    book = load_workbook(io.BytesIO(write(PARTICIPANTS, people, "xlsx")))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "inlineStr"}
    values = [cell.value for cell in book.active[2]]
    assert "'=Rosa" in values and "'=cmd|' /C calc'!A0" in values and "'+525512345678" in values


def test_words_too_long_for_a_cell_are_said_and_not_cut():
    sheet = Sheet(PARTICIPANTS, Words("en"))
    with pytest.raises(CellTooLong):
        sheet.cell("notes", "a" * 9_501)


# --- long files ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMATS)
def test_files_come_in_pieces(form):
    sheet = Sheet(PARTICIPANTS, Words("en"))
    taken = 0

    def rows():
        nonlocal taken
        for number in range(3_000):
            taken += 1
            yield sheet.row(
                f"k{number}",
                {"goes_by": f"Rosa {number}", "notes": f"{hashlib.sha256(bytes(number)).hexdigest()} {number}"},
            )

    pieces = write_file(form, sheet.headers, rows())
    first = next(pieces)
    assert taken < 2_999 and len(first) < 2_000_000
    table = read_table(first + b"".join(pieces))
    assert len(table.rows) == taken == 3_000


def test_the_same_people_are_known_and_unchanged():
    values = {"goes_by": "Rosa", "legal_name": "Rosa Díaz", "birth_date": dt.date(1990, 2, 3), "language": ("es",)}
    (row,) = read(write(PARTICIPANTS, [values]), PARTICIPANTS)
    (made,) = decide_all([row], KnownPeople([KnownPerson("p1", {**values, "age_band": "35_44"})]))
    assert (made.outcome, made.person_id) == (UNCHANGED, "p1")
