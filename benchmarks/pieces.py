"""What is measured, piece by piece. Each part is kept as soon as it is known; one that fails stops no other."""

import contextlib
import json
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import inside_house
from .client import median
from .houses import DATABASES, PLACE, ROOT, House, NoPostgres, open_house
from .measuring import Lane, measure
from .pages import PAGES, Page
from .results import Results, Stopwatch, machine
from .server import Server, serving
from .sizes import GROWTH, SIZES

KINDS = ("page", "constants", "empty")
STARTS = 5
STAGE_SECONDS = 300


@dataclass
class Run:
    """One run of the command: what is asked for, and where results go."""

    size: str
    results: Results
    databases: Sequence[str] = DATABASES
    pages: Sequence[Page] = tuple(PAGES.values())
    seconds: float = 2.0
    rounds: int = 3
    fresh: bool = False
    anew: bool = False
    """Measure also what was measured already with this code."""
    growth: Sequence[str] = GROWTH
    place: Path = PLACE
    failed: list[str] = field(default_factory=list)

    def part(self, piece: str, name: str, do: Callable[[], Any]) -> None:
        """One part: skipped when it is there; what goes wrong is kept, said, and stops nothing else."""
        if not self.anew and self.results.is_done(piece, name):
            print(f"{piece} {name}: known", flush=True)
            return
        watch = Stopwatch()
        try:
            found = do()
        except Exception as reason:
            traceback.print_exc()
            self.failed.append(f"{piece} {name}")
            self.results.keep(piece, name, seconds=watch.seconds, failed=f"{type(reason).__name__}: {reason}"[:500])
        else:
            self.results.keep(piece, name, seconds=watch.seconds, found=found)
        print(f"{piece} {name}: {watch.seconds:.0f} s", flush=True)

    def wants(self, piece: str, *names: str) -> bool:
        """Whether any of these parts has to be measured; saves the start of servers."""
        return self.anew or not all(self.results.is_done(piece, name) for name in names)


@contextlib.contextmanager
def houses(run: Run, sizes: Sequence[str], databases: Sequence[str] | None = None) -> Iterator[dict[tuple, House]]:
    """Houses by size and database; a database that this machine has not is left out, and said."""
    with contextlib.ExitStack() as stack:
        found: dict[tuple, House] = {}
        for size in sizes:
            for database in databases or run.databases:
                try:
                    found[size, database] = stack.enter_context(
                        open_house(size, database, fresh=run.fresh, place=run.place)
                    )
                except NoPostgres as reason:
                    print(reason, flush=True)
        run.fresh = False  # made once in a run
        yield found


class Served:
    """A house and its server, with everybody signed in who asks."""

    def __init__(self, house: House, server: Server) -> None:
        self.house, self.server = house, server
        self._stage: dict = {}
        self._since = 0.0

    def stage(self) -> dict:
        """Who asks, signed in lately: a session of staff ends when nobody used it for a while."""
        if not self._stage or time.monotonic() - self._since > STAGE_SECONDS:
            self._stage, self._since = inside_house.stage(self.house), time.monotonic()
        return self._stage


@contextlib.contextmanager
def serving_each(found: dict[tuple, House]) -> Iterator[dict[tuple, Served]]:
    """A server for each house."""
    with contextlib.ExitStack() as stack:
        yield {key: Served(house, stack.enter_context(serving(house))) for key, house in found.items()}


def measure_machine(run: Run) -> None:
    """Always anew: it says when and where."""
    run.results.keep("machine", "machine", seconds=0, found=machine())


def measure_populations(run: Run) -> None:
    """How long each took to make (when it was made), and what is in it."""
    with houses(run, [run.size]) as found:
        for (_, database), house in found.items():
            run.part("populations", database, lambda house=house: inside_house.count_rows(house))


def measure_starts(run: Run) -> None:
    """Seconds from the start of `alongside serve` to its first answer; memory of its processes after every page."""
    with houses(run, [run.size]) as found:
        for (_, database), house in found.items():
            run.part("starts", database, lambda house=house: _start(house, run))


def _start(house: House, run: Run) -> dict:
    seconds, cpu = [], []
    for _ in range(STARTS):
        with serving(house, settings="alongside.settings") as server:
            seconds.append(server.seconds_to_first_answer)
            cpu.append(server.cpu_to_first_answer)
    stage = inside_house.stage(house)
    with serving(house, settings="alongside.settings") as server:
        for page in run.pages:
            measure([Lane("page", [server], stage, page)], seconds=min(1.0, run.seconds), rounds=1)
        memory = server.memory_mb()
    return {"seconds": seconds, "cpu": cpu, "memory": memory}


def measure_queries(run: Run) -> None:
    """Statements of each page, and of a note."""
    names = list(dict.fromkeys([*(page.name for page in run.pages), "note"]))
    with houses(run, [run.size]) as found:
        for (_, database), house in found.items():
            run.part("queries", database, lambda house=house: inside_house.queries(house, names))


def measure_pages(run: Run) -> None:
    """Each page beside its floors, on both databases in turn; then the page alone, as one person meets it."""
    pages = [page for page in run.pages if page.name != "note"]
    if not run.wants("pages", *(page.name for page in pages)):
        return
    with houses(run, [run.size]) as found, serving_each(found) as served:
        for page in pages:
            run.part("pages", page.name, lambda page=page: _page(run, page, served))


def _page(run: Run, page: Page, served: dict) -> dict:
    lanes = [
        Lane(f"{database}/{kind}", [one.server], one.stage(), page, kind)
        for (_, database), one in served.items() for kind in KINDS
    ]  # fmt: skip
    together = measure(lanes, seconds=run.seconds, rounds=run.rounds)
    alone = [
        Lane(f"{database}/alone", [one.server], one.stage(), page, connections=1)
        for (_, database), one in served.items()
    ]  # fmt: skip
    return together | measure(alone, seconds=min(1.0, run.seconds), rounds=1)


def measure_growth(run: Run) -> None:
    """Each page where there are few contacts and where there are many, in turn."""
    if not run.wants("growth", *(page.name for page in run.pages)):
        return
    since = datetime.now(UTC)
    with houses(run, run.growth) as found, serving_each(found) as served:
        run.part("growth", "rows", lambda: {size: SIZES[size].contacts for size in run.growth})
        for page in run.pages:
            lanes = [
                Lane(f"{database}/{size}", [one.server], one.stage(), page)
                for (size, database), one in served.items()
            ]  # fmt: skip
            run.part("growth", page.name,
                     lambda lanes=lanes: measure(lanes, seconds=run.seconds, rounds=run.rounds))  # fmt: skip
        for house in found.values():
            inside_house.forget_notes(house, since)


def measure_nodes(run: Run) -> None:
    """Two web nodes on one PostgreSQL beside one, the client going round them; sessions are shared."""
    pages = [page for page in run.pages if page.name in ("help", "today", "record", "board")]
    if "postgres" not in run.databases or not run.wants("nodes", *(page.name for page in pages)):
        return
    with houses(run, [run.size], ["postgres"]) as found:
        for house in found.values():
            stage = inside_house.stage(house)
            # One process each: with two, one node alone would fill both processors of a small machine.
            with (
                serving(house, processes=1) as one, serving(house, processes=1) as first,
                serving(house, processes=1) as second,
            ):  # fmt: skip
                for page in pages:
                    lanes = [Lane("1", [one], stage, page), Lane("2", [first, second], stage, page)]
                    run.part("nodes", page.name,
                             lambda lanes=lanes: measure(lanes, seconds=run.seconds, rounds=run.rounds))  # fmt: skip


def measure_notes(run: Run) -> None:
    """Notes saved by the page, beside the same rows written by the driver alone; what was written goes afterwards."""
    if not run.wants("notes", "note"):
        return
    since = datetime.now(UTC)
    with houses(run, [run.size]) as found, serving_each(found) as served:
        run.part("notes", "note", lambda: _notes(run, found, served))
        for house in found.values():
            inside_house.forget_notes(house, since)


def _notes(run: Run, found: dict[tuple, House], served: dict) -> dict:
    page, rounds = PAGES["note"], []
    for number in range(run.rounds):
        this: dict[str, Any] = {}
        for key, house in (list if number % 2 == 0 else reversed)(found.items()):
            server, stage = served[key].server, served[key].stage()
            this[f"{key[1]}/page"] = measure([Lane("page", [server], stage, page)], seconds=run.seconds, rounds=1)[
                "page"
            ]
            this[f"{key[1]}/bare"] = inside_house.bare_notes(house, stage, run.seconds)
        rounds.append(this)
    answer: dict[str, Any] = {}
    for _, database in found:
        pages = [this[f"{database}/page"] for this in rounds]
        bare = [this[f"{database}/bare"] for this in rounds]
        answer[f"{database}/page"] = {name: median([each[name] for each in pages]) for name in
                                      ("per_second", "p50", "p95", "cpu", "size", "errors")}  # fmt: skip
        answer[f"{database}/bare"] = {
            name: median([each["ways"][name] for each in bare]) for name in bare[0]["ways"]
        } | {"rows": bare[0]["rows"]}
        alone = [Lane("alone", [served[key].server], served[key].stage(), page, connections=1)
                 for key in found if key[1] == database]  # fmt: skip
        answer[f"{database}/alone"] = measure(alone, seconds=min(1.0, run.seconds), rounds=1)["alone"]
    return answer


def measure_meetings(run: Run) -> None:
    """Searches among 200,000 meetings (5,000 in a tiny program): how long each takes in the server."""
    count, asked = (5_000, 60) if run.size == "tiny" else (200_000, 1_000)
    for database in run.databases:
        run.part("meetings", database, lambda database=database: _search(database, count, asked))


def _search(database: str, count: int, asked: int) -> dict:
    # A process of its own: the house that holds them is another, and settings are read once.
    with tempfile.TemporaryDirectory(prefix="found-") as folder:
        file = Path(folder) / "found.json"
        subprocess.run(
            [sys.executable, "-m", "benchmarks.meetings", "--database", database, "--meetings", str(count),
             "--searches", str(asked), "--json", str(file)],
            cwd=ROOT, check=False,
        )  # fmt: skip
        return json.loads(file.read_text())


PIECES = {
    "populations": measure_populations,
    "starts": measure_starts,
    "queries": measure_queries,
    "pages": measure_pages,
    "growth": measure_growth,
    "nodes": measure_nodes,
    "meetings": measure_meetings,
    "notes": measure_notes,
}
"""In this order: what writes comes last."""


def run_pieces(run: Run, names: Sequence[str]) -> None:
    """One piece after the other; a piece that cannot even begin stops no other."""
    measure_machine(run)
    for name in names:
        try:
            PIECES[name](run)
        except Exception:
            traceback.print_exc()
            run.failed.append(name)
