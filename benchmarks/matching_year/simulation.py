"""One year in one mode at one timing, day by day."""

from collections import Counter
from dataclasses import dataclass, field, replace

from alongside.rules.matching import DEFAULT_POLICY, Peer, Seeker
from alongside.rules.matching.comparison import FIRST_COME, MOST_SERVED, STABLE, measure_loads, serve_in_order
from alongside.rules.matching.engine import priority
from alongside.rules.matching.rankings import rank_pairs
from alongside.rules.matching.rolling import RollingPolicy, decide, rate_places
from alongside.rules.matching.solver import Edge, Places, assign
from alongside.rules.matching.stable_ties import match_with_ties
from alongside.rules.matching.waiting import Wait

from . import world as w

AT_ONCE, WEEKLY, ROLLING = "at_once", "weekly", "rolling"
IN_STEPS = "in_steps"
"""As `most_served`, but waiting counts in whole steps of `STEP_DAYS`, so that fit decides between people who have
waited about as long. Not a mode of the product: what a council could decide."""
STEP_DAYS = DEFAULT_POLICY.urgency_days
TIMINGS, MODES = (AT_ONCE, WEEKLY, ROLLING), (MOST_SERVED, IN_STEPS, STABLE, FIRST_COME)
RATE_DAYS = 120
"""Places that came up in so many days tell how often they will."""


@dataclass
class Waiting:
    """Somebody on the list: since when, and on which day they give up."""

    seeker: Seeker
    since: int
    gives_up: int
    tried: set[str] = field(default_factory=set)


@dataclass
class Outcome:
    """What is counted of the year after the warm-up, by the day something ends."""

    waits: list[Wait] = field(default_factory=list)
    hard_waits: list[Wait] = field(default_factory=list)
    urgent_waits: list[Wait] = field(default_factory=list)
    fits: list[int] = field(default_factory=list)
    offers: Counter[str] = field(default_factory=Counter)
    changes: int = 0
    gave_up: int = 0
    ginis: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    held: int = 0


class Year:
    """The program on one day after another. `out`: (seeker id, peer id) to (day of the answer, answer)."""

    def __init__(self, world: w.World, mode: str, timing: str, rolling: RollingPolicy):
        self.world, self.mode, self.timing, self.rolling = world, mode, timing, rolling
        self.day, self.outcome = 0, Outcome()
        self.waiting: dict[str, Waiting] = {}
        self.peers: dict[str, Peer] = {}
        self.with_peer: dict[str, Counter[str]] = {}
        self.out: dict[tuple[str, str], tuple[int, str]] = {}
        self.ends: dict[int, list[tuple[Seeker, str, str]]] = {}
        self.returns: dict[int, list[Seeker]] = {}
        self.came_up: list[tuple[int, str]] = []

    def run(self) -> Outcome:
        """All days."""
        for self.day in range(w.WARM_UP_DAYS + w.YEAR_DAYS):
            self.peers_come_and_stop()
            self.mentorships_end()
            for seeker in (*self.world.asks.get(self.day, ()), *self.returns.pop(self.day, ())):
                self.join_list(seeker)
            self.answers_arrive()
            self.some_give_up()
            if self.timing != WEEKLY or self.day % 7 == 0:
                self.match()
            if self.is_counted and self.day % 7 == 0:
                self.count_loads()
        for one in self.waiting.values():
            self.count_wait(one, is_matched=False)
        return self.outcome

    @property
    def is_counted(self) -> bool:
        """Whether the warm-up is over."""
        return self.day >= w.WARM_UP_DAYS

    def join_list(self, seeker: Seeker, tried: set[str] | None = None) -> None:
        """Somebody begins to wait."""
        rng = self.world.chance("patience", seeker.id, self.day)
        gives_up = self.day + 1 + int(rng.expovariate(1 / w.PATIENCE_DAYS))
        self.waiting[seeker.id] = Waiting(seeker, self.day, gives_up, set(tried or ()))

    def peers_come_and_stop(self) -> None:
        """New peers sit down; whoever stops hands their people back to the list, where they come soon."""
        for peer in self.world.peers.get(self.day, ()):
            self.peers[peer.id] = peer
            self.with_peer[peer.id] = Counter()
        for id_ in self.world.stops.get(self.day, ()):
            del self.peers[id_]
            left = set(self.with_peer.pop(id_))
            for day, ending in self.ends.items():
                self.ends[day] = [one for one in ending if one[1] != id_]
                for seeker, _, _ in (one for one in ending if one[1] == id_ and one[0].id in left):
                    self.join_list(replace(seeker, urgency=max(seeker.urgency, 1)), {id_})
            for pair in [pair for pair in self.out if pair[1] == id_]:
                del self.out[pair]

    def mentorships_end(self) -> None:
        """In their time, or because another peer is wished for; some come back months later."""
        for seeker, peer_id, why in self.ends.pop(self.day, ()):
            del self.with_peer[peer_id][seeker.id]
            self.came_up.append((self.day, peer_id))
            if why == "change":
                self.outcome.changes += self.is_counted
                self.join_list(seeker, {peer_id})
                continue
            rng = self.world.chance("return", seeker.id)
            if rng.random() < w.RETURNS:
                again = replace(seeker, id=f"{seeker.id}+", earlier_peer_ids=frozenset({peer_id}))
                self.returns.setdefault(self.day + rng.randint(30, 120), []).append(again)

    def answers_arrive(self) -> None:
        """A yes begins a mentorship; after anything else the person waits on, and is not offered this peer again."""
        due = [(pair, answer) for pair, (day, answer) in self.out.items() if day == self.day]
        for (seeker_id, peer_id), answer in due:
            del self.out[seeker_id, peer_id]
            self.outcome.offers[answer] += self.is_counted
            one = self.waiting[seeker_id]
            if answer == "yes":
                del self.waiting[seeker_id]
                self.count_wait(one, is_matched=True)
                self.start(one.seeker, peer_id)
            else:
                one.tried.add(peer_id)

    def start(self, seeker: Seeker, peer_id: str) -> None:
        """A mentorship begins, and with it its end is known."""
        milli = self.world.fit(seeker, self.peers[peer_id])
        rng = self.world.chance("mentorship", seeker.id, peer_id)
        days, why = w.mentorship_days(rng), "end"
        changes, after = rng.random() < w.change_chance(milli), rng.randint(10, 60)
        if changes and after < days:
            days, why = after, "change"
        self.with_peer[peer_id][seeker.id] = 1
        self.ends.setdefault(self.day + days, []).append((seeker, peer_id, why))
        if self.is_counted:
            self.outcome.fits.append(milli)

    def some_give_up(self) -> None:
        """Nobody gives up with an offer in hand."""
        asked = {seeker_id for seeker_id, _ in self.out}
        for id_, one in list(self.waiting.items()):
            if one.gives_up <= self.day and id_ not in asked:
                del self.waiting[id_]
                self.outcome.gave_up += self.is_counted
                self.count_wait(one, is_matched=False)

    def match(self) -> None:
        """A run over everybody who waits and has no offer out."""
        asked = {seeker_id for seeker_id, _ in self.out}
        ready = sorted(id_ for id_ in self.waiting if id_ not in asked)
        seekers = [replace(self.waiting[i].seeker, waiting_days=self.day - self.waiting[i].since) for i in ready]
        peers = self.list_peers()
        edges = [
            Edge(i, j, milli)
            for i, seeker in enumerate(seekers)
            for j, peer in enumerate(peers)
            if peer.id not in self.waiting[seeker.id].tried and (milli := self.world.fit(seeker, peer)) is not None
        ]
        chosen = self.answer(seekers, peers, edges)
        pairs = {seekers[i].id: peers[j].id for i, j in enumerate(chosen) if j is not None}
        if self.timing == ROLLING:
            pairs = self.hold_back(seekers, peers, edges, pairs)
        for seeker_id, peer_id in pairs.items():
            self.offer(seeker_id, peer_id)

    def answer(self, seekers: list[Seeker], peers: list[Peer], edges: list[Edge]) -> list[int | None]:
        """Peers for people, in this mode."""
        if self.mode == STABLE:
            return match_with_ties(rank_pairs(seekers, peers, DEFAULT_POLICY, edges))
        if self.mode == FIRST_COME:
            order = sorted(range(len(seekers)), key=lambda i: (-seekers[i].waiting_days, i))
            return serve_in_order(order, edges, [peer.places_free for peer in peers], len(seekers))
        if self.mode == IN_STEPS:
            seekers = [replace(s, waiting_days=s.waiting_days // STEP_DAYS * STEP_DAYS) for s in seekers]
        places = [Places(peer.places_free, peer.capacity) for peer in peers]
        return assign([priority(s, DEFAULT_POLICY) for s in seekers], places, [e for e in edges if places[e.peer].free])

    def hold_back(
        self, seekers: list[Seeker], peers: list[Peer], edges: list[Edge], pairs: dict[str, str]
    ) -> dict[str, str]:
        """Those pairs for whom the rolling policy does not wait."""
        recent = Counter(id_ for day, id_ in self.came_up if day > self.day - RATE_DAYS)
        rates = rate_places(recent, min(self.day, RATE_DAYS), peers, self.rolling.prior_days)
        found = decide(seekers, peers, DEFAULT_POLICY, self.rolling, rates, edges=edges, proposed=pairs)
        self.outcome.held += sum(d.code == "better_is_near" for d in found) if self.is_counted else 0
        return {d.seeker_id: d.peer_id for d in found if d.act and d.peer_id}

    def list_peers(self) -> list[Peer]:
        """Peers with the places that are neither taken nor promised; whoever is on leave has none."""
        promised = Counter(peer_id for _, peer_id in self.out)
        found = []
        for id_, peer in sorted(self.peers.items()):
            free = peer.capacity - len(self.with_peer[id_]) - promised[id_]
            found.append(replace(peer, places_free=0 if self.day in self.world.away[id_] else free))
        return found

    def offer(self, seeker_id: str, peer_id: str) -> None:
        """An offer goes out; how it will be answered is drawn for this pair."""
        rng = self.world.chance("answer", seeker_id, peer_id)
        draw, yes = rng.random(), w.accept_chance(self.world.fit(self.waiting[seeker_id].seeker, self.peers[peer_id]))
        thinks, peer_thinks = rng.randint(1, 4), rng.randint(1, 2)
        if rng.random() < w.LAPSES:
            answer, days = "lapsed", w.LAPSE_DAYS
        elif draw >= yes:
            answer, days = "declined", thinks
        else:
            answer = "peer_declined" if rng.random() < w.PEER_SAYS_NO else "yes"
            days = thinks + peer_thinks
        self.out[seeker_id, peer_id] = (self.day + days, answer)

    def count_wait(self, one: Waiting, *, is_matched: bool) -> None:
        if not self.is_counted:
            return
        wait = Wait(self.day - one.since, is_matched)
        self.outcome.waits.append(wait)
        if one.seeker.languages != ("en",) and len(one.seeker.languages) == 1:
            self.outcome.hard_waits.append(wait)
        if one.seeker.urgency:
            self.outcome.urgent_waits.append(wait)

    def count_loads(self) -> None:
        now = [replace(peer, places_free=peer.capacity - len(self.with_peer[id_])) for id_, peer in self.peers.items()]
        loads = measure_loads(now, {})
        self.outcome.ginis.append(loads.gini)
        self.outcome.loads.append(loads.mean)
