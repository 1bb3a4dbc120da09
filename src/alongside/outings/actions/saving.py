"""Saving a meeting or something of one's own, the days on which somebody means to go, and what a list changed since."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.meetings.models import Meeting
from alongside.outings.models import Ask, Felt, Outing, Saved
from alongside.outings.queries import NO_LIST, copy_of, look_at
from alongside.people.models import Person, Program
from alongside.people.outbox import queue_notice
from alongside.rules.outings import LISTED, mark_of, plan_left

TIMES = ("days", "starts", "ends", "zone")


def log_saved(act: str, saved: Saved, *, by, fields=()) -> None:
    """An entry about something saved: its id, never what it is."""
    record(
        act=act, by=by, subject=saved.person_id, object_kind="saved", object_id=saved.pk, fields=sorted(fields),
        program_id=saved.program_id,
    )  # fmt: skip


def lock_saved(saved: Saved) -> Saved:
    """The row as it is now, with its list; whoever else changes it waits."""
    found = Saved.objects.select_for_update(of=("self",)).select_related("meeting__feed").defer(*NO_LIST)
    return found.get(pk=saved.pk)


def _split(copy: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(words, times) of a copy: the words are kept encrypted."""
    words = {name: value for name, value in copy.items() if name not in TIMES}
    return words, {name: copy[name] for name in TIMES}


@transaction.atomic
def save_meeting(
    *, person: Person, meeting: Meeting, submit_key: UUID, by, now: datetime | None = None
) -> Saved:  # fmt: skip
    """Save a meeting of a list. Whoever has it already keeps it; one that was put away is taken up again."""
    now = now or timezone.now()
    Person.objects.select_for_update().get(pk=person.pk)
    mine = Saved.objects.filter(person=person, meeting=meeting).order_by(F("put_away_at").desc(nulls_first=True))
    before = mine.first()
    if before:
        return take_up_again(saved=before, by=by) if before.put_away_at else before
    words, times = _split(copy_of(meeting, meeting.feed))
    saved = Saved.objects.create(
        program_id=person.program_id, person=person, meeting=meeting, kind=LISTED, copy=words, saved_at=now,
        looked_at=now, submit_key=submit_key, **times,
    )  # fmt: skip
    log_saved("saved.added", saved, by=by)
    return saved


@transaction.atomic
def save_own(
    *, person: Person, kind: str, name: str, place: str, days: Sequence[int], starts: int | None, minutes: int,
    submit_key: UUID, by, now: datetime | None = None,
) -> Saved:  # fmt: skip
    """Something of one's own, in no list; it is planned on all its days. The same key twice is one (I3)."""
    now = now or timezone.now()
    saved, made = Saved.objects.get_or_create(
        submit_key=submit_key, person=person,
        defaults={
            "program_id": person.program_id, "kind": kind, "copy": {"name": name, "place": place},
            "plan": sorted(days), "saved_at": now, "looked_at": now, **_times(person, days, starts, minutes),
        },
    )  # fmt: skip
    if made:
        log_saved("saved.added", saved, by=by)
    return saved


def _times(person: Person, days: Sequence[int], starts: int | None, minutes: int) -> dict[str, Any]:
    return {
        "days": sorted(days), "starts": starts, "ends": None if starts is None else starts + minutes,
        "zone": person.program.time_zone,
    }  # fmt: skip


@transaction.atomic
def change_own(
    *, saved: Saved, kind: str, name: str, place: str, days: Sequence[int], starts: int | None, minutes: int, by,
    now: datetime | None = None,
) -> Saved:  # fmt: skip
    """Other words or times. Days that are new are planned; asks for single dates stay as they were asked."""
    found = lock_saved(saved)
    found.plan = sorted(set(plan_left(found.plan, list(days))) | (set(days) - set(found.days)))
    found.kind, found.copy, found.looked_at = kind, {"name": name, "place": place}, now or timezone.now()
    for column, value in _times(found.person, days, starts, minutes).items():
        setattr(found, column, value)
    found.save()
    log_saved("saved.changed", found, by=by, fields=["copy", "days"])
    return found


@transaction.atomic
def take_over(*, saved: Saved, by, now: datetime | None = None) -> Saved:
    """The copy becomes what the list says now. Planned days that it has no longer are planned no longer."""
    found = lock_saved(saved)
    today = look_at(found).today if found.kind == LISTED else None
    if today is None:
        return found
    found.copy, times = _split(today)
    for column, value in times.items():
        setattr(found, column, value)
    found.plan, found.looked_at = plan_left(found.plan, today["days"]), now or timezone.now()
    found.told = mark_of(today) if today["is_closed"] else ""  # that it is closed stays a change, and they saw it
    found.save()
    log_saved("saved.changed", found, by=by, fields=["copy"])
    return found


@transaction.atomic
def plan_days(*, saved: Saved, days: Sequence[int], by) -> Saved:
    """On which of its days the person means to go."""
    found = lock_saved(saved)
    wanted = plan_left(list(days), look_at(found).best["days"])
    if found.plan != wanted:
        found.plan = wanted
        found.save(update_fields=["plan"])
        log_saved("saved.changed", found, by=by, fields=["plan"])
    return found


@transaction.atomic
def put_away(*, saved: Saved, by, now: datetime | None = None) -> Saved:
    """Out of the week, with all its days and words kept."""
    found = lock_saved(saved)
    if found.put_away_at is None:
        found.put_away_at = now or timezone.now()
        found.save(update_fields=["put_away_at"])
        log_saved("saved.put_away", found, by=by)
    return found


@transaction.atomic
def take_up_again(*, saved: Saved, by) -> Saved:
    """Back into the week. Where the same meeting was saved anew meanwhile, that one is given."""
    Person.objects.select_for_update().get(pk=saved.person_id)
    found = lock_saved(saved)
    if found.put_away_at is None:
        return found
    if found.meeting_id:
        same = Saved.objects.filter(person=found.person_id, meeting=found.meeting_id, put_away_at__isnull=True).first()
        if same:
            return same
    found.put_away_at = None
    found.save(update_fields=["put_away_at"])
    log_saved("saved.put_away", found, by=by, fields=["put_away_at"])
    return found


@transaction.atomic
def erase_saved(*, saved: Saved, by) -> None:
    """Erase something saved with all that was said and written of it. Planned times with the peer stay."""
    found = lock_saved(saved)
    for model in (Felt, Outing, Ask):
        model.objects.filter(saved=found).delete()
    log_saved("saved.erased", found, by=by)
    Saved.objects.filter(pk=found.pk).delete()


# --- what a list changed ------------------------------------------------------------------------------------------
def tell_changes(now: datetime) -> Counter:
    """Tick: who plans to go to a meeting that its list changed, closed or dropped is told once, by a neutral notice."""
    done: Counter[str] = Counter()
    for program in Program.objects.all():
        with scope(program=program):
            for saved in list_changed():
                if saved.plan:
                    done["told"] += _tell(saved, now)
    return done


def list_changed() -> QuerySet[Saved]:
    """Meetings somebody keeps whose list says something else than when they looked, or of which they were told."""
    changed = (
        Q(meeting__changed_at__gt=F("looked_at")) | Q(meeting__gone_at__isnull=False)
        | Q(meeting__feed__is_on=False) | ~Q(told="")
    )  # fmt: skip
    planned = Saved.objects.filter(changed, kind=LISTED, put_away_at__isnull=True)
    return planned.select_related("meeting__feed").defer(*NO_LIST).order_by("pk")


def is_to_tell(saved: Saved) -> bool:
    """Whether whoever plans to go there is to be told of what changed, and was not."""
    return bool(saved.plan) and saved.told != _mark(saved)


def _mark(saved: Saved) -> str:
    look = look_at(saved)
    # As it was when they kept it is a change too, for whoever was told of another.
    return mark_of(look.today) if look.changes else ""


@transaction.atomic
def _tell(saved: Saved, now: datetime) -> int:
    mark = _mark(saved)
    if saved.told == mark:
        return 0
    # Whoever else tells this very change finds it told.
    if not Saved.objects.filter(pk=saved.pk, told=saved.told).update(told=mark):
        return 0
    person = Person.objects.select_related("program", "user").get(pk=saved.person_id)
    queue_notice(person, "time_changed", once_key=f"saved-{saved.pk.hex}-{now:%Y%m%d%H%M%S}", now=now)
    return 1
