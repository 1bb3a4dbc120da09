"""Reasons are honest in both directions, the most important first."""

from hypothesis import given, settings
from tests.rules.matching.people import dante, like, must, peers, rosa, seekers

from alongside.rules.matching import DEFAULT_POLICY, Reason, score_pair
from alongside.rules.matching.reasons import ALL_CODES, list_reasons


def reasons(seeker, peer):
    return list_reasons(score_pair(seeker, peer, DEFAULT_POLICY), seeker)


def test_reasons_for_come_in_order_of_points():
    codes = [reason.code for reason in reasons(rosa(), dante())]
    assert codes == [
        "shared_life_stage", "shared_pathway", "preferred_language", "many_shared_hours", "close_in_age",
        "knows_this_need", "shared_interests", "nearby", "shared_experience",
    ]  # fmt: skip


def test_reasons_against_are_said():
    seeker = rosa(
        pathways=frozenset({"faith"}), life_stages=frozenset({"retired"}), interests=frozenset({"art"}),
        experiences=frozenset({"grief"}), needs=frozenset({"court_or_probation"}), hours=f"{1 << 8:042x}", age=70,
    )  # fmt: skip
    against = [r.code for r in reasons(seeker, dante(languages=("en",), latitude=34.18)) if not r.for_]
    assert against == [
        "no_shared_life_stage", "no_shared_pathway", "few_hours", "far_in_age", "need_is_new", "not_preferred_language",
        "no_shared_interests", "far_away", "no_shared_experience",
    ]  # fmt: skip


def test_half_way_speaks_for_and_less_against():
    half = rosa(life_stages=frozenset({"working", "student"}), age=55)
    codes = [reason.code for reason in reasons(half, dante())]
    assert "shared_life_stage" in codes
    assert "close_in_age" in codes
    assert "far_in_age" in [reason.code for reason in reasons(rosa(age=56), dante())]


def test_each_wish_is_told_met_or_not():
    seeker = rosa(preferences=(like("gender", "woman"), like("age", "older")))
    found = reasons(seeker, dante())
    assert Reason("wish_met", True, {"wishes": ("age:older",)}) in found
    assert Reason("wish_not_met", False, {"wishes": ("gender:woman",)}) in found


def test_alternatives_of_one_wish_are_told_together():
    seeker = rosa(preferences=(like("gender", "woman"), like("gender", "nonbinary")))
    assert Reason("wish_not_met", False, {"wishes": ("gender:nonbinary", "gender:woman")}) in reasons(seeker, dante())


def test_musts_are_told_first():
    assert reasons(rosa(preferences=(must("gender", "man"),)), dante())[0] == Reason(
        "must_met", True, {"wishes": ("gender:man",)}
    )


def test_a_known_face_counts_for_and_a_new_one_not_against():
    known = [r.code for r in reasons(rosa(earlier_peer_ids=frozenset({"dante"})), dante())]
    new = reasons(rosa(earlier_peer_ids=frozenset({"lien"})), dante())
    assert "known_from_before" in known
    assert all(reason.for_ for reason in new)


@settings(max_examples=200, deadline=None)
@given(seekers(), peers())
def test_every_code_is_listed_and_nothing_missing_is_a_reason(seeker, peer):
    fit = score_pair(seeker, peer, DEFAULT_POLICY)
    found = list_reasons(fit, seeker)
    assert {reason.code for reason in found} <= ALL_CODES
    assert len(found) >= len([c for c in fit.contributions if c.feature != "continuity"])
