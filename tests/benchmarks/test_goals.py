"""Goals are judged by the middle of the rounds' ratios, and what was missed is said."""

import xml.etree.ElementTree as ElementTree

import pytest
from benchmarks.bare_notes import Fresh, NotTheSame, filled, mark_fresh
from benchmarks.pages import PAGES
from benchmarks.plot import Row, Scale, draw

from benchmarks import goals

pytestmark = pytest.mark.once


def lane(*p95s: float) -> dict:
    return {"rounds": [(100.0, p95) for p95 in p95s]}


def test_a_slow_round_of_the_machine_does_not_change_the_ratio():
    found = {"page": lane(20, 200, 20), "constants": lane(10, 100, 10)}
    assert goals.ratio(found, "page", "constants") == 2.0


def test_a_page_that_writes_to_the_log_may_take_longer():
    assert goals.limit_of(PAGES["record"]) == 1.6
    assert goals.limit_of(PAGES["today"]) == 1.3


def test_what_was_missed_is_named():
    assert goals.tally([("Today", 1.2, 1.3), ("Board", 1.3, 1.3)]) == "met by all 2"
    assert goals.tally([("Today", 1.2, 1.3), ("Board", 1.9, 1.6)]) == "**missed** by 1 of 2: Board 1.90"
    assert goals.judge(0.4, 0.5, at_least=True) == "**missed**"


ONE, TWO, KEPT = "a" * 32, "b" * 32, "c" * 32


def test_the_bare_database_gets_new_ids_where_the_page_made_new_ones():
    marked = mark_fresh(
        [("INSERT contact", (ONE, KEPT, "words")), ("INSERT entry", (ONE, 3))],
        [("INSERT contact", (TWO, KEPT, "words")), ("INSERT entry", (TWO, 3))],
    )
    (_, contact), (_, entry) = filled(marked, "sqlite")
    assert contact[0] == entry[0] not in (ONE, TWO)
    assert contact[1:] == (KEPT, "words")
    assert filled(marked, "sqlite")[0][1][0] != contact[0]
    assert isinstance(marked[0][1][0], Fresh)


def test_two_notes_that_write_differently_are_not_repeated():
    with pytest.raises(NotTheSame):
        mark_fresh([("INSERT contact", (ONE,))], [("INSERT contact", (TWO,)), ("UPDATE session", (KEPT,))])


def test_the_plot_says_in_words_what_it_shows():
    drawn = draw([("SQLite", [Row("Today & more", 4, 10, 12, 13)])], "p95 of a page.")
    root = ElementTree.fromstring(drawn)  # noqa: S314  (drawn just now)
    names = {"svg": "http://www.w3.org/2000/svg"}
    assert root.get("role") == "img"
    assert root.find("svg:title", names).text
    assert "Today & more 12 (constants 10, empty 4)" in root.find("svg:desc", names).text
    assert len(root.findall("svg:circle[@class='page']", names)) == 2  # one of the legend, one of the page


def test_more_milliseconds_are_further_right():
    scale = Scale(3, 700)
    assert [scale.at(each) for each in (3, 30, 700)] == sorted(scale.at(each) for each in (3, 30, 700))
    assert scale.ticks == pytest.approx([5, 10, 20, 50, 100, 200, 500])
