"""How many rows the database believes there are, by which it chooses its way to the rows of a page."""

from datetime import datetime

from django.db import connection


def count_rows(now: datetime) -> None:
    """Let SQLite estimate how many rows each index value has, from 10,000 rows of each index: a second or two.

    Without, it takes every index for a good one, also that of `program_id`, which in a program's own database finds all
    rows there are: the time of a page then grows with the years. From 1,000 rows it would believe that a program has no
    more than those, and read a month of a county for the notes of three peers. PostgreSQL counts by itself.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 10000")
            cursor.execute("ANALYZE")
