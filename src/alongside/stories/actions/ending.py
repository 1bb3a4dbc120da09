"""What goes by itself: stories some time after they were withdrawn, and words of visitors that were refused."""

from datetime import datetime, timedelta

from django.db import transaction

from alongside.audit.actions import record
from alongside.legal.queries import held_people
from alongside.people.models import Program

from ..models import Comment, Story

WITHDRAWN_DAYS = 183
"""Half a year, in which the writer may read a story again, or begin a new one from it."""

REFUSED_DAYS = 30
"""For a second look, and then erased."""

AT_ONCE = 200


@transaction.atomic
def erase_withdrawn(*, program: Program, now: datetime, by) -> int:
    """Erase stories that were withdrawn long ago, with recording and history; none of anybody under a legal hold."""
    past = Story.objects.filter(status="withdrawn", ended_at__lt=now - timedelta(days=WITHDRAWN_DAYS))
    rows = past.exclude(person_id__in=list(held_people(program))).order_by("pk")
    found = list(rows.select_for_update().values_list("pk", "person_id")[:AT_ONCE])
    if not found:
        return 0
    Story.objects.filter(pk__in=[story for story, _person in found]).delete()
    for person in sorted({person for _story, person in found}):
        record(act="retention.erased", by=by, subject=person, reason="stories", now=now)
    return len(found)


@transaction.atomic
def erase_refused(*, now: datetime, by) -> int:
    """Erase words of visitors that were refused and are past their days, in the program in scope. Returns how many."""
    rows = Comment.objects.filter(status="refused", sent_at__lt=now - timedelta(days=REFUSED_DAYS))
    count = rows.delete()[0]
    if count:
        record(act="comment.erased", by=by, object_kind="comment", now=now)
    return count
