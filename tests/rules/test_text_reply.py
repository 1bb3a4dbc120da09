"""Answers by text: read whole or not at all, in both languages, whatever somebody types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.text_reply import read_reply

ASKED = ("mood", "craving", "connection")


def read(text, scale=5):
    reply = read_reply(text, ASKED, scale)
    return reply.kind, dict(reply.answers), reply.wants_call


@pytest.mark.parametrize(
    ("text", "answers", "call"),
    [
        ("4 3 5", {"mood": 4, "craving": 3, "connection": 5}, False),
        ("4,3,5", {"mood": 4, "craving": 3, "connection": 5}, False),
        ("435", {"mood": 4, "craving": 3, "connection": 5}, False),
        ("405", {"mood": 4, "connection": 5}, False),
        (" 4 ", {"mood": 4}, False),
        ("4 - 5.", {"mood": 4, "connection": 5}, False),
        ("x 2", {"craving": 2}, False),
        ("4 3 5 CALL", {"mood": 4, "craving": 3, "connection": 5}, True),
        ("call me please", {}, True),
        ("Llámame por favor!", {}, True),
        ("2, llamada", {"mood": 2}, True),
    ],
)
def test_numbers_in_order_and_a_wish(text, answers, call):
    assert read(text) == ("answers", answers, call)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "hi", "4 6 5", "45", "4 3 5 1", "- - -", "4 3 good", "I had 3 calls today", "don't call", "4.5.6.7",
        "I cannot go on", "٤ ٣ ٥", "no", "stop it please", "4" * 200, "call " * 50, "1e1", "-1",
    ],
)  # fmt: skip
def test_anything_else_is_not_understood_rather_than_guessed(text):
    assert read(text) == ("not_understood", {}, False)


@pytest.mark.parametrize("text", ["STOP", "stop.", "Parar", "ALTO!", "unsubscribe"])
def test_it_ends_with_a_word(text):
    assert read(text)[0] == "stop"


@pytest.mark.parametrize("text", ["skip", "Saltar", "paso"])
def test_it_is_left_out_with_a_word(text):
    assert read(text)[0] == "skip"


@given(st.text(max_size=200), st.integers(3, 9))
def test_no_text_breaks_it_and_no_answer_leaves_the_scale(text, scale):
    reply = read_reply(text, ASKED, scale)
    assert set(reply.answers) <= set(ASKED)
    assert all(1 <= one <= scale for one in reply.answers.values())
    assert reply.kind == "answers" or not (reply.answers or reply.wants_call)


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4, 5]), min_size=1, max_size=3).filter(any))
def test_whatever_the_page_explains_is_understood(numbers):
    wanted = {question: one for question, one in zip(ASKED, numbers, strict=False) if one}
    spaced = " ".join(str(one) if one else "-" for one in numbers)
    assert read(spaced) == ("answers", wanted, False)
