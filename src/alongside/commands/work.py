"""Run the worker: send neutral mail, lapse offers, seal the audit log. Several may run beside each other."""

import os
import signal
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace

from alongside.jobs import TICKS, Beside, begin, run_due
from alongside.running.actions import Notes

from .common import require_erasing, require_migrated

WARM_AFTER_SECONDS = 60
"""A start is busy enough; then the matching engine is compiled, once, at the lowest priority."""

END_SECONDS = 3.0
"""What reads the net when the worker is stopped gets so long to end."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now and end; exit code 1 if a job failed")
    parser.add_argument("--list", action="store_true", help="list the jobs and end")
    parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="how often to look (default 1)")


def run(options: Namespace) -> int:
    if options.list:
        for tick in TICKS:
            print(f"every {tick.every_seconds:>3} s  {tick.name}  ({tick.function})")
        return 0
    require_migrated()
    require_erasing()
    notes = Notes()
    begin(notes)
    if options.once:
        return 1 if run_due({}, notes=notes) else 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parent, latest_runs = os.getppid(), {}
    warming, warm_at = None, time.monotonic() + WARM_AFTER_SECONDS
    beside = Beside()
    # Where `serve` was killed, nobody would stop us any more: an orphan ends by itself.
    while not stop.is_set() and os.getppid() == parent:
        run_due(latest_runs, notes=notes, beside=beside)
        if warming is None and time.monotonic() >= warm_at:
            warming = subprocess.Popen([sys.executable, "-m", "alongside", "warm", "--gently"])
        stop.wait(options.every)
    beside.end(END_SECONDS)
    if warming and warming.poll() is None:
        warming.kill()  # half of it is of no use, and the next start does it again
        warming.wait()
    return 0
