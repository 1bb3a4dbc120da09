"""Rosa who waits and Dante who serves: a pair that fits in every way, and strategies for anybody else."""

from hypothesis import strategies as st

from alongside.rules.availability import hours_from_parts
from alongside.rules.matching import Limit, Peer, Preference, Seeker
from alongside.rules.vocabulary import PREFERENCES, STRENGTHS

LOS_ANGELES = {"latitude": 34.05, "longitude": -118.24}
SAN_FRANCISCO = {"latitude": 37.77, "longitude": -122.42}

ROSA = {
    "id": "rosa",
    "kind": "own_recovery",
    "languages": ("es", "en"),
    "gender": "woman",
    "age": 34,
    "pathways": frozenset({"secular"}),
    "needs": frozenset({"housing"}),
    "experiences": frozenset({"alcohol"}),
    "life_stages": frozenset({"working"}),
    "interests": frozenset({"music"}),
    "modes": frozenset({"in_person", "phone"}),
    "hours": hours_from_parts(["mon_morning", "tue_morning"]),
    "max_miles": 10.0,
    **LOS_ANGELES,
}
DANTE = {
    "id": "dante",
    "places_free": 1,
    "capacity": 5,
    "serves": frozenset({"own_recovery"}),
    "languages": ("en", "es"),
    "gender": "man",
    "age": 40,
    "pathways": frozenset({"secular"}),
    "experiences": frozenset({"alcohol", "homelessness"}),
    "life_stages": frozenset({"working"}),
    "interests": frozenset({"music"}),
    "modes": frozenset({"in_person", "phone"}),
    "hours": hours_from_parts(["mon_morning", "tue_morning"]),
    "max_miles": 10.0,
    **LOS_ANGELES,
}


def rosa(**changes):
    return Seeker(**{**ROSA, **changes})


def dante(**changes):
    return Peer(**{**DANTE, **changes})


def must(feature, value):
    return Preference(feature, value, "must")


def like(feature, value):
    return Preference(feature, value, "like")


def some(values):
    """None, one or two of these, so that missing answers, agreement and disagreement are all common."""
    return st.frozensets(st.sampled_from(values), max_size=2)


_places = st.sampled_from([{}, LOS_ANGELES, {"latitude": 34.1, "longitude": -118.3}, SAN_FRANCISCO])
_answers = {
    "languages": some(["en", "es"]).map(lambda found: tuple(sorted(found))),
    "gender": st.sampled_from(["", "woman", "man", "not_said"]),
    "age": st.none() | st.integers(17, 80),
    "pathways": some(["secular", "twelve_step", "exploring"]),
    "experiences": some(["alcohol", "homelessness", "justice"]),
    "life_stages": some(["working", "student"]),
    "interests": some(["music", "art"]),
    "modes": some(["in_person", "phone"]),
    "hours": st.none() | some(["mon_morning", "sat_evening"]).map(hours_from_parts),
    "max_miles": st.none() | st.sampled_from([5.0, 1000.0]),
}
_preferences = st.lists(
    st.builds(
        lambda pair, strength: Preference(*pair, strength),
        st.sampled_from([(feature, value) for feature in PREFERENCES for value in PREFERENCES[feature][:2]]),
        st.sampled_from([*STRENGTHS, "like", "like"]),
    ),
    max_size=2,
).map(tuple)
_limits = st.sampled_from(
    [(), (Limit("gender", "man"),), (Limit("kind", "loved_one"),), (Limit("age", "under_18"), Limit("gender", "man"))]
)


@st.composite
def seekers(draw, id_="s0"):
    answers = {name: draw(strategy) for name, strategy in _answers.items()}
    return Seeker(
        id=id_,
        kind=draw(st.sampled_from(["own_recovery", "own_recovery", "loved_one"])),
        needs=draw(some(["housing", "family", "new_friends"])),
        preferences=draw(_preferences),
        waiting_days=draw(st.integers(0, 3)),
        urgency=draw(st.integers(0, 2)),
        earlier_peer_ids=draw(some(["p0", "p1"])),
        **draw(_places),
        **answers,
    )


@st.composite
def peers(draw, id_="p0"):
    answers = {name: draw(strategy) for name, strategy in _answers.items()}
    capacity = draw(st.integers(0, 3))
    return Peer(
        id=id_,
        capacity=capacity,
        places_free=draw(st.integers(0, capacity)),
        serves=draw(some(["own_recovery", "loved_one"])),
        limits=draw(_limits),
        **draw(_places),
        **answers,
    )


@st.composite
def lists(draw, most_seekers=5, most_peers=3):
    """(seekers, peers, exclusions) of a small waiting list."""
    waiting = [draw(seekers(id_=f"s{i}")) for i in range(draw(st.integers(0, most_seekers)))]
    serving = [draw(peers(id_=f"p{j}")) for j in range(draw(st.integers(0, most_peers)))]
    pairs = [(seeker.id, peer.id) for seeker in waiting for peer in serving]
    exclusions = draw(st.frozensets(st.sampled_from(pairs), max_size=2)) if pairs else frozenset()
    return waiting, serving, exclusions
