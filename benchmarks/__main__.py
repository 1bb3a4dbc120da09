"""`python -m benchmarks`: measure pages beside their floors, and write docs/benchmarks.md. See benchmarks/README.md."""

import argparse
import sys
from pathlib import Path

from . import inside_house
from .houses import DATABASES, PLACE, ROOT, open_house
from .pages import PAGES, QUICK
from .pieces import PIECES, Run, run_pieces
from .report import write_meetings, write_report
from .results import Results
from .sizes import SIZES


def parse(arguments: list[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    what = parser.add_argument_group("what is measured (default: the pages and their queries)")
    what.add_argument("--full", action="store_true", help="everything, at the size of a county")
    what.add_argument("--quick", action="store_true", help="a few pages in a tiny program: does it still run?")
    for name in (name for name in PIECES if name != "pages"):
        what.add_argument(f"--{name}", action="store_true", help=(PIECES[name].__doc__ or "").splitlines()[0])
    what.add_argument("--profile", choices=PAGES, metavar="PAGE", help="print where the time of a page goes, and end")
    what.add_argument("--report", action="store_true", help="only write the document from what is known")
    how = parser.add_argument_group("how")
    how.add_argument("--size", choices=SIZES, help="of the population (default: county)")
    how.add_argument("--database", default="both", choices=[*DATABASES, "both"])
    how.add_argument("--pages", default="", metavar="PAGES", help=f"some of: {','.join(PAGES)}")
    how.add_argument("--seconds", type=float, help="of load for each lane in each round (default: 2)")
    how.add_argument("--rounds", type=int, help="(default: 3)")
    how.add_argument("--fresh", action="store_true", help="make the population anew")
    how.add_argument("--anew", action="store_true", help="measure again what is known for this very code")
    how.add_argument("--place", type=Path, default=PLACE, help="folder of populations and results (default: var/bench)")
    how.add_argument("--out", type=Path, help="folder of the document (default: docs for a county, else var/bench)")
    options = parser.parse_args(arguments)
    options.size = options.size or ("tiny" if options.quick else "county")
    options.seconds = options.seconds or (0.3 if options.quick else 2.0)
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.pages = options.pages or (",".join(QUICK) if options.quick else "")
    options.out = options.out or (
        ROOT / "docs" if options.size == "county" else options.place / f"{options.size}-report"
    )
    return options


def main(arguments: list[str] | None = None) -> int:
    """Measure, and write the document; 1 when a part failed."""
    options = parse(arguments)
    databases = DATABASES if options.database == "both" else (options.database,)
    if options.profile:
        for database in databases:
            with open_house(options.size, database, fresh=options.fresh, place=options.place) as house:
                print(f"{database}, {options.size}: {inside_house.profile(house, options.profile)}")
        return 0
    run = Run(
        options.size, Results(options.size, options.place), databases, seconds=options.seconds, rounds=options.rounds,
        fresh=options.fresh, anew=options.anew or options.quick, place=options.place,
    )  # fmt: skip
    if options.pages:
        run.pages = [PAGES[name] for name in options.pages.split(",")]
    chosen: list[str] = []
    if not options.report:
        chosen = [name for name in PIECES if options.full or (name != "pages" and getattr(options, name))]
        chosen = chosen or ["populations", "queries", "pages", *(["meetings", "notes"] if options.quick else [])]
        run_pieces(run, chosen)
    if options.report or chosen != ["meetings"]:  # which has a page of its own, and alone leaves the other as it is
        print(f"wrote {write_report(run.results, options.size, options.out)}")
    if run.results.all("meetings"):
        print(f"wrote {write_meetings(run.results, options.out)}")
    for name in run.failed:
        print(f"FAILED: {name}")
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
