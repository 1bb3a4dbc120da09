"""What goes by itself: a neutral notice to who wishes it, a word to who looks after a page, the end of a page.

In quiet hours nobody is told anything; what came then is told when they are over. One thing does not wait: that
somebody is worried about whoever wrote something.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alongside.community.models import Community, Flag, PenName
from alongside.community.queries import is_inside, list_open, list_posts, quiet_until
from alongside.groups.models import Leader
from alongside.groups.queries import list_apart
from alongside.people.models import Membership, OutgoingMessage, Person, Program
from alongside.people.outbox import absolute, queue_duty_notice, queue_notice
from alongside.safety.queries import get_duty


def look_after_due(now: datetime | None = None) -> Counter:
    """Tick."""
    now, done = now or timezone.now(), Counter()  # type: ignore[var-annotated]
    for program in Program.objects.all():
        with scope(program=program):
            # From here on the period of what was written runs (`retention.due`).
            done["ended"] += Community.objects.filter(group__status="ended", ended_at=None).update(ended_at=now)
            everything = list(list_open())
            pages = [page for page in everything if quiet_until(page, program, now) is None]
            for page in everything:
                if page not in pages:
                    with transaction.atomic():
                        done["worries"] += _tell_worries(page, program, now)
            with transaction.atomic():
                done["news"] += _tell_news(pages, program, now)
            for page in pages:
                with transaction.atomic():
                    done["flags"] += _tell_flags(page, now)
    return done


def _tell_news(pages: Iterable[Community], program: Program, now: datetime) -> int:
    """At most one notice a day, however many pages and posts; of nobody whom they would not see.

    What is written after the notice of a day is told on the next one.
    """
    news: dict[UUID, list[UUID]] = {}
    for page in pages:
        for name in PenName.objects.select_for_update().filter(community=page, wants_news=True).order_by("pk"):
            others = list_posts(page, name.person_id).exclude(name=name).filter(written_at__gt=name.news_until)
            if is_inside(page, name.person_id) and others.exists():
                news.setdefault(name.person_id, []).append(name.pk)
    told, today = 0, now.astimezone(ZoneInfo(program.time_zone)).date()
    for person_id, names in news.items():
        key = f"page-{person_id.hex}-{today}"
        if OutgoingMessage.objects.filter(once_key=key).exists():
            continue
        person = Person.objects.select_related("program", "user").get(pk=person_id)
        queue_notice(person, "something_new", once_key=key, now=now)
        PenName.objects.filter(pk__in=names).update(news_until=now)
        told += 1
    return told


def _tell_flags(page: Community, now: datetime) -> int:
    """Whoever leads the group; of what none of them may see or look at, the coordinators.

    Nobody is asked to look at their own words, nor at those of somebody they are kept apart from (D7).
    """
    flags = Flag.objects.select_for_update(of=("self",)).filter(post__community=page, told_at=None, settled_at=None)
    rows = list(flags.select_related("post__name").order_by("at", "pk"))
    leaders = _working("peer", page).filter(pk__in=Leader.objects.filter(group=page.group_id).values("person"))
    told: dict[UUID, tuple[Person, Flag]] = {}
    for row in rows:
        writer = row.post.name.person_id
        kept_off = list_apart([writer]) | {writer}
        asked = leaders.exclude(pk__in=kept_off)
        for person in list(asked) or list(_working("coordinator", page).exclude(pk__in=kept_off)):
            told.setdefault(person.pk, (person, row))
    link = absolute(reverse("page", args=[page.group_id]))
    for person, first in told.values():
        key = f"page-flag-{first.pk.hex}-{person.pk.hex}-{int(first.at.timestamp())}"
        queue_notice(person, "something_new", link, key, now)
    flags.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return len(rows)


def _tell_worries(page: Community, program: Program, now: datetime) -> int:
    """A worry in quiet hours, at once, to those on duty who may look at the page; else to all who look after it.

    They read the words there, and raise it to the rota with one press. Who flagged it is shown to nobody here either.
    Where no mail can reach anybody it waits, and is told with the others in the morning.
    """
    waiting = Flag.objects.select_for_update(of=("self",)).filter(
        post__community=page, reason="worried", told_at=None, settled_at=None
    )
    link, told = absolute(reverse("page", args=[page.group_id])), []
    duty = get_duty(program, now)
    on_duty = [one.pk for one in (duty.person, duty.deputy) if one]
    leaders = Leader.objects.filter(group=page.group_id).values("person")
    for row in waiting.select_related("post__name").order_by("at", "pk"):
        writer = row.post.name.person_id
        look = _working("coordinator", page) | _working("peer", page).filter(pk__in=leaders)
        look = look.exclude(pk__in=list_apart([writer]) | {writer}).distinct()
        key = f"page-worry-{row.pk.hex}-{int(row.at.timestamp())}"
        for group in (look.filter(pk__in=on_duty), look):
            if sum(queue_duty_notice(person, link, f"{key}-{person.pk.hex}", now) for person in group):
                told.append(row.pk)
                break
    return Flag.objects.filter(pk__in=told).update(told_at=now) if told else 0


def _working(role: str, page: Community) -> QuerySet[Person]:
    """Those who have this role in the program now, and an account that works: others see no page."""
    staff = Membership.objects.filter(program=page.program_id, role=role, user__is_active=True).values("user")
    return Person.objects.filter(user__in=staff).select_related("program", "user").order_by("pk")
