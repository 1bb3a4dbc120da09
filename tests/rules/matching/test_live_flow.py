"""After every event the kept answer equals a full solve in all three objectives, on small lists and larger ones.

`python -m tests.rules.matching.test_live_flow 5000` tries more sequences.
"""

import random
import sys

import numpy as np
import pytest

from alongside.rules.matching.errors import ListTooLarge
from alongside.rules.matching.live_flow import LiveFlow, Objective
from alongside.rules.matching.live_prices import FIT_SCALE, NotOptimal
from alongside.rules.matching.solver import Edge, Places, assign, place_costs


class World:
    """The same events done twice: step by step by `LiveFlow`, and written down for a full solve."""

    def __init__(self, chance, people, peers, density, fits):
        self.chance, self.density, self.fits = chance, density, fits
        self.places = [self.draw_places() for _ in range(peers)]
        self.priorities = [self.draw_priority() for _ in range(people)]
        self.edges = {(i, j): self.draw_fit() for i in range(people) for j in range(peers) if chance.random() < density}
        self.here = set(range(people))
        edges = [Edge(i, j, milli) for (i, j), milli in self.edges.items()]
        self.flow = LiveFlow(self.priorities, self.places, edges, self.solve())

    def draw_places(self):
        capacity = self.chance.randint(0, 5)
        return Places(self.chance.randint(0, capacity), capacity)

    def draw_priority(self):
        return self.chance.choice((1, 2, 31, self.chance.randint(1, 426)))

    def draw_fit(self):
        return self.chance.choice(self.fits) if self.fits else self.chance.randint(0, 100_000)

    def solve(self):
        chosen = assign(self.priorities, self.places, [
            Edge(i, j, milli) for (i, j), milli in sorted(self.edges.items()) if self.places[j].free
        ])  # fmt: skip
        return chosen

    def reached(self, chosen):
        served = [(i, j) for i, j in enumerate(chosen) if j is not None]
        loads = [chosen.count(j) for j in range(len(self.places))]
        assert all(load <= places.free for load, places in zip(loads, self.places, strict=True))
        return Objective(
            sum(self.priorities[i] for i, _ in served),
            sum(self.edges[pair] for pair in served),
            sum(sum(place_costs(places, load)) for load, places in zip(loads, self.places, strict=True)),
        )

    def step(self):
        chance = self.chance
        event = chance.choice(("come", "come", "leave", "decline", "decline", "places", "place_lost", "peer"))
        if event == "come":
            pairs = [(j, self.draw_fit()) for j in range(len(self.places)) if chance.random() < self.density]
            self.priorities.append(self.draw_priority())
            i = self.flow.add_person(self.priorities[-1], pairs)
            self.here.add(i)
            self.edges |= {(i, j): milli for j, milli in pairs}
        elif event == "peer":
            if len(self.places) > 40 or chance.random() < 0.5:
                return
            pairs = [(i, self.draw_fit()) for i in self.here if chance.random() < self.density]
            self.places.append(self.draw_places())
            j = self.flow.add_peer(self.places[-1], pairs)
            self.edges |= {(i, j): milli for i, milli in pairs}
        elif event in ("leave", "decline") and self.here:
            i = chance.choice(sorted(self.here))
            if event == "leave":
                self.here.discard(i)
                self.flow.remove_person(i)
                self.edges = {pair: milli for pair, milli in self.edges.items() if pair[0] != i}
                return
            j = self.flow.chosen[i]
            if j is None or chance.random() < 0.2:
                j = chance.randrange(len(self.places)) if self.places else None
            if j is not None:
                self.flow.forbid(i, j)
                self.edges.pop((i, j), None)
        elif event in ("places", "place_lost") and self.places:
            j = chance.randrange(len(self.places))
            places = self.places[j]
            lost = Places(max(0, places.free - 1), places.capacity)
            self.places[j] = self.draw_places() if event == "places" else lost
            self.flow.set_places(j, self.places[j])

    def check(self):
        assert self.reached(self.flow.chosen) == self.flow.objective == self.reached(self.solve())


def run(seed, people, peers, steps, density, fits=None, every=1):
    world = World(random.Random(seed), people, peers, density, fits)
    world.check()
    for number in range(steps):
        world.step()
        if number % every == 0:
            world.check()
    world.check()


# Few different fits make ties common, so that the even loads decide; some lie at the ends of the range.
FEW = (0, 1, 50_000, 99_999, 100_000)


@pytest.mark.parametrize("fits", [FEW, None], ids=["ties", "any fit"])
@pytest.mark.parametrize("density", [0.3, 0.8])
def test_each_event_equals_a_full_solve_on_small_lists(fits, density):
    for seed in range(100):
        run(seed, people=seed % 7, peers=seed % 5, steps=15, density=density, fits=fits)


@pytest.mark.parametrize(("people", "peers", "density"), [(120, 20, 0.3), (60, 40, 0.1)])
def test_each_event_equals_a_full_solve_on_larger_lists(people, peers, density):
    run(1, people, peers, steps=60, density=density, every=4)
    run(2, people, peers, steps=60, density=density, fits=FEW, every=4)


def test_a_thousand_people_and_many_events():
    run(3, 1_000, 100, steps=150, density=0.1, every=50)


def test_an_answer_that_is_not_the_best_is_refused():
    edges = [Edge(0, 0, 5), Edge(0, 1, 6), Edge(1, 0, 9)]
    places = [Places(1, 1), Places(1, 1)]
    assert LiveFlow([1, 1], places, edges, [1, 0]).objective == (2, 15, 2000)
    for worse in ([0, None], [1, None], [None, None], [None, 0]):
        with pytest.raises(NotOptimal):
            LiveFlow([1, 1], places, edges, worse)
    with pytest.raises(NotOptimal):
        LiveFlow([1, 1], [Places(1, 1)] * 2, [Edge(0, 0, 5), Edge(0, 1, 6), Edge(1, 0, 9), Edge(1, 1, 9)], [0, 1])


def test_an_answer_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no pair"):
        LiveFlow([1], [Places(1, 1)], [], [0])
    with pytest.raises(ValueError, match="more than"):
        LiveFlow([1, 1], [Places(1, 1)], [Edge(0, 0, 1), Edge(1, 0, 1)], [0, 0])


def test_who_comes_with_the_same_claim_does_not_push_anybody_out():
    flow = LiveFlow([5], [Places(1, 1)], [Edge(0, 0, 50)], [0])
    flow.add_person(5, [(0, 50)])
    assert flow.chosen == [0, None]
    flow.add_person(6, [(0, 1)])
    assert flow.chosen == [None, None, 0]


def test_a_chain_lets_one_more_in():
    flow = LiveFlow([1, 1], [Places(1, 1), Places(1, 1), Places(1, 1)],
                    [Edge(0, 0, 100), Edge(0, 1, 90), Edge(1, 1, 100), Edge(1, 2, 10)], [0, 1])  # fmt: skip
    flow.add_person(1, [(0, 0)])
    assert flow.chosen == [1, 2, 0]
    flow.remove_person(2)
    assert flow.chosen == [0, 1, None]


def test_a_pair_that_became_impossible_is_not_used_by_a_later_search():
    """Person 0 could go over to peer 1, and a search has looked at that; then it is forbidden, and peer 1 gets free."""
    edges = [Edge(0, 0, 100), Edge(0, 1, 90), Edge(1, 1, 100)]
    flow = LiveFlow([20, 99], [Places(1, 1), Places(1, 1)], edges, [0, 1])
    flow.add_person(5, [(0, 100)])
    flow.forbid(0, 1)
    flow.remove_person(1)
    flow.add_person(9, [(0, 100)])
    assert flow.chosen == [0, None, None, None]


def test_nobody_leaves_twice_and_no_place_is_below_none():
    flow = LiveFlow([1], [Places(1, 1)], [Edge(0, 0, 1)], [0])
    flow.remove_person(0)
    with pytest.raises(ValueError, match="gone"):
        flow.remove_person(0)
    with pytest.raises(ValueError, match="free places"):
        flow.set_places(0, Places(2, 1))
    flow.forbid(0, 0)
    assert flow.objective == (0, 0, 0)


def test_what_would_not_fit_64_bits_is_refused():
    with pytest.raises(ListTooLarge):
        LiveFlow([10**12], [Places(1, 1)], [Edge(0, 0, 1)], [0])
    flow = LiveFlow([1], [Places(1, 1)], [Edge(0, 0, 1)], [0])
    with pytest.raises(ListTooLarge):
        flow.add_person(10**12, [(0, 1)])


def test_prices_hold_after_many_events():
    """What the next event builds upon: nobody gains by another peer, and prices lie between the costs of places."""
    world = World(random.Random(8), 60, 12, 0.4, None)
    for _ in range(80):
        world.step()
        flow = world.flow
        for (i, j), milli in world.edges.items():
            value = world.priorities[i] * flow._scale + milli * FIT_SCALE
            gain = int(flow._now.own[i] - flow._now.prices[flow._now.at[i]])
            assert gain >= max(0, value - int(flow._now.prices[j]))
        for j, places in enumerate(world.places):
            costs, load = place_costs(places, places.free), flow._now.loads[j]
            assert load == len(flow._now.members[j]) == np.count_nonzero(flow._now.at == j)
            assert load == 0 or costs[load - 1] <= flow._now.prices[j]
            assert load == places.free or flow._now.prices[j] <= costs[load]


def main():
    chance = random.Random(9)
    for number in range(int(sys.argv[1])):
        shape = (
            (chance.randint(0, 12), chance.randint(0, 8))
            if number % 10
            else (chance.randint(20, 200), chance.randint(3, 40))
        )
        run(number, *shape, steps=30, density=chance.choice((0.1, 0.3, 0.8)), fits=chance.choice((FEW, None)))
    print("all equal a full solve")


if __name__ == "__main__":
    main()
