"""What only the house itself can tell: `python -m benchmarks.inside queries | profile PAGE …`, with the stage as input.

Pages are asked for within this process, through the whole middleware, with the settings of production.
"""

import argparse
import cProfile
import io
import json
import pstats
import re
import sys
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import django

from .asking import form_of, path_of
from .pages import PAGES, Page
from .stage import TOKEN

CONTROL = re.compile(r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET TRANSACTION|SELECT 1$", re.IGNORECASE)
"""Begins, ends and savepoints of transactions are not counted as queries."""


class WrongAnswer(Exception):
    """A page did not answer as it should."""


class Asker:
    """Asks for one page as one account."""

    def __init__(self, page: Page, stage: dict):
        from django.test import Client

        self.page, self.who = page, dict(stage[page.role][0])
        if page.name == "note":
            self.who["record"] = self.who["notes"][0]
        self.client = Client(headers={"host": "localhost", "accept-language": "en"})
        self.client.cookies["__Host-c"] = TOKEN
        if "session" in self.who:
            self.client.cookies["__Host-s"] = self.who["session"]

    def ask(self):
        """One answer, the right one."""
        url = urlsplit(path_of(self.page, self.who))
        path = url.path + (f"?{url.query}" if url.query else "")
        if self.page.form:
            answer = self.client.post(path, dict(form_of(self.page, self.who)), secure=True)
        else:
            answer = self.client.get(path, secure=True)
        if answer.status_code != (302 if self.page.name == "note" else 200):
            raise WrongAnswer(f"{self.page.name}: {answer.status_code}")
        return answer


def count_queries(stage: dict, pages: Sequence[Page]) -> dict[str, int]:
    """For each page its statements, when everything that is kept in memory is there already."""
    from django.db import connection

    found = {}
    for page in pages:
        asker, asked = Asker(page, stage), []

        def note(execute, sql, params, many, context, asked=asked):
            asked.append(sql)
            return execute(sql, params, many, context)

        asker.ask()
        asker.ask()
        with connection.execute_wrapper(note):
            asker.ask()
        found[page.name] = sum(not CONTROL.match(sql) for sql in asked)
    return found


def profile(page: Page, stage: dict, seconds: float = 3.0, lines: int = 30) -> str:
    """Where the time of a page goes: the functions with the most time of their own, then with the most below them."""
    # Processor time, not the clock: others may use the machine.
    asker, profiler, count = Asker(page, stage), cProfile.Profile(time.process_time), 0
    for _ in range(5):
        asker.ask()
    until = time.monotonic() + seconds
    while count < 10 or time.monotonic() < until:
        profiler.runcall(asker.ask)
        count += 1
    written = io.StringIO()
    for order in ("tottime", "cumulative"):
        pstats.Stats(profiler, stream=written).strip_dirs().sort_stats(order).print_stats(lines)
    return f"{page.title}: {count} times\n{written.getvalue()}"


def main(arguments: list[str] | None = None) -> int:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("queries", "profile"))
    parser.add_argument("pages", nargs="+", choices=PAGES)
    options = parser.parse_args(arguments)
    stage = json.load(sys.stdin)
    django.setup()
    if options.what == "queries":
        print(json.dumps(count_queries(stage, [PAGES[name] for name in options.pages])))
    else:
        print(profile(PAGES[options.pages[0]], stage))
    return 0


if __name__ == "__main__":
    sys.exit(main())
