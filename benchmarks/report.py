"""Writes docs/benchmarks.md and its plot from what is kept in var/bench: nothing in them is written by hand."""

from collections.abc import Sequence
from pathlib import Path

from . import goals, tables
from .client import median
from .plot import Row, draw
from .results import Results
from .sizes import SIZES
from .tables import NAMES
from .words import GROWTH, HEAD, HOW, MEETINGS, MEETINGS_HEAD, NODES, NOTES, POPULATION, STARTS


def write_report(results: Results, size: str, folder: Path) -> Path:
    """Write both files; the path of the document."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "benchmarks.md"
    rows = plot_rows(results)
    if rows:
        made = SIZES[size]
        caption = f"p95 with 32 users at once, {made.participants:,} participants, {made.contacts:,} contacts."
        (folder / "benchmarks.svg").write_text(draw(rows, caption))
    file.write_text("\n".join(lines_of(results, size, with_plot=bool(rows))).rstrip() + "\n")
    return file


def write_meetings(results: Results, folder: Path) -> Path:
    """The page about searches among meetings, which are measured apart from all else; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "meetings-benchmarks.md"
    said = [_meetings(results, database) or "not measured" for database in NAMES]
    goal = tables.table(("goal", *NAMES.values()), [(SEARCH_GOAL, *said)])
    found = [*MEETINGS_HEAD, *_facts(results, ("meetings",)), *_failures(results, ("meetings",))]
    found += section("Goals", [line.replace("--:", "---") for line in goal])
    found += section("Finding a meeting", tables.meetings_table(results), MEETINGS)
    file.write_text("\n".join(found).rstrip() + "\n")
    return file


def plot_rows(results: Results) -> list[tuple[str, list[Row]]]:
    """A panel for each database."""
    panels = []
    for database, name in NAMES.items():
        rows = [
            Row(page.title, *(found[f"{database}/{kind}"]["p95"] for kind in ("empty", "constants", "page")),
                found[f"{database}/constants"]["p95"] * goals.limit_of(page))
            for page, found in tables.measured(results, "pages") if f"{database}/page" in found
        ]  # fmt: skip
        if rows:
            panels.append((name, rows))
    return panels


def lines_of(results: Results, size: str, *, with_plot: bool) -> list[str]:
    """The document."""
    found = [*HEAD, *facts(results, size), *failures(results)]
    found += section("Goals", goals_table(results))
    found += section("Pages", tables.pages_table(results))
    if with_plot:
        found += ["![The p95 of each page beside its two floors; the table has the figures.](benchmarks.svg)", ""]
    found += section("A contact note saved", tables.notes_table(results), NOTES)
    found += section("From ten thousand contacts to a million", tables.growth_table(results), GROWTH)
    found += section("One web node and two", tables.nodes_table(results), NODES)
    found += section("Start and memory", tables.starts_table(results), STARTS)
    found += section("The population", tables.populations_table(results), POPULATION)
    found += section("The floors in full", tables.floors_table(results))
    return [*found, *HOW]


def section(title: str, lines: list[str], words: Sequence[str] = ()) -> list[str]:
    """A part of the document; without a table it is left out."""
    return [f"## {title}", "", *words, *lines] if lines else []


def facts(results: Results, size: str) -> list[str]:
    """What was measured, when, and on what."""
    made = SIZES[size]
    told = _facts(results, ("pages", "notes", "growth", "nodes", "starts"))
    population = (
        f"- **Population** `{size}`: {made.participants:,} participants, {made.peers:,} peers, "
        f"{made.contacts:,} contacts."
    )
    return [population, *told] if told else []


def _facts(results: Results, pieces: Sequence[str]) -> list[str]:
    """When and on what these pieces were measured."""
    machine = results.found("machine", "machine") or {}
    parts = [part for piece in pieces for part in results.all(piece).values()]
    if not parts or not machine:
        return []
    dates = sorted({part["at"][:10] for part in parts})
    commits = list(dict.fromkeys(part["commit"] for part in parts))
    loads = [part["load_before"] for part in parts]
    return [
        f"- **Machine**: {machine['processor']}, {machine['cores']} processors, {machine['memory']}, "
        f"{machine['system']}; {machine['versions']}. Client, server and database share it.",
        f"- **When**: {' to '.join(dict.fromkeys((dates[0], dates[-1])))}, commit {', '.join(commits)}. "
        f"The load average "
        f"before a part was {min(loads)} to {max(loads)}, our own earlier parts included; "
        f"{machine['load']} when the run began.",
        "",
    ]


def failures(results: Results) -> list[str]:
    """Parts that failed; said, not left out."""
    return _failures(results, ("populations", "starts", "queries", "pages", "growth", "nodes", "notes"))


def _failures(results: Results, pieces: Sequence[str]) -> list[str]:
    lines = [
        f"- `{piece} {name}`: {part['failed'].splitlines()[0]}"
        for piece in pieces
        for name, part in results.all(piece).items() if "failed" in part
    ]  # fmt: skip
    return ["**These parts failed, and are missing below:**", "", *lines, ""] if lines else []


def goals_table(results: Results) -> list[str]:
    """Each goal, and whether it was met on each database."""
    rows = []
    for goal, judged in GOALS.items():
        said = [judged(results, database) for database in NAMES]
        if any(said):
            rows.append((goal, *(each or "not measured" for each in said)))
    lines = tables.table(("goal", *NAMES.values()), rows)
    return [line.replace("--:", "---") for line in lines]


def _pages(results: Results, database: str, *, audit: bool) -> str:
    limit = goals.OF_CONSTANTS_WITH_AUDIT if audit else goals.OF_CONSTANTS
    found = [
        (page.title, goals.ratio(found, f"{database}/page", f"{database}/constants"), limit)
        for page, found in tables.measured(results, "pages")
        if page.writes_audit == audit and f"{database}/page" in found
    ]
    return goals.tally(found) if found else ""


def _lists(results: Results, database: str) -> str:
    found = [
        (page.title, goals.ratio(found, f"{database}/constants", f"{database}/empty"), goals.OF_EMPTY)
        for page, found in tables.measured(results, "pages")
        if tables.is_list(page) and f"{database}/page" in found
    ]
    return goals.tally(found) if found else ""


def _impact(results: Results, database: str) -> str:
    found = results.found("pages", "impact") or {}
    if f"{database}/page" not in found:
        return ""
    said = ((found[f"{database}/{kind}"]["p95"], words) for kind, words in (("alone", "alone"), ("page", "32 users")))
    return "; ".join(f"{words} {p95:,.0f} ms {goals.judge(p95, goals.IMPACT_MS)}" for p95, words in said)


def _notes(results: Results, database: str) -> str:
    found = results.found("notes", "note") or {}
    if f"{database}/page" not in found:
        return ""
    share = found[f"{database}/page"]["per_second"] / max(found[f"{database}/bare"][way] for way in tables.WAYS)
    return f"{share:.2f} {goals.judge(share, goals.NOTES_OF_DATABASE, at_least=True)}"


def _growth(results: Results, database: str) -> str:
    sizes = list(results.found("growth", "rows") or {})
    found = [
        (page.title, goals.ratio(found, f"{database}/{sizes[1]}", f"{database}/{sizes[0]}"), goals.GROWTH)
        for page, found in tables.measured(results, "growth") if f"{database}/{sizes[0]}" in found
    ]  # fmt: skip
    return goals.tally(found) if found else ""


def _meetings(results: Results, database: str) -> str:
    found = results.found("meetings", database)
    if not found:
        return ""
    p95 = found["asked"]["near"]["clock"]["p95"]
    # Among fewer it is a look at whether it runs, and no answer.
    of = "" if found["meetings"] >= 200_000 else f" among {found['meetings']:,}"
    return f"{p95:.1f} ms{of} {goals.judge(p95, goals.SEARCH_MS)}"


def _start(results: Results, database: str) -> str:
    found = results.found("starts", database)
    return (
        found
        and f"{median(found['seconds']):.2f} s {goals.judge(median(found['seconds']), goals.FIRST_ANSWER_SECONDS)}"
    )


def _memory(results: Results, database: str) -> str:
    found = results.found("starts", database)
    most = found and max(pss for pss, _ in found["memory"])
    return most and f"{most:.0f} MB {goals.judge(most, goals.WORKER_MB)}"


SEARCH_GOAL = f"p95 of a search near a place among 200,000 meetings under {goals.SEARCH_MS} ms"
GOALS = {
    "p95 of a page at most 1.3 times its constants page": lambda r, d: _pages(r, d, audit=False),
    "the same where the view writes to the log: at most 1.6 times": lambda r, d: _pages(r, d, audit=True),
    "p95 of the constants page of a long list at most 2.5 times the empty page": _lists,
    "impact page under 300 ms": _impact,
    "notes saved per second at least half of the database alone": _notes,
    "p95 with a million contacts at most 1.2 times that with ten thousand": _growth,
    "first answer of the server within 2 s": _start,
    "memory of a worker under 150 MB": _memory,
}
