"""How long the log of a large program takes to be sealed and verified: `python -m benchmarks.audit_chain`.

A million entries over four programs are written as the product writes them, sealed as its worker does it, and the whole
chain is verified (privacy rule G2: a million in 60 seconds). Then some entries are changed behind the log's back, and
the same walk has to find each. Each step runs in a process of its own, so that its largest memory is its own.
"""

import argparse
import contextlib
import json
import os
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

from .houses import DATABASES, keep_postgres

PROGRAMS = 4
AT_ONCE = 1000
CHANGED = 100
BEGUN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
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


def measure(count: int, home: Path) -> None:
    """All steps as a table."""
    home.mkdir()
    run(home, "prepare", count)
    print(f"{'step':<13} {'seconds':>8} {'processor':>10} {'entries':>9} {'per second':>11} {'MB':>5}  found")
    for name in STEPS:
        done = run(home, name, count)
        speed = done["entries"] / max(done["seconds"], 0.1)
        found = f"{done['problems']} problems" if "problems" in done else ""
        print(
            f"{name:<13} {done['seconds']:>8} {done['processor']:>10} {done['entries']:>9} {speed:>11.0f} "
            f"{done['megabytes']:>5}  {found}",
            flush=True,
        )


def main() -> None:
    """The command line; `--step` is for the processes it starts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--step", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        one(options.step, options.entries)
        return
    with tempfile.TemporaryDirectory(prefix="chain-") as home, contextlib.ExitStack() as stack:
        os.environ.pop("DATABASE_URL", None)
        if options.database == "postgres":
            place = Path(home)
            place.chmod(0o755)  # the server runs as a user of its own
            os.environ["DATABASE_URL"] = stack.enter_context(keep_postgres(place / "postgres"))
        measure(options.entries, Path(home) / "house")


if __name__ == "__main__":
    main()
