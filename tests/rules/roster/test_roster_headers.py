"""Column names in English, Spanish, mixed and abbreviated find their fields."""

import pytest

from alongside.rules.roster import FIELDS, PARTICIPANTS, PEERS, guess_kind, guess_mapping
from alongside.rules.roster.header_words import LIST_FIELDS


def fields_of(headers: str, kind: str = PARTICIPANTS) -> list[str | None]:
    return [guess.field for guess in guess_mapping(headers.split("|"), kind)]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("D.O.B.", "birth_date"),
        ("Date of Birth (mm/dd/yyyy)", "birth_date"),
        ("FECHA DE NACIMIENTO", "birth_date"),
        ("Fec. Nac.", "birth_date"),
        ("firstName", "first_name"),
        ("LAST_NAME", "last_name"),
        ("Telefono", "phone"),
        ("Cell #", "phone"),
        ("Correo Electrónico", "email"),
        ("E-mail address:", "email"),
        ("Lang.", "language"),
        ("Preferred language", "language"),
        ("Peer language", "want_language"),
        ("Prefers gender", "want_gender"),
        ("Género de su mentor/a", "want_gender"),
        ("¿En qué quiere ayuda?", "needs"),
        ("May we text?", "may_text"),
        ("¿Se puede dejar mensaje?", "may_voicemail"),
        ("Mejor horario p/ llamar", "contact_hours"),
        ("Intake Date", "started_on"),
        ("Fecha de ingreso", "started_on"),
        ("Availabilty", "availability"),
        ("Lunes", "availability"),
        ("Mon evening", "availability"),
        ("Cód. Postal", "zip"),
        ("Codigo postal", "zip"),
        ("Prefiere mentor (H/M)", "want_gender"),
        ("In person / phone / zoom", "mode"),
        ("Apellido P.", "last_name"),
        ("Fecha de la corte", None),
        ("Date of last contact", None),
        ("Clean date", None),
        ("Emergency contact phone", None),
        ("Sponsor name", None),
        ("Assigned peer", None),
        ("Favorite color", None),
        ("", None),
    ],
)
def test_participant_headers(header: str, field: str | None) -> None:
    assert fields_of(header) == [field]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Peer Name", "legal_name"),
        ("Mentor Phone #", "phone"),
        ("Max caseload", "capacity"),
        ("Cupo", "capacity"),
        ("Lived experience", "experience"),
        ("A quién apoya", "serves"),
        ("Historia corta", "story"),
        ("Supervised by", "supervisor"),
        ("Límites", "limits"),
    ],
)
def test_peer_headers(header: str, field: str) -> None:
    assert fields_of(header, PEERS) == [field]


def test_the_surer_column_has_the_field_and_lists_may_share() -> None:
    assert fields_of("Phone (home)|Phone|Email|E-mail 2") == [None, "phone", "email", None]
    assert fields_of("Name|Monday|Tuesday|Notes|Comments") == [
        "legal_name",
        "availability",
        "availability",
        "notes",
        "notes",
    ]


def test_nombre_alone_is_the_whole_name() -> None:
    assert fields_of("Nombre|Teléfono") == ["legal_name", "phone"]
    assert fields_of("Nombre|Apellidos") == ["first_name", "last_name"]


def test_cells_speak_for_a_column_without_a_name() -> None:
    guesses = guess_mapping(["Name", "", "xq"], PARTICIPANTS, {1: ["a@example.org", ""], 2: ["713-555-0101"]})
    assert [(guess.field, guess.confidence) for guess in guesses[1:]] == [("email", 0.5), ("phone", 0.5)]


def test_the_kind_of_roster() -> None:
    assert guess_kind(["Name", "Phone", "Capacity", "Supervisor"])[0] == PEERS
    assert guess_kind(["Name", "Needs", "OK to text?", "Peer gender preference"])[0] == PARTICIPANTS
    assert guess_kind(["Nombre", "Teléfono"], "mentores 2026.csv")[0] == PEERS
    assert guess_kind(["Mentor", "Idiomas", "Cupo"])[0] == PEERS
    assert guess_kind(["Name", "Status", "Assigned peer", "Peer"])[0] == PARTICIPANTS
    assert guess_kind(["x"]) == (PARTICIPANTS, 0.5)


@pytest.mark.parametrize("kind", [PARTICIPANTS, PEERS])
def test_every_guess_is_a_field_of_that_kind_and_single_ones_come_once(kind: str) -> None:
    from alongside.rules.roster.header_words import PARTICIPANTS as P
    from alongside.rules.roster.header_words import PEERS as M
    from alongside.rules.roster.header_words import SHARED

    names = [name for table in (SHARED, P, M) for phrases in table.values() for name in phrases.split("|")]
    found = [guess.field for guess in guess_mapping(names, kind) if guess.field]
    assert set(found) <= set(FIELDS[kind])
    assert all(found.count(field) == 1 for field in found if field not in LIST_FIELDS)
