"""Cells as people fill them."""

import datetime as dt
import doctest
import importlib
import pkgutil

import pytest
from tests.rules.roster.rosters import TODAY

from alongside.rules import roster, vocabulary
from alongside.rules.availability import hours_from_parts
from alongside.rules.roster import Wish
from alongside.rules.roster.answers import read_count, read_yes_no
from alongside.rules.roster.contacts import read_email, read_phone, read_zip
from alongside.rules.roster.dates import DateUnclear, guess_date_order, read_date
from alongside.rules.roster.hours import hour_range, read_hours
from alongside.rules.roster.names import Name, are_compatible, join_name, read_name
from alongside.rules.roster.synonyms import TABLES
from alongside.rules.roster.terms import read_terms
from alongside.rules.roster.values import Context, read_cell
from alongside.rules.roster.wishes import read_wishes


@pytest.mark.parametrize("module", [found.name for found in pkgutil.iter_modules(roster.__path__)])
def test_examples_in_docstrings(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"alongside.rules.roster.{module}")).failed == 0


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("1990-05-04", "ambiguous", "1990-05-04"),
        ("1990/5/4", "mdy", "1990-05-04"),
        ("1990-05-04 00:00:00", "dmy", "1990-05-04"),
        ("5/4/1990", "mdy", "1990-05-04"),
        ("5/4/1990 0:00", "mdy", "1990-05-04"),
        ("5.4.90", "dmy", "1990-04-05"),
        ("25/4/1990", "mdy", "1990-04-25"),
        ("4/25/1990", "dmy", "1990-04-25"),
        ("5/5/1990", "ambiguous", "1990-05-05"),
        ("May 4, 1990", "ambiguous", "1990-05-04"),
        ("4-May-90", "ambiguous", "1990-05-04"),
        ("4th of May 1990", "ambiguous", "1990-05-04"),
        ("4 de mayo de 1990", "ambiguous", "1990-05-04"),
        ("lunes 4 de mayo del 1990", "ambiguous", "1990-05-04"),
        ("19900504", "ambiguous", "1990-05-04"),
        ("32997", "ambiguous", "1990-05-04"),
        ("1/2/05", "mdy", "2005-01-02"),
        ("1/2/27", "mdy", "1927-01-02"),
    ],
)
def test_dates(text: str, order: str, iso: str) -> None:
    assert read_date(text, order, TODAY) == dt.date.fromisoformat(iso)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3/4/1990", "date_order_unknown"),
        ("2/30/1990", "date_unreadable"),
        ("13/13/1990", "date_unreadable"),
        ("1990", "date_incomplete"),
        ("05/1990", "date_incomplete"),
        ("May 1990", "date_incomplete"),
        ("soon", "date_unreadable"),
        ("1/2/3/4", "date_unreadable"),
        ("٣/٤/١٩٩٠", "date_unreadable"),
    ],
)
def test_unclear_dates(text: str, code: str) -> None:
    with pytest.raises(DateUnclear) as caught:
        read_date(text, "ambiguous", TODAY)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["3/4/1990", "5/25/1988"], "mdy"),
        (["3/4/1990", "25/5/1988"], "dmy"),
        (["3/4/1990", "5/5/1988"], "ambiguous"),
        (["25/5/1988", "5/25/1988"], "ambiguous"),
        (["1990-03-04", "May 4, 1990", "", "x"], "ymd"),
        (["5/5/1988"], "ymd"),
        ([], "ymd"),
    ],
)
def test_date_order_of_a_column(texts: list[str], order: str) -> None:
    assert guess_date_order(texts) == order


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("(713) 555-0142", "+17135550142", ""),
        ("713.555.0142", "+17135550142", ""),
        ("1-713-555-0142", "+17135550142", ""),
        ("7135550142.0", "+17135550142", ""),
        ("+52 55 1234 5678", "+525512345678", ""),
        ("cell: 713 555 0142", "+17135550142", ""),
        ("713-555-0142 x12", "+17135550142", "phone_extra"),
        ("713-555-0142 / 713-555-0143", "+17135550142", "phone_extra"),
        ("C 713-555-0142", "+17135550142", ""),
        ("555-0142", "", "phone_without_area_code"),
        ("12345", "", "phone_unreadable"),
        ("7.13555E+09", "", "phone_unreadable"),
        ("no phone", "", "phone_unreadable"),
    ],
)
def test_phones(text: str, number: str, code: str) -> None:
    phone = read_phone(text, "US")
    assert (phone.number, phone.code) == (number, code)


def test_emails_and_zip_codes() -> None:
    assert read_email(" Maria.Lopez@Example.ORG ") == ("maria.lopez@example.org", "")
    assert read_email("Maria <m@example.org>; n@example.org") == ("m@example.org", "n@example.org")
    assert read_email("mailto:m@example.org")[0] == "m@example.org"
    assert [read_email(text)[0] for text in ("dana@", "@x.org", "a b", "a..b@x.org")] == ["", "", "", ""]
    assert [read_zip(text) for text in ("77002", "2139", "77002-1201", "77002.0")] == [
        ("77002", False),
        ("02139", True),
        ("77002", False),
        ("77002", False),
    ]
    assert [read_zip(text)[0] for text in ("770021", "abc", "12", "00001")] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("text", "legal", "goes_by"),
    [
        ("Garcia, Maria", "Maria Garcia", "Maria G."),
        ("GARCÍA LÓPEZ, MARÍA DE LA LUZ", "María de la Luz García López", "María G."),
        ("Maria de la Cruz", "Maria de la Cruz", "Maria C."),
        ("Smith, John, Jr.", "John Smith Jr.", "John S."),
        ("Smith Jr., John", "John Smith Jr.", "John S."),
        ("Mr. John Smith III", "John Smith III", "John S."),
        ('Roberto "Beto" Díaz', "Roberto Díaz", "Beto"),
        ("Díaz, Roberto (Beto)", "Roberto Díaz", "Beto"),
        ("madonna", "Madonna", "Madonna"),
        ("", "", ""),
        (",", "", ""),
    ],
)
def test_names(text: str, legal: str, goes_by: str) -> None:
    assert read_name(text) == Name(legal, goes_by)


def test_names_from_two_cells_and_names_that_fit() -> None:
    assert join_name("ANA", "de la Torre") == Name("Ana de la Torre", "Ana T.")
    assert are_compatible("Maria G.", "María García López")
    assert are_compatible("José Díaz", "Diaz, Jose")
    assert not are_compatible("Maria Garcia", "Mario Garcia")
    assert not are_compatible("Al Green", "Bo Green")
    assert not are_compatible("M. G.", "Maria Garcia")
    assert not are_compatible("", "Maria")


@pytest.mark.parametrize(
    ("field", "text", "codes", "unknown"),
    [
        ("language", "English/Spanish", ("en", "es"), ()),
        ("language", "bilingüe", ("en", "es"), ()),
        ("language", "Inglés y español, LSM", ("en", "es"), ("LSM",)),
        ("pathway", "AA, SMART & church", ("twelve_step", "secular", "faith"), ()),
        ("pathway", "MAT (Suboxone)", ("medication",), ()),
        ("pathway", "12 pasos y medicamento", ("twelve_step", "medication"), ()),
        ("pathway", "MAT friendly", ("medication",), ()),
        ("pathway", "not faith", (), ("not faith",)),
        ("experience", "Meth; heroin • jail", ("stimulants", "opioids", "justice"), ()),
        ("experience", "in recovery from meth since 2019", ("stimulants",), ()),
        (
            "experience",
            "metanfetamina / cárcel / madre soltera",
            ("stimulants", "justice", "parenting_in_recovery"),
            (),
        ),
        ("needs", "vivienda; trabajo o escuela", ("housing", "work_or_school"), ()),
        ("needs", "Someone to talk to, kite flying", ("someone_to_talk_to",), ("kite flying",)),
        ("interests", "fútbol, cocinar\npesca", ("sports", "cooking", "outdoors"), ()),
        ("life_stage", "jubilado", ("retired",), ()),
        ("mode", "in person or phone", ("in_person", "phone"), ()),
        ("mode", "remoto", ("phone", "video"), ()),
        ("serves", "ambos", ("own_recovery", "loved_one"), ()),
    ],
)
def test_terms(field: str, text: str, codes: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    terms = read_terms(text, field)
    assert (terms.codes, terms.unknown) == (codes, unknown)


def test_a_program_gives_its_own_words_our_terms() -> None:
    assert read_terms("Blue track, Spam", "pathway", {"blue track": "faith", "spam": ""}).codes == ("faith",)
    assert read_terms("Blue track, Spam", "pathway", {"blue track": "faith", "spam": ""}).unknown == ()


def test_every_synonym_leads_to_a_term_of_the_vocabulary() -> None:
    lists = {
        "language": vocabulary.LANGUAGES,
        "gender": vocabulary.GENDERS,
        "pathway": vocabulary.PATHWAYS,
        "experience": vocabulary.EXPERIENCES,
        "life_stage": vocabulary.LIFE_STAGES,
        "needs": vocabulary.NEEDS,
        "interests": vocabulary.INTERESTS,
        "mode": vocabulary.MODES,
        "kind": vocabulary.KINDS,
        "race": vocabulary.RACES,
        "serves": vocabulary.KINDS,
        "age": vocabulary.PREFERENCES["age"],
        "channel": ("phone", "text", "email", "app", "none"),
    }
    for field, table in TABLES.items():
        assert {code for key in table for code in key.split("+")} == set(lists[field])
        for code in lists[field]:
            assert read_terms(code, field).codes == (code,), (field, code)


@pytest.mark.parametrize("text", "Y yes SÍ si x ✓ 1 true Ok claro".split())  # noqa: SIM905
def test_yes(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", ["N", "no", "No, gracias", "0", "false", "nunca", "✗", "do not text"])
def test_no(text: str) -> None:
    assert read_yes_no(text) is False


def test_neither_yes_nor_no_and_counts() -> None:
    assert read_yes_no("ask first") is None
    assert read_yes_no("only evenings") is None
    assert [read_count(text) for text in ("3", "up to 3", "dos", "2-3", "3.0", "none")] == [
        (3, False),
        (3, False),
        (2, False),
        (2, True),
        (3, False),
        (0, False),
    ]
    assert [read_count(text) for text in ("lleno", "120", "50%", "1.5")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mon/Wed evenings", ["mon_evening", "wed_evening"]),
        ("lunes y miércoles por la tarde", ["mon_afternoon", "wed_afternoon"]),
        ("weekdays after 5", [f"{day}_evening" for day in vocabulary.DAYS[:5]]),
        ("any time", [f"{day}_{part}" for day in vocabulary.DAYS for part in vocabulary.DAY_PARTS]),
        ("cualquier hora", [f"{day}_{part}" for day in vocabulary.DAYS for part in vocabulary.DAY_PARTS]),
        ("evenings Mon, Wed", ["mon_evening", "wed_evening"]),
        ("12:00 PM - 5:00 PM Tue/Thu", ["tue_afternoon", "thu_afternoon"]),
        ("Tues & Thurs after 5pm, mornings Sat", ["tue_evening", "thu_evening", "sat_morning"]),
        ("L-V 5pm a 9pm y sábados en la mañana", [f"{day}_evening" for day in vocabulary.DAYS[:5]] + ["sat_morning"]),
        ("any time except weekends", [f"{day}_{part}" for day in vocabulary.DAYS[:5] for part in vocabulary.DAY_PARTS]),
        ("Sat & Sun mornings", ["sat_morning", "sun_morning"]),
        ("Mon, Wed evenings, Sat morning", ["mon_evening", "wed_evening", "sat_morning"]),
        ("Mon-Wed 8am-noon", ["mon_morning", "tue_morning", "wed_morning"]),
        ("vie a dom por la mañana", ["fri_morning", "sat_morning", "sun_morning"]),
        ("M/W/F 5-9pm", ["mon_evening", "wed_evening", "fri_evening"]),
        ("T/Th mornings", ["tue_morning", "thu_morning"]),
        ("weekday evenings except Friday", [f"{day}_evening" for day in vocabulary.DAYS[:4]]),
        ("entre semana de 17:00 a 21:00", [f"{day}_evening" for day in vocabulary.DAYS[:5]]),
    ],
)
def test_availability(text: str, parts: list[str]) -> None:
    read = read_hours(text)
    assert (read.hours, read.whole) == (hours_from_parts(parts), True)


def test_availability_promises_nothing_it_did_not_understand() -> None:
    assert read_hours("varies by shift").hours == ""
    assert read_hours("every other blursday evening").hours == ""
    read = read_hours("Mon evenings, call my sister first")
    assert (read.hours, read.whole) == (hours_from_parts(["mon_evening"]), False)
    for text in (
        "First Monday of the month",
        "Wed 7:30-8:30pm",
        "Mon evenings except holidays",
        "mon if kids at school",
    ):
        assert read_hours(text).hours == "", text
    assert read_hours("L a V después de las 6 pm") == read_hours("Mon-Fri 6-9pm")
    assert read_hours("lunes 9 a 11 de la mañana") == read_hours("Mon 9-11am")
    assert hour_range("9-5") == (9, 17)
    assert hour_range("after 5:30pm") == (18, 21)
    assert hour_range("Mon 9-5") is None


def test_wishes() -> None:
    woman = Wish("gender", "woman", "must")
    assert read_wishes("solo mujer", "gender").wishes == (woman,)
    assert read_wishes("Female (must)", "gender").wishes == (woman,)
    assert read_wishes("prefers men", "gender").wishes == (Wish("gender", "man", "like"),)
    assert read_wishes("No preference", "gender") == read_wishes("me da igual", "gender")
    read = read_wishes("must: Spanish, a woman; would like: a veteran, plays chess")
    assert read.wishes == (
        Wish("language", "es", "must"),
        Wish("gender", "woman", "must"),
        Wish("experience", "veteran", "like"),
    )
    assert read.unknown == ("plays chess",)


def test_ages_and_letters_of_a_column() -> None:
    context = Context(TODAY)
    assert read_cell("age", "36", context).value == 36
    assert read_cell("age", "25-34", context).value == "25_34"
    assert read_cell("age", "65+", context).value == "65_plus"
    assert read_cell("age", "under 18", context).value == "under_18"
    assert read_cell("age", "20-40", context).problems[0].code == "age_unreadable"
    assert read_cell("gender", "M", context).value == "man"
    assert read_cell("gender", "M", Context(TODAY, m_is_woman=True)).value == "woman"
    assert read_cell("birth_date", "1/13/2030", context).problems[0].code == "birth_date_in_future"
    assert read_cell("birth_date", "1/13/1890", context).problems[0].code == "birth_date_too_old"
