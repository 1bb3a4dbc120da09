"""Plain text with a few marks: what becomes a heading, a list, a link, and that nothing becomes anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import marked_text
from alongside.rules.marked_text import Block, Piece, find_bad_addresses, find_own_addresses, may_link, plain, read


def kinds(text: str) -> list[str]:
    return [block.kind for block in read(text)]


def test_each_mark_and_what_ends_it():
    text = "# One\nwords go\non here\n\nnext\n- a\n- b\n1. x\n2. y\n## Two ##\n[Ask](/ask/)\n\n[Help](/help/)\nend"
    assert kinds(text) == ["heading", "text", "text", "list", "numbers", "smaller", "buttons", "text"]
    assert read(text)[1] == Block("text", ((Piece("words go on here"),),))
    assert [line[0].words for line in read(text)[6].lines] == ["Ask", "Help"], "buttons stand side by side"
    assert read(text)[5].lines[0] == (Piece("Two"),)


def test_strong_words_and_links_in_a_line():
    (block,) = read("Come **in, [here](https://example.org/a?b=c)** or [call](tel:+1-213-555-0100).")
    assert block.lines[0] == (
        Piece("Come "), Piece("in, ", True), Piece("here", True, "https://example.org/a?b=c"), Piece(" or "),
        Piece("call", False, "tel:+1-213-555-0100"), Piece("."),
    )  # fmt: skip
    assert [piece.leaves for piece in block.lines[0]] == [False, False, True, False, False, False]


@pytest.mark.parametrize("address", [
    "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//example.org", "/\\example.org", "http://", "x", "#a",
    "https://user@host", "https://example.org/\"onclick", "vbscript:x", "/a b", "tel:", "mailto:x", "file:///etc",
    "https://example.org\njavascript:x", "/ok\n", "https://localhost/",
])  # fmt: skip
def test_nowhere_else_is_led(address):
    assert not may_link(address)
    text = f"[words]({address})"
    assert not any(piece.address for block in read(text) for line in block.lines for piece in line)


def test_the_editor_is_told_which_address_and_words_stay_as_typed():
    text = "[a](javascript:b) and [c](/ask/#x) and [d](www.example.org) and [a](javascript:b)"
    assert find_bad_addresses(text) == ["javascript:b", "www.example.org"]
    assert plain(text).startswith("[a](javascript:b) and c and [d](www.example.org)")
    assert find_own_addresses("[a](/ask/?for=x) [b](/ask/) [c](https://example.org/)") == ["/ask/"]


def test_html_is_words():
    assert read("<script>alert(1)</script>") == (Block("text", ((Piece("<script>alert(1)</script>"),),)),)


@given(st.text(alphabet="#-*[]()/1. \nabñ:<>", max_size=60))
def test_whatever_is_typed_can_be_read_and_loses_no_letter(text):
    blocks = read(text)
    assert all(block.kind in (marked_text.HEADING, marked_text.SMALLER, marked_text.TEXT, marked_text.LIST,
                              marked_text.NUMBERS, marked_text.BUTTONS) for block in blocks)  # fmt: skip
    shown = "".join(piece.words + piece.address for block in blocks for line in block.lines for piece in line)
    for letter in "abñ:<>":
        assert shown.count(letter) == text.count(letter)
    assert all(may_link(piece.address) for block in blocks for line in block.lines for piece in line if piece.address)
