"""Asks a server over many connections that stay open, in one thread and with little work of its own.

It shares the machine with the server, so it parses no more of an answer than it must: status, length, the rest.
"""

import asyncio
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Answers:
    """What came back within one stretch of time."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    errors: int = 0
    size: int = 0
    example: str = ""

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """Seconds within which this share was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("inf")


class Connection(asyncio.Protocol):
    """One open connection: sends, waits for the whole answer, sends again until told to stop."""

    def __init__(self, make: Callable[[], bytes], wanted: int, answers: Answers, done: asyncio.Future):
        self.make, self.wanted, self.answers, self.done = make, wanted, answers, done
        self.buffer, self.left, self.stopping = b"", None, False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.buffer, self.left = b"", None
        request = self.make()
        self.started = time.perf_counter()
        self.transport.write(request)

    def data_received(self, chunk: bytes) -> None:
        if self.left is None:
            self.buffer += chunk
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self.buffer[:end].lower()
            self.status = int(head[9:12])
            place = head.find(b"\r\ncontent-length:")
            length = int(head[place + 17 :].split(b"\r\n", 1)[0]) if place >= 0 else 0
            self.left = length - (len(self.buffer) - end - 4)
            self.length, self.closing = length, b"\r\nconnection: close" in head
        else:
            self.left -= len(chunk)
        if self.left <= 0:
            self.finished()

    def finished(self) -> None:
        answers = self.answers
        answers.latencies.append(time.perf_counter() - self.started)
        answers.statuses[self.status] += 1
        if self.status == self.wanted:
            answers.size = self.length
        else:
            answers.errors += 1
            answers.example = answers.example or self.buffer[:1500].decode(errors="replace")
        if self.stopping or self.closing:
            self.transport.close()
        else:
            self.send()

    def connection_lost(self, error) -> None:
        if not self.stopping and error:
            self.answers.errors += 1
        if not self.done.done():
            self.done.set_result(self.stopping)


async def _keep_asking(port: int, make, wanted: int, answers: Answers, open_ones: set, until: float) -> None:
    """A connection that is opened again when the server closed it, until the time is over."""
    loop = asyncio.get_running_loop()
    while loop.time() < until:
        done = loop.create_future()
        try:
            _, connection = await loop.create_connection(
                lambda done=done: Connection(make, wanted, answers, done), "127.0.0.1", port
            )
        except OSError:
            answers.errors += 1
            await asyncio.sleep(0.05)
            continue
        open_ones.add(connection)
        await done
        open_ones.discard(connection)


async def _ask(ports: Sequence[int], makers: Sequence, wanted: int, seconds: float) -> Answers:
    answers, open_ones = Answers(), set()
    loop = asyncio.get_running_loop()
    started = loop.time()
    until = started + seconds
    tasks = [
        asyncio.create_task(_keep_asking(ports[n % len(ports)], make, wanted, answers, open_ones, until))
        for n, make in enumerate(makers)
    ]
    await asyncio.sleep(seconds)
    for connection in list(open_ones):
        connection.stopping = True  # each still gets its answer
    _, waiting = await asyncio.wait(tasks, timeout=60)
    for connection in list(open_ones):
        connection.transport.abort()
    answers.errors += len(waiting)
    await asyncio.gather(*tasks)
    answers.seconds = loop.time() - started
    return answers


def ask(ports: Sequence[int], makers: Sequence[Callable[[], bytes]], seconds: float, wanted: int = 200) -> Answers:
    """Ask for so many seconds, one connection for each maker of requests, spread over the ports in turn."""
    return asyncio.run(_ask(ports, makers, wanted, seconds))


def median(values: Sequence[float]) -> float:
    """The middle of several rounds."""
    return statistics.median(values)
