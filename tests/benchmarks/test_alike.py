"""benchmarks/alike: every door says the same for each way to come to it, and one that works longer is told (A1)."""

import pytest
from benchmarks.alike import __main__ as command
from benchmarks.alike.doors import Door, always, make_doors, of_records
from benchmarks.alike.measuring import APART, NotAlike, Times, measure
from django.test import Client

from tests.intake.test_public import no_counts
from tests.story import make_persona

__all__ = ["no_counts"]  # a fixture

pytestmark = pytest.mark.django_db


def test_every_door_says_the_same_for_each_way(program, other_program):
    """The words; the times are measured by `python -m benchmarks.alike`."""
    other_program.is_public = False
    other_program.save()
    doors = make_doors(program, other_program)
    for door in doors:
        assert len(door.kinds) > 1, f"{door.name}: with what would it be compared?"
        assert measure(door, program, tries=2, warm=0).work.keys() == door.kinds.keys()
    assert {door.name for door in doors} == {
        "sign-in", "new password", "reset link", "invitation", "ask", "refer", "reference", "calendar", "event",
        "partner", "a record, signed in", "a record, from next door",
    }  # fmt: skip


def test_somebody_signed_in_is_answered_as_such(program, other_program):
    """Or the record would be compared for a visitor, whom every path leads to the sign-in page."""
    (door, _next_door) = of_records(program, other_program, make_persona(program, "carmen", "coordinator"))
    path, _fields = door.kinds["here"]()
    browser = Client(headers={"host": "localhost"})
    assert browser.get(path).status_code == 302
    browser.cookies.load(dict(door.cookies))
    assert browser.get(path).status_code == 404


def test_a_door_that_says_which_no_it_is_is_found(program):
    door = Door("of a test", "get", {"there": always("/help/"), "not there": always("/no-such-page/")})
    with pytest.raises(NotAlike, match="of a test"):
        measure(door, program, tries=1, warm=0)


def test_one_that_works_a_tenth_longer_is_told():
    alike, far = Times("a", {"x": [1.0, 9.0, 1.0], "y": [1.09, 1.09, 0.1]}), Times("b", {"x": [1.0], "y": [1.11]})
    assert alike.is_alike and round(alike.apart, 2) == 0.09 < APART
    assert not far.is_alike
    far.clock = {"x": [0.002], "y": [0.003]}
    assert far.rows() == [("b", "x", "1000.00", "2.00"), ("b", "y", "1110.00", "3.00")]


def test_the_figures_of_one_database_take_the_place_of_earlier_ones(tmp_path, monkeypatch):
    page = tmp_path / "alike.md"
    page.write_text("# Words\n\n<!-- sqlite -->\n\nold\n\n<!-- postgres -->\n\nkept\n")
    monkeypatch.setattr(command, "DOCUMENT", page)
    options = command.parser().parse_args(["--tries", "7"])
    command.write_down(["| new |"], options, "all within 10%")
    text = page.read_text()
    assert "old" not in text and "| new |" in text and "medians of 7 tries" in text
    assert text.startswith("# Words\n") and text.endswith("<!-- postgres -->\n\nkept\n")
