"""What is pointed out before a story is sent, who may see one, and what of visitors goes to a reader."""

import doctest
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import stories
from alongside.rules.stories import (
    HINT_KINDS,
    MOST_WAITING,
    find_private,
    is_repeating,
    judge_comment,
    may_see,
    tidy,
    what_is_missing,
    with_offers,
)


def test_the_examples_hold():
    assert doctest.testmod(stories).failed == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I worked at Walmart. My sister Ana drove.", [("work", "Walmart"), ("name", "Ana")]),
        ("We went to St. Mary's Hospital with Dr. Lopez.", [("place", "St. Mary's Hospital"), ("name", "Dr. Lopez")]),
        ("Call 213-555-0142, or write to a.b@example.org.", [("reach", "213-555-0142"), ("reach", "a.b@example.org")]),
        ("It is on example.com/me and I am @wren22.", [("reach", "example.com/me"), ("reach", "@wren22")]),
        ("On 12/24/2019 it ended. In May 2020 too.", [("date", "12/24/2019"), ("date", "May 2020")]),
        ("At 1200 Main Street I waited.", [("place", "1200 Main Street")]),
        ("Trabajaba en Soriana y vivía en Los Ángeles.", [("work", "Soriana"), ("place", "Los Ángeles")]),
        ("Mi hermano Toño vino el 3 de mayo de 2021.", [("name", "Toño"), ("date", "3 de mayo de 2021")]),
        ("Fue en la calle Olmo 12.", [("place", "calle Olmo 12")]),
        ("Ana came back. I had not seen my friend Ana for long.", [("name", "Ana")]),
    ],
)
def test_what_may_tell_who_or_where_is_pointed_out(text, found):
    assert [(hint.kind, hint.word) for hint in find_private(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "I was tired. Nobody came. Then I walked, and I'd do it again.",
        "On Monday I went to AA, thank God. It was Christmas.",
        "Me sentía solo. Nadie vino. El lunes fui a NA, gracias a Dios.",
        "I slept 12 hours for 3 days, in 2019, and counted to 10.",
    ],
)
def test_what_tells_nothing_is_left_alone(text):
    assert find_private(text) == []


def test_words_of_ones_own_are_found_in_any_case_and_with_other_accents():
    found = find_private("La fabrica. I saw MARÍA at the bakery.", keep_out="fábrica, Maria; bakery\nx")
    assert [(hint.kind, hint.word) for hint in found] == [("own", "fabrica"), ("own", "MARÍA"), ("own", "bakery")]


@given(st.text(max_size=300), st.text(max_size=40))
def test_a_hint_is_a_place_in_the_text(text, keep_out):
    for hint in find_private(text, keep_out=keep_out):
        assert hint.kind in HINT_KINDS and 0 <= hint.start < hint.end <= len(text)
        assert hint.word in text


@given(st.text(max_size=200))
def test_tidy_words_hold_no_letter_that_nobody_sees_and_stay_so(text):
    tidied = tidy(text)
    assert tidy(tidied) == tidied and not set(tidied) & set("\x00\r\u202e\u2066\ufeff\u200b") and "\n\n\n" not in tidied


def test_accents_emoji_and_joined_letters_stay():
    for text in ("ñandú, ¿qué?", "🌱 👩‍🌾", "می‌خواهم", "line\n\nline"):
        assert tidy(text) == text


def test_who_may_open_one_by_its_address():
    assert [may_see(audience, is_of_program=True) for audience in stories.AUDIENCES] == [True, True, False]
    assert [may_see(audience, is_of_program=False) for audience in stories.AUDIENCES] == [True, False, False]


def test_only_a_peers_story_stands_beside_offers():
    assert not with_offers("matches", True, is_peer=False) and with_offers("matches", False, is_peer=True)
    assert with_offers("public", True, is_peer=True) and not with_offers("public", False, is_peer=True)


def test_a_recording_needs_its_words_in_writing():
    whole = {"alias": "M.", "title": "T"}
    assert what_is_missing(parts={"like": "x"}, has_sound=True, **whole) == ("spoken",)
    assert what_is_missing(parts={"spoken": "x"}, has_sound=True, **whole) == ()
    assert what_is_missing(parts={"spoken": "x"}, has_sound=False, **whole) == ("words",)


def judged(words="Thank you.", **more):
    values = {"alias": "", "seconds": 20.0, "trap": "", "said": 0, "said_here": 0, "waiting": 0}
    return judge_comment(words, **values | more)


def test_what_of_visitors_goes_to_a_reader():
    assert judged() == ""
    assert judged(trap="x") == "trap" and judged(seconds=1) == "fast" and judged(seconds=None) == "old"
    assert judged(seconds=1e6) == "old"
    assert judged(waiting=MOST_WAITING) == "many"


def test_a_few_words_may_be_said_by_several_people_and_a_long_text_by_one():
    long = "I sat in that room for a year and never said a word, until somebody asked me how my dog was."
    assert judged(said=9, said_here=4) == "" and judged(said=5, said_here=5) == "alike"
    assert judged(long, said=1, said_here=1) == "again", "pressed once more: it is here"
    assert judged(long, said=1) == "alike", "it is not here, so nobody is told that it is"


@pytest.mark.parametrize(
    "words",
    ["see http://x.example", "www.pills", "buy at pills.shop", "a@b.org", "[url=x]", "<a href='x'>", "pills (dot) com",
     "HTTPS://X"],
)  # fmt: skip
def test_links_in_any_dress_are_found(words):
    assert judged(words) == "link" and judged(alias=words) == "link"


@pytest.mark.parametrize("words", ["You helped me. Me too.", "Gracias. Es muy bonito.", "I waited so long... and you?",
                                   "It was 3.5 years for me.", "Mr. Nobody"])  # fmt: skip
def test_kind_words_are_no_links(words):
    assert judged(words) == ""


def test_one_thing_again_and_again():
    assert is_repeating("aaaaaaaaaaaa") and is_repeating("pills " * 9) and not is_repeating("so so so glad")
    assert judged("win win win win win win now") == "repeats"


@pytest.mark.parametrize("piece", ["a", "-a", "A.a", "A-", "1-", "a.", "a@"])
def test_long_words_are_looked_through_in_no_time(piece):
    text = piece * (12_000 // len(piece))
    started = process_time()
    find_private(text)
    assert process_time() - started < 0.15, "or the page of a story keeps the whole house waiting"


def test_addresses_are_found_whole():
    text = "Write to wren.of-the+river@mail.example.org or see my-page.com/wren today."
    assert [(hint.kind, hint.word) for hint in find_private(text)] == [
        ("reach", "wren.of-the+river@mail.example.org"),
        ("reach", "my-page.com/wren"),
    ]
