"""The digest is the same for the same question, and another for another."""

from dataclasses import replace

from tests.rules.matching.people import dante, like, must, rosa

from alongside.rules.matching import DEFAULT_POLICY, Limit
from alongside.rules.matching.canonical import digest_inputs


def digest(seekers=(), peers=(), policy=DEFAULT_POLICY, exclusions=frozenset(), k=3):
    return digest_inputs(seekers, peers, policy, exclusions, k)


def test_order_does_not_count():
    one, other = rosa(), rosa(id="s2")
    assert digest([one, other]) == digest([other, one])
    wishes = must("gender", "man"), like("age", "older")
    assert digest([rosa(preferences=wishes)]) == digest([rosa(preferences=wishes[::-1])])
    limits = Limit("gender", "man"), Limit("need", "housing")
    assert digest(peers=[dante(limits=limits)]) == digest(peers=[dante(limits=limits[::-1])])
    reordered = replace(DEFAULT_POLICY, weights=dict(reversed(DEFAULT_POLICY.weights.items())))
    assert digest(policy=reordered) == digest()


def test_everything_else_counts():
    base = digest([rosa()], [dante()])
    others = [
        digest([rosa(age=35)], [dante()]),
        digest([rosa(languages=("en", "es"))], [dante()]),
        digest([rosa()], [dante(places_free=2)]),
        digest([rosa()], [dante()], replace(DEFAULT_POLICY, session_hours=2)),
        digest([rosa()], [dante()], exclusions=frozenset({("rosa", "dante")})),
        digest([rosa()], [dante()], k=2),
    ]
    assert len({base, *others}) == 7
    assert len(base) == 64
