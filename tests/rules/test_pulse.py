"""Silence and falls: rare in noise without and with memory, found where they are true, noticed once."""

from datetime import date, timedelta
from math import sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.check_in import QUESTIONS, CheckInPolicy
from alongside.rules.pulse import (
    FALL_LASTS,
    REMEMBERED,
    USUAL,
    Answered,
    find_fall,
    has_dropped,
    list_falls,
    quiet_from,
)

POLICY = CheckInPolicy()
START = date(2026, 1, 5)
MOST_FALSE_DROPS = 0.02
"""So many of the check-ins of people who never change may look like a drop."""
MOST_FALSE_FALLS = 0.6
"""So often a year somebody is named who never changes and checks in each week."""


def weekly(levels, questions=QUESTIONS):
    """One check-in a week, each question answered with the number given, or with the mapping given."""
    return [
        Answered(START + timedelta(weeks=week), one if isinstance(one, dict) else dict.fromkeys(questions, one), 5)
        for week, one in enumerate(levels)
    ]


def noise(answers, count, asked, seed):
    random = Random(seed)
    return weekly([{one: random.choice(answers) for one in QUESTIONS[:asked]} for _ in range(count)])


@pytest.mark.parametrize("asked", [1, 3, 7])
@pytest.mark.parametrize("answers", [[1, 2, 3, 4, 5], [3, 4, 4, 5], [1, 5]], ids=["any", "near", "either-end"])
def test_noise_hardly_ever_looks_like_a_drop(answers, asked):
    looked = [
        has_dropped(series[:end], POLICY)
        for seed in range(150)
        for series in [noise(answers, 20, asked, seed)]
        for end in range(7, 21)
    ]
    assert sum(looked) / len(looked) <= MOST_FALSE_DROPS


def moods(memory, asked, count, seed):
    """Somebody who never changes: a mood like that of the week before, and each answer scattered around it."""
    random = Random(seed)
    mood, levels = random.gauss(0, 1), []
    for _ in range(count):
        answers = [min(5, max(1, round(3.5 + mood + random.gauss(0, 0.5)))) for _ in range(asked)]
        levels.append(dict(zip(QUESTIONS, answers, strict=False)))
        mood = memory * mood + random.gauss(0, sqrt(1 - memory**2))
    return weekly(levels)


@pytest.mark.parametrize("asked", [1, 7])
@pytest.mark.parametrize("memory", [0, 0.3, 0.5, 0.7, 0.8])
def test_noise_with_memory_hardly_ever_looks_like_a_drop(memory, asked):
    people, weeks = 80, 58
    looked = drops = falls = 0
    for seed in range(people):
        series = moods(memory, asked, weeks, seed)
        looked += weeks - 6
        drops += sum(has_dropped(series[:end], POLICY) for end in range(7, weeks + 1))
        falls += len(list_falls(series, POLICY))
    assert drops / looked <= MOST_FALSE_DROPS
    assert 0 < falls / (looked / 52) <= MOST_FALSE_FALLS


def test_one_fall_is_noticed_once_and_another_one_anew():
    down = weekly([4] * 12 + [2] * 6)
    assert [find_fall(down[:end], POLICY) for end in range(12, 19)] == [None, None, 13, 13, 13, 13, 13]
    back = weekly([4] * 12 + [2] * 3 + [4] * USUAL + [2] * 2)
    assert [find_fall(back[:end], POLICY) for end in (15, 16, 42, 43)] == [13, None, None, 42]


def test_what_lasts_becomes_what_is_usual():
    low = weekly([4] * 12 + [2] * (2 * FALL_LASTS))
    assert find_fall(low[: 12 + FALL_LASTS], POLICY) == 13
    assert find_fall(low[: 14 + FALL_LASTS], POLICY) is None
    assert find_fall(low, POLICY) is None


def test_a_fall_is_found_also_after_half_a_year_of_answers():
    assert find_fall(weekly([4] * (USUAL + 9) + [2, 2]), POLICY) == USUAL + 10


@pytest.mark.parametrize(("asked", "least"), [(1, 0.6), (3, 0.95), (7, 0.99)])
def test_a_fall_of_two_steps_that_stays_is_found(asked, least):
    random, found, tries = Random(7), 0, 300
    for _ in range(tries):
        levels = [
            {one: min(5, max(1, (4 if week < 10 else 2) + random.choice([-1, 0, 0, 1]))) for one in QUESTIONS[:asked]}
            for week in range(12)
        ]
        found += has_dropped(weekly(levels), POLICY)
    assert found / tries >= least


def test_one_hard_day_is_no_drop_and_two_are():
    assert not has_dropped(weekly([4] * 8 + [4, 1]), POLICY)
    assert not has_dropped(weekly([4] * 8 + [1, 4]), POLICY)
    assert has_dropped(weekly([4] * 8 + [2, 2]), POLICY)


def test_too_little_is_known_about_somebody_new():
    assert not has_dropped(weekly([5] * 4 + [1, 1]), POLICY)
    assert has_dropped(weekly([5] * 5 + [1, 1]), POLICY)


def test_a_smaller_fall_than_the_policy_names_is_left():
    assert not has_dropped(weekly([5] * 8 + [4, 4]), CheckInPolicy(drop_percent=26))
    assert has_dropped(weekly([5] * 8 + [4, 4]), CheckInPolicy(drop_percent=25, drop_surety=2))


@settings(max_examples=200)
@given(st.lists(st.sets(st.sampled_from(QUESTIONS)), min_size=7, max_size=12))
def test_leaving_questions_out_never_looks_like_a_drop(left_out):
    """Somebody to whom home is always hard and mood always good, whatever they leave out each time."""
    fixed = {one: 1 if one == "home" else 5 for one in QUESTIONS}
    levels = [{one: fixed[one] for one in QUESTIONS if one not in gone} for gone in left_out]
    assert not has_dropped(weekly(levels), POLICY)


@given(st.lists(st.integers(1, 5), min_size=7, max_size=12))
def test_feeling_better_is_never_a_drop(levels):
    assert not has_dropped(weekly([*levels[:-2], 5, 5]), POLICY)


def test_a_changed_scale_is_no_change_of_the_person():
    before = [Answered(START + timedelta(weeks=week), {"mood": 3}, 5) for week in range(6)]
    after = [Answered(START + timedelta(weeks=6 + week), {"mood": 2}, 3) for week in range(2)]
    assert not has_dropped([*before, *after], POLICY)


# --- silence ------------------------------------------------------------------------------------------------------
def days_of(pauses):
    found = [START]
    for pause in pauses:
        found.append(found[-1] + timedelta(days=pause))
    return found


def count_false(pauses_of, known, people=1500):
    """Of how many people the next pause looks like silence, when so many pauses are known."""
    false = 0
    for seed in range(people):
        pauses = pauses_of(Random(seed * 31 + known), known + 1)
        false += days_of(pauses)[-1] >= quiet_from(days_of(pauses[:-1]), POLICY)
    return false / people


def without_habit(random, count):
    # Far above the floor of two weeks, so that only the person's own pauses decide.
    return [max(1, round(random.expovariate(1 / 60))) for _ in range(count)]


@pytest.mark.parametrize("known", [4, 5, 6, 7, 8, 12, 19])
def test_people_without_any_habit_look_silent_as_seldom_as_the_module_says(known):
    counted = min(known, REMEMBERED)
    bound = 2 / ((counted + 1) * (counted + 2))
    rate = count_false(without_habit, known)
    # Four standard errors of 1,500 draws; and the bound is no empty one.
    assert rate <= bound + 4 * sqrt(bound / 1500)
    assert rate >= bound / 2


@pytest.mark.parametrize("known", [4, 8, 19])
def test_people_with_a_habit_never_look_silent(known):
    assert count_false(lambda random, count: [random.randint(5, 9) for _ in range(count)], known, people=600) == 0


@given(st.lists(st.integers(1, 40), min_size=4, max_size=15))
def test_whoever_really_stops_is_noticed_and_never_before_the_floor(pauses):
    days = days_of(pauses)
    begins = quiet_from(days, POLICY)
    assert days[-1] + timedelta(days=POLICY.silence_days) < begins <= days[-1] + timedelta(days=2 * 40 + 1)


def test_a_weekly_habit_is_silent_after_two_weeks_and_one_of_months_later():
    assert quiet_from(days_of([7] * 5), POLICY) == days_of([7] * 5)[-1] + timedelta(days=15)
    assert quiet_from(days_of([30] * 5), POLICY) == days_of([30] * 5)[-1] + timedelta(days=61)


def test_a_few_check_ins_are_no_habit_and_two_on_a_day_are_one():
    assert quiet_from(days_of([7] * 3), POLICY) is None
    assert quiet_from([START] * 9, POLICY) is None
    assert quiet_from([], POLICY) is None


def test_what_was_usual_long_ago_is_forgotten():
    assert quiet_from(days_of([60, *[7] * 8]), POLICY) == days_of([60, *[7] * 8])[-1] + timedelta(days=15)
