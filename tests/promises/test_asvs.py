"""docs/asvs.md: every number of ASVS 5.0.0 that K2 asks for, each with a test, a reason or its place among the open."""

import re
from dataclasses import dataclass

import pytest
from tests.promises.asvs_levels import LEVEL_1, LEVEL_2, OF_LEVEL_3
from tests.promises.named_tests import TESTS, exists, named

DOCS = TESTS.parent / "docs"
PAGE = DOCS / "asvs.md"
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \|(.*?)\|(.*?)\|(.*)\|$", re.MULTILINE)
CHAPTER = re.compile(r"^## V(\d+) .+$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")

OPEN = "15.2.1"
"""What is not met, or not shown. Take a number out when it is met; none is ever added."""

OPEN_AT_FIRST = "6.2.4 6.2.12 6.5.2 11.3.2 13.3.1 14.2.7 15.2.1"
"""What was open when the page was first written (November 2026). It stays as it is: the measure of the other one."""


@dataclass(frozen=True)
class Requirement:
    """One row of the page."""

    number: str
    asks: str
    how: str
    last: str

    @property
    def tests(self) -> tuple[str, ...]:
        """The tests it names."""
        return named(self.last)

    @property
    def reason(self) -> str:
        """Why it does not apply, or nothing."""
        return self.last.removeprefix("does not apply:").strip() if self.last.startswith("does not apply:") else ""

    @property
    def missing(self) -> str:
        """What is open, or nothing."""
        found = re.match(r"\*\*open\*\*: (.+?)\. ", self.last + " ")
        return found[1] if found else ""

    @property
    def is_kept_by_operator(self) -> bool:
        """Whether it is, at least in part, for who runs the site."""
        return "kept by operator" in self.how.lower()


def read_requirements() -> list[Requirement]:
    """All rows, in the order of the page."""
    return [Requirement(*(part.strip() for part in row)) for row in ROW.findall(PAGE.read_text())]


def in_order(number: str) -> tuple[int, ...]:
    """By which numbers stand in their order: 6.2.10 after 6.2.9."""
    return tuple(map(int, number.split(".")))


def test_levels_are_those_of_the_standard():
    """70 of level 1 and 183 of level 2, as version 5.0.0 counts them; no number is of two levels."""
    assert (len(LEVEL_1), len(LEVEL_2), len(OF_LEVEL_3)) == (70, 183, 10)
    assert len({*LEVEL_1, *LEVEL_2, *OF_LEVEL_3}) == 263
    for level in (LEVEL_1, LEVEL_2, OF_LEVEL_3):
        assert level == sorted(level, key=in_order)


def test_the_page_has_every_number_once_and_in_order():
    wanted = sorted({*LEVEL_1, *LEVEL_2, *OF_LEVEL_3}, key=in_order)
    assert [one.number for one in read_requirements()] == wanted


def test_each_number_stands_in_its_chapter():
    text = PAGE.read_text()
    parts = CHAPTER.split(text)[1:]
    for chapter, rows in zip(parts[::2], parts[1::2], strict=True):
        assert {number.split(".")[0] for number, *_rest in ROW.findall(rows)} == {chapter}


def test_every_test_that_is_named_exists():
    missing = [f"{one.number}: {test}" for one in read_requirements() for test in one.tests if not exists(test)]
    assert missing == []


def test_nothing_is_blank():
    for one in read_requirements():
        assert one.asks, one.number
        assert one.tests or one.reason, f"{one.number} has neither a test nor a reason"
        assert one.how or one.reason, one.number
        assert "…" not in one.last and "TODO" not in one.last, one.number


def test_what_does_not_apply_says_why_and_nothing_else():
    for one in read_requirements():
        if one.reason:
            assert len(one.reason.split()) >= 4, one.number
            assert not one.tests and not one.missing, one.number


def test_what_is_open_says_what_is_missing_and_is_on_the_list():
    assert {one.number for one in read_requirements() if one.missing} == {*OPEN.split()}
    assert [one.number for one in read_requirements() if "**open**" in one.last and not one.missing] == []


def test_the_list_of_what_is_open_only_shrinks():
    assert {*OPEN.split()} <= {*OPEN_AT_FIRST.split()}


def test_what_an_operator_keeps_is_told_on_a_page_for_operators():
    kept = [one for one in read_requirements() if one.is_kept_by_operator]
    assert kept, "or the look is blind"
    for one in kept:
        pages = [link for link in LINK.findall(one.how) if link.startswith("run/")]
        assert pages and all((DOCS / link).is_file() for link in pages), one.number
        assert one.tests, f"{one.number}: a test sees that the page tells it"


@pytest.mark.parametrize("page", ["README.md", "../SECURITY.md"])
def test_it_is_found(page):
    assert "asvs.md" in (DOCS / page).read_text()


def test_the_look_is_not_blind():
    row = "| 1.2.3 | asks | how | **open**: this. `promises/test_asvs.py::test_x` |"
    one = Requirement(*(part.strip() for part in ROW.findall(row)[0]))
    assert (one.number, one.missing, one.tests) == ("1.2.3", "this", ("promises/test_asvs.py::test_x",))
    assert not exists(one.tests[0])
