"""Texts for QR codes: small enough for an old phone's camera, numbered, and nothing left out."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.pocket import LARGEST_BYTES, cut

lines = st.lists(st.text(max_size=300), max_size=12)


def words_of(texts) -> list[str]:
    """All words of the codes, without the numbers before them."""
    bodies = texts if len(texts) == 1 else [text.partition("\n")[2] for text in texts]
    return " ".join(bodies).split()


@given(lines)
def test_every_code_is_small_enough(found):
    assert all(len(text.encode()) <= LARGEST_BYTES for text in cut(found))


@given(st.lists(st.text(alphabet="abcñ é", max_size=200), max_size=12))
def test_no_word_is_left_out(found):
    texts = cut(found, largest=120, most=1000)
    assert words_of(texts) == " ".join(found).split()


def test_codes_are_numbered_where_there_are_several():
    texts = cut(["a" * 60, "b" * 60, "c" * 60], largest=130)
    assert [text[:4] for text in texts] == ["1/2\n", "2/2\n"]
    assert cut(["one"]) == ("one",) and cut([]) == ()


def test_a_word_longer_than_a_code_is_cut_between_letters():
    texts = cut(["ñ" * 500], largest=100)
    assert "".join(text.partition("\n")[2] for text in texts) == "ñ" * 500


def test_too_much_for_a_sheet_says_so():
    texts = cut([f"line {number} " + "x" * 80 for number in range(50)], largest=100, most=3)
    assert len(texts) == 3 and texts[-1].endswith("…") and all(len(text.encode()) <= 100 for text in texts)
