"""Rounds of load over several lanes in turn (a page, its floors, each database), so that drift of the machine cancels.

A lane is one thing that is asked for. Every other round goes through the lanes backwards.
"""

import itertools
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from .asking import request_bytes
from .client import Answers, ask, median
from .pages import Page
from .server import Server

CONNECTIONS = 32


@dataclass(frozen=True)
class Lane:
    """What is asked for, where, and over how many connections."""

    key: str
    servers: Sequence[Server]
    stage: dict
    page: Page
    kind: str = "page"
    connections: int = CONNECTIONS

    @property
    def wanted(self) -> int:
        """The status of a right answer."""
        return 302 if self.page.name == "note" else 200

    def makers(self) -> list:
        """One maker of requests for each connection; accounts are shared out among them."""
        people = self.stage[self.page.role]
        chosen = [people[number % len(people)] for number in range(self.connections)]
        if self.page.name == "note":  # a new submit key each time, and each of a peer's people in turn
            return [_notes_of(self.page, who, number) for number, who in enumerate(chosen)]
        fixed = [request_bytes(self.page, self.kind, who) for who in chosen]
        return [lambda request=request: request for request in fixed]


def _notes_of(page: Page, who: dict, number: int):
    start = number % len(who["notes"])
    turn = itertools.cycle(who["notes"][start:] + who["notes"][:start])
    return lambda: request_bytes(page, "page", who | {"record": next(turn)})


@dataclass
class Measured:
    """One lane: medians over the rounds. Times in milliseconds."""

    per_second: float
    p50: float
    p95: float
    cpu: float
    """Processor time of the server's workers for each answer."""
    size: int
    errors: int
    rounds: list[tuple[float, float]] = field(default_factory=list)
    """Of each round: answers per second, and p95."""


class LoadFailed(Exception):
    """Answers were not what they had to be; measuring them would measure nothing."""


def warm_up(lane: Lane, seconds: float) -> None:
    """First alone, then all at once: each worker has rendered, and frozen, each account's page."""
    ports, makers = [server.port for server in lane.servers], lane.makers()
    for port in ports:
        _must(lane, ask([port], makers[:1], 0.2, lane.wanted))
    _must(lane, ask(ports, makers, seconds, lane.wanted))


def measure(lanes: Sequence[Lane], *, seconds: float, rounds: int) -> dict[str, dict]:
    """Load each lane in turn, several times; what was `Measured` for each key, as plain values."""
    for lane in lanes:
        warm_up(lane, max(0.4, seconds / 3))
    makers = {lane.key: lane.makers() for lane in lanes}
    found: dict[str, list[tuple[Answers, float]]] = {lane.key: [] for lane in lanes}
    for number in range(rounds):
        for lane in lanes if number % 2 == 0 else reversed(lanes):
            before = sum(server.cpu_seconds() for server in lane.servers)
            answers = ask([server.port for server in lane.servers], makers[lane.key], seconds, lane.wanted)
            found[lane.key].append((answers, sum(server.cpu_seconds() for server in lane.servers) - before))
            _must(lane, answers)
    return {key: asdict(_middle(each)) for key, each in found.items()}


def _middle(found: list[tuple[Answers, float]]) -> Measured:
    return Measured(
        per_second=median([answers.per_second for answers, _ in found]),
        p50=1000 * median([answers.quantile(0.5) for answers, _ in found]),
        p95=1000 * median([answers.quantile(0.95) for answers, _ in found]),
        cpu=1000 * median([cpu / max(1, len(answers.latencies)) for answers, cpu in found]),
        size=found[-1][0].size,
        errors=sum(answers.errors for answers, _ in found),
        rounds=[(answers.per_second, 1000 * answers.quantile(0.95)) for answers, _ in found],
    )


def _must(lane: Lane, answers: Answers) -> None:
    """Stop at once where the answers are wrong: a redirect to the sign-in page is quick, and means nothing."""
    good = len(answers.latencies) - answers.errors
    if good < 1 or answers.errors > max(2, good // 100):
        raise LoadFailed(f"{lane.page.name} ({lane.key}): {dict(answers.statuses)}\n{answers.example}")
