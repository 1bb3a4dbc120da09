"""Tables of docs/benchmarks.md: lines of Markdown from what was measured, nothing where nothing is known."""

from collections.abc import Iterable, Sequence

from . import goals
from .client import median
from .pages import PAGES
from .results import Results

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
WAYS = ("1 connection", "8 connections")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table: the first column to the left, the others to the right."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if not lines:
        return []
    return [f"| {' | '.join(head)} |", f"|{'|'.join(['---', *['--:'] * (len(head) - 1)])}|", *lines, ""]


def databases_of(found: dict) -> list[str]:
    """Which databases a part was measured on, in the order of the document."""
    return [name for name in NAMES if any(key.startswith(f"{name}/") for key in found)]


def measured(results: Results, piece: str) -> list[tuple]:
    """The pages of a piece that were measured, in the order of `PAGES`, each with what was found."""
    known = results.all(piece)
    return [(page, known[name]["found"]) for name, page in PAGES.items() if "found" in known.get(name, {})]


def pages_table(results: Results) -> list[str]:
    """One row for each page and database."""
    rows = []
    for page, found in measured(results, "pages"):
        for database in databases_of(found):
            it, alone = found[f"{database}/page"], found[f"{database}/alone"]
            count = (results.found("queries", database) or {}).get(page.name)
            times = goals.ratio(found, f"{database}/page", f"{database}/constants")
            floor = goals.ratio(found, f"{database}/constants", f"{database}/empty")
            spread = sorted(p95 for _, p95 in it["rounds"])
            rows.append((
                page.title, NAMES[database], f"{it['per_second']:,.0f}", f"{it['p50']:.0f}",
                f"{it['p95']:.0f} ({spread[0]:.0f}–{spread[-1]:.0f})", f"{alone['p95']:.0f}",
                "–" if count is None else str(count), f"{it['size'] / 1024:.1f}",
                f"{times:.2f} of {goals.limit_of(page)} {goals.judge(times, goals.limit_of(page))}",
                f"{floor:.2f}"
                + (f" of {goals.OF_EMPTY} {goals.judge(floor, goals.OF_EMPTY)}" if is_list(page) else ""),
            ))  # fmt: skip
    return table(
        ("page", "database", "requests/s", "p50 ms", "p95 ms (rounds)", "p95 alone, ms", "queries", "KB",
         "p95 ÷ constants", "constants ÷ empty"), rows,
    )  # fmt: skip


def is_list(page) -> bool:
    """Whether the goal for long lists is for this page."""
    return page.rows >= goals.LIST_ROWS


def floors_table(results: Results) -> list[str]:
    """The floors themselves."""
    rows = []
    for page, found in measured(results, "pages"):
        for database in databases_of(found):
            shown = []
            for kind in ("empty", "constants", "page"):
                it = found[f"{database}/{kind}"]
                shown += [f"{it['per_second']:,.0f}", f"{it['p95']:.0f}", f"{it['cpu']:.1f}"]
            rows.append((page.title, NAMES[database], *shown))
    head = [f"{kind}{what}" for kind in ("empty ", "constants ", "page ") for what in ("/s", "p95", "CPU ms")]
    return table(("page", "database", *head), rows)


def notes_table(results: Results) -> list[str]:
    """The page that saves a note beside the database alone."""
    found, rows = results.found("notes", "note") or {}, []
    for database in databases_of(found):
        it, bare, alone = (found[f"{database}/{kind}"] for kind in ("page", "bare", "alone"))
        best = max(bare[way] for way in WAYS)
        count = (results.found("queries", database) or {}).get("note")
        rows.append((
            NAMES[database], f"{it['per_second']:,.0f}", f"{it['p50']:.0f}", f"{it['p95']:.0f}",
            f"{alone['p95']:.0f}", "–" if count is None else str(count),
            *(f"{bare[way]:,.0f}" for way in WAYS), f"{bare['rows']:.0f}",
            f"{it['per_second'] / best:.2f} of {goals.NOTES_OF_DATABASE} "
            + goals.judge(it["per_second"] / best, goals.NOTES_OF_DATABASE, at_least=True),
        ))  # fmt: skip
    return table(
        ("database", "notes/s", "p50 ms", "p95 ms", "p95 alone, ms", "queries", "bare, 1 connection /s",
         "bare, 8 connections /s", "writes of a note", "notes ÷ quicker bare"), rows,
    )  # fmt: skip


def growth_table(results: Results) -> list[str]:
    """Each page with few contacts and with many."""
    sizes = list(results.found("growth", "rows") or {})
    rows = []
    for page, found in measured(results, "growth"):
        for database in databases_of(found):
            few, many = (found[f"{database}/{size}"] for size in sizes)
            grown = goals.ratio(found, f"{database}/{sizes[1]}", f"{database}/{sizes[0]}")
            kb = f"{few['size'] / 1024:.1f} → {many['size'] / 1024:.1f}"
            rows.append((
                page.title, NAMES[database], f"{few['p95']:.0f}", f"{many['p95']:.0f}",
                f"{few['cpu']:.1f} → {many['cpu']:.1f}", kb, f"{grown:.2f} {goals.judge(grown, goals.GROWTH)}",
            ))  # fmt: skip
    return table(("page", "database", "p95 few, ms", "p95 many, ms", "CPU ms", "KB", "many ÷ few"), rows)


def nodes_table(results: Results) -> list[str]:
    """One web node and two."""
    rows = [
        (page.title, f"{found['1']['per_second']:,.0f}", f"{found['2']['per_second']:,.0f}",
         f"{goals.ratio(found, '2', '1', 0):.2f}", f"{found['1']['p95']:.0f}", f"{found['2']['p95']:.0f}")
        for page, found in measured(results, "nodes")
    ]  # fmt: skip
    return table(("page", "1 node /s", "2 nodes /s", "2 ÷ 1", "1 node p95 ms", "2 nodes p95 ms"), rows)


def starts_table(results: Results) -> list[str]:
    """The start of the server, and its memory."""
    rows = []
    for database, name in NAMES.items():
        if found := results.found("starts", database):
            middle, most = median(found["seconds"]), max(pss for pss, _ in found["memory"])
            rows.append((
                name, f"{middle:.2f} ({min(found['seconds']):.2f}–{max(found['seconds']):.2f}) "
                + goals.judge(middle, goals.FIRST_ANSWER_SECONDS),
                f"{median(found['cpu']):.2f}",
                f"{most:.0f} {goals.judge(most, goals.WORKER_MB)}", f"{max(rss for _, rss in found['memory']):.0f}",
            ))  # fmt: skip
    return table(
        ("database", "first answer after, s", "its processor time, s", "memory of a worker (PSS), MB", "RSS, MB"), rows
    )


def populations_table(results: Results) -> list[str]:
    """What was loaded, and how long that took."""
    rows = []
    for database, name in NAMES.items():
        if found := results.found("populations", database):
            kinds = ("Person", "Episode", "Mentorship", "Contact", "Entry")
            rows.append((name, *(f"{found['rows'][kind]:,}" for kind in kinds), f"{found['mb']:,.0f}",
                         f"{found['seconds'] / 60:.1f}"))  # fmt: skip
    return table(
        ("database", "people", "episodes", "mentorships", "contacts", "entries of the log", "MB", "made in, minutes"),
        rows,
    )


def meetings_table(results: Results) -> list[str]:
    """Searches among very many meetings, on each database."""
    from .meetings import ASKED

    rows = []
    for database, name in NAMES.items():
        found = results.found("meetings", database) or {"asked": {}}
        for what, one in found["asked"].items():
            clock, processor = one["clock"], one["processor"]
            rows.append((
                ASKED[what], name, f"{found['meetings']:,}", f"{one['asked']:,}", f"{clock['median']:.1f}",
                f"{clock['p95']:.1f}", f"{clock['slowest']:.1f}", f"{processor['p95']:.1f}",
            ))  # fmt: skip
    head = ("search", "database", "meetings", "times", "median ms", "p95 ms", "slowest ms", "p95 of the processor ms")
    return table(head, rows)
