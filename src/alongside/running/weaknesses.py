"""The look for known weaknesses (K3): a person makes it and is reminded, or it runs by itself (`advisories`).

Monthly; where one was found, after 7 days, within which it is to be mended (docs/security-decisions.md, 11).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alongside.audit.actions import record
from alongside.people.models import OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_duty_notice
from alongside.people.queries import list_others_with

from .models import WeaknessLook

EVERY = timedelta(days=30)
AFTER_FOUND = timedelta(days=7)
BY_DAY = range(9, 17)
"""Hours of the program in which somebody is reminded: it can wait until morning."""


def get_latest() -> WeaknessLook | None:
    """The latest look."""
    return WeaknessLook.objects.order_by("-looked_at").first()


def due_at(look: WeaknessLook | None) -> datetime | None:
    """When to look again; None: at once, as nobody has looked yet."""
    return look.looked_at + (AFTER_FOUND if look.found else EVERY) if look else None


def is_due(look: WeaknessLook | None, now: datetime) -> bool:
    """Whether it is time."""
    due = due_at(look)
    return due is None or due <= now


@transaction.atomic
def note_look(*, found: bool, by, now: datetime | None = None) -> WeaknessLook:
    """Somebody looked just now. Pressed twice within a minute it is one look."""
    now, latest = now or timezone.now(), get_latest()
    if (
        latest
        and latest.found == found
        and latest.looked_by == by.user_id
        and now - latest.looked_at < timedelta(minutes=1)
    ):
        return latest
    look = WeaknessLook.objects.create(looked_at=now, looked_by=by.user_id, found=found)
    record(act="weakness.looked", by=by, object_kind="weakness", object_id=look.pk, reason="found" if found else "none")
    return look


def remind_due(now: datetime) -> int:
    """Tell the administrators of every program, by day, once for each look that is due and once a month more."""
    key = _key(now)
    return tell_administrators(key, now, by_day=True) if key else 0


def _key(now: datetime) -> str:
    """Under which administrators are reminded this month; empty while no look is due."""
    look = get_latest()
    if not is_due(look, now):
        return ""
    since = due_at(look)
    month = (now - since).days // EVERY.days if since else now.year * 12 + now.month
    return f"weak:{look.pk.hex if look else 'first'}:{month}"


def count_to_remind(program: Program, now: datetime) -> int:
    """How many administrators of the program in scope are to be told of a look that is due, and were not."""
    key = _key(now)
    keys = [f"{key}:{one.pk.hex}" for one in _list_administrators(program)] if key else []
    return len(keys) - OutgoingMessage.objects.filter(once_key__in=keys).count()


def _list_administrators(program: Program) -> QuerySet[Person]:
    accounts = {one.user_id for one in list_others_with(["administrator"], program_id=program.pk, but=None)}
    return Person.objects.filter(user__in=accounts).select_related("user")


def tell_administrators(key: str, now: datetime, *, by_day: bool = False) -> int:
    """A neutral notice to the administrators of every program, once for this key; `by_day`: it can wait until then."""
    link, told = absolute(reverse("jobs")), 0
    for program in Program.objects.order_by("created_at"):
        if by_day and now.astimezone(ZoneInfo(program.time_zone)).hour not in BY_DAY:
            continue
        with scope(program=program):
            for person in _list_administrators(program):
                told += _tell(person, link, f"{key}:{person.pk.hex}", now)
    return told


@transaction.atomic
def _tell(person: Person, link: str, key: str, now: datetime) -> int:
    if OutgoingMessage.objects.filter(once_key=key).exists():
        return 0
    return int(queue_duty_notice(person, link, once_key=key, now=now))
