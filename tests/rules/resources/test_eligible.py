"""Whom a place takes: what is refused is not offered, ages are read where they are clear, and nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.resources.card import make_card
from alongside.rules.resources.eligible import ages_in, costs_nothing, groups_in


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("Men only. Women and families are not accepted.", {"men"}),
        ("Men only", {"men"}),
        ("Not for men", set()),
        ("No men or families; veterans welcome", {"veterans"}),
        ("Open to everybody except veterans", set()),
        ("Does not accept single men", set()),
        ("Not only women", {"women"}),
        ("Not limited to veterans", {"veterans"}),
        ("No cost for veterans", {"veterans"}),
        ("Women. No appointment needed. Families too", {"women", "families"}),
        ("We do not serve women, but men are welcome", {"men"}),
        ("Women with or without children", {"women"}),
        ("Solo hombres. No se aceptan mujeres ni familias.", {"men"}),
        ("Mujeres y familias no son aceptadas", set()),
        ("Mujeres, sin costo", {"women"}),
        ("Todos, excepto jóvenes", set()),
        ("Veteranos", {"veterans"}),
        ("Free for women\nNo pets", {"women"}),
        ("", set()),
    ],
)
def test_what_is_refused_is_not_offered(words, groups):
    assert groups_in(words) == groups


@pytest.mark.parametrize(
    ("words", "ages"),
    [
        ("Adults 18 and older", (18, None)),
        ("18+", (18, None)),
        ("Must be 21", (21, None)),
        ("Seniors 60 years or older", (60, None)),
        ("Not for under 18", (18, None)),
        ("No one under 18", (18, None)),
        ("No se aceptan menores de 18 años", (18, None)),
        ("Mayores de 18 años", (18, None)),
        ("18 años o más", (18, None)),
        ("Youth under 18", (None, 17)),
        ("Menores de 21", (None, 20)),
        ("Up to 17 years", (None, 17)),
        ("Ages 13-17", (13, 17)),
        ("De 13 a 17 años", (13, 17)),
        ("Entre 18 y 25 años", (18, 25)),
        ("Must be 30 days sober", (None, None)),
        ("At least 90 days of recovery", (None, None)),
        ("18 and older; children under 5 eat free", (None, None)),
        ("Ages 5 to 9 and ages 13 to 17", (None, None)),
        ("Call 213-555-0118", (None, None)),
        ("Everybody", (None, None)),
    ],
)
def test_ages_are_read_where_they_are_clear(words, ages):
    assert ages_in(words) == ages


@pytest.mark.parametrize(
    ("told", "is_free"),
    [
        (["Free"], True), (["There is no charge."], True), (["Sin costo"], True), (["Servicios gratuitos"], True),
        (["No payment accepted"], True), (["Free", "$20 a night"], False), (["First visit free"], False),
        (["Free parking"], False), (["Not free"], False), (["Fee: sliding scale"], False), (["$0 to $20"], False),
        (["Toll-free"], False), (["Gratis, excepto los libros"], False), ([], False), (["Medicaid"], False),
    ],
    ids=str,
)  # fmt: skip
def test_what_costs_nothing(told, is_free):
    assert costs_nothing(told) is is_free


def test_a_card_knows_ages_of_its_field_before_those_of_its_words():
    card = make_card({"name": "A", "minimum_age": 60, "eligibility_description": "18 and older", "fees": "Free"})
    assert (card.ages, card.taken_ages, card.groups, card.is_free) == ((60, None), (60, None), ("older",), True)
    card = make_card({"name": "A", "eligibility_description": "Women. Not for under 18."})
    assert (card.ages, card.taken_ages, card.groups) == ((None, None), (18, None), ("women",))


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    assert groups_in(text) <= {"women", "men", "families", "youth", "older", "veterans", "coming_home", "lgbtq"}
    low, high = ages_in(text)
    assert low is None or 0 < low < 120
    assert high is None or 0 <= high < 120
    costs_nothing([text])
