"""Which other answer about the law asks for less than before (D5)."""

import pytest

from alongside.rules.consent import Posture
from alongside.rules.consent.loosening import loosens

LOOSER = [
    (Posture(), Posture("holder")),
    (Posture("holder"), Posture("neither")),
    (Posture(majority_age=19), Posture(majority_age=18)),
    (Posture(), Posture(minor_alone_from=17)),
    (Posture(minor_alone_from=16), Posture(minor_alone_from=14)),
    (Posture(fundraises=True), Posture()),
    (Posture(), Posture(hipaa=False)),
    (Posture(), Posture(emancipated_alone=True)),
    (Posture(), Posture(majority_age=21, minor_alone_from=12)),
]


@pytest.mark.parametrize(("before", "after"), LOOSER)
def test_it_loosens_one_way_only(before, after):
    assert loosens(before, after)


@pytest.mark.parametrize(("after", "before"), LOOSER[:-1])
def test_the_way_back_does_not(before, after):
    assert not loosens(before, after)


def test_the_same_again_loosens_nothing():
    assert not loosens(Posture(), Posture())
