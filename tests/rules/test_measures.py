"""Figures with what they stand on."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rules.measures import (
    ALL,
    ENGAGED_DAYS,
    SMALLER,
    ContactRow,
    EngagementRow,
    Figure,
    OfferRow,
    WaitRow,
    by_group,
    contacts_reached,
    engaged_at,
    merge_small_groups,
    offers_accepted,
    publish,
    share,
    time_to_match,
    wilson_interval,
)

START = date(2026, 1, 1)


def on(day: int) -> date:
    return START + timedelta(days=day)


def test_time_to_match_is_a_median_with_quartiles_and_says_who_still_waits():
    rows = [WaitRow("", START, on(days)) for days in (2, 4, 6, 20)]
    rows += [WaitRow("", START), WaitRow("", None, on(3)), WaitRow("", on(9), on(3))]
    figure = time_to_match(rows)
    assert (figure.value, figure.low, figure.high) == (5, 3.5, 9.5)
    assert (figure.n, figure.missing, figure.not_due) == (4, 2, 1)


def test_nobody_matched_gives_no_median():
    figure = time_to_match([WaitRow("", START)])
    assert (figure.value, figure.low, figure.n, figure.not_due) == (None, None, 0, 1)


def test_contacts_count_tries_and_leave_out_what_nobody_wrote_down():
    figure = contacts_reached([ContactRow("", reached) for reached in (True, True, True, False, None)])
    assert (figure.value, figure.numerator, figure.denominator, figure.missing) == (0.75, 3, 4, 1)


@pytest.mark.parametrize(
    ("day", "reached", "engaged"),
    [(30, 0, 0), (30, 1, 1), (30, 30, 1), (30, 31, 0), (60, 30, 0), (60, 31, 1), (60, 60, 1), (90, 60, 0), (90, 61, 1)],
)
def test_a_contact_counts_for_the_window_in_which_it_lies(day: int, reached: int, engaged: int):
    assert engaged_at([EngagementRow("", START, (on(reached),))], day, on(200)).numerator == engaged


def test_a_person_counts_only_when_the_day_has_passed():
    rows = [EngagementRow("", START, (on(5),)), EngagementRow("", None)]
    not_yet, passed = engaged_at(rows, 30, on(30)), engaged_at(rows, 30, on(31))
    assert (not_yet.value, not_yet.n, not_yet.missing, not_yet.not_due) == (None, 0, 1, 1)
    assert (passed.value, passed.n, passed.missing, passed.not_due) == (1.0, 1, 1, 0)


def test_the_published_shares_of_448_people_carry_their_intervals():
    # 25 / 18 / 16 % of 448 at 30 / 60 / 90 days (ajemjournal 2023, shared field notes (d))
    rows = [
        EngagementRow("ed", START, tuple(on(day) for day, count in ((20, 112), (50, 81), (80, 72)) if person < count))
        for person in range(448)
    ]
    figures = [engaged_at(rows, day, on(400)) for day in ENGAGED_DAYS]
    assert [round(figure.value or 0, 2) for figure in figures] == [0.25, 0.18, 0.16]
    assert all(figure.low < figure.value < figure.high for figure in figures)


def test_offers_leave_out_the_withdrawn_and_wait_for_the_open():
    statuses = ("accepted", "declined", "lapsed", "peer_declined", "withdrawn", "drafted", "offered", "chosen")
    figure = offers_accepted([OfferRow("", status) for status in statuses])
    assert (figure.value, figure.numerator, figure.denominator, figure.not_due) == (0.25, 1, 4, 2)


def test_wilson_agrees_with_known_limits_and_refuses_what_is_no_share():
    assert [round(limit, 4) for limit in wilson_interval(0, 10)] == [0.0, 0.2775]
    assert [round(limit, 4) for limit in wilson_interval(10, 10)] == [0.7225, 1.0]
    for numerator, denominator in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError):
            wilson_interval(numerator, denominator)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_in_range(counts: tuple[int, int]):
    low, high = wilson_interval(*counts)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1


def test_groups_stand_in_order_and_all_together_last():
    rows = [ContactRow("south", True), ContactRow("north", False)]
    figures = by_group(rows, contacts_reached)
    assert list(figures) == ["north", "south", ALL]
    assert figures[ALL].n == 2


def test_publishing_hides_a_small_share_and_what_leads_back_to_it():
    figures = {"east": share("x", 30, 30), "north": share("x", 4, 44), "south": share("x", 30, 60)}
    figures[ALL] = share("x", 64, 134)
    shown = publish(figures)
    assert shown["north"].hidden and shown["north"].value is None and shown["north"].numerator is None
    assert shown["south"].hidden and shown["south"].value is None
    assert shown["north"].n == 44
    assert shown[ALL] == figures[ALL] and shown["east"] == figures["east"]


def test_a_small_number_of_people_is_hidden_also_as_n_missing_or_not_due():
    figures = by_group([WaitRow("a", START, on(5))] * 30 + [WaitRow("a", START)] * 3, time_to_match)
    shown = publish(figures)
    assert shown["a"].not_due is None and shown[ALL].not_due is None
    few = publish({ALL: share("x", 2, 5)})[ALL]
    assert (few.n, few.value, few.denominator, few.hidden) == (None, None, None, True)


@given(st.lists(st.tuples(*[st.integers(0, 40)] * 4), min_size=1, max_size=5))
def test_nothing_published_is_small_and_hidden_groups_are_not_alone(rows: list[tuple[int, int, int, int]]):
    figures = {
        f"g{at}": share("x", numerator, numerator + rest, missing=missing, not_due=not_due)
        for at, (numerator, rest, missing, not_due) in enumerate(rows)
    }
    sums = [sum(column) for column in zip(*rows, strict=True)]
    figures[ALL] = share("x", sums[0], sums[0] + sums[1], missing=sums[2], not_due=sums[3])
    shown = publish(figures)
    for figure in shown.values():
        rest = None if figure.n is None or figure.numerator is None else figure.n - figure.numerator
        for count in (figure.n, figure.missing, figure.not_due, figure.numerator, rest):
            assert count is None or count == 0 or count > 10
    for part in ("n", "missing", "not_due", "numerator"):
        lost = [name for name in figures if getattr(shown[name], part) is None]
        assert len(lost) != 1  # one alone would be the difference of the others


def test_figures_are_published_once():
    with pytest.raises(ValueError):
        publish(publish({ALL: share("x", 2, 5)}))


@given(st.dictionaries(st.text("abcde", min_size=1, max_size=2), st.integers(0, 30), max_size=8))
def test_merged_groups_are_large_enough_or_everybody(sizes: dict[str, int]):
    shown_as = merge_small_groups(sizes)
    assert set(shown_as) == set(sizes)
    merged: dict[str, int] = {}
    for name, size in sizes.items():
        merged[shown_as[name]] = merged.get(shown_as[name], 0) + size
    if sum(sizes.values()) >= 11:
        assert all(size == 0 or size >= 11 for size in merged.values())
    else:
        assert set(merged) - {SMALLER} <= {name for name, size in sizes.items() if not size}


Counts = tuple[int, int, int, int]


def figure_of(counts: Counts) -> Figure:
    numerator, rest, missing, not_due = counts
    return share("x", numerator, numerator + rest, missing=missing, not_due=not_due)


def agrees(counts: Counts, shown: Figure) -> bool:
    """Whether a reader who sees this figure may think of these counts."""
    real = figure_of(counts)
    return all(getattr(shown, part) in (None, getattr(real, part)) for part in ("n", "missing", "not_due", "numerator"))


groups_of_five_or_more = st.tuples(*[st.integers(0, 3)] * 4).filter(lambda counts: sum(counts) >= 5)


@settings(max_examples=25, deadline=None)
@given(st.lists(groups_of_five_or_more, min_size=2, max_size=2))
def test_no_reader_can_work_out_a_small_count_of_a_published_share(rows: list[Counts]):
    """Threshold 5, two groups; the reader also knows the size of each group, and tries all counts."""
    sums: Counts = tuple(map(sum, zip(*rows, strict=True)))
    figures = {"a": figure_of(rows[0]), "b": figure_of(rows[1]), ALL: figure_of(sums)}
    shown = publish(figures, threshold=5)

    def thinkable(row: Counts, figure: Figure) -> list[Counts]:
        options = (counts for counts in product(range(sum(row) + 1), repeat=4) if sum(counts) == sum(row))
        return [counts for counts in options if agrees(counts, figure)]

    possible = [
        (one, other)
        for one in thinkable(rows[0], shown["a"])
        for other in thinkable(rows[1], shown["b"])
        if agrees(tuple(map(sum, zip(one, other, strict=True))), shown[ALL])
    ]
    for group, row in enumerate(rows):
        for part, count in enumerate(row):
            if 0 < count < 5:
                assert len({pair[group][part] for pair in possible}) > 1
        if 0 < row[0] + row[1] < 5:
            assert len({pair[group][0] + pair[group][1] for pair in possible}) > 1
