"""What a save would undo is found from marks, and a mark tells nothing."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.meanwhile import list_changed, list_touched, mark, marks, read, write

KEY = b"a key of this house"
VALUES = st.dictionaries(
    st.sampled_from(["own_words", "needs", "zip"]),
    st.sampled_from([None, False, 0, "", "a", "b", [], ["a"], ["a", "b"], ["b", "a"]]),
)


def seen(values):
    return marks(values, key=KEY, of="rosa")


@given(VALUES, VALUES, VALUES)
def test_a_save_is_refused_exactly_where_it_would_undo_something(shown, now, wanted):
    def same(one, two):
        return seen({"x": one}) == seen({"x": two})

    expected = {
        name for name in wanted.keys() & shown.keys() & now.keys()
        if not same(now[name], shown[name]) and not same(now[name], wanted[name])
    }  # fmt: skip
    assert set(list_changed(seen(shown), seen(now), seen(wanted))) == expected


@given(VALUES, VALUES)
def test_nobody_is_refused_when_nothing_changed_meanwhile(shown, wanted):
    assert list_changed(seen(shown), seen(shown), seen(wanted)) == ()


@given(VALUES, VALUES)
def test_two_who_want_the_same_do_not_clash(shown, wanted):
    assert list_changed(seen(shown), seen(wanted), seen(wanted)) == ()


@given(VALUES)
def test_what_stands_in_the_page_is_read_back(values):
    assert read(write(seen(values))) == seen(values)


@given(st.text(max_size=60))
def test_any_line_can_be_read(line):
    assert all(name and found for name, found in read(line).items())


def test_a_mark_tells_nothing_of_the_value_and_belongs_to_one_record():
    words = "We talked about housing."
    found = mark(words, key=KEY, of="rosa")
    assert len(found) == 12 and not set(found.split()) & set(words.split())
    assert found != mark(words, key=KEY, of="marcus")
    assert found != mark(words, key=b"another key", of="rosa")
    both = marks({"gender": "", "zip": ""}, key=KEY, of="rosa")
    assert both["gender"] != both["zip"]


def test_choices_have_no_order_but_texts_do():
    assert mark(["es", "en"], key=KEY, of="x") == mark(["en", "es"], key=KEY, of="x")
    assert mark("en es", key=KEY, of="x") != mark("es en", key=KEY, of="x")
    assert mark("", key=KEY, of="x") != mark(None, key=KEY, of="x") != mark(False, key=KEY, of="x")


def test_what_somebody_touched():
    assert list_touched(seen({"zip": "", "needs": []}), seen({"zip": "90012", "needs": [], "hours": "f"})) == ("zip",)
