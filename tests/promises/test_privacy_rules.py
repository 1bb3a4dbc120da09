"""docs/privacy-rules.md: each rule has a test that exists, or stands on a list of what is open that only shrinks."""

import re
from dataclasses import dataclass

from tests.promises.named_tests import TESTS, exists, named
from tests.promises.open_texts import AT_FIRST

PAGE = TESTS.parent / "docs" / "privacy-rules.md"

COUNTS = {"A": 4, "B": 9, "C": 8, "D": 7, "E": 9, "F": 5, "G": 5, "H": 5, "I": 8, "J": 6, "K": 4}
"""How many rules each letter has: A1 to A4, and so on."""

OPEN = ""
"""Rules that no test shows yet. Take a rule out when a test shows it; none is ever added."""

OPEN_AT_FIRST = "A4 B1 B2 B3 B4 B5 B6 B7 B8 C2 C3 C6 C7 H5 I6 I8 J1 J2 J3 J4 J5 J6 K2"
"""What was open when the list was first written (November 2026). It stays as it is: the measure of the other one."""

STILL_OPEN = 13
"""Of how many things the page says that they are open. Lower it when one is done; it is never raised."""

ROW = re.compile(r"^\| ([A-K]\d+) \|([^|\n]+)\|([^|\n]+)\|([^|\n]*)\|([^|\n]*)\|$", re.MULTILINE)
A_ROW = re.compile(r"^\| [A-K]\d+ \|", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One row of the page."""

    number: str
    demands: str
    lives_in: str
    tests: tuple[str, ...]
    is_open: str


def read_rules() -> list[Rule]:
    """All rows, in the order of the page."""
    return read(PAGE.read_text())


def read(page: str) -> list[Rule]:
    """The rows that have their five columns."""
    return [
        Rule(number, demands.strip(), lives_in.strip(), named(tests), is_open.strip())
        for number, demands, lives_in, tests, is_open in ROW.findall(page)
    ]


def test_the_page_has_every_rule_once_and_in_order():
    wanted = [f"{letter}{number}" for letter, count in COUNTS.items() for number in range(1, count + 1)]
    assert [rule.number for rule in read_rules()] == wanted


def test_no_row_has_a_column_too_many_and_tests_stand_among_tests():
    page = PAGE.read_text()
    assert len(read(page)) == len(A_ROW.findall(page))
    assert [rule.number for rule in read(page) for place in (rule.demands, rule.is_open) if named(place)] == []
    assert read("| A1 | d | l | `a/test_a.py::test_b` | `a/test_a.py::test_c` | |\n") == [], "or the check is blind"


def test_every_test_that_is_named_exists():
    missing = [f"{rule.number}: {one}" for rule in read_rules() for one in rule.tests if not exists(one)]
    assert missing == []
    assert not exists("promises/test_privacy_rules.py::test_that_was_never_written"), "or the check is blind"
    assert not exists("promises/test_that_is_no_file.py::test_x")


def test_every_rule_has_a_test_or_is_named_open():
    without = {rule.number for rule in read_rules() if not rule.tests}
    assert without == {*OPEN.split()}
    assert [rule.number for rule in read_rules() if not rule.tests and not rule.is_open] == []


def test_the_list_of_what_is_open_only_shrinks():
    assert {*OPEN.split()} <= {*OPEN_AT_FIRST.split()}


def test_what_rules_call_open_only_becomes_less():
    """A rule with a test may still have parts without: each is one of those that were open at first, word for word."""
    said = [(rule.number, part) for rule in read_rules() for part in rule.is_open.split("; ") if part]
    assert [one for one in said if one not in AT_FIRST] == []
    assert len(said) == STILL_OPEN <= len(AT_FIRST)


def test_every_rule_says_what_it_demands_and_where_it_lives():
    assert [rule.number for rule in read_rules() if not rule.demands] == []
    assert [rule.number for rule in read_rules() if rule.tests and not rule.lives_in] == []
