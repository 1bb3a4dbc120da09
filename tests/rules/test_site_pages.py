"""Texts of public pages in two languages: whole or not, in which language they are shown, where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.neutral import reveals
from alongside.rules.site_pages import choose_language, find_missing, list_changes, make_slug, move, trim

WHOLE = {"name": "A", "title": "B", "words": "C"}


def test_a_text_is_tidied_and_strange_parts_fall_away():
    typed = {"title": "  Two\n words ", "words": "a  \r\n\r\n\r\n\r\nb\n", "spell": "x"}
    texts = trim({"en": typed, "fr": {"title": "y"}})
    assert texts == {"en": {"title": "Two words", "words": "a\n\nb"}}


def test_a_language_is_whole_or_not_begun():
    assert find_missing({}, is_own=True) == () == find_missing(WHOLE, is_own=True)
    assert find_missing({"name": "A", "title": "B"}, is_own=False) == ()
    assert find_missing({"lead": "A"}, is_own=False) == ("name", "title")
    assert find_missing({"name": "A", "title": "B"}, is_own=True) == ("words",)


def test_the_reader_gets_their_language_or_the_other():
    both, english = {"en": WHOLE, "es": WHOLE}, {"en": WHOLE, "es": {"lead": "Sin título"}}
    assert [choose_language(both, one) for one in ("en", "es")] == ["en", "es"]
    assert choose_language(english, "es") == "en" and choose_language({"es": WHOLE}, "en") == "es"
    assert choose_language({}, "en") == ""


def test_what_changed_has_a_name():
    assert list_changes({"en": WHOLE}, {"en": WHOLE | {"lead": "New"}, "es": {"title": "T"}}) == ["lead_en", "title_es"]


def test_an_address_tells_nothing_and_is_taken_once():
    assert make_slug({"es": {"name": "Cómo llegar"}}, ()) == "como-llegar"
    assert make_slug({"en": {"name": "Our groups for recovery"}}, {"page"}) == "page-2"
    assert make_slug({"en": {"name": "漢字"}}, ()) == "page"
    assert make_slug({"en": {"name": "new"}}, {"new"}) == "new-2"


@given(st.text(max_size=40), st.sets(st.sampled_from(["page", "page-2", "a"])))
def test_whatever_the_name_the_address_is_new_and_neutral(name, taken):
    slug = make_slug({"en": {"name": name}}, taken)
    assert slug not in taken and slug.replace("-", "").isalnum() and slug.isascii() and len(slug) < 40
    assert not reveals(slug.replace("-", " "))


@given(st.lists(st.integers(0, 9).map(str), unique=True, min_size=1), st.booleans())
def test_moving_keeps_all_pages_and_up_undoes_down(order, up):
    slug = order[len(order) // 2]
    moved = move(order, slug, up=up)
    assert sorted(moved) == sorted(order)
    assert moved == order or move(moved, slug, up=not up) == order
    assert move(order, "elsewhere", up=up) == order
