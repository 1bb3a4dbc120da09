"""The page of Dante's walk in the demo: some words, an answer, one that waits for a look."""

from datetime import time, timedelta

from django.utils import timezone

from alongside.community import actions
from alongside.groups.models import GroupPlace, Leader
from alongside.people.models import Person
from alongside.workforce.models import PeerProfile

from . import words
from .months import Months
from .staff import actor_for


def write_together(months: Months, dante: PeerProfile, rosa: Person) -> None:
    """Rosa, Dante and two more write under names they chose."""
    now = timezone.now()
    group = Leader.objects.get(person=dante.person, group__name_en=words.WALK["name_en"]).group
    by = actor_for(dante.person, "peer")
    page = actions.set_page(
        group=group, is_open=True, quiet_from=time(22), quiet_until=time(7), by=by, now=now - timedelta(days=4)
    )
    held = GroupPlace.objects.filter(group=group, status="held").exclude(person=rosa).select_related("person")
    people = [rosa, dante.person, *(one.person for one in held.order_by("asked_at")[:2])]
    written: list = []
    for number, (who, answers_to, hours_ago, said) in enumerate(words.PAGE):
        person = people[who]
        acting = by if who == 1 else actor_for(person, "participant")
        name = actions.choose_name(community=page, name=words.PAGE_NAMES[who], by=acting, now=now - timedelta(days=3))
        at = now - timedelta(hours=hours_ago, minutes=number)
        written.append(actions.write(
            community=page, name=name, words=said, submit_key=months.uuid(), by=acting, now=at,
            answers_to=None if answers_to is None else written[answers_to],
        ))  # fmt: skip
    asks = actions.choose_name(community=page, name=words.PAGE_NAMES[0], by=actor_for(rosa, "participant"))
    actions.flag(post=written[-1], name=asks, reason="worried", by=actor_for(rosa, "participant"))
