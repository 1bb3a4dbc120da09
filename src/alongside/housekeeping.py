"""What has to end by itself: breaks of peers that are over, drafts and held forms that nobody came back to."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django_scopes import scope

from alongside.mentoring.actions import erase_old_drafts
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.people.tasks import forget_old
from alongside.workforce.actions import return_available


def keep_house(now: datetime) -> int:
    """Do what is due in every program; returns how much was done. Safe to run twice and beside another worker."""
    done = forget_old(now).total()
    for program in Program.objects.order_by("created_at"):
        with scope(program=program):
            done += erase_old_drafts(now=now)
            today = now.astimezone(ZoneInfo(program.time_zone)).date()
            done += return_available(today=today, by=SystemActor(program_id=program.pk))
    return done
