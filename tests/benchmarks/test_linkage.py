"""The model for near duplicates on a labelled set of a seed of its own: floors below what was measured."""

import pytest
from benchmarks.linkage.records import make_records
from benchmarks.linkage.trying import try_model

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def trial():
    """3,000 people, 500 records more."""
    return try_model(make_records(seed=42, people=3_000, duplicates=500))


def test_the_set_is_the_same_for_the_same_seed():
    assert make_records(3, 200, 50) == make_records(3, 200, 50) != make_records(4, 200, 50)


def test_what_is_called_sure_is_nearly_always_right(trial):
    precision, recall, _ = trial.rates(lambda _bits, verdict: verdict == "surely")
    assert precision >= 0.99 and recall >= 0.58


def test_most_of_those_written_twice_are_shown_to_a_person(trial):
    precision, recall, f1 = trial.rates(lambda _bits, verdict: verdict != "no")
    assert precision >= 0.73 and recall >= 0.88 and f1 >= 0.80


def test_no_household_is_taken_for_one_person(trial):
    assert trial.families == 0


def test_only_a_small_part_of_all_pairs_is_compared(trial):
    assert trial.pairs < trial.records * 3
