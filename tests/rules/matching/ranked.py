"""Small two-sided instances, and everything there is to know of them by trying: no code of the package is used here."""

from itertools import product

from hypothesis import strategies as st

from alongside.rules.matching.ranked_lists import RankedLists


def ranks_of(printed):
    """Position to rank, for one printed list with ties as tuples."""
    return {k: rank for rank, entry in enumerate(printed) for k in (entry if isinstance(entry, tuple) else (entry,))}


class Printed:
    """An instance as printed: lists of both sides, places."""

    def __init__(self, participants, peers, places):
        self.participants, self.peers, self.places = participants, peers, places
        own, other = [ranks_of(x) for x in participants], [ranks_of(x) for x in peers]
        self.own = [{j: rank for j, rank in own[i].items() if i in other[j]} for i in range(len(own))]
        self.other = [{i: rank for i, rank in other[j].items() if j in own[i]} for j in range(len(other))]

    @property
    def lists(self):
        return RankedLists.from_lists(self.participants, self.peers, self.places)

    def __repr__(self):
        return f"Printed({self.participants}, {self.peers}, {self.places})"

    def is_matching(self, found):
        return all(j is None or j in self.own[i] for i, j in enumerate(found)) and all(
            found.count(j) <= places for j, places in enumerate(self.places)
        )

    def blocking(self, found):
        """The definition, word by word."""
        pairs = []
        for i, wanted in enumerate(self.own):
            for j in wanted:
                gains = found[i] is None or wanted[j] < wanted[found[i]]
                there = [k for k, peer in enumerate(found) if peer == j]
                free = len(there) < self.places[j]
                if gains and (free or any(self.other[j][i] < self.other[j][k] for k in there)):
                    pairs.append((i, j))
        return sorted(pairs)

    def all_stable(self):
        options = [[None, *wanted] for wanted in self.own]
        tried = (list(found) for found in product(*options))
        return [found for found in tried if self.is_matching(found) and not self.blocking(found)]


def print_list(chance, others, tie, left_out):
    """A random list over the other side: some left out, neighbors joined to ties."""
    order = [k for k in range(others) if chance.random() >= left_out]
    chance.shuffle(order)
    groups = []
    for k in order:
        if groups and chance.random() < tie:
            groups[-1].append(k)
        else:
            groups.append([k])
    return [tuple(group) if len(group) > 1 else group[0] for group in groups]


def draw_printed(chance, most_people=5, most_peers=4, tie=0.5, left_out=0.3, most_places=2):
    """A random small instance."""
    people, peers = chance.randint(1, most_people), chance.randint(1, most_peers)
    return Printed(
        [print_list(chance, peers, tie, left_out) for _ in range(people)],
        [print_list(chance, people, tie, left_out) for _ in range(peers)],
        [chance.randint(0, most_places) if chance.random() < 0.8 else 1 for _ in range(peers)],
    )


def printed(tie):
    """Hypothesis strategy of `draw_printed`."""
    return st.randoms(use_true_random=True).map(lambda chance: draw_printed(chance, tie=tie))
