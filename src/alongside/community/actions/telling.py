"""What goes by itself: a neutral notice to who wishes it, a word to who looks after a page, the end of a page.

In quiet hours nobody is told anything; what came then is told when they are over.
"""

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from alongside.community.models import Community, Flag, PenName
from alongside.community.queries import is_inside, list_open, list_posts, quiet_until
from alongside.groups.models import Leader
from alongside.people.models import Membership, Person, Program
from alongside.people.outbox import absolute, queue_notice


def look_after_due(now: datetime | None = None) -> Counter:
    """Tick."""
    now, done = now or timezone.now(), Counter()  # type: ignore[var-annotated]
    for program in Program.objects.all():
        with scope(program=program):
            # From here on the period of what was written runs (`retention.due`).
            done["ended"] += Community.objects.filter(group__status="ended", ended_at=None).update(ended_at=now)
            for page in list_open():
                if quiet_until(page, program, now) is None:
                    with transaction.atomic():
                        done["news"] += _tell_news(page, program, now)
                        done["flags"] += _tell_flags(page, now)
    return done


def _tell_news(page: Community, program: Program, now: datetime) -> int:
    """At most one notice a day, however many pages and posts; of nobody whom they would not see."""
    told, today = 0, now.astimezone(ZoneInfo(program.time_zone)).date()
    for name in PenName.objects.select_for_update().filter(community=page, wants_news=True).order_by("pk"):
        others = list_posts(page, name.person_id).exclude(name=name)
        if not is_inside(page, name.person_id) or not others.filter(written_at__gt=name.news_until).exists():
            continue
        person = Person.objects.select_related("program", "user").get(pk=name.person_id)
        queue_notice(person, "something_new", once_key=f"page-{person.pk.hex}-{today}", now=now)
        name.news_until = now
        name.save(update_fields=["news_until"])
        told += 1
    return told


def _tell_flags(page: Community, now: datetime) -> int:
    """Whoever leads the group; where nobody does, or none of them may see it, the coordinators."""
    flags = Flag.objects.select_for_update(of=("self",)).filter(post__community=page, told_at=None, settled_at=None)
    rows = list(flags.order_by("at", "pk"))
    if not rows:
        return 0
    people = Person.objects.filter(pk__in=Leader.objects.filter(group=page.group_id).values("person"))
    if not people.exists():
        staff = Membership.objects.filter(program=page.program_id, role="coordinator").values("user")
        people = Person.objects.filter(user__in=staff)
    link = absolute(reverse("page", args=[page.group_id]))
    for person in people.select_related("program", "user").order_by("pk"):
        queue_notice(person, "something_new", link, f"page-flag-{rows[0].pk.hex}-{person.pk.hex}"[:100], now)
    flags.filter(pk__in=[row.pk for row in rows]).update(told_at=now)
    return len(rows)
