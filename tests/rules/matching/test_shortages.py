"""Where places are short: told tightly, once, and never too few people; and right by trying every group of people."""

import random
from itertools import combinations

from hypothesis import given, settings
from tests.rules.matching.people import dante, lists, must, rosa

from alongside.rules.matching import DEFAULT_POLICY, Limit, propose
from alongside.rules.matching.rankings import would_meet
from alongside.rules.matching.shortages import describe, find_shortages


def spanish(number, **changes):
    return rosa(id=f"es{number}", languages=("es",), preferences=(must("gender", "woman"),), **changes)


def test_spanish_speaking_women_at_a_site():
    """The case of the issue: 9 wait, 2 places; everybody else has places in plenty."""
    waiting = [spanish(k, waiting_days=k) for k in range(9)] + [rosa(id=f"en{k}", languages=("en",)) for k in range(5)]
    serving = [
        dante(id="lien", gender="woman", languages=("es",), places_free=2),
        dante(id="john", languages=("en",), places_free=5, capacity=8),
        dante(id="mary", gender="woman", languages=("en",), places_free=3, capacity=8),
        dante(id="jose", languages=("es",), places_free=4, capacity=8),
    ]
    (short,) = find_shortages(waiting, serving, DEFAULT_POLICY)
    assert short.terms == (("must_gender", "woman"),)
    assert (short.waiting, short.places, short.missing) == (9, 2, 7)
    assert short.loosened == {"must_not_met": 4, "no_shared_language": 3}


def test_a_site_is_a_term_and_the_wider_shortage_is_told_too():
    waiting = [spanish(k) for k in range(6)] + [rosa(id=f"en{k}", languages=("en",)) for k in range(20)]
    labels = {seeker.id: {"site": "B" if seeker.id < "es3" else "A"} for seeker in waiting}
    serving = [
        dante(id="lien", gender="woman", languages=("es",), places_free=1, capacity=1),
        dante(languages=("en",), places_free=5),
    ]
    found = find_shortages(waiting, serving, DEFAULT_POLICY, labels)
    assert [(short.waiting, short.places) for short in found] == [(6, 1), (20, 5)]
    assert [len(short.terms) for short in found] == [1, 1]


def test_a_wider_group_that_is_mostly_told_already_is_not_told():
    """Nine women and one place; one more without a place does not make "everybody" a shortage of its own."""
    waiting = [spanish(k) for k in range(9)] + [rosa(id=f"en{k}", languages=("en",)) for k in range(3)]
    serving = [dante(id="lien", gender="woman", languages=("es",), places_free=1, capacity=1), dante(languages=("en",))]
    found = find_shortages(waiting, serving, DEFAULT_POLICY)
    assert [(short.waiting, short.places) for short in found] == [(9, 1), (3, 1)]
    mixed = [*waiting[:9], rosa(id="en0", languages=("en",)), rosa(id="vi0", languages=("vi",), kind="loved_one")]
    (short,) = find_shortages(mixed, serving, DEFAULT_POLICY)
    assert (short.waiting, short.places) == (9, 1)


def test_one_person_too_many_of_three_is_told_and_two_people_are_not():
    assert find_shortages([rosa(id=f"s{k}") for k in range(2)], [dante(places_free=0)], DEFAULT_POLICY) == ()
    (short,) = find_shortages([rosa(id=f"s{k}") for k in range(3)], [dante(places_free=2)], DEFAULT_POLICY)
    assert (short.terms, short.waiting, short.places) == ((), 3, 2)


def test_enough_places_are_no_shortage():
    assert find_shortages([rosa(id=f"s{k}") for k in range(4)], [dante(places_free=4)], DEFAULT_POLICY) == ()
    assert find_shortages([], [dante()], DEFAULT_POLICY) == ()


def test_secrets_are_not_told_as_something_to_loosen():
    serving = [dante(places_free=0), dante(id="lien", places_free=5, limits=(Limit("gender", "woman"),))]
    (short,) = find_shortages([rosa(id=f"s{k}") for k in range(4)], serving, DEFAULT_POLICY)
    assert (short.places, short.loosened) == (0, {})


def test_pairs_at_hand_are_taken():
    waiting = [rosa(id=f"s{k}") for k in range(4)]
    serving = [dante(places_free=2), dante(id="lien", places_free=5)]
    possible = {seeker.id: ["dante", "stranger"] for seeker in waiting}
    (short,) = find_shortages(waiting, serving, DEFAULT_POLICY, possible=possible)
    assert (short.waiting, short.places) == (4, 2)


@settings(max_examples=40, deadline=None)
@given(lists(6, 4))
def test_a_told_group_cannot_be_served_and_one_that_explains_the_list_is_told(people):
    waiting, serving, _ = people
    found = find_shortages(waiting, serving, DEFAULT_POLICY, least=1)
    unserved = len(propose(waiting, serving, DEFAULT_POLICY).unmatched)
    for short in found:
        group = [seeker for seeker in waiting if set(short.terms) <= describe(seeker)]
        reached = [p for p in serving if any(would_meet(s, p, DEFAULT_POLICY, frozenset()) for s in group)]
        assert (short.waiting, short.places) == (len(group), sum(peer.places_free for peer in reached))
        assert 0 < short.missing <= unserved
    if not found:  # then no describable group is short, by trying them all
        terms = sorted({term for seeker in waiting for term in describe(seeker)})
        for length in range(4):
            for some in combinations(terms, length):
                group = [seeker for seeker in waiting if set(some) <= describe(seeker)]
                reached = [p for p in serving if any(would_meet(s, p, DEFAULT_POLICY, frozenset()) for s in group)]
                assert len(group) <= sum(peer.places_free for peer in reached)


def test_the_same_list_in_another_order_gives_the_same_answer():
    chance = random.Random(2)
    waiting = [spanish(k) if k % 3 else rosa(id=f"s{k}", age=20 + k) for k in range(30)]
    serving = [dante(id=f"p{j}", places_free=2, languages=("es",) if j % 2 else ("en",)) for j in range(6)]
    found = find_shortages(waiting, serving, DEFAULT_POLICY)
    chance.shuffle(waiting)
    chance.shuffle(serving)
    assert find_shortages(waiting, serving, DEFAULT_POLICY) == found
    assert found
