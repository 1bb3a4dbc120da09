"""What the finder has to say of single times of groups that it shows. Why stays with the group."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.groups.models import Group
from alongside.groups.queries import list_occasions
from alongside.meetings.changes import Change
from alongside.people.models import Program

AHEAD = timedelta(days=28)


def list_listed_changes(group_ids: Sequence[UUID], program: Program, now: datetime) -> dict[UUID, list[Change]]:
    """Times of the next weeks that are called off, or on another day, hour or for another length than the series says.

    One that was moved to a day that is over counts until its usual day is over too: nobody meets there then. Two
    questions, however many groups.
    """
    today = now.astimezone(ZoneInfo(program.time_zone)).date()
    groups = {group.pk: group for group in Group.objects.filter(pk__in=group_ids)}
    times = list_occasions(list(groups.values()), program, today - timedelta(days=1), today + AHEAD)
    found: dict[UUID, list[Change]] = {}
    for key, occasions in times.items():
        usual = (groups[key].at_time, groups[key].minutes)
        for session in (one.session for one in occasions):
            if session.ends_at <= now and session.on_day < today:
                continue
            if session.status == "cancelled":
                found.setdefault(key, []).append(Change(session.on_day))
            elif session.is_moved or (session.at, session.minutes) != usual:
                found.setdefault(key, []).append(Change(session.on_day, session.starts_at, session.ends_at))
    return found
