"""Each hard constraint refuses, alone and for the right reason: without it the same pair would be proposed."""

import pytest
from hypothesis import given
from tests.rules.matching.people import SAN_FRANCISCO, dante, like, lists, must, rosa

from alongside.rules.availability import NEVER, hours_from_parts
from alongside.rules.matching import DEFAULT_POLICY, Limit, Policy, Refusal, check_pair, constraints, propose
from alongside.rules.matching.constraints import age_band, is_feasible, list_unknown, longest_stretch

ONE_HOUR = f"{1 << 8:042x}"
TWO_HOUR_SESSIONS = Policy(version="t", weights={}, session_hours=2)
NOT_AVAILABLE = Refusal("not_available", {}, secret=True)

# constraint, what is changed in Rosa, what in Dante, exclusions, policy, the refusal
CASES = [
    ("has_place", {}, {"places_free": 0}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("are_two_people", {"id": "dante"}, {}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("may_meet", {}, {}, [("rosa", "dante")], DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("gender", "woman"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {"age": 17}, {"limits": (Limit("age", "under_18"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("kind", "own_recovery"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("language", "es"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("pathway", "secular"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("experience", "alcohol"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("life_stage", "working"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("need", "housing"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("within_limits", {}, {"limits": (Limit("mode", "phone"),)}, (), DEFAULT_POLICY, NOT_AVAILABLE),
    ("serves_kind", {"kind": "loved_one"}, {}, (), DEFAULT_POLICY, Refusal("kind_not_served", {"kind": "loved_one"})),
    (
        "share_language",
        {"languages": ("es",)},
        {"languages": ("en",)},
        (),
        DEFAULT_POLICY,
        Refusal("no_shared_language", {"languages": ("es",)}),
    ),
    (
        "meets_musts",
        {"preferences": (must("gender", "woman"),)},
        {},
        (),
        DEFAULT_POLICY,
        Refusal("must_not_met", {"musts": ("gender:woman",)}),
    ),
    (
        "share_hours",
        {"hours": ONE_HOUR},
        {"hours": ONE_HOUR},
        (),
        TWO_HOUR_SESSIONS,
        Refusal("too_few_hours", {"hours": 1, "needed": 2}),
    ),
    ("share_hours", {}, {"hours": NEVER}, (), DEFAULT_POLICY, Refusal("too_few_hours", {"hours": 0, "needed": 1})),
    (
        "can_meet",
        {"modes": frozenset({"in_person"})},
        SAN_FRANCISCO,
        (),
        DEFAULT_POLICY,
        Refusal("too_far", {"miles": 347, "allowed": 10}),
    ),
    (
        "can_meet",
        {"modes": frozenset({"text"})},
        {},
        (),
        DEFAULT_POLICY,
        Refusal("no_shared_mode", {"modes": ("text",)}),
    ),
]


def test_rosa_and_dante_fit():
    assert check_pair(rosa(), dante(), DEFAULT_POLICY, frozenset()) == ()


@pytest.mark.parametrize(("name", "of_rosa", "of_dante", "excluded", "policy", "refusal"), CASES)
def test_constraint_refuses_and_nothing_else_would(monkeypatch, name, of_rosa, of_dante, excluded, policy, refusal):
    seeker, peer, exclusions = rosa(**of_rosa), dante(**of_dante), frozenset(excluded)
    assert check_pair(seeker, peer, policy, exclusions) == (refusal,)
    assert propose([seeker], [peer], policy, exclusions).assignments == ()

    without = tuple(constraint for constraint in constraints.CONSTRAINTS if constraint.__name__ != name)
    monkeypatch.setattr(constraints, "CONSTRAINTS", without)
    assert check_pair(seeker, peer, policy, exclusions) == ()


def test_every_constraint_has_a_case():
    assert {constraint.__name__ for constraint in constraints.CONSTRAINTS} == {case[0] for case in CASES}


@pytest.mark.parametrize(
    ("preference", "met_by", "not_met_by", "unknown_for"),
    [
        (must("gender", "man"), {}, {"gender": "woman"}, {"gender": "not_said"}),
        (must("language", "es"), {}, {"languages": ("en",)}, {"languages": ()}),
        (must("pathway", "secular"), {}, {"pathways": frozenset({"faith"})}, {"pathways": frozenset()}),
        (must("experience", "alcohol"), {}, {"experiences": frozenset({"grief"})}, {"experiences": frozenset()}),
        (must("life_stage", "working"), {}, {"life_stages": frozenset({"retired"})}, {"life_stages": frozenset()}),
        (must("mode", "phone"), {}, {"modes": frozenset({"in_person"})}, {"modes": frozenset()}),
        (must("mode", "in_person"), {}, SAN_FRANCISCO, {"modes": frozenset()}),
        (must("age", "similar"), {"age": 42}, {"age": 43}, {"age": None}),
        (must("age", "younger"), {"age": 33}, {"age": 34}, {"age": None}),
        (must("age", "older"), {"age": 35}, {"age": 34}, {"age": None}),
    ],
)
def test_must_is_kept_and_has_to_be_known(preference, met_by, not_met_by, unknown_for):
    seeker = rosa(preferences=(preference,))
    told = Refusal("must_not_met", {"musts": (f"{preference.feature}:{preference.value}",)})
    assert check_pair(seeker, dante(**met_by), DEFAULT_POLICY, frozenset()) == ()
    assert check_pair(seeker, dante(**not_met_by), DEFAULT_POLICY, frozenset()) == (told,)
    assert check_pair(seeker, dante(**unknown_for), DEFAULT_POLICY, frozenset()) == (told,)


def test_two_musts_of_gender_mean_either_and_of_experience_mean_both():
    either = rosa(preferences=(must("gender", "woman"), must("gender", "man")))
    both = rosa(preferences=(must("experience", "alcohol"), must("experience", "justice")))
    assert check_pair(either, dante(), DEFAULT_POLICY, frozenset()) == ()
    (refusal,) = check_pair(both, dante(), DEFAULT_POLICY, frozenset())
    assert refusal.params == {"musts": ("experience:justice",)}


def test_a_like_refuses_nobody():
    assert check_pair(rosa(preferences=(like("gender", "woman"),)), dante(), DEFAULT_POLICY, frozenset()) == ()


@pytest.mark.parametrize(
    ("of_rosa", "of_dante", "named"),
    [
        ({"hours": None}, {}, "availability"),
        ({}, {"hours": ""}, "availability"),
        ({"languages": ()}, {}, "language"),
        ({}, {"languages": ()}, "language"),
        ({}, {"serves": frozenset()}, "kind"),
        ({"modes": frozenset()}, {}, "mode"),
        ({}, {"modes": frozenset()}, "mode"),
        ({"latitude": None, "longitude": None, "modes": frozenset({"in_person"})}, {}, "distance"),
        ({"modes": frozenset({"in_person"})}, {"latitude": None, "longitude": None}, "distance"),
        ({"gender": ""}, {"limits": (Limit("gender", "woman"),)}, "gender"),
        ({"age": None}, {"limits": (Limit("age", "25_34"),)}, "age"),
    ],
)
def test_an_answer_not_given_refuses_nobody_and_is_named(of_rosa, of_dante, named):
    seeker, peer = rosa(**of_rosa), dante(**of_dante)
    assert check_pair(seeker, peer, DEFAULT_POLICY, frozenset()) == ()
    assert list_unknown(seeker, peer) == (named,)
    (candidate,) = propose([seeker], [peer], DEFAULT_POLICY).shortlists["rosa"]
    assert named in candidate.missing


def test_far_away_is_fine_by_phone_and_where_nobody_set_a_limit():
    assert check_pair(rosa(), dante(**SAN_FRANCISCO), DEFAULT_POLICY, frozenset()) == ()
    in_person = frozenset({"in_person"})
    anywhere = rosa(modes=in_person, max_miles=None)
    assert check_pair(anywhere, dante(max_miles=None, **SAN_FRANCISCO), DEFAULT_POLICY, frozenset()) == ()


@pytest.mark.parametrize(
    ("of_rosa", "of_dante", "fits"), [(9, 20, True), (9, 5, False), (5, 9, False), (None, 9, True)]
)
def test_the_shorter_way_of_the_two_decides(of_rosa, of_dante, fits):
    seven_miles_north = 34.05 + 7 / 69.0934
    seeker = rosa(modes=frozenset({"in_person"}), max_miles=of_rosa)
    peer = dante(latitude=seven_miles_north, max_miles=of_dante)
    assert is_feasible(seeker, peer, DEFAULT_POLICY, frozenset()) is fits


def test_next_door_is_near_enough_for_who_goes_nowhere():
    seeker, peer = rosa(modes=frozenset({"in_person"}), max_miles=0), dante(max_miles=0)
    (candidate,) = propose([seeker], [peer], DEFAULT_POLICY).shortlists["rosa"]
    assert "nearby" in [reason.code for reason in candidate.reasons]


def test_session_needs_hours_in_a_row():
    every_other = f"{0b10101 << 8:042x}"
    seeker, peer = rosa(hours=every_other), dante(hours=every_other)
    (refusal,) = check_pair(seeker, peer, TWO_HOUR_SESSIONS, frozenset())
    assert refusal.params == {"hours": 1, "needed": 2}
    morning = hours_from_parts(["mon_morning"])
    assert check_pair(rosa(hours=morning), dante(hours=morning), TWO_HOUR_SESSIONS, frozenset()) == ()


@pytest.mark.parametrize(("bits", "longest"), [(0, 0), (1, 1), (0b1011, 2), (0b11110111, 4), (0b111111, 4)])
def test_longest_stretch_counts_up_to_enough(bits, longest):
    assert longest_stretch(bits, enough=4) == longest


@pytest.mark.parametrize(
    ("age", "band"), [(0, "under_18"), (17, "under_18"), (18, "18_24"), (64, "55_64"), (99, "65_plus")]
)
def test_age_band_edges(age, band):
    assert age_band(age) == band


@given(lists(2, 2))
def test_feasible_is_the_same_as_no_refusal(people):
    waiting, serving, exclusions = people
    for seeker in waiting:
        for peer in serving:
            refusals = check_pair(seeker, peer, DEFAULT_POLICY, exclusions)
            assert is_feasible(seeker, peer, DEFAULT_POLICY, exclusions) == (not refusals)
            assert len(refusals) == len({refusal.code for refusal in refusals})
