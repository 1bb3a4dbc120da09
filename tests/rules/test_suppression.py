"""Small cells: what is hidden must stay unknown. The checker counts by hand every table a reader could think of."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.suppression import Arc, Grid, hide, is_share_hidden, is_small, suppress, with_totals


def possible_tables(shown: Grid, highest: int) -> list[list[list[int]]]:
    """All tables whose totals add up and that agree with what is shown; hidden numbers are 1 to `highest`.

    Row by row, so that the totals cut the search early.
    """
    columns = len(shown[0]) - 1
    rows_of = []
    for row in shown[:-1]:
        choices = [[cell] if cell is not None else range(1, highest + 1) for cell in row[:-1]]
        rows_of.append(
            [
                [*cells, sum(cells)]
                for cells in product(*choices)
                if (sum(cells) == row[-1] if row[-1] is not None else sum(cells) > 0)
            ]
        )
    found = []
    for rows in product(*rows_of):
        totals = [sum(row[c] for row in rows) for c in range(columns + 1)]
        if all(
            (seen == total) if seen is not None else total > 0 for seen, total in zip(shown[-1], totals, strict=True)
        ):
            found.append([*rows, totals])
    return found


def assert_nothing_small_is_derivable(counts: list[list[int]], shown: Grid, threshold: int, highest: int) -> None:
    true = with_totals(counts)
    possible = possible_tables(shown, highest)
    for r, row in enumerate(true):
        for c, count in enumerate(row):
            assert shown[r][c] in (None, count)
            if not is_small(count, threshold):
                assert count or shown[r][c] == 0
                continue
            assert shown[r][c] is None
            values = {table[r][c] for table in possible}
            assert len(values) > 1
            # ten ones and their total of ten: nothing smaller is possible, so the second value lies above
            assert len([value for value in values if value < threshold]) > 1 or count == threshold - 1 == min(values)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=1, max_size=3))
def test_no_hidden_small_number_can_be_derived(counts: list[list[int]]):
    """The same rule with a threshold of 4 on tables so small that every other table can be tried."""
    assert_nothing_small_is_derivable(counts, suppress(counts, 4), 4, 8)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=2))
def test_no_hidden_small_number_can_be_derived_in_wide_tables(counts: list[list[int]]):
    assert_nothing_small_is_derivable(counts, suppress(counts, 4), 4, 7)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=1, max_size=3))
def test_kept_row_totals_stay_and_still_nothing_is_derivable(counts: list[list[int]]):
    counts = [row for row in counts if not is_small(sum(row), 4)] or [[4, 4]]
    shown = suppress(counts, 4, keep_row_totals=True)
    assert [row[-1] for row in shown] == [row[-1] for row in with_totals(counts)]
    assert_nothing_small_is_derivable(counts, shown, 4, 9)


@pytest.mark.parametrize(("counts", "highest"), [
    ([[3, 40]], 45), ([[10, 10], [1, 30]], 31), ([[1, 1], [1, 1]], 12), ([[5, 12], [12, 0], [20, 9]], 24), ([[10]], 12),
])  # fmt: skip
def test_at_the_real_threshold_one_to_ten_stays_unknown(counts: list[list[int]], highest: int):
    assert_nothing_small_is_derivable(counts, suppress(counts), 11, highest)


def test_one_small_cell_takes_the_cheapest_company_and_leaves_the_totals():
    assert suppress([[5, 40, 30], [20, 30, 50], [0, 60, 12]]) == [
        [None, None, 30, 75],
        [None, None, 50, 100],
        [0, 60, 12, 72],
        [25, 130, 92, 247],
    ]


def test_a_table_without_small_cells_is_shown_whole_and_zeros_always():
    assert suppress([[0, 11], [12, 0]]) == [[0, 11, 11], [12, 0, 12], [12, 11, 23]]


def test_a_kept_row_of_ones_hides_its_total_rather_than_tell():
    assert suppress([[1] * 11, [20] * 11], keep_row_totals=True)[0][-1] is None


def test_ten_ones_are_hidden_with_their_total():
    shown = suppress([[1]] * 10)
    assert {cell for row in shown for cell in row} == {None}


@given(st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4), min_size=1, max_size=12))
def test_the_same_table_is_hidden_the_same_way_and_shows_no_small_number(counts: list[list[int]]):
    shown = suppress(counts)
    assert shown == suppress(counts)
    assert not any(cell is not None and is_small(cell) for row in shown for cell in row)


@pytest.mark.parametrize("counts", [[], [[]], [[1, 2], [3]], [[-1, 12]]])
def test_what_is_no_table_is_refused(counts: list[list[int]]):
    with pytest.raises(ValueError):
        suppress(counts)


def test_small_rows_cannot_be_kept_and_flows_must_balance():
    with pytest.raises(ValueError):
        suppress([[3, 2], [20, 30]], keep_row_totals=True)
    with pytest.raises(ValueError):
        hide([Arc("a", "b", 12), Arc("b", "a", 13)])
    with pytest.raises(ValueError):
        suppress([[1]], threshold=2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "hidden"),
    [(0, 20, False), (1, 20, True), (10, 40, True), (11, 40, False), (30, 40, True), (29, 40, False), (40, 40, False)],
)
def test_a_share_is_hidden_by_few_in_it_or_few_outside(numerator: int, denominator: int, hidden: bool):
    assert is_share_hidden(numerator, denominator) is hidden
