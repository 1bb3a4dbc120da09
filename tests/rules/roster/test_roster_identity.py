"""Who is already known: created once, updated gently, never two people made one."""

import datetime as dt

import pytest
from tests.rules.roster.rosters import TODAY, county_workbook, data

from alongside.rules.roster import (
    KnownPeople,
    KnownPerson,
    Options,
    RosterRow,
    Wish,
    decide,
    decide_all,
    guess_kind,
    guess_table,
    mapping_of,
    problems,
    read_rows,
    read_table,
)

MARIA = {
    "external_id": "P-1",
    "legal_name": "María García López",
    "goes_by": "Mari",
    "birth_date": dt.date(1988, 5, 25),
    "phone": "+17135550142",
    "email": "mari@example.org",
}


def known(*people: dict[str, object]) -> KnownPeople:
    return KnownPeople(KnownPerson(f"person-{number}", values) for number, values in enumerate(people, 1))


def row(number: int = 2, **values: object) -> RosterRow:
    return RosterRow(number, values)


def outcome(given: RosterRow, *people: dict[str, object]) -> tuple[str, str]:
    decision = decide(given, known(*people))
    return decision.outcome, decision.reasons[0].code


def test_nobody_known_is_a_new_person_with_all_values() -> None:
    decision = decide(row(goes_by="Ana"), known())
    assert (decision.outcome, decision.person_id, decision.changes) == ("create", None, {"goes_by": (None, "Ana")})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"external_id": "p-1", "goes_by": "Mari"}, ("unchanged", "same_external_id")),
        ({"external_id": "P-1", "goes_by": "Boris"}, ("refused", "name_differs")),
        ({"external_id": "P-1", "goes_by": "Lu", "phone": "+17135550142"}, ("update", "same_external_id")),
        ({"goes_by": "Mari", "email": "MARI@example.org"}, ("unchanged", "same_email_and_name")),
        ({"goes_by": "Mari", "phone": "+17135550142"}, ("unchanged", "same_phone_and_name")),
        ({"goes_by": "María G.", "phone": "+17135550142"}, ("update", "same_phone_and_name")),
        ({"goes_by": "Mari", "phone": "+17135550142", "external_id": "P-9"}, ("refused", "external_id_differs")),
        (
            {"goes_by": "Mari", "phone": "+17135550142", "birth_date": dt.date(1990, 1, 1)},
            ("refused", "birth_date_differs"),
        ),
        (
            {"legal_name": "Garcia Lopez Maria", "birth_date": dt.date(1988, 5, 25), "phone": "+17135559999"},
            ("update", "same_name_and_birth_date"),
        ),
        ({"legal_name": "Maria Garcia Lopez", "birth_date": dt.date(1970, 1, 1)}, ("create", "new_person")),
        ({"goes_by": "Mari"}, ("refused", "name_only_already_known")),
        ({"goes_by": "Luis", "phone": "+17135550142"}, ("create", "new_person")),
    ],
)
def test_who_is_the_same_person(values: dict[str, object], expected: tuple[str, str]) -> None:
    assert outcome(row(**values), MARIA) == expected


def test_a_household_shares_a_phone_and_stays_two_people() -> None:
    decision = decide(row(goes_by="Luis", phone="+17135550142"), known(MARIA))
    assert [reason.code for reason in decision.reasons] == ["new_person", "shares_contact"]
    assert decision.reasons[1].params == {"field": "phone"}


GOMEZ = {"legal_name": "María Gómez", "goes_by": "María G.", "birth_date": dt.date(1988, 5, 25)}
GARCIA = {**GOMEZ, "legal_name": "María García"}
"""Two people whom a list shortens alike, born on one day."""


@pytest.mark.parametrize("more", [{}, {"phone": "+17135550142"}, {"external_id": "P-7"}])
def test_two_who_are_shortened_alike_stay_two(more: dict[str, object]) -> None:
    assert outcome(row(**GARCIA, **more), {**GOMEZ, "phone": "+17135550142"}) == ("create", "new_person")


def test_who_else_is_known_does_not_decide_whether_a_row_is_new() -> None:
    elsewhere = {**GARCIA, "birth_date": dt.date(1950, 1, 1), "external_id": "P-2"}
    given = row(**GARCIA, external_id="P-7")
    known_by = {**GOMEZ, "external_id": "P-1"}
    assert outcome(given, known_by) == outcome(given, known_by, elsewhere) == ("create", "new_person")
    assert outcome(given, known_by, {**GARCIA, "external_id": "P-3"}, elsewhere) == ("refused", "external_id_differs")


def test_a_name_to_go_by_that_the_legal_name_does_not_tell_still_counts() -> None:
    beto = {"legal_name": "Roberto Díaz", "goes_by": "Beto", "birth_date": dt.date(1988, 5, 25)}
    given = row(legal_name="Beto Díaz", goes_by="Beto", birth_date=dt.date(1988, 5, 25))
    assert outcome(given, beto) == ("update", "same_name_and_birth_date")


def test_same_name_with_other_details_is_shown() -> None:
    decision = decide(row(goes_by="Mari", phone="+17135550000"), known(MARIA))
    assert [reason.code for reason in decision.reasons] == ["new_person", "same_name_known"]


def test_conflicts_are_for_a_person_to_decide() -> None:
    other = {"external_id": "P-2", "goes_by": "Mari", "email": "other@example.org", "phone": "+17135550143"}
    by_both = row(external_id="P-1", goes_by="Mari", email="other@example.org")
    assert outcome(by_both, MARIA, other) == ("refused", "identifiers_disagree")
    mixed = row(goes_by="Mari", email="mari@example.org", phone="+17135550143")
    assert outcome(mixed, MARIA, other) == ("refused", "identifiers_disagree")
    twin = {"goes_by": "Mari", "phone": "+17135550142"}
    assert outcome(row(goes_by="Mari", phone="+17135550142"), MARIA, twin) == ("refused", "several_fit")


def test_the_exact_name_wins_within_one_household() -> None:
    jose = {"legal_name": "José Díaz", "phone": "+17135550142", "goes_by": "José D."}
    junior = {"legal_name": "José Díaz Jr", "phone": "+17135550142", "goes_by": "José D."}
    decision = decide(row(legal_name="Jose Diaz Jr", phone="+17135550142"), known(jose, junior))
    assert decision.person_id == "person-2"


def test_an_import_adds_and_never_takes_away() -> None:
    before = {
        **MARIA,
        "needs": ("housing", "family"),
        "notes": "Likes tea.",
        "availability": "0" * 41 + "1",
        "preferences": (Wish("gender", "woman", "must"), Wish("language", "es", "must")),
    }
    given = RosterRow(
        2,
        {
            "external_id": "P-1",
            "goes_by": "Maria G.",
            "phone": "+17135550199",
            "needs": ("family", "transport"),
            "notes": "Likes tea.\nNeeds: kites",
            "availability": "0" * 41 + "2",
            "preferences": (Wish("gender", "woman", "like"),),
        },
        derived=frozenset({"goes_by"}),
    )
    decision = decide(given, known(before))
    assert decision.changes == {
        "phone": ("+17135550142", "+17135550199"),
        "needs": (("housing", "family"), ("housing", "family", "transport")),
        "notes": ("Likes tea.", "Likes tea.\nNeeds: kites"),
        "availability": ("0" * 41 + "1", "0" * 41 + "3"),
        "preferences": (before["preferences"], (Wish("language", "es", "must"), Wish("gender", "woman", "like"))),
    }


def test_two_rows_of_one_person_in_one_file() -> None:
    rows = [
        row(2, goes_by="Ana", phone="+17135550150"),
        row(3, goes_by="Ana R.", phone="+17135550150"),
        row(4, goes_by="Mari", external_id="P-1"),
        row(5, goes_by="Mari", email="mari@example.org", pronouns="she"),
    ]
    decisions = decide_all(rows, known(MARIA))
    assert [decision.outcome for decision in decisions] == ["create", "refused", "unchanged", "refused"]
    assert [dict(decisions[place].reasons[0].params) for place in (1, 3)] == [{"row": 2}, {"row": 4}]


FILES = {"en": data("participants_english.csv"), "es": data("mentores_espanol.csv"), "xlsx": county_workbook()}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_the_same_file_twice_creates_nobody_twice(content: bytes) -> None:
    table = read_table(content)
    kind, _ = guess_kind(table.headers, table.title)
    rows = read_rows(table, mapping_of(guess_table(table, kind)), Options(TODAY))
    first = decide_all(rows, KnownPeople())
    made = [
        KnownPerson(str(given.number), given.values)
        for given, decision in zip(rows, first, strict=True)
        if decision.outcome == "create"
    ]
    again = [decision.outcome for decision in decide_all(rows, KnownPeople(made))]
    assert set(again) <= {"unchanged", "refused"}
    assert len(made) >= 2


def test_every_code_is_in_its_table() -> None:
    for make in (problems.note, problems.problem, problems.reason, problems.RosterUnreadable):
        with pytest.raises(KeyError):
            make("no_such_code")
