"""Whole rosters: every row read, nothing typed lost, only harm kept out."""

import datetime as dt
from dataclasses import replace

from tests.rules.roster.rosters import TODAY, county_workbook, data

from alongside.rules.availability import hours_from_parts
from alongside.rules.roster import (
    PARTICIPANTS,
    PEERS,
    Options,
    RosterRow,
    Wish,
    date_order_of,
    guess_kind,
    guess_table,
    mapping_of,
    read_rows,
    read_table,
    unknown_words,
)


def read(content: bytes, name: str = "", **options: object) -> tuple[str, list[RosterRow]]:
    table = read_table(content, name)
    kind, _ = guess_kind(table.headers, table.title)
    return kind, read_rows(table, mapping_of(guess_table(table, kind)), replace(Options(TODAY), **options))


def codes(row: RosterRow) -> set[str]:
    return {problem.code for problem in row.problems}


def test_english_waiting_list() -> None:
    kind, rows = read(data("participants_english.csv"))
    assert kind == PARTICIPANTS
    mari, james, lan, ty, dana, ana, pedro, pedro_again, nobody = rows
    assert mari.values == {
        "external_id": "BH-101",
        "legal_name": "Maria Garcia Lopez",
        "goes_by": "Mari",
        "birth_date": dt.date(1988, 5, 25),
        "age_band": "35_44",
        "phone": "+17135550142",
        "email": "mari@example.org",
        "language": ("es", "en"),
        "pathway": ("twelve_step",),
        "needs": ("housing", "meetings_and_groups", "cravings_and_triggers"),
        "preferences": (Wish("gender", "woman", "must"),),
        "may_text": True,
        "may_voicemail": False,
        "availability": hours_from_parts(["mon_evening", "wed_evening"]),
        "zip": "77002",
        "started_on": dt.date(2026, 11, 2),
    }
    assert mari.problems == () and mari.derived == {"age_band"}
    assert james.values["goes_by"] == "James O." and "goes_by" in james.derived
    assert james.values["birth_date"] == dt.date(1975, 1, 9)
    assert james.values["notes"] == "Needs help with: kite flying"
    assert "preferences" not in james.values
    assert lan.values["legal_name"] == "Thi Lan Nguyen" and lan.values["zip"] == "07302"
    assert "preferences" not in lan.values
    assert ty.values["needs"] == ("court_or_probation", "transport")
    assert "may_text" not in ty.values and "OK to text?: ask first" in ty.text("notes")
    assert "Cell Phone: ext. 4" in ty.text("notes")
    assert not dana.is_refused
    assert codes(dana) == {"date_unreadable", "phone_without_area_code", "email_unreadable", "hours_unreadable"}
    for words in ("2/30/1990", "555-0199", "dana@", "varies by shift"):
        assert words in dana.text("notes")
    assert ana.is_refused and "birth_date_in_future" in codes(ana)
    assert not pedro.is_refused
    assert pedro_again.problems[0].code == "repeated_row" and pedro_again.problems[0].params == {"row": pedro.number}
    assert nobody.is_refused and codes(nobody) == {"no_name"}


def test_spanish_mentors() -> None:
    kind, rows = read(data("mentores_espanol.csv"), "mentores.csv")
    assert kind == PEERS
    pepe, soledad, mari, tomas = rows
    assert pepe.values == {
        "legal_name": "José Ángel Núñez Peña",
        "goes_by": "Pepe",
        "birth_date": dt.date(1979, 3, 25),
        "age_band": "45_54",
        "phone": "+17135550161",
        "email": "pepe@example.org",
        "language": ("es", "en"),
        "gender": "man",
        "pathway": ("twelve_step",),
        "experience": ("alcohol", "justice"),
        "interests": ("sports", "cooking"),
        "availability": hours_from_parts(["mon_afternoon", "wed_afternoon"]),
        "mode": ("in_person", "phone"),
        "zip": "77011",
        "capacity": 3,
        "serves": ("own_recovery", "loved_one"),
        "limits": "No maneja de noche",
        "story": "Diez años caminando.\nMe ayudó mi comunidad; ahora acompaño.",
        "supervisor": "Elena Soto",
    }
    # 25/03 in another row says that the day comes first; H in the column says that M is mujer.
    assert soledad.values["birth_date"] == dt.date(1985, 11, 7)
    assert soledad.values["gender"] == "woman"
    assert soledad.values["legal_name"] == "Soledad De la Cruz"
    assert mari.values["birth_date"] == dt.date(1990, 5, 3)
    assert mari.values["capacity"] == 2 and mari.values["legal_name"] == "Marisol Vega"
    assert codes(tomas) == {"number_unreadable"} and "Cupo: lleno" in tomas.text("notes")


def test_county_workbook() -> None:
    kind, rows = read(county_workbook(), "county.xlsx")
    assert kind == PARTICIPANTS
    ana, wei = rows
    assert ana.values["birth_date"] == dt.date(1990, 5, 4) == wei.values["birth_date"]
    assert ana.values["zip"] == "02139" and ana.values["phone"] == "+17135550171"
    assert ana.values["kind"] == "own_recovery" and wei.values["kind"] == "loved_one"
    assert wei.values["legal_name"] == "Wei Chen" and wei.values["language"] == ("zh",)
    assert wei.values["started_on"] == dt.date(2026, 10, 2)


def test_ambiguous_dates_wait_for_an_answer() -> None:
    content = b"Name,DOB\nAna Ruiz,3/4/1990\nEva Soto,5/6/1988\n"
    table = read_table(content)
    assert date_order_of(table, {0: "legal_name", 1: "birth_date"}) == "ambiguous"
    _, rows = read(content)
    assert codes(rows[0]) == {"date_order_unknown"} and rows[0].text("notes") == "DOB: 3/4/1990"
    _, rows = read(content, date_order="dmy")
    assert rows[0].values["birth_date"] == dt.date(1990, 4, 3)


def test_a_weekly_grid_and_several_columns_of_one_field() -> None:
    _, rows = read(b"Name,Mon,Tue evening,Sat,Notes,Comments\nAna Ruiz,mornings,x,no,one,two\n")
    assert rows[0].values["availability"] == hours_from_parts(["mon_morning", "tue_evening"])
    assert rows[0].values["notes"] == "one\ntwo"


def test_programs_own_words() -> None:
    content = b"Name,Pathway\nAna Ruiz,Blue Track\nEva Soto,blue track\n"
    _, rows = read(content)
    assert unknown_words(rows) == {("pathway", "blue track"): 2}
    _, rows = read(content, own_words={"pathway": {"blue track": "faith"}})
    assert rows[0].values["pathway"] == ("faith",) and unknown_words(rows) == {}


def test_names_of_every_shape() -> None:
    _, rows = read(b"First,Last,Goes by\nAna,,\n,Soto,\nEva,Soto,Evita\nn/a,,\n12,34,\n,,Lu\n")
    assert [row.values.get("goes_by") for row in rows] == ["Ana", "Soto", "Evita", None, None, "Lu"]
    assert [row.values.get("legal_name") for row in rows] == [None, None, "Eva Soto", None, None, None]
    assert [row.is_refused for row in rows] == [False, False, False, True, True, False]
    _, rows = read(("Name,Pronouns\n" + "Ana " * 60 + "," + "they " * 20 + "\n").encode())
    assert len(rows[0].text("legal_name")) <= 160 and len(rows[0].text("pronouns")) <= 30
    assert "they they they they they they they they" in rows[0].text("notes")


def test_age_and_birth_date_that_disagree() -> None:
    _, rows = read(b"Name,DOB,Age\nAna Ruiz,1990-05-04,20\nEva Soto,1990-05-04,36\nLuz Mar,,25-34\n")
    assert [codes(row) for row in rows] == [{"age_and_birth_date_differ"}, set(), set()]
    assert [row.values["age_band"] for row in rows] == ["35_44", "35_44", "25_34"]
