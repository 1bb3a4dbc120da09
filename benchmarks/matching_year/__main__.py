"""`python -m benchmarks.matching_year`: simulate the year in every mode and timing, write docs/matching-year.md."""

import argparse
import sys
from pathlib import Path

from alongside.rules.matching.rolling import RollingPolicy

from .figures import measure
from .report import write_report
from .simulation import MODES, TIMINGS, Year
from .world import SETTINGS, World


def main(arguments: list[str] | None = None) -> int:
    """Simulate and write."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching_year", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="seeds 1 to this, at least 5")
    parser.add_argument("--folder", type=Path, default=Path("docs"))
    options = parser.parse_args(arguments)
    if options.seeds < 5:
        parser.error("intervals need five seeds at least")
    seeds = range(1, options.seeds + 1)
    years: dict = {setting.name: {(m, t): [] for m in MODES for t in TIMINGS} for setting in SETTINGS}
    for setting in SETTINGS:
        for seed in seeds:
            world = World(setting, seed)
            for (mode, timing), found in years[setting.name].items():
                found.append(measure(Year(world, mode, timing, RollingPolicy()).run()))
            print(f"{setting.name}, seed {seed}", file=sys.stderr)
    print(write_report(years, seeds, options.folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
