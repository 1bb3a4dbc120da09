"""Telling a return to use. It brings people and calls closer. It closes nothing and resets nothing (tenet 2)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.audit.actions import record
from alongside.people.actions import note_return_to_use
from alongside.people.models import Episode, Person
from alongside.people.outbox import queue_notice
from alongside.privacy.queries import list_beside

from .models import Telling


@transaction.atomic
def tell_return(
    *, person: Person, on_day: date, words: str, submit_key: UUID, by, keeps_words: bool = False,
    now: datetime | None = None,
) -> Telling:  # fmt: skip
    """Keep what was told by the person, or to their peer; the same key twice is one (I3).

    Whoever walks with the person sees it on Today, and gets a neutral notice when the person told it themself.
    `keeps_words`: nobody else reads the words.
    """
    now = now or timezone.now()
    episode = Episode.objects.filter(person=person).exclude(status="closed").first()
    is_own = by.person_id == person.pk
    telling, is_new = Telling.objects.get_or_create(
        submit_key=submit_key, person=person,
        defaults={
            "program_id": person.program_id, "episode": episode, "told_by_id": by.person_id, "is_own": is_own,
            "on_day": on_day, "words": words, "is_kept": is_own and keeps_words, "told_at": now,
        },
    )  # fmt: skip
    if not is_new:
        return telling
    record(act="return.told", by=by, subject=person.pk, object_kind="telling", object_id=telling.pk)
    if episode is not None:
        # Somebody may tell of an earlier day, later: the latest one counts for how close we stay.
        latest = max(filter(None, (on_day, episode.returned_to_use_on)))
        note_return_to_use(episode=episode, on_day=latest, by=by, now=now)
    if is_own:
        for one in list_beside(person.pk):
            queue_notice(one, "something_new", once_key=f"return:{telling.pk}:{one.pk.hex[:12]}", now=now)
    return telling
