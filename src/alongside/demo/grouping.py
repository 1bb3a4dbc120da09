"""Two groups of the demo: Dante's walk, full and with somebody waiting, and an evening for those who love somebody."""

from datetime import date, time, timedelta

from django.utils import timezone

from alongside.groups import actions, queries
from alongside.groups.models import Group
from alongside.people.actor import Actor
from alongside.people.models import Episode, Person
from alongside.workforce.models import PeerProfile

from . import words
from .months import Months
from .staff import actor_for

PLACES = 7


def meet(months: Months, carmen: Actor, dante: PeerProfile, rosa: Person) -> None:
    """Dante's walk met four times; two of them have a note. The other group begins next week."""
    today = timezone.localdate()
    first = today - timedelta(weeks=5, days=2)
    walk = _open(months, carmen, dante, words.WALK, capacity=PLACES, starts_on=first, at_time=time(17, 30))
    actions.ask_for_place(
        group=walk, person=rosa, by=actor_for(rosa, "participant"), alias="Rosa", shows_alias=True,
        now=months.at(first - timedelta(days=3), 10),
    )  # fmt: skip
    for number, person in enumerate(_others(rosa, dante)):
        now = months.at(first - timedelta(days=2), 11, number)
        actions.ask_for_place(group=walk, person=person, by=actor_for(person, "participant"), now=now)
    evening = words.EVENING | {"for_whom": "loved_one"}
    _open(months, carmen, dante, evening, capacity=12, starts_on=today + timedelta(days=6), at_time=time(19))
    by = actor_for(dante.person, "peer")
    for week in range(5):
        _hold(months, walk, first + timedelta(weeks=week), week, by)
    later = queries.list_next_occasions([walk], months.program, timezone.now(), 3)[walk.pk]
    moved = later[1].session.day + timedelta(days=1)
    actions.move_session(
        occasion=later[1], day=moved, at_time=time(16), minutes=75, reason=words.WALK_MOVED, by=by
    )  # fmt: skip


def _open(months: Months, carmen: Actor, dante: PeerProfile, said: dict, **values) -> Group:
    common = {
        "for_whom": "own_recovery", "language": "en", "is_online": False, "rhythm": "weekly", "until_on": None,
        "minutes": 75,
    }  # fmt: skip
    group = actions.open_group(
        program=months.program, values=common | said | values, submit_key=months.uuid(), by=carmen,
        now=timezone.now() - timedelta(weeks=6),
    )  # fmt: skip
    actions.add_leader(group=group, peer=dante, by=carmen)
    return group


def _others(rosa: Person, dante: PeerProfile) -> list[Person]:
    """One more than there are places for."""
    here = Episode.objects.filter(status="active", kind="own_recovery").exclude(person=rosa)
    people = Person.objects.filter(pk__in=here.values("person")).exclude(pk=dante.pk).order_by("goes_by_search")
    fits = [one for one in people[:40] if not queries.is_apart(one.pk, [dante.pk])]
    return fits[:PLACES]


def _hold(months: Months, walk: Group, day: date, week: int, by: Actor) -> None:
    occasion = queries.get_occasion(walk, months.program, day)
    if occasion is None:
        return
    now = occasion.session.starts_at
    if week == 2:
        actions.cancel_session(occasion=occasion, reason=words.WALK_OFF, by=by, now=now - timedelta(days=1))
        return
    held = [one.person_id for one in queries.list_open_places(walk) if one.status == "held"]
    came = [one for number, one in enumerate(held) if (number + week) % 3 or number == 0]
    actions.hand_in_sheet(occasion=occasion, came=came, shown=(), walk_ins=week % 2, by=by, now=now)
    if week in (0, 3):
        note = actions.GroupNote(
            submit_key=months.uuid(), words=words.WALKED, read_together=True, kinds_of_support=("affiliational",)
        )
        actions.write_note(occasion=occasion, note=note, by=by, now=now + timedelta(hours=2))
