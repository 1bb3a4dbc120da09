"""Figures from sums are the figures from rows."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import tallies
from alongside.rules.measures import (
    ENGAGED_DAYS,
    ContactRow,
    EngagementRow,
    OfferRow,
    WaitRow,
    answer_of,
    by_group,
    contacts_reached,
    engaged_at,
    first_not_due,
    is_engaged,
    merge_small_groups,
    offers_accepted,
    publish,
    time_to_match,
    wait_of,
)

TODAY = date(2026, 6, 1)
GROUPS = st.sampled_from(["east", "north", "south"])
DAYS = st.integers(-120, 0).map(lambda days: TODAY + timedelta(days=days))
WAITS = st.lists(st.builds(WaitRow, GROUPS, DAYS, st.none() | DAYS), max_size=60)
WALKS = st.lists(
    st.builds(EngagementRow, GROUPS, DAYS, st.lists(DAYS, max_size=3).map(tuple)).flatmap(
        lambda row: st.integers(1, 12).map(lambda times: [row] * times)
    ),
    max_size=12,
).map(lambda lists: [row for rows in lists for row in rows])
STATES = ["accepted", "declined", "lapsed", "peer_declined", "withdrawn", "offered", "chosen"]
OFFERS = st.lists(st.builds(OfferRow, GROUPS, st.sampled_from(STATES)), max_size=60)
TRIES = st.lists(st.builds(ContactRow, GROUPS, st.booleans()), max_size=60)


@given(WAITS, WALKS, OFFERS, TRIES)
def test_sums_give_the_figures_that_rows_give(waits, walks, offers, tries):
    sums: dict[str, tallies.Tally] = defaultdict(Counter)
    for wait in waits:
        sums[wait.group][wait_of(wait.waiting_on, wait.matched_on)] += 1
    for walk in walks:
        sums[walk.group]["started", 0] += 1
        for day in ENGAGED_DAYS:
            if walk.started_on >= first_not_due(day, TODAY):
                sums[walk.group]["not_due", day] += 1
            elif is_engaged(walk.started_on, walk.reached_on, day):
                sums[walk.group]["engaged", day] += 1
    for offer in offers:
        sums[offer.group][answer_of(offer.status), 0] += 1
    for each in tries:
        sums[each.group]["tried", 0] += 1
        sums[each.group]["reached", 0] += bool(each.reached)
    merged = merge_small_groups(Counter(walk.group for walk in walks))
    walks = [replace(walk, group=merged[walk.group]) for walk in walks]
    measures = [
        by_group(waits, time_to_match),
        by_group(tries, contacts_reached),
        *(by_group(walks, lambda rows, day=day: engaged_at(rows, day, TODAY)) for day in ENGAGED_DAYS),
        by_group(offers, offers_accepted),
    ]
    assert tallies.list_figures(sums) == [publish(figures) for figures in measures]


def test_nobody_gives_figures_without_a_value():
    assert [figure.value for figures in tallies.list_figures({}) for figure in figures.values()] == [None] * 6
