"""What may be said of a referral and what it does; when somebody looks; the time to first contact."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.lifecycles import REFERRAL
from alongside.rules.referrals import (
    MAY_SAY,
    OPEN,
    SAYS,
    Pace,
    Way,
    fits_first_contact,
    look_on,
    names_them,
    state_after,
    time_to_first_contact,
)

TODAY = date(2026, 5, 20)
PACE = Pace(answer_days=5, follow_up_days=7)


@given(st.sampled_from(REFERRAL.states), st.sampled_from([*SAYS, "not_yet", "not_reached", "nonsense"]))
def test_whatever_is_said_leads_only_where_the_table_leads(status, said):
    to = state_after(status, said)
    assert to is None or (status, to) in REFERRAL.moves
    assert to is None or status in OPEN


@pytest.mark.parametrize("speaker", MAY_SAY)
def test_each_speaker_may_make_the_moves_of_what_they_say(speaker):
    kinds = {"partner": ["partner"], "person": ["participant"], "staff": ["peer", "staff"]}[speaker]
    for said in MAY_SAY[speaker]:
        for status in OPEN:
            if to := state_after(status, said):
                assert all(REFERRAL.may_move(status, to, by=kind) for kind in kinds), (speaker, said, status)


def test_nothing_goes_back_and_twice_is_once():
    assert state_after("in_progress", "in_touch") is None
    assert state_after("in_progress", "declined") is None
    assert state_after("accepted", "accepted") is None
    assert state_after("completed", "done") is None


def test_somebody_looks_sooner_while_a_place_has_not_answered():
    assert look_on("requested", sent=True, today=TODAY, pace=PACE) == TODAY + timedelta(days=5)
    assert look_on("requested", sent=False, today=TODAY, pace=PACE) == TODAY + timedelta(days=7)
    assert look_on("accepted", sent=True, today=TODAY, pace=PACE) == TODAY + timedelta(days=7)
    assert look_on("declined", sent=True, today=TODAY, pace=PACE) is None


def test_a_first_contact_is_not_before_the_choice_nor_to_come():
    assert fits_first_contact(TODAY, TODAY, TODAY)
    assert not fits_first_contact(TODAY - timedelta(days=1), TODAY, TODAY)
    assert not fits_first_contact(TODAY + timedelta(days=1), TODAY, TODAY)


@pytest.mark.parametrize(
    ("recipient", "names", "does"),
    [
        ("Dr. Ana Ito", ("ana ito", ""), True),
        ("County  HOSPITAL, social work", ("Ana Ito", "County Hospital"), True),
        ("Dr. Who", ("Ana Ito", "County Hospital"), False),
        ("Dr. Ana Ito", ("", ""), False),
        ("Dr. Ana Ito", ("an", ""), False),
        ("Dr. Mariana Itogawa", ("Ana Ito", ""), False),
        ("Joann Leeson", ("Ann Lee", ""), False),
        ("County Hospital, social work", ("Dr. Who", "Hospital"), False),
        ("Kaiser", ("Dr. Who", "Kaiser"), True),
        ("Ana Ito, M.D.", ("Ana  Ito M.D.", ""), True),
        ("Clínica Niño", ("", "clinica nino"), False),
    ],
)
def test_a_permission_names_somebody_or_does_not(recipient, names, does):
    assert names_them(recipient, *names) is does


def ways(met: int, waiting: int, ended: int) -> list[Way]:
    return [
        *(Way(TODAY, TODAY + timedelta(days=number), False, number) for number in range(met)),
        *(Way(TODAY, None, True, number) for number in range(waiting)),
        *(Way(TODAY, None, False, number) for number in range(ended)),
    ]


def test_the_middle_with_its_n_and_what_is_missing():
    figure = time_to_first_contact(ways(11, 12, 13))
    assert (figure.code, figure.value, figure.n, figure.not_due, figure.missing) == ("days_to_contact", 5, 11, 12, 13)


@pytest.mark.parametrize(("met", "waiting", "ended"), [(3, 20, 0), (10, 0, 0), (1, 1, 1), (20, 3, 0)])
def test_small_numbers_are_hidden(met, waiting, ended):
    figure = time_to_first_contact(ways(met, waiting, ended))
    counts = {"n": met, "not_due": waiting, "missing": ended}
    assert figure.hidden
    for name, count in counts.items():
        if 0 < count < 11:
            assert getattr(figure, name) is None
    assert met >= 11 or figure.value is None


def test_many_ways_of_few_people_are_few():
    figure = time_to_first_contact([*ways(11, 12, 13), *(Way(TODAY, TODAY, False, 0) for _ in range(5))])
    assert figure.n == 16
    for part, of_one in (("n", replace_whose(ways(40, 0, 0))), ("not_due", replace_whose(ways(0, 40, 0))),
                         ("missing", replace_whose(ways(0, 0, 40)))):  # fmt: skip
        figure = time_to_first_contact([*of_one, *ways(*(0 if part == one else 11 for one in PARTS))])
        assert getattr(figure, part) is None and figure.hidden
        assert (figure.value is None) == (part == "n")


PARTS = ("n", "not_due", "missing")


def replace_whose(found: list[Way]) -> list[Way]:
    """All of ten people."""
    return [replace(way, whose=number % 10) for number, way in enumerate(found)]
