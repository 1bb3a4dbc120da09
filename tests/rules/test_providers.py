"""Which paper is enough for which law, and for what one is missing (C7)."""

from datetime import date
from itertools import product

import pytest

from alongside.rules.consent import Posture
from alongside.rules.consent.signing import PART2
from alongside.rules.providers import AGREEMENTS, SERVICES, Agreement, list_overdue, list_uncovered, suits


@pytest.mark.parametrize(
    ("part2", "hipaa", "enough"),
    [
        ("program", True, {"own", "both"}),
        ("program", False, {"own", "both", "qsoa"}),
        ("holder", True, {"own", "both", "baa"}),
        ("holder", False, set(AGREEMENTS)),
        ("neither", True, {"own", "both", "baa"}),
        ("neither", False, set(AGREEMENTS)),
    ],
)
def test_which_paper_is_enough(part2, hipaa, enough):
    posture = Posture(part2=part2, hipaa=hipaa)
    assert {one for one in AGREEMENTS if suits(one, posture)} == enough


def test_two_papers_are_enough_together():
    assert list_uncovered(["mail"], [Agreement("mail", "qsoa")], Posture()) == ("mail",)
    assert list_uncovered(["mail"], [Agreement("mail", "qsoa"), Agreement("mail", "baa")], Posture()) == ()
    assert list_uncovered(["mail"], [Agreement("mail", "qsoa"), Agreement("text", "baa")], Posture()) == ("mail",)


def test_without_a_paper_nothing_is_covered_whatever_the_law():
    for part2, hipaa in product(PART2, (True, False)):
        assert list_uncovered(reversed(SERVICES), [], Posture(part2=part2, hipaa=hipaa)) == SERVICES
    assert list_uncovered([], [], Posture()) == ()


def test_a_paper_waits_to_be_looked_at_from_its_day_on():
    day = date(2026, 12, 1)
    one, never = Agreement("mail", "both", day), Agreement("host", "own")
    assert list_overdue([one, never], date(2026, 11, 30)) == ()
    assert list_overdue([one, never], day) == (one,)
