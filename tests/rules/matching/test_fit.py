"""Each feature from 0 to 1, missing answers out of the mean, and parts that add up to the score."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from tests.rules.matching.people import SAN_FRANCISCO, dante, like, must, peers, rosa, seekers

from alongside.rules.availability import hours_from_parts
from alongside.rules.matching import DEFAULT_POLICY, DEFAULT_WEIGHTS, Policy, score_pair
from alongside.rules.matching.fit import FEATURES, NEED_EXPERIENCES, Gap, Measured, score_milli
from alongside.rules.vocabulary import EXPERIENCES, NEEDS


def measure(feature, seeker, peer):
    return FEATURES[feature](seeker, peer, DEFAULT_POLICY)


def test_every_feature_has_a_weight_and_every_weight_a_feature():
    assert FEATURES.keys() == DEFAULT_WEIGHTS.keys()


def test_needs_are_spoken_to_by_known_experiences():
    assert set(NEED_EXPERIENCES) <= set(NEEDS)
    assert set().union(*NEED_EXPERIENCES.values()) <= set(EXPERIENCES)


@pytest.mark.parametrize(
    ("feature", "of_rosa", "of_dante", "value"),
    [
        ("life_stage", {}, {}, 1.0),
        ("life_stage", {"life_stages": frozenset({"working", "student", "caregiver"})}, {}, 0.5),
        ("life_stage", {"life_stages": frozenset({"retired"})}, {}, 0.0),
        ("pathway", {}, {}, 1.0),
        ("pathway", {"pathways": frozenset({"faith"})}, {}, 0.0),
        ("language", {}, {}, 1.0),
        ("language", {}, {"languages": ("en",)}, 0.5),
        ("language", {}, {"languages": ("vi",)}, 0.0),
        ("availability", {}, {}, 1.0),
        ("availability", {"hours": hours_from_parts(["mon_morning"])}, {}, 0.5),
        ("wishes", {"preferences": (like("gender", "man"), like("language", "es"))}, {}, 1.0),
        ("wishes", {"preferences": (like("gender", "woman"), like("language", "es"))}, {}, 0.5),
        ("wishes", {"preferences": (like("gender", "woman"), like("gender", "man"))}, {}, 1.0),
        ("wishes", {"preferences": (like("gender", "man"), like("age", "older"))}, {"age": None}, 1.0),
        ("age", {}, {"age": 34}, 1.0),
        ("age", {}, {"age": 49}, 0.5),
        ("age", {}, {"age": 94}, 0.0),
        ("continuity", {"earlier_peer_ids": frozenset({"dante"})}, {}, 1.0),
        ("continuity", {"earlier_peer_ids": frozenset({"lien"})}, {}, 0.0),
        ("need", {}, {}, 1.0),
        ("need", {"needs": frozenset({"housing", "parenting", "new_friends"})}, {}, 0.5),
        ("interests", {"interests": frozenset({"art"})}, {}, 0.0),
        ("distance", {}, {}, 1.0),
        ("distance", {"max_miles": None}, {"max_miles": None, "latitude": 34.05 + 10 / 69.0934}, 0.5),
        ("experience", {}, {}, 1.0),
    ],
)
def test_feature_value(feature, of_rosa, of_dante, value):
    answer = measure(feature, rosa(**of_rosa), dante(**of_dante))
    assert isinstance(answer, Measured)
    assert answer.value == pytest.approx(value, abs=1e-4)


@pytest.mark.parametrize(
    ("feature", "of_rosa", "of_dante", "gap"),
    [
        ("life_stage", {"life_stages": frozenset()}, {}, Gap.MISSING),
        ("pathway", {}, {"pathways": frozenset()}, Gap.MISSING),
        ("pathway", {"pathways": frozenset({"exploring"})}, {}, Gap.NOT_COMPARED),
        ("pathway", {}, {"pathways": frozenset({"exploring"})}, Gap.NOT_COMPARED),
        ("language", {"languages": ()}, {}, Gap.MISSING),
        ("availability", {"hours": None}, {}, Gap.MISSING),
        ("wishes", {}, {}, Gap.NOT_COMPARED),
        ("wishes", {"preferences": (like("gender", "woman"),)}, {"gender": ""}, Gap.MISSING),
        ("age", {}, {"age": None}, Gap.MISSING),
        ("continuity", {}, {}, Gap.NOT_COMPARED),
        ("need", {"needs": frozenset()}, {}, Gap.MISSING),
        ("need", {"needs": frozenset({"new_friends"})}, {}, Gap.NOT_COMPARED),
        ("need", {}, {"experiences": frozenset()}, Gap.MISSING),
        ("interests", {}, {"interests": frozenset()}, Gap.MISSING),
        ("distance", {"modes": frozenset()}, {}, Gap.MISSING),
        ("distance", {"latitude": None, "longitude": None}, {}, Gap.MISSING),
        ("distance", {"modes": frozenset({"phone"})}, {}, Gap.NOT_COMPARED),
        ("distance", {}, SAN_FRANCISCO, Gap.NOT_COMPARED),
        ("experience", {"experiences": frozenset()}, {}, Gap.MISSING),
    ],
)
def test_feature_without_a_value(feature, of_rosa, of_dante, gap):
    assert measure(feature, rosa(**of_rosa), dante(**of_dante)) is gap
    fit = score_pair(rosa(**of_rosa), dante(**of_dante), DEFAULT_POLICY)
    assert (feature in fit.missing) == (gap is Gap.MISSING)


def test_must_is_no_wish():
    assert measure("wishes", rosa(preferences=(must("gender", "man"),)), dante()) is Gap.NOT_COMPARED


def test_age_and_place_are_not_given_away():
    assert measure("age", rosa(), dante()).params == {}
    assert measure("distance", rosa(), dante()).params == {"within_miles": 5}
    assert measure("distance", rosa(), dante(latitude=34.05 + 6 / 69)).params == {"within_miles": 10}


def test_weights_come_from_the_policy():
    only_age = Policy(version="council 7", weights={"age": 2.5})
    fit = score_pair(rosa(), dante(age=49), only_age)
    assert [(c.feature, c.weight) for c in fit.contributions] == [("age", 2.5)]
    assert fit.score == fit.contributions[0].points == 50.0


def test_nothing_comparable_scores_zero_and_names_what_is_missing():
    bare = rosa(**{name: type(value)() for name, value in
                   {"languages": (), "pathways": frozenset(), "needs": frozenset(), "experiences": frozenset(),
                    "life_stages": frozenset(), "interests": frozenset(), "modes": frozenset()}.items()},
                age=None, hours=None)  # fmt: skip
    fit = score_pair(bare, dante(), DEFAULT_POLICY)
    assert (fit.milli, fit.contributions) == (0, ())
    assert set(fit.missing) == set(FEATURES) - {"wishes", "continuity"}


@settings(max_examples=300, deadline=None)
@given(seekers(), peers())
def test_contributions_add_up_and_stay_in_range(seeker, peer):
    fit = score_pair(seeker, peer, DEFAULT_POLICY)
    assert sum(c.milli for c in fit.contributions) == fit.milli == score_milli(seeker, peer, DEFAULT_POLICY)
    assert 0 <= fit.milli <= 100_000
    total = sum(c.weight for c in fit.contributions)
    for c in fit.contributions:
        assert 0 <= c.value <= 1
        assert abs(c.milli - 100_000 * c.weight * c.value / total) <= 1


@settings(max_examples=300, deadline=None)
@given(seekers(), peers())
def test_missing_answers_neither_help_nor_harm(seeker, peer):
    """A feature that is missing scores exactly as if the council had never counted it."""
    fit = score_pair(seeker, peer, DEFAULT_POLICY)
    assume(fit.missing)
    counted = {feature: weight for feature, weight in DEFAULT_WEIGHTS.items() if feature not in fit.missing}
    without = score_pair(seeker, peer, replace(DEFAULT_POLICY, weights=counted))
    assert without.milli == fit.milli
    assert without.contributions == fit.contributions
    assert without.missing == ()
