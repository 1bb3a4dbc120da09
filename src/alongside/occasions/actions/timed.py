"""What goes by itself: free places given, reminders of tomorrow, names erased after their time."""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django_scopes import scope

from alongside.audit.actions import record
from alongside.legal.queries import held_people
from alongside.occasions.holding import give_free_places, lock_occasion, tell
from alongside.occasions.models import Occasion, OccasionPlace
from alongside.occasions.queries import hours_of, today_in
from alongside.people.models import Program
from alongside.rules.occasions import KEPT_DAYS, is_reminder_due


def look_after_due(now: datetime) -> Counter:
    """Tick: places that are free without anybody having left, and a neutral notice to who wished to be reminded."""
    done: Counter = Counter()
    for program in Program.objects.all():
        with scope(program=program):
            done["places"] += _fill(now)
            done["reminders"] += _remind(program, now)
            _forget_addresses(program, now)
    return done


def _forget_addresses(program: Program, now: datetime) -> None:
    """Of visitors who still wait for what is over: no place is theirs any more."""
    rows = OccasionPlace.objects.filter(mail__isnull=False).select_related("occasion")
    over = [one.pk for one in rows if hours_of(one.occasion, program).ends_at <= now]
    if over:
        rows.filter(pk__in=over).update(mail=None)


def _fill(now: datetime) -> int:
    """Such as after an erasing."""
    given = 0
    waits = OccasionPlace.objects.filter(status="waiting", occasion__status="published").values("occasion")
    for occasion_id in Occasion.objects.filter(pk__in=waits).order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            given += len(give_free_places(lock_occasion(occasion_id), now=now))
    return given


def _remind(program: Program, now: datetime) -> int:
    """The same event on the same day reminds once; a wish that comes after nine is still served."""
    told = 0
    for occasion in list_tomorrow(program, now):
        with transaction.atomic():
            places = OccasionPlace.objects.filter(occasion=occasion, **TO_REMIND)
            rows = list(places.order_by("pk").select_for_update())
            told += tell(rows, "time_soon", now=now, turn=occasion.on_day.isoformat())
            # Ticked once, in effect once: what stays ticked would say something that is no longer to come.
            places.filter(pk__in=[row.pk for row in rows]).update(wants_reminder=False)
    return told


TO_REMIND = {"status": "held", "wants_reminder": True}


def list_tomorrow(program: Program, now: datetime) -> list[Occasion]:
    """Events of which it is time to remind."""
    found = Occasion.objects.filter(status="published", on_day=today_in(program, now) + timedelta(days=1))
    return [one for one in found if is_reminder_due(hours_of(one, program), now)]


@transaction.atomic
def erase_over(*, program: Program, now: datetime, by) -> int:
    """Erase who came to events that are over for some time, in the program in scope; numbers stay. How many.

    None of anybody under a legal hold.
    """
    last = today_in(program, now) - timedelta(days=KEPT_DAYS)
    rows = OccasionPlace.objects.filter(occasion__until_day__lt=last)
    rows = rows.exclude(person_id__in=list(held_people(program)))
    for occasion_id in sorted(set(rows.values_list("occasion_id", flat=True))):
        occasion = lock_occasion(occasion_id)
        if occasion.said_yes is None:
            occasion.said_yes = occasion.places_taken
            occasion.save(update_fields=["said_yes"])
        record(act="occasion_place.erased", by=by, object_kind="occasion", object_id=occasion.pk, now=now)
    for person_id in sorted(set(rows.filter(person__isnull=False).values_list("person_id", flat=True))):
        record(act="retention.erased", by=by, subject=person_id, reason="events", now=now)
    return rows.delete()[0]
