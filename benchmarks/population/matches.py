"""Rounds of offers behind each mentorship, and the waiting list of today with proposals and open rounds."""

from random import Random

from alongside.council.models import Policy
from alongside.matching.models import Offer, Proposal, Round, Run
from alongside.rules import vocabulary as codes

from .bulk import Table, new_id
from .clock import MINUTES, Clock
from .timeline import Stay, Walk
from .workforce import Peer

NOBODY = [{"code": "nobody.too_few_hours", "good": False, "params": {"peers": 7, "alone": 3}}]


def draw_reasons(rng: Random) -> list[dict]:
    """Reasons as the engine stores them."""
    found = [
        {"code": "shared_life_stage", "good": True, "params": {"values": [rng.choice(codes.LIFE_STAGES)]}},
        {"code": "shared_pathway", "good": True, "params": {"values": [rng.choice(codes.PATHWAYS)]}},
        {"code": "many_shared_hours", "good": True, "params": {"hours": 4 + int(rng.random() * 16)}},
        {"code": "shared_interests", "good": True, "params": {"values": [rng.choice(codes.INTERESTS)]}},
    ]
    against = {"code": "far_in_age", "good": False, "params": {}}
    return [each for each in found if rng.random() < 0.65] + [against] * (rng.random() < 0.3)


class Matches:
    """Writes rounds, offers and proposals of one program."""

    def __init__(self, rng: Random, clock: Clock, program: str, peers: list[Peer]):
        self.rng, self.clock, self.program, self.peers = rng, clock, program, peers
        self.here = [peer for peer in peers if peer.status == "active" and not peer.busy]
        self.round = Table(
            Round, "id", "program", "episode", "status", "sent_at", "choose_by", "ended_at", "return_reason"
        )
        self.offer = Table(
            Offer, "id", "program", "round", "episode", "peer", "rank", "status", "reasons", "offered_at", "chosen_at",
            "answer_by", "ended_at", "mentorship",
        )  # fmt: skip
        self.run = Table(Run, "id", "program", "policy", "made_at", "inputs_digest")
        self.proposal = Table(Proposal, "id", "program", "run", "episode", "peer", "rank", "score", "reasons")
        self.held: list[tuple] = []
        self.latest_run = new_id(rng)
        policy = Policy.objects.get(program_id=program, kind="matching").pk.hex
        self.run.add(self.latest_run, program, policy, clock.text(clock.now - 60), f"{rng.getrandbits(256):064x}")

    def add_matched(self, walk: Walk, episode: str, mentorship: str) -> None:
        """The round out of which a mentorship came: one offer accepted, the others taken back."""
        rng, text, round_ = self.rng, self.clock.text, new_id(self.rng)
        sent = max(0, walk.start - int((1 + rng.random() * 5) * MINUTES))
        chosen = (sent + walk.start) // 2
        self.round.add(
            round_, self.program, episode, "matched", text(sent), text(sent + 7 * MINUTES), text(walk.start), ""
        )
        others = {self.peers[int(rng.random() * len(self.peers))].id for _ in range(int(rng.random() * 3))}
        ids = [self.peers[walk.peer].id, *sorted(others - {self.peers[walk.peer].id})]
        for rank, peer in enumerate(ids, start=1):
            taken = rank == 1
            self.held.append((
                new_id(rng), self.program, round_, episode, peer, rank, "accepted" if taken else "withdrawn",
                draw_reasons(rng), text(sent), text(chosen) if taken else None, None, text(walk.start),
                mentorship if taken else None,
            ))  # fmt: skip

    def add_waiting(self, stay: Stay, episode: str) -> None:
        """Somebody on the waiting list: with proposals, with none that fits, or not looked at yet."""
        rng, roll = self.rng, self.rng.random()
        if roll < 0.15:
            return
        if roll < 0.25:
            self.proposal.add(new_id(rng), self.program, self.latest_run, episode, None, 0, None, NOBODY)
            return
        for rank, peer in enumerate(rng.sample(self.here, min(3, len(self.here))), start=1):
            self.proposal.add(
                new_id(rng), self.program, self.latest_run, episode, peer.id, rank,
                f"{88 - 9 * rank + rng.random():.3f}", draw_reasons(rng),
            )  # fmt: skip

    def add_choosing(self, stay: Stay, episode: str) -> None:
        """Somebody with an open round before them, some of whom have chosen: that holds a place."""
        rng, text, now, round_ = self.rng, self.clock.text, self.clock.now, new_id(self.rng)
        sent = max(stay.waiting, now - int(rng.random() * 5 * MINUTES))
        self.round.add(round_, self.program, episode, "open", text(sent), text(now + 3 * MINUTES), None, "")
        asks = rng.random() < 0.35
        for rank, peer in enumerate(rng.sample(self.here, min(3, len(self.here))), start=1):
            chosen = asks and rank == 1 and peer.taken < peer.capacity
            peer.taken += chosen
            self.held.append((
                new_id(rng), self.program, round_, episode, peer.id, rank, "chosen" if chosen else "offered",
                draw_reasons(rng), text(sent), text((sent + now) // 2) if chosen else None,
                text(now + 2 * MINUTES) if chosen else None, None, None,
            ))  # fmt: skip

    def flush(self) -> None:
        """What holds no place."""
        for table in (self.round, self.run, self.proposal):
            table.flush()

    def write_offers(self) -> None:
        """With triggers and constraints on: a chosen offer takes a place."""
        self.offer.extend(self.held)
        self.offer.flush()
