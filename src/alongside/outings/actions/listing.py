"""A group of the program as everybody finds it: an own meeting of the finder that follows what changes in the group.

Only what a coordinator writes for everybody is shown, and when the group meets: never its place or link, which are for
those who have a place in it, never who leads it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from alongside.groups.models import Group
from alongside.groups.showing import spoken_series
from alongside.meetings.actions import take_off, write_own
from alongside.meetings.models import Meeting
from alongside.people.actor import SystemActor
from alongside.people.models import Program
from alongside.rules.meetings.export import CODES, clock
from alongside.rules.meetings.times import DAY, day_of

PUBLIC = ("name", "address", "city", "state", "postal_code", "conference_url", "conference_phone", "group_notes")
"""What is written for everybody, by the names of Meeting Guide."""


class NowhereToGo(Exception):
    """It says neither where it is nor how one joins."""


def get_shown(group: Group) -> Meeting | None:
    """The meeting that shows this group, also while it rests."""
    return Meeting.objects.filter(shows=group.pk).select_related("feed").first()


@transaction.atomic
def show_group(*, group: Group, told: Mapping[str, str], by, now: datetime | None = None) -> Meeting:
    """Everybody finds it from now on, under what is told of it; again to write something else. Raises `NowhereToGo`."""
    now = now or timezone.now()
    found = Group.objects.select_for_update().get(pk=group.pk)
    row = get_shown(found)
    row = _write(found, told, row, by, now)
    if not _is_held(found, now):
        # It is written, and comes when the group meets again.
        take_off(meeting=row, by=by, for_now=True, now=now)
        row.refresh_from_db()
    return row


@transaction.atomic
def hide_group(*, group: Group, by, now: datetime | None = None) -> bool:
    """Nobody finds it any more, whatever changes in it. Whether it was shown."""
    found = Group.objects.select_for_update().get(pk=group.pk)
    row = get_shown(found)
    if row is None:
        return False
    if take_off(meeting=row, by=by, now=now):
        return True
    return bool(Meeting.objects.filter(pk=row.pk).update(shows=None))


def follow(*, group: Group, by, now: datetime) -> None:
    """Carry a change of a group into the meeting that shows it. In the transaction of the change."""
    row = get_shown(group)
    if row is None:
        return
    if _is_held(group, now):
        _write(group, {name: row.raw.get(name, "") for name in PUBLIC}, row, by, now)
    else:
        take_off(meeting=row, by=by, for_now=True, now=now)


def end_listings(now: datetime) -> Counter:
    """Take those out of the finder whose last day is over."""
    done: Counter[str] = Counter()
    with scopes_disabled():
        shown = Meeting.objects.filter(shows__isnull=False, gone_at__isnull=True).values_list("program_id", "shows")
        programs: dict[UUID, list[UUID]] = {}
        for program_id, group_id in shown:
            programs.setdefault(program_id, []).append(group_id)
    for program_id, group_ids in programs.items():
        with scope(program=Program.objects.get(pk=program_id)):
            for group in list_over(group_ids, now):
                with transaction.atomic():
                    follow(group=group, by=SystemActor(program_id=program_id), now=now)
                done["groups taken out of the finder"] += 1
    return done


def list_over(group_ids: Iterable[UUID], now: datetime) -> list[Group]:
    """Of these groups those whose last day is over. The program is in scope."""
    groups = Group.objects.filter(pk__in=group_ids, until_on__isnull=False).select_related("program")
    return [group for group in groups if not _is_held(group, now)]


def _is_held(group: Group, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(group.program.time_zone)).date()
    return group.status == "open" and (group.until_on is None or group.until_on >= today)


def _write(group: Group, told: Mapping[str, str], row: Meeting | None, by, now: datetime) -> Meeting:
    try:
        return write_own(program=group.program, told=_entry(group, told, now), meeting=row, shows=group.pk, by=by,
                         now=now)  # fmt: skip
    except ValueError as error:
        raise NowhereToGo from error


def _entry(group: Group, told: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """The fields of a Meeting Guide entry. What does not meet each week has no day there: its words say when it is."""
    starts = group.at_time.hour * 60 + group.at_time.minute
    is_weekly = group.rhythm == "weekly"
    words = []
    for language in ("en", "es"):
        with translation.override(language):
            words.append(_words(group, now))
    area = " ".join(filter(None, (told.get("state"), told.get("postal_code"))))
    return {name: told.get(name, "") for name in PUBLIC} | {
        "day": [day_of(group.starts_on)] if is_weekly else [],
        "time": clock(starts) if is_weekly else "",
        "end_time": clock((starts + group.minutes) % DAY) if is_weekly else "",
        "formatted_address": ", ".join(filter(None, (told.get("address"), told.get("city"), area)))
        if told.get("address") else "",
        "approximate": "no" if told.get("address") else "yes",
        "types": [CODES[group.language]] if group.language in CODES else [],
        "notes": " / ".join(dict.fromkeys(filter(None, words))),
    }  # fmt: skip


def _words(group: Group, now: datetime) -> str:
    """What no day and no time of a week can say, in the language of the moment."""
    told = [] if group.rhythm == "weekly" else [spoken_series(group)]
    if group.starts_on > now.astimezone(ZoneInfo(group.program.time_zone)).date():
        told.append(_("From %(day)s on") % {"day": date_format(group.starts_on, "DATE_FORMAT")})
    return ". ".join(told)
