"""What an outsider may see tells nothing (E1, E3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.neutral import is_neutral, reveals


@pytest.mark.parametrize("text", [
    "You have a message", "Tiene un mensaje", "Sign in", "Iniciar sesión", "Meet someone", "Time together", "Busy",
    "/me/", "/me/messages/9f3b2c", "/in/login/", "alongside-calendar.ics", "my-notes.pdf", "Saludos", "Today", "n/a",
    "Your recovery codes", "Sus códigos de recuperación", "Password recovery", "un rato soberano",
    "See you on Tuesday", "na", "Alongside", "A su lado",
])  # fmt: skip
def test_neutral_texts_tell_nothing(text: str):
    assert reveals(text) == []


@pytest.mark.parametrize(("text", "word"), [
    ("Recovery meeting", "recovery"), ("/me/recovery-plan/", "recovery"), ("MyRecoveryPlan.pdf", "recovery"),
    ("sober_calendar.ics", "sober"), ("Drugs and alcohol", "drugs"), ("mental health", "mental"),
    ("peer-support", "peer support"),
    ("Your mentor wrote", "mentor"), ("12-step", "12 step"), ("AA tonight", "aa"), ("NA meeting", "na"),
    ("N.A. group", "na"),
    ("Al-Anon", "al anon"), ("clinic visit", "clinic"), ("RECUPERACIÓN", "recuperacion"), ("Sobriedad", "sobriedad"),
    ("su tratamiento", "tratamiento"), ("drogas", "drogas"), ("adicción", "adiccion"), ("12 pasos", "12 pasos"),
    ("salud mental", "salud"), ("grupo_de_apoyo", "grupo de apoyo"), ("apoyo entre pares", "apoyo entre pares"),
    ("participants.csv", "participants"), ("rehab", "rehab"),
])  # fmt: skip
def test_telling_words_are_found_in_titles_paths_and_file_names(text: str, word: str):
    assert word in reveals(text)


@given(st.text("abc -/_.ABCÁé", max_size=20), st.sampled_from(["recovery", "Sobriedad", "TREATMENT", "adicción"]))
def test_no_surrounding_hides_a_telling_word(around: str, word: str):
    assert not is_neutral(f"{around}/{word}_{around}")
