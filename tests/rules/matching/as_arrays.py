"""People as arrays, the three ways to decide about their pairs, and strategies for the whole range of answers."""

import numpy as np
from hypothesis import strategies as st
from tests.rules.matching.people import dante, must, rosa

from alongside.rules.availability import HOURS_IN_WEEK, NEVER, to_hex
from alongside.rules.matching import DEFAULT_POLICY, DEFAULT_WEIGHTS, Limit, Policy, Preference, kernel
from alongside.rules.matching.arrays import check_arrays
from alongside.rules.matching.compiling import compile_peers, compile_policy, compile_seekers, make_codebook
from alongside.rules.matching.constraints import is_feasible
from alongside.rules.matching.fit import score_milli
from alongside.rules.matching.scanning import Scan
from alongside.rules.matching.table import make_rows, make_table
from alongside.rules.vocabulary import (
    EXPERIENCES,
    GENDERS,
    INTERESTS,
    KINDS,
    LANGUAGES,
    LIFE_STAGES,
    MODES,
    NEEDS,
    PATHWAYS,
    PREFERENCES,
    STRENGTHS,
)  # fmt: skip

POLICIES = [
    DEFAULT_POLICY,
    Policy(version="odd", weights={n: 0.1 + w / 7 for n, w in DEFAULT_WEIGHTS.items()}, session_hours=3, far_miles=300),
    Policy(version="few", weights={"distance": 1.0, "wishes": 3.0, "age": 0.0}, similar_age_years=0, far_age_years=3),
]


def compiled(seekers, peers, policy, exclusions):
    book = make_codebook(seekers, peers)
    at = {peer.id: j for j, peer in enumerate(peers)}
    people = compile_seekers(seekers, [1] * len(seekers), at, book, exclusions)
    arrays = compile_peers(peers, book)
    check_arrays(people, arrays)
    return people, make_rows(people), make_table(arrays), compile_policy(policy, book)


def by_rules(seekers, peers, policy, exclusions):
    return [score_milli(s, p, policy) if is_feasible(s, p, policy, exclusions) else -1 for s in seekers for p in peers]


def by_kernel(seekers, peers, policy, exclusions, run):
    _, *arrays = compiled(seekers, peers, policy, exclusions)
    rows, columns = np.divmod(np.arange(len(seekers) * len(peers)), max(1, len(peers)))
    milli = np.full(len(rows), -9, dtype=np.int32)
    run(kernel).score_pairs(*arrays, rows, columns, milli)
    return milli.tolist()


def by_scan(seekers, peers, policy, exclusions):
    """All possible pairs as a scan finds them, the others as -1."""
    scan = Scan(*compiled(seekers, peers, policy, exclusions), 0, 1)
    found, milli, counts, possible, _ = scan.best(np.arange(len(seekers)), max(1, len(peers)))
    table = np.full((len(seekers), len(peers)), -1)
    for i, count in enumerate(counts):
        table[i, found[i, :count]] = milli[i, :count]
        assert possible[i] == count
    return table.ravel().tolist()


# --- the whole range of answers, not only the few of the story
def any_of(values, most=4):
    return st.frozensets(st.sampled_from(values), max_size=most)


_hours = (
    st.none() | st.just(NEVER) | st.integers(0, 2**HOURS_IN_WEEK - 1).map(to_hex) | st.integers(0, 2**24).map(to_hex)
)
_place = st.none() | st.tuples(st.floats(33.9, 34.3), st.floats(-118.5, -118.0)) | st.tuples(
    st.floats(-90, 90), st.floats(-180, 180)
)  # fmt: skip
_miles = st.none() | st.sampled_from([0.0, 5.0, 10.0, 200.0, 6000.0, 20_000.0]) | st.floats(0, 50)
_common = {
    "languages": st.lists(st.sampled_from(LANGUAGES[:4]), max_size=3).map(tuple),
    "gender": st.sampled_from(["", *GENDERS]),
    "age": st.none() | st.integers(0, 99),
    "pathways": any_of(PATHWAYS),
    "experiences": any_of(EXPERIENCES),
    "life_stages": any_of(LIFE_STAGES),
    "interests": any_of([*INTERESTS, "something_new"]),
    "modes": any_of(MODES[:3], 2),
    "hours": _hours,
    "max_miles": _miles,
}
_wish = st.sampled_from([(f, v) for f, values in PREFERENCES.items() for v in values[:4]])
_limits = st.sampled_from(
    [Limit("gender", ""), Limit("gender", "man"), Limit("kind", "loved_one"), Limit("age", "25_34"),
     Limit("need", "housing"), Limit("language", "es"), Limit("pathway", "secular"), Limit("experience", "alcohol"),
     Limit("life_stage", "student"), Limit("mode", "phone")]
)  # fmt: skip


@st.composite
def anybody(draw, make, id_, **more):
    place = draw(_place)
    where = {} if place is None else {"latitude": place[0], "longitude": place[1]}
    made = {name: draw(strategy) for name, strategy in (_common | more).items()}
    unplaced = {"latitude": None, "longitude": None}
    return make(id=id_, **unplaced | where, **made)


@st.composite
def any_lists(draw):
    seekers = [
        draw(anybody(
            rosa, f"s{i}", kind=st.sampled_from(KINDS), needs=any_of(NEEDS), earlier_peer_ids=any_of(["p0", "p1"]),
            preferences=st.lists(
                st.builds(lambda w, s: Preference(*w, s), _wish, st.sampled_from([*STRENGTHS, "like"])), max_size=3
            ).map(tuple),
        ))
        for i in range(2)
    ]  # fmt: skip
    peers = [
        draw(anybody(
            dante, f"p{j}", serves=any_of(KINDS), places_free=st.integers(0, 2), capacity=st.just(2),
            limits=st.lists(_limits, max_size=2).map(tuple),
        ))
        for j in range(3)
    ]  # fmt: skip
    return seekers, peers, draw(st.frozensets(st.sampled_from([("s0", "p0"), ("s1", "p2")]), max_size=1))


BREAKS = {
    "place": ({}, {"places_free": 0}),
    "same person": ({"id": "dante"}, {}),
    "limit": ({}, {"limits": (Limit("need", "housing"),)}),
    "kind": ({}, {"serves": frozenset({"loved_one"})}),
    "language": ({"languages": ("vi",)}, {}),
    "must": ({"preferences": (must("gender", "woman"),)}, {}),
    "must of age": ({"preferences": (must("age", "younger"),)}, {}),
    "must to meet nearby": ({"preferences": (must("mode", "in_person"),)}, {"latitude": 37.77, "longitude": -122.42}),
    "hours": ({}, {"hours": NEVER}),
    "way to meet": ({"modes": frozenset({"text"})}, {}),
    "distance": ({"modes": frozenset({"in_person"})}, {"latitude": 37.77, "longitude": -122.42}),
}
