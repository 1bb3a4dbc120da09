"""`python -m benchmarks.alike`: the medians of each no beside each other, 200 tries each (A1).

Ends with 1 when the processor works more than 10 % longer for one than for another of the same door. The clock is
printed, not judged: other programs run beside it. `--door sign-in` asks one door only; `--database postgres` starts a
PostgreSQL of its own; `--write` puts the figures into docs/alike.md.
"""

import argparse
import contextlib
import logging
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ..houses import DATABASES, ROOT, keep_postgres
from ..results import code_mark

INSIDE = "ALIKE_INSIDE"
DOCUMENT = ROOT / "docs" / "alike.md"
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
HEADER = ("door", "way", "work, ms", "clock, ms")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--tries", type=int, default=200)
    made.add_argument("--door", default="", help="only this one")
    made.add_argument("--database", choices=DATABASES, default="sqlite")
    made.add_argument("--write", action="store_true", help="put the figures into docs/alike.md")
    return made


def main() -> int:
    """In a house of its own, so that nothing of an install is touched."""
    options = parser().parse_args()
    if os.environ.get(INSIDE):
        return inside(options)
    with tempfile.TemporaryDirectory(prefix="alike-") as home, contextlib.ExitStack() as stack:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))}
        env = kept | {"ALONGSIDE_HOME": f"{home}/house", "ALONGSIDE_DEMO": "1", "ALONGSIDE_LOG_LEVEL": "ERROR",
                      INSIDE: "1", "DJANGO_SETTINGS_MODULE": "alongside.settings"}  # fmt: skip
        if options.database == "postgres":
            Path(home).chmod(0o755)  # the server runs as a user of its own
            env["DATABASE_URL"] = stack.enter_context(keep_postgres(Path(home) / "postgres"))
        subprocess.run([sys.executable, "-m", "alongside", "migrate"], env=env, check=True, capture_output=True)
        command = [sys.executable, "-m", "benchmarks.alike", *sys.argv[1:]]
        return subprocess.run(command, env=env, check=False).returncode


def inside(options) -> int:
    """All doors in this house."""
    import django

    django.setup()
    logging.disable(logging.ERROR)  # each "not found" would be a line
    from django_scopes import scope
    from tests.story import make_program

    from .doors import make_doors
    from .measuring import APART, fill_up, measure

    program, other = make_program("Riverbend", "riverbend"), make_program("Harbor", "harbor")
    other.is_public = False  # so that whoever comes is at the first one's door
    other.save()
    fill_up()
    with scope(program=program):
        doors = [one for one in make_doors(program, other) if options.door in ("", one.name)]
    lines, far = [line(HEADER), line(["---", "---", "--:", "--:"])], []
    print(*lines, sep="\n", flush=True)
    for door in doors:
        times = measure(door, program, options.tries)
        rows = [line(one) for one in times.rows()]
        rows.append(line(["", f"apart by {times.apart:.1%}", "", ""]))
        print(*rows, sep="\n", flush=True)
        lines += rows
        if not times.is_alike:
            far.append(f"{door.name} by {times.apart:.1%}")
    said = f"more than {APART:.0%} apart: {', '.join(far)}" if far else f"all within {APART:.0%}"
    print(said)
    if options.write:
        write_down(lines, options, said)
    return int(bool(far) or not doors)


def line(cells) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def write_down(lines: list[str], options, said: str) -> None:
    """The figures of this database, in place of those that stand there."""
    mark = f"<!-- {options.database} -->"
    before, _mark, after = DOCUMENT.read_text().partition(mark)
    rest = after.partition("\n<!--")[1:]
    head = (
        f"{datetime.now(UTC):%Y-%m-%d}, medians of {options.tries} tries, {NAMES[options.database]}, Python "
        f"{platform.python_version()}, code {code_mark()}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} "
        f"processors: {said}."
    )
    DOCUMENT.write_text(before + "\n".join([mark, "", head, "", *lines, ""]) + "".join(rest))


if __name__ == "__main__":
    sys.exit(main())
