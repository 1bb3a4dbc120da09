"""What the database alone does for a contact note: the very rows of the page, written by the driver.

The statements that write are taken from real notes about several people. They are repeated with new ids
in place of those that were new (of the contact, its entry, the submit key), in one transaction each, without Django,
without reading anything first, without encrypting. Durability is the product's: WAL with `synchronous=FULL` on SQLite,
fsync on PostgreSQL. Tried over one connection, and over as many as the server has threads; the quicker is the floor.
"""

import argparse
import json
import multiprocessing
import re
import sys
import threading
import time
from uuid import UUID, uuid4

import django

from .pages import PAGES

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
WAYS = {"1 connection": (1, 1), "8 connections": (2, 4)}
"""Processes, and threads of each: one, and as `alongside serve` has them."""


TAKEN = 16
"""Notes about so many people are taken, of as many peers as there are, so that connections seldom wait for a row."""

TRIES = 6


class NotTheSame(Exception):
    """The repeated statements did not write one contact for each transaction."""


Statement = tuple[str, tuple]


def take_statements(stage: dict) -> list[list[Statement]]:
    """The statements that write a note about each of some people, each new id replaced by a `Fresh` of its number."""
    about = [
        who | {"notes": [each]} for place in range(TAKEN) for who in stage["peer"] for each in who["notes"][place:][:1]
    ]
    return [_of_account(stage | {"peer": [who]}) for who in about[:TAKEN]]


def _of_account(stage: dict) -> list[Statement]:
    from django.db import connection

    from .inside import Asker

    asker, kept = Asker(PAGES["note"], stage), []
    asker.ask()
    # What is written only now and then, as the mark of a session in use, may be in one of them: then once more.
    while len(kept) < 2 or (len(kept) < TRIES and sqls(kept[-2]) != sqls(kept[-1])):
        written: list[Statement] = []

        def note(execute, sql, params, many, context, written=written):
            if WRITES.match(sql):
                written += [(sql, tuple(row)) for row in (params if many else [params])]
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            asker.ask()
        kept.append(written)
    return mark_fresh(*kept[-2:])


def sqls(statements: list[Statement]) -> list[str]:
    """The statements without their values."""
    return [sql for sql, _ in statements]


def as_id(value) -> str | None:
    """An id as 32 hexadecimal digits; None for any other value."""
    if isinstance(value, UUID):
        return value.hex
    return value if isinstance(value, str) and re.fullmatch("[0-9a-f]{32}", value) else None


class Fresh:
    """Stands for an id that is new in each note."""

    def __init__(self, number: int):
        self.number = number


def mark_fresh(one: list[Statement], other: list[Statement]) -> list[Statement]:
    """The first with a `Fresh` for each id that the second note, of the same account and person, does not have."""
    if sqls(one) != sqls(other):
        differ = sorted({sql[:80] for sql in sqls(one)} ^ {sql[:80] for sql in sqls(other)})
        raise NotTheSame(f"two notes wrote with different statements: {len(one)} and {len(other)}; {differ}")
    known = {as_id(value) for _, params in other for value in params}
    numbers: dict[str, int] = {}
    return [
        (sql, tuple(
            value if (found := as_id(value)) is None or found in known
            else Fresh(numbers.setdefault(found, len(numbers)))
            for value in params
        ))
        for sql, params in one
    ]  # fmt: skip


def filled(statements: list[Statement], vendor: str) -> list[Statement]:
    """With new ids."""
    ids: dict[int, object] = {}
    return [
        (sql, tuple(
            ids.setdefault(value.number, uuid4().hex if vendor == "sqlite" else uuid4())
            if isinstance(value, Fresh) else value
            for value in params
        ))
        for sql, params in statements
    ]  # fmt: skip


def connect(vendor: str, settings: dict):
    """A connection of the driver, as durable as the product's; it begins and ends transactions when told."""
    if vendor == "sqlite":
        import sqlite3

        connection = sqlite3.connect(settings["NAME"], timeout=30, isolation_level=None)
        connection.executescript("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")
        return connection
    import psycopg

    wanted = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return psycopg.connect(
        **{name: settings[key] for name, key in wanted.items() if settings[key]}, autocommit=True, prepare_threshold=2
    )


def write_for(vendor: str, settings: dict, templates: list[list[Statement]], seconds: float) -> int:
    """Write notes for so many seconds, one transaction each; how many."""
    connection, count = connect(vendor, settings), 0
    cursor, until = connection.cursor(), time.perf_counter() + seconds
    while time.perf_counter() < until:
        cursor.execute("BEGIN IMMEDIATE" if vendor == "sqlite" else "BEGIN")
        for sql, params in filled(templates[count % len(templates)], vendor):
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
        cursor.execute("COMMIT")
        count += 1
    connection.close()
    return count


def _threads(vendor: str, settings: dict, templates: list, seconds: float, counts) -> None:
    """Several connections of one process, each with accounts of its own, so that none waits for the rows of another."""

    def one(number: int) -> None:
        counts.append(write_for(vendor, settings, templates[number], seconds))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(templates))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def per_second(vendor: str, settings: dict, templates: list, processes: int, threads: int, seconds: float) -> float:
    """Notes each second over so many connections."""
    total = processes * threads
    shares = [templates[number::total] or templates for number in range(total)]
    context = multiprocessing.get_context("fork")
    with context.Manager() as manager:
        counts = manager.list()
        children = [
            context.Process(target=_threads, args=(
                vendor, settings, shares[number * threads : (number + 1) * threads], seconds, counts
            ))
            for number in range(processes)
        ]  # fmt: skip
        for child in children:
            child.start()
        for child in children:
            child.join()
        if len(counts) != total:
            raise NotTheSame("a connection ended with an error")
        return sum(counts) / seconds


def main(arguments: list[str] | None = None) -> int:
    """Print notes each second in each way, and how many statements one note is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args(arguments)
    stage = json.load(sys.stdin)
    django.setup()
    from django.db import connection
    from django_scopes import scopes_disabled

    from alongside.mentoring.models import Contact

    templates = take_statements(stage)
    vendor, settings = connection.vendor, dict(connection.settings_dict)
    if vendor == "sqlite":
        templates = [[(sql.replace("%s", "?"), params) for sql, params in each] for each in templates]
    with scopes_disabled():
        before = Contact.objects.count()
        connection.close()
        ways = {
            name: per_second(vendor, settings, templates, processes, threads, options.seconds)
            for name, (processes, threads) in WAYS.items()
        }
        wrote, said = Contact.objects.count() - before, sum(round(each * options.seconds) for each in ways.values())
    if wrote != said:
        raise NotTheSame(f"{said} transactions wrote {wrote} contacts")
    print(json.dumps({"ways": ways, "rows": len(templates[0])}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
