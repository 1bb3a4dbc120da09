"""How long the log of a large program takes to be sealed and verified: `python -m benchmarks.audit_chain`.

A million entries over four programs are written as the product writes them, sealed as its worker does it, and the whole
chain is verified (privacy rule G2: a million in 60 seconds). Then some entries are changed behind the log's back, and
the same walk has to find each. Each step runs in a process of its own, so that its largest memory is its own.

Ends with 1 when the walk took longer than that by the clock (of fewer entries their share), found the chain not sound,
or missed a change. `--write` puts the figures into docs/audit-chain.md.
"""

import argparse
import contextlib
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

from .houses import DATABASES, ROOT, keep_postgres
from .results import code_mark

PROGRAMS = 4
AT_ONCE = 1000
CHANGED = 100
BEGUN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
GOAL = 60.0
"""Seconds by the clock in which a million entries are verified (G2)."""
AT_LEAST = 5.0
"""Seconds that a short chain is granted: starting to walk is no share of a long way."""
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
DOCUMENT = ROOT / "docs" / "audit-chain.md"
STEPS = ("write", "seal", "verify", "change", "verify again")


def write(count: int) -> dict:
    """So many entries, a thousand in a transaction; each tenth thousand with a reason in words."""
    from django.db import transaction

    from alongside.audit.actions import record_each

    for number, start in enumerate(range(0, count, AT_ONCE)):
        by = SimpleNamespace(
            user_id=UUID(int=number % 97 + 1), person_id=UUID(int=number % 97 + 1001),
            program_id=UUID(int=number % PROGRAMS + 1), role="peer",
        )  # fmt: skip
        subjects = [UUID(int=10_000 + place % 50_000) for place in range(start, min(start + AT_ONCE, count))]
        with transaction.atomic():
            record_each(
                subjects, act="record.opened", by=by, fields=["name", "notes"],
                words="Asked to" if number % 10 == 0 else "", now=BEGUN + timedelta(seconds=number),
            )  # fmt: skip
    return {"entries": count}


def seal(_count: int) -> dict:
    """All of them."""
    from alongside.audit.sealing import seal_pending

    return {"entries": seal_pending(BEGUN + timedelta(days=30))}


def verify(_count: int) -> dict:
    """The whole chain, from its first link."""
    from alongside.audit.sealing import verify as walk

    report = walk(now=BEGUN + timedelta(days=30))
    return {"entries": report.checked, "problems": report.problem_count, "sound": report.is_sound}


def change(count: int) -> dict:
    """A hundred entries say that another account acted."""
    from django.db import connection

    from alongside.audit import triggers
    from alongside.audit.models import Entry

    chosen = random.Random(11).sample(range(1, count + 1), CHANGED)
    with triggers.suspended(connection):
        done = Entry.objects.filter(pk__in=chosen).update(actor_id=UUID(int=666))
    return {"entries": done}


DO = {"write": write, "seal": seal, "verify": verify, "change": change, "verify again": verify}


def prepare() -> dict:
    """Keys and tables."""
    from django.core.management import call_command

    from alongside.audit.keys import create_key_ring

    create_key_ring()
    call_command("migrate", verbosity=0)
    return {}


def one(name: str, count: int) -> None:
    """One step in this process; its numbers as JSON."""
    import django

    django.setup()
    begun, processor = time.monotonic(), time.process_time()
    done = prepare() if name == "prepare" else DO[name](count)
    print(
        json.dumps(
            done | {
                "seconds": round(time.monotonic() - begun, 1), "processor": round(time.process_time() - processor, 1),
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            }
        )
    )  # fmt: skip


def run(home: Path, name: str, count: int) -> dict:
    """The same, in a process of its own."""
    settings = {
        "ALONGSIDE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "alongside.settings", "ALONGSIDE_LOG_LEVEL": "ERROR",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.audit_chain", "--step", name, "--entries", str(count)],
        env=os.environ | settings, text=True, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return json.loads(done.stdout)


HEADER = ("step", "seconds", "processor", "entries", "a second", "MB", "problems")


def measure(count: int, home: Path) -> dict[str, dict]:
    """All steps, printed as they end."""
    home.mkdir()
    run(home, "prepare", count)
    print(line(HEADER), line(["--:"] * len(HEADER)), sep="\n")
    found = {}
    for name in STEPS:
        found[name] = run(home, name, count)
        print(row(name, found[name]), flush=True)
    return found


def line(cells) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def row(name: str, done: dict) -> str:
    """One step as a line of the table."""
    speed = done["entries"] / max(done["seconds"], 0.1)
    cells = [name, done["seconds"], done["processor"], f"{done['entries']:,}", f"{speed:,.0f}", done["megabytes"]]
    return line([*cells, done.get("problems", "")])


def judge(found: dict[str, dict], count: int) -> list[str]:
    """What is not as it must be, in words."""
    whole, changed, goal = found["verify"], found["verify again"], max(GOAL * count / 1_000_000, AT_LEAST)
    wrong = []
    if whole["seconds"] > goal:
        wrong.append(f"verifying took {whole['seconds']} s of the clock, more than {goal:.1f}")
    if whole["entries"] != count or whole["problems"] or not whole["sound"]:
        wrong.append(f"{whole['entries']:,} of {count:,} entries were verified, with {whole['problems']} problems")
    if changed["problems"] < CHANGED or changed["sound"] or found["change"]["entries"] != CHANGED:
        wrong.append(f"{CHANGED} entries were changed, {changed['problems']} problems were found")
    return wrong


def write_down(found: dict[str, dict], count: int, database: str, wrong: list[str]) -> None:
    """The figures of this database, in place of those that stand there."""
    mark = f"<!-- {database} -->"
    before, _mark, after = DOCUMENT.read_text().partition(mark)
    rest = after.partition("\n<!--")[1:]
    said = "; ".join(wrong) or f"sound, within {GOAL:.0f} seconds for a million, and every change was found"
    lines = [
        mark, "", f"{datetime.now(UTC):%Y-%m-%d}, {count:,} entries, {NAMES[database]}, Python "
        f"{platform.python_version()}, code {code_mark()}, other work on the machine: load "
        f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors. {said.capitalize()}.",
        "", line(HEADER), line(["--:"] * len(HEADER)), *(row(name, found[name]) for name in STEPS), "",
    ]  # fmt: skip
    DOCUMENT.write_text(before + "\n".join(lines) + "".join(rest))


def main() -> int:
    """The command line; `--step` is for the processes it starts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/audit-chain.md")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        one(options.step, options.entries)
        return 0
    with tempfile.TemporaryDirectory(prefix="chain-") as home, contextlib.ExitStack() as stack:
        os.environ.pop("DATABASE_URL", None)
        if options.database == "postgres":
            place = Path(home)
            place.chmod(0o755)  # the server runs as a user of its own
            os.environ["DATABASE_URL"] = stack.enter_context(keep_postgres(place / "postgres"))
        found = measure(options.entries, Path(home) / "house")
    wrong = judge(found, options.entries)
    if options.write:
        write_down(found, options.entries, options.database, wrong)
    for one_of in wrong:
        print(f"MISSED: {one_of}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
