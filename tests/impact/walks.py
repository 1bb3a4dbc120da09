"""Episodes with a peer, written straight into the tables: many at once, on the days that a figure needs."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from alongside.mentoring.models import Contact, Mentorship
from alongside.people.models import Episode, Person

NOW = timezone.now()


def walk(
    program, dante, number: int, *, waited: int = 6, started: int = 100, reached=(), tried=(), site=None, closed=False
):
    """An episode with a peer, that many days ago, with contacts on days after its start."""
    began = NOW - timedelta(days=started)
    person = Person.objects.create(program=program, goes_by=f"P{number}", goes_by_search=f"p{number}")
    episode = Episode.objects.create(
        program=program,
        person=person,
        site=site,
        status="closed" if closed else "active",
        closed_at=NOW if closed else None,
        opened_at=began - timedelta(days=waited),
        first_waiting_at=began - timedelta(days=waited),
        matched_at=began,
        active_since=began,
    )
    mentorship = Mentorship.objects.create(
        program=program,
        episode=episode,
        participant=person,
        peer=dante.profile,
        status="ended" if closed else "active",
        ended_at=NOW if closed else None,
        end_reason="own_wish" if closed else "",
        introduced_at=began,
    )
    for days, status in [*((day, "completed") for day in reached), *((day, "attempted") for day in tried)]:
        at = began + timedelta(days=days)
        Contact.objects.create(
            program=program,
            mentorship=mentorship,
            participant=person,
            author=dante.person,
            status=status,
            mode="phone",
            happened_at=at,
            entered_at=at,
            submit_key=uuid4(),
        )
    return episode
