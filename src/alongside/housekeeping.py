"""What happens by itself: breaks of peers end; what nobody came back to, ways back whose time is over and the inputs of
old runs are forgotten."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django_scopes import scope

from alongside.audit.actions import record
from alongside.audit.backup import remove_expired
from alongside.intake.actions.rosters import forget_undo
from alongside.interop.actions import end_exports
from alongside.matching.keeping import forget_old_runs
from alongside.mentoring.actions import erase_old_drafts
from alongside.occasions.actions import erase_over
from alongside.people.accounts.backup_codes import hash_waiting
from alongside.people.actor import SystemActor
from alongside.people.joining import erase_old_journals
from alongside.people.models import Program
from alongside.people.tasks import forget_old
from alongside.reflections.actions import erase_ended
from alongside.resources.actions import forget_lists
from alongside.stories.actions import erase_refused, erase_withdrawn
from alongside.workforce.actions import return_available


def keep_house(now: datetime) -> int:
    """Do what is due in every program; returns how much was done. Safe to run twice and beside another worker."""
    done = forget_old(now).total() + hash_waiting(now)
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            done += erase_old_drafts(now=now) + erase_old_journals(now) + forget_undo(now)
            done += forget_old_runs(now)
            erase_ended(now)  # not counted: the number would tell that somebody wrote
            today = now.astimezone(ZoneInfo(program.time_zone)).date()
            by = SystemActor(program_id=program.pk)
            done += return_available(today=today, by=by)
            done += end_exports(now=now, by=by) + forget_lists(now=now, by=by)
            done += erase_over(program=program, now=now, by=by)
            done += erase_withdrawn(program=program, now=now, by=by) + erase_refused(now=now, by=by)
    return done


def expire_backups(folder: Path, now: datetime, days: int) -> list[str]:
    """Remove backups of a folder that are older than so many days, and write it down. Returns their names."""
    with transaction.atomic():
        names = remove_expired(folder, now, days)
        for _name in names:
            record(act="backup.expired", by=None)
    return names


def expire_old_backups(now: datetime) -> int:
    """A tick: the same in the folder that the operator named, if one was."""
    folder = settings.ALONGSIDE_BACKUP_FOLDER
    if not folder or not folder.is_dir():
        return 0
    return len(expire_backups(folder, now, settings.ALONGSIDE_BACKUP_DAYS))
