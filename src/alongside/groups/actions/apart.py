"""Two who are to be kept apart and are in one group already: coordinators are told, they themselves never (D7)."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from alongside.groups.models import Group
from alongside.groups.queries import list_meeting_apart
from alongside.people.models import Boundary, Membership, Person
from alongside.people.outbox import absolute, queue_notice
from alongside.privacy.queries import list_kept_from


def tell_coordinators(*, boundary: Boundary, now: datetime, **_facts) -> None:
    """Handler of `boundary_recorded`: a neutral notice, once for each group in which the two meet."""
    both = (boundary.person_id, boundary.other_id)
    theirs = Group.objects.filter(Q(places__person__in=both, places__status="held") | Q(leaders__person__in=both))
    for group_id, pairs in list_meeting_apart(theirs.distinct()).items():
        if not any({pair.one.pk, pair.other.pk} == set(both) for pair in pairs):
            continue
        staff = Membership.objects.filter(program=boundary.program_id, role="coordinator", user__is_active=True)
        told = Person.objects.filter(user__in=staff.values("user")).exclude(pk__in=both)
        for one in both:
            told = told.exclude(user__in=list_kept_from(one))
        for person in told.select_related("program", "user").order_by("pk"):
            key = f"group-apart-{boundary.pk.hex[:16]}-{group_id.hex[:16]}-{person.pk.hex}"
            queue_notice(person, "something_new", absolute(reverse("group", args=[group_id])), key, now)
