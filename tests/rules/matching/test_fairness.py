"""Groups side by side: right figures, nothing of few people, and alerts that are seldom false and mostly there.

`python -m tests.rules.matching.test_fairness 2000` prints false alarms and power over so many made lists.
"""

import random
import sys
from collections import Counter
from itertools import product
from math import sqrt
from statistics import fmean

import pytest
from tests.rules.matching.people import rosa

from alongside.rules.matching.fairness import NOT_GIVEN, Row, find_alerts, groups_of, list_standings, t_quantile
from alongside.rules.measures import wilson_interval


def rows(count, matched, days=10, milli=50_000, **groups):
    return [
        Row(groups, days + k % 3, k < matched, milli + 1000 * (k % 5) if k < matched else None) for k in range(count)
    ]


def by_name(standings):
    return {(one.dimension, one.value): one for one in standings}


def test_figures_of_a_group():
    found = by_name(list_standings([*rows(40, 20, language="es"), *rows(60, 45, language="en")]))
    spanish, everybody = found["language", "es"], found["", ""]
    assert (spanish.people, everybody.people) == (40, 100)
    assert (spanish.matched.numerator, spanish.matched.value) == (20, 0.5)
    assert (spanish.matched.low, spanish.matched.high) == wilson_interval(20, 40)
    assert spanish.fit.value == pytest.approx(52)
    assert spanish.fit.low < 52 < spanish.fit.high
    assert spanish.fit.n == 20
    assert everybody.matched.numerator == 65
    assert spanish.waited.value == 12  # half are matched, the others wait on


def test_the_interval_of_a_mean_by_hand():
    """Ten fits of 50 to 54, twice each: standard deviation 1.4907, t(9) = 2.262."""
    (everybody,) = list_standings(rows(30, 15))
    fits = [50 + k % 5 for k in range(15)]
    deviation = sqrt(sum((fit - fmean(fits)) ** 2 for fit in fits) / 14)
    assert everybody.fit.high - everybody.fit.value == pytest.approx(2.1448 * deviation / sqrt(15), rel=1e-4)


@pytest.mark.parametrize(("freedom", "quantile"), [(10, 2.2281), (20, 2.0860), (60, 2.0003), (1000, 1.9623)])
def test_quantiles_as_in_the_tables(freedom, quantile):
    assert t_quantile(freedom) == pytest.approx(quantile, abs=0.001)


def test_a_small_group_is_hidden_and_another_one_with_it():
    found = by_name(list_standings([
        *rows(40, 20, language="es"), *rows(60, 45, language="en"),
        *rows(4, 2, language="vi"), *rows(30, 15, language="ko"),
    ]))  # fmt: skip
    hidden = {value for (dimension, value), one in found.items() if dimension and one.people is None}
    assert "vi" in hidden
    assert len(hidden) == 2
    for value in hidden:
        one = found["language", value]
        assert (one.matched.value, one.matched.n, one.waited.value, one.fit.value) == (None,) * 4
        assert one.matched.hidden and one.waited.hidden and one.fit.hidden


def test_a_share_that_tells_of_few_is_hidden_while_the_size_is_shown():
    found = by_name(
        list_standings([*rows(40, 38, language="es"), *rows(60, 30, language="en"), *rows(50, 20, language="ko")])
    )
    spanish = found["language", "es"]
    assert (spanish.people, spanish.matched.value, spanish.fit.value) == (40, None, None)
    assert spanish.waited.value is not None
    assert sum(one.matched.value is None for (dimension, _), one in found.items() if dimension) == 2


def test_totals_that_are_small_split_nothing():
    found = by_name(list_standings([*rows(30, 28, language="es"), *rows(60, 55, language="en")]))
    assert found["", ""].people == 90
    assert all(one.matched.value is None for one in found.values())
    assert found["language", "es"].people == 30
    (everybody,) = list_standings(rows(9, 4, language="es"))
    assert (everybody.people, everybody.matched.value) == (None, None)
    assert list_standings([]) == ()


def test_nothing_hidden_can_be_worked_out_from_what_is_shown():
    """Every table that agrees with what is shown is tried: each hidden small count has two possible values or more."""
    chance, threshold = random.Random(11), 3
    looked_at = 0
    for _ in range(60):
        counts = [(chance.randint(0, 5), chance.randint(0, 5)) for _ in range(3)]
        made = [row for k, (m, w) in enumerate(counts) for row in rows(m + w, m, language=f"g{k}")]
        total = tuple(map(sum, zip(*counts, strict=True)))
        if any(0 < part < threshold for part in (*total, sum(total))) or not sum(total):
            continue
        shown = by_name(list_standings(made, threshold))
        found = [shown.get(("language", f"g{k}")) for k in range(3)]
        cells = list(product(range(total[0] + 1), range(total[1] + 1)))
        two = product(*([cell for cell in cells if agrees(one, cell)] for one in found[:2]))
        tables = [[*table, rest(total, table)] for table in two if agrees(found[2], rest(total, table))]
        assert counts in tables
        for k in range(3):
            for true, seen in (
                (counts[k][0], {t[k][0] for t in tables}),
                (counts[k][1], {t[k][1] for t in tables}),
                (sum(counts[k]), {sum(t[k]) for t in tables}),
            ):
                if 0 < true < threshold:
                    looked_at += 1
                    assert len(seen) > 1, (counts, k)
    assert looked_at > 50


def rest(total, table):
    return total[0] - table[0][0] - table[1][0], total[1] - table[0][1] - table[1][1]


def agrees(shown, cell):
    """Whether a group could have (matched, waiting) of this. A group nobody is in is not listed."""
    if min(cell) < 0:
        return False
    if shown is None:
        return sum(cell) == 0
    if shown.people is not None and sum(cell) != shown.people:
        return False
    return shown.matched.numerator is None or cell[0] == shown.matched.numerator


def test_the_groups_of_a_participant():
    assert groups_of(rosa(), site="B", race="") == {
        "language": "es", "gender": "woman", "age": "25_34", "kind": "own_recovery", "site": "B", "race": NOT_GIVEN,
    }  # fmt: skip
    assert groups_of(rosa(age=None, gender="not_said", languages=()))["age"] == NOT_GIVEN


SPLIT = {
    "language": ("en", "en", "en", "es", "vi"),
    "gender": ("woman", "man"),
    "kind": ("own_recovery", "loved_one"),
    "site": ("A", "B", "C"),
}


def draw_list(chance, people, slower=1.0):
    """A made list: exponential waits of 20 days in the median, cut off by today; Spanish speakers wait longer."""
    found = []
    for _ in range(people):
        groups = {dimension: chance.choice(values) for dimension, values in SPLIT.items()}
        factor = slower if groups["language"] == "es" else 1
        wait, seen = chance.expovariate(0.6931 / (20 * factor)), chance.uniform(5, 120)
        found.append(Row(groups, int(min(wait, seen)), wait <= seen))
    return found


def alarms(runs, people, slower, seed):
    """(share of lists with any alert, share with an alert for Spanish speakers)."""
    chance, found = random.Random(seed), Counter()
    for _ in range(runs):
        named = {(alert.dimension, alert.value) for alert in find_alerts(draw_list(chance, people, slower))}
        found["any"] += bool(named)
        found["es"] += ("language", "es") in named
    return found["any"] / runs, found["es"] / runs


def test_without_any_difference_an_alert_is_rare():
    runs = 100
    share, _ = alarms(runs, 200, slower=1.0, seed=1)
    assert share <= 0.05 + 3 * sqrt(0.05 * 0.95 / runs)


def test_a_group_that_waits_twice_as_long_is_mostly_found():
    _, share = alarms(40, 300, slower=2.0, seed=2)
    assert share >= 0.8


def test_an_alert_says_how_much_longer():
    made = [Row({"language": "en"}, 10, True) for _ in range(60)] + [
        Row({"language": "es"}, 30, True) for _ in range(40)
    ]
    (alert,) = find_alerts(made)
    assert (alert.code, alert.dimension, alert.value) == ("waits_longer", "language", "es")
    assert (alert.median.days, alert.median_of_rest.days, alert.days_longer, alert.is_at_least) == (30, 10, 20, False)
    waiting = [Row({"language": "en"}, 10, True) for _ in range(60)] + [
        Row({"language": "es"}, 45, False) for _ in range(40)
    ]
    (alert,) = find_alerts(waiting)
    assert (alert.median.days, alert.days_longer, alert.is_at_least) == (None, 35, True)


def test_a_sure_difference_of_days_is_not_notable_and_small_groups_are_not_tested():
    near = [Row({"language": "en"}, 10, True) for _ in range(200)] + [
        Row({"language": "es"}, 13, True) for _ in range(200)
    ]
    assert find_alerts(near) == ()
    few = [Row({"language": "en"}, 10, True) for _ in range(60)] + [
        Row({"language": "es"}, 60, True) for _ in range(10)
    ]
    assert find_alerts(few) == ()
    unsaid = [Row({"race": "white"}, 10, True) for _ in range(60)] + [Row({"race": ""}, 60, True) for _ in range(40)]
    assert find_alerts(unsaid) == ()


def main():
    runs = int(sys.argv[1])
    print("| people | Spanish speakers wait | any alert | alert for them |\n| ---: | ---: | ---: | ---: |")
    for people in (100, 200, 400):
        for slower in (1.0, 1.5, 2.0, 3.0):
            found, own = alarms(runs, people, slower, seed=people)
            print(f"| {people} | {slower:g} times | {found:.1%} | {own:.1%} |")


if __name__ == "__main__":
    main()
