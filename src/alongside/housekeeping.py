"""What happens by itself: breaks of peers end, what nobody came back to and ways back whose time is over are
forgotten, the database counts its rows."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django_scopes import scope

from alongside.intake.actions.rosters import forget_undo
from alongside.interop.actions import end_exports
from alongside.mentoring.actions import erase_old_drafts
from alongside.people.actor import SystemActor
from alongside.people.joining import erase_old_journals
from alongside.people.models import Program
from alongside.people.tasks import forget_old
from alongside.workforce.actions import return_available


def keep_house(now: datetime) -> int:
    """Do what is due in every program; returns how much was done. Safe to run twice and beside another worker."""
    done = forget_old(now).total()
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            done += erase_old_drafts(now=now) + erase_old_journals(now) + forget_undo(now)
            today = now.astimezone(ZoneInfo(program.time_zone)).date()
            by = SystemActor(program_id=program.pk)
            done += return_available(today=today, by=by)
            done += end_exports(now=now, by=by)
    return done


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
