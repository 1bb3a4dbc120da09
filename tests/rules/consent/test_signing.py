"""Who signs (42 CFR 2.14, 2.15), how long it lasts, and from when it can be taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.consent import Posture, may_consent_alone, may_take_back, state_at, who_signs
from alongside.rules.consent.signing import RELATIONS

NOW = datetime(2026, 11, 29, tzinfo=UTC)
STRICTEST = Posture()
STATE = Posture(minor_alone_from=12)


@pytest.mark.parametrize(
    ("posture", "age", "signs"),
    [
        (STRICTEST, 18, "self"),
        (STRICTEST, 17, "minor_and_parent"),
        (STRICTEST, None, "self"),
        (STATE, 17, "minor_alone"),
        (STATE, 12, "minor_alone"),
        (STATE, 11, "minor_and_parent"),
        (STATE, 18, "self"),
        (Posture(majority_age=19), 18, "minor_and_parent"),
        (Posture(majority_age=19), 19, "self"),
    ],
)
def test_who_signs(posture, age, signs):
    assert who_signs(posture, age=age) == signs


def test_a_guardian_signs_only_when_named():
    assert who_signs(STRICTEST, age=40, represented_by="guardian") == "guardian"
    assert who_signs(STRICTEST, age=None, represented_by="guardian") == "guardian"
    with pytest.raises(ValueError, match="parent"):
        who_signs(STRICTEST, age=14, represented_by="parent")


@pytest.mark.parametrize("represented_by", ["", "guardian", "survivor"])
def test_no_guardian_signs_for_a_minor_who_may_alone(represented_by):
    """§2.14(a): "only the minor", whoever was named beside them."""
    for age in (12, 17):
        assert who_signs(STATE, age=age, represented_by=represented_by) == "minor_alone"
        assert may_consent_alone(STATE, age) and not may_consent_alone(STRICTEST, age)
    assert who_signs(STATE, age=11, represented_by="guardian") == "guardian"
    assert who_signs(STATE, age=18, represented_by="guardian") == "guardian"
    assert not may_consent_alone(STATE, 11) and not may_consent_alone(STATE, 18) and not may_consent_alone(STATE, None)


def test_an_emancipated_minor_signs_alone_only_where_the_state_says_so():
    """§2.14 leaves it to the state: the strictest law asks the parents too."""
    state = Posture(emancipated_alone=True)
    assert who_signs(state, age=16, represented_by="emancipated") == "emancipated"
    assert who_signs(state, age=16) == "minor_and_parent"
    assert who_signs(STRICTEST, age=16, represented_by="emancipated") == "minor_and_parent"
    for age in (18, None):
        assert who_signs(state, age=age, represented_by="emancipated") == "self", "an adult needs no paper"
    both = Posture(emancipated_alone=True, minor_alone_from=12)
    assert who_signs(both, age=16, represented_by="emancipated") == "minor_alone"


@pytest.mark.parametrize(("age", "signs"), [(40, "self"), (None, "self"), (14, "minor_alone"), (9, "minor_and_parent")])
def test_no_executor_of_the_living(age, signs):
    """§2.15(b) is about those who died: without a death that was written down, naming one changes nothing."""
    assert who_signs(STATE, age=age, represented_by="survivor") == signs
    for named in ("", "guardian", "survivor"):
        assert who_signs(STATE, age=age, represented_by=named, has_died=True) == "survivor"


def test_the_strictest_law_holds_until_somebody_says_otherwise():
    assert (STRICTEST.part2, STRICTEST.minor_alone_from) == ("program", None)


def test_a_day_that_is_over_ends_it_whether_or_not_somebody_noted_it():
    assert state_at("active", NOW, NOW) == "expired"
    assert state_at("active", NOW + timedelta(microseconds=1), NOW) == "active"
    assert state_at("active", None, NOW) == "active"
    assert state_at("draft", NOW, NOW) == "draft"
    assert state_at("revoked", None, NOW) == "revoked"


def test_everything_stops_at_once_but_what_the_law_lets_be_held():
    assert may_take_back(False, None, NOW)
    assert may_take_back(True, NOW, NOW)
    assert not may_take_back(True, NOW + timedelta(microseconds=1), NOW)
    assert may_take_back(True, None, NOW)
    assert may_take_back(False, NOW + timedelta(days=1), NOW)
    later = NOW + timedelta(days=9)
    assert may_take_back(True, later, NOW, released_at=NOW), "the case is over"
    assert not may_take_back(True, later, NOW, released_at=NOW + timedelta(microseconds=1))
    assert not may_take_back(True, later, NOW, released_at=None)


def test_what_somebody_is_to_the_person_is_kept_by_these_very_codes():
    """They stand in signed rows: another spelling would make whoever signed a stranger."""
    assert RELATIONS == ("parent", "guardian", "custodian", "other")


def test_a_director_signs_for_an_adult_whose_age_is_known_and_for_whom_nobody_else_acts():
    """§2.15(a)(2): no minor, nobody whom a court gave a guardian, and nobody who died."""
    named = {"represented_by": "director_for_payment"}
    assert who_signs(STRICTEST, age=18, **named) == "director_for_payment"
    assert who_signs(Posture("holder"), age=40, **named) == "director_for_payment"
    assert who_signs(STRICTEST, age=40) == "self", "only when named"
    assert who_signs(STRICTEST, age=None, **named) == "self"
    assert who_signs(Posture("neither"), age=40, **named) == "self"
    assert who_signs(STRICTEST, age=17, **named) == "minor_and_parent"
    assert who_signs(STATE, age=17, **named) == "minor_alone"
    assert who_signs(STRICTEST, age=40, has_died=True, **named) == "survivor"
    assert who_signs(STRICTEST, age=40, have_acted=["guardian"], **named) == "guardian"
    assert who_signs(STRICTEST, age=40, have_acted=["guardian", "survivor"], **named) == "survivor"
    assert who_signs(STRICTEST, age=40, have_acted=["director_for_payment"], **named) == "director_for_payment"
    assert who_signs(STRICTEST, age=40, have_acted=["guardian"]) == "self"
