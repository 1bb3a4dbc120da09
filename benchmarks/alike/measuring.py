"""Asks each door in each way, in turn, and compares the medians of the processor's work."""

import gc
import random
import re
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter, process_time

from .doors import Door

APART = 0.10
"""So much more than the quickest the slowest may work (A1)."""
WARM = 10
"""Rounds that are not counted."""


class NotAlike(Exception):
    """Two ways were answered in other words: there is no need to look at the time."""


@dataclass
class Times:
    """Seconds of each way of one door: {way: [seconds]}."""

    door: str
    work: dict[str, list[float]] = field(default_factory=dict)
    clock: dict[str, list[float]] = field(default_factory=dict)

    @property
    def apart(self) -> float:
        """How much more than the quickest the slowest works: 0.1 is a tenth."""
        middles = [median(one) for one in self.work.values()]
        return max(middles) / min(middles) - 1

    @property
    def is_alike(self) -> bool:
        """Whether nobody tells them apart by it."""
        return self.apart <= APART

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Door, way, milliseconds of work, milliseconds of the clock."""
        return [
            (self.door, kind, f"{median(self.work[kind]) * 1000:.2f}", f"{median(self.clock[kind]) * 1000:.2f}")
            for kind in self.work
        ]


def measure(door: Door, program, tries: int, warm: int = WARM) -> Times:
    """So many tries of each way, interleaved by lot. Raises `NotAlike` where the words already differ."""
    from django.core.cache import cache
    from django.test import Client
    from django_scopes import scope

    chance, times, said = random.Random(1), Times(door.name), {}
    for number in range(tries + warm):
        kinds = list(door.kinds)
        chance.shuffle(kinds)
        for kind in kinds:
            with scope(program=program):
                door.before()
            cache.clear()  # the limits count before anything is looked up, for each alike
            browser = Client(headers={"host": "localhost"})
            browser.cookies.load(dict(door.cookies))
            path, fields = door.kinds[kind]()
            gc.collect(1)  # or what one try left is cleared away in the time of another
            at, worked = perf_counter(), process_time()
            answer = getattr(browser, door.method)(path, fields)
            worked, at = process_time() - worked, perf_counter() - at
            said[kind] = without_what_was_sent(answer, path, fields)
            if number >= warm:
                times.work.setdefault(kind, []).append(worked)
                times.clock.setdefault(kind, []).append(at)
        if len(set(said.values())) != 1:
            raise NotAlike(f"{door.name}: other answers: { {kind: one[:2] for kind, one in said.items()} }")
    return times


def without_what_was_sent(answer, path: str, fields: dict) -> tuple[int, int, str]:
    """Status, length and words of an answer, without tokens of this request and what was sent."""
    from tests.web.same_words import words_of

    sent = [path, *path.strip("/").split("/"), *(one for one in fields.values() if isinstance(one, str))]
    text = words_of(answer, *sorted((one for one in sent if len(one) > 2), key=len, reverse=True))
    text = re.sub(r"HIDDEN \d+", "HIDDEN", text)
    where = re.sub(r"[\w-]{20,}", "TOKEN", answer.headers.get("Location", ""))
    return answer.status_code, len(text), where + text


def fill_up() -> None:
    """A thousand other accounts: in an empty house everything is found at once."""
    from django.contrib.auth.hashers import make_password

    from alongside.people.models import User

    same = make_password("words of nobody at all")
    User.objects.bulk_create(
        User(username=f"other{number}", email=f"other{number}@example.org", password=same) for number in range(1000)
    )
